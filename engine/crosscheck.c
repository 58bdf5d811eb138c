/* crosscheck.c: the referee: jansson reads the same text and has to find the same values. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#endif
#include "crosscheck.h"

#include "place.h"

#include <jansson.h>
#include <setjmp.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>

/* ---- memory for jansson ---- */

enum { BLOCK_BYTES = 1024 * 1024 };

static const uint64_t MOST_BYTES = (uint64_t)4 * 1024 * 1024 * 1024;

struct block {
    struct block *next;
    size_t size;
};

/* jansson passes no context to its allocator, so this one is the file's. Nothing is freed alone,
 * and an allocation that fails leaves json_loadb for `out`: it never returns to jansson. */
static struct {
    struct block *blocks;
    char *at, *end; /* of what is left of the newest block */
    uint64_t bytes;
    jmp_buf out;
} memory;

static void add_block(size_t size)
{
    struct block *block = MAP_FAILED;

    size += sizeof *block;
    size = (size + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    if (memory.bytes + size <= MOST_BYTES)
        block = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED)
        longjmp(memory.out, 1);
    *block = (struct block){memory.blocks, size};
    memory.blocks = block;
    memory.bytes += size;
    memory.at = (char *)(block + 1);
    memory.end = (char *)block + size;
}

static void *allocate(size_t size)
{
    void *result;

    if (size > MOST_BYTES)
        longjmp(memory.out, 1);
    size = (size + 15) / 16 * 16;
    if (memory.at == NULL || (size_t)(memory.end - memory.at) < size)
        add_block(size);
    result = memory.at;
    memory.at += size;
    return result;
}

static void forget(void *unused)
{
    (void)unused;
}

static void release_all(void)
{
    struct block *block = memory.blocks, *next;

    for (; block != NULL; block = next) {
        next = block->next;
        munmap(block, block->size);
    }
    memset(&memory, 0, sizeof memory);
}

/* ---- comparing ---- */

struct check {
    const struct pe_json *json;
    const struct pe_node *node; /* the one that is compared */
    struct pe_buf scratch;
    bool failed; /* out of memory */
};

static bool same_bytes(struct check *check, const char *theirs, size_t length)
{
    const char *ours;
    size_t our_length;

    if (!pe_json_string(check->json, check->node, &ours, &our_length, &check->scratch)) {
        check->failed = true;
        return false;
    }
    return our_length == length && memcmp(ours, theirs, length) == 0;
}

static bool same_real(struct check *check, double theirs)
{
    double ours = pe_json_real(check->json, check->node);

    return memcmp(&ours, &theirs, sizeof ours) == 0; /* the sign of zero too */
}

static bool same_value(struct check *check, json_t *theirs)
{
    switch (pe_node_type(check->node)) {
    case PE_NULL:
        return json_is_null(theirs);
    case PE_FALSE:
        return json_is_false(theirs);
    case PE_TRUE:
        return json_is_true(theirs);
    case PE_INTEGER:
        return json_is_integer(theirs) &&
               json_integer_value(theirs) == pe_json_integer(check->json, check->node);
    case PE_REAL:
        return json_is_real(theirs) && same_real(check, json_real_value(theirs));
    case PE_STRING:
        return json_is_string(theirs) &&
               same_bytes(check, json_string_value(theirs), json_string_length(theirs));
    case PE_LIST:
        return json_is_array(theirs) && json_array_size(theirs) == pe_node_count(check->node);
    case PE_OBJECT:
        return json_is_object(theirs) && json_object_size(theirs) == pe_node_count(check->node);
    default:
        return false;
    }
}

static bool compare(struct check *check, json_t *theirs);

/* check->node steps through our nodes, which lie in the order in which jansson keeps its values,
 * so nothing is looked up. */
static bool compare_list(struct check *check, json_t *theirs)
{
    size_t count = json_array_size(theirs);

    for (size_t i = 0; i < count; i++)
        if (!compare(check, json_array_get(theirs, i)))
            return false;
    return true;
}

static bool compare_object(struct check *check, json_t *theirs)
{
    void *at = json_object_iter(theirs);

    for (; at != NULL; at = json_object_iter_next(theirs, at)) {
        if (pe_node_type(check->node) != PE_KEY ||
            !same_bytes(check, json_object_iter_key(at), json_object_iter_key_len(at)))
            return false;
        check->node++;
        if (!compare(check, json_object_iter_value(at)))
            return false;
    }
    return true;
}

/* Compares a value with all below it and moves to the node behind it; where they differ it stays
 * at the node. The depth is the reader's, so it is bounded. */
static bool compare(struct check *check, json_t *theirs)
{
    enum pe_type type = pe_node_type(check->node);

    if (!same_value(check, theirs))
        return false;
    check->node++;
    if (type == PE_LIST)
        return compare_list(check, theirs);
    return type == PE_OBJECT ? compare_object(check, theirs) : true;
}

/* ---- the whole ---- */

static int fail_at(const struct pe_json *json, size_t offset, const char *text, struct pe_err *err)
{
    uint32_t line, column;

    pe_place_count(json->text, offset < json->length ? offset : json->length, &line, &column);
    return pe_err_set(err, PE_ERR_INPUT, "line %u, column %u: %s", (unsigned)line, (unsigned)column,
                      text);
}

/* jansson's own seed comes from a file, which a worker cannot open. The kernel has put 16 random
 * bytes into every process; they decide where keys are kept, never what is found. */
static void seed(void)
{
    const void *random = (const void *)getauxval(AT_RANDOM);
    size_t value = 1;

    if (random != NULL)
        memcpy(&value, random, sizeof value);
    json_object_seed(value == 0 ? 1 : value);
}

/* Only this function is left by longjmp, from within json_loadb. Nothing of it that is used
 * afterwards changes between. */
static int check_with_jansson(struct check *check, struct pe_err *err)
{
    const struct pe_json *json = check->json;
    json_error_t error;
    json_t *theirs;

    if (setjmp(memory.out) != 0)
        return pe_err_set(err, PE_ERR_MEMORY, "the cross-check by jansson is out of memory");
    theirs = json_loadb(json->text, json->length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (theirs == NULL)
        return fail_at(json, error.position < 0 ? 0 : (size_t)error.position,
                       "cross-check: jansson refuses the text here", err);
    if (compare(check, theirs))
        return 0;
    if (check->failed)
        return pe_err_memory(err);
    return fail_at(json, pe_node_offset(check->node),
                   "cross-check: jansson reads another value here", err);
}

int pe_crosscheck(const struct pe_json *json, struct pe_err *err)
{
    struct check check = {.json = json, .node = json->nodes};
    json_malloc_t old_malloc;
    json_free_t old_free;
    int result;

    if (json->length > PE_CROSSCHECK_MAX_BYTES)
        return pe_err_set(err, PE_ERR_INPUT, "the cross-check takes texts of up to %d bytes",
                          PE_CROSSCHECK_MAX_BYTES);
    seed();
    json_get_alloc_funcs(&old_malloc, &old_free);
    json_set_alloc_funcs(allocate, forget);
    result = check_with_jansson(&check, err);
    json_set_alloc_funcs(old_malloc, old_free);
    release_all();
    pe_buf_release(&check.scratch);
    return result;
}
