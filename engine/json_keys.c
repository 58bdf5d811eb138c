/* json_keys.c: the keys of an object: found, and never twice. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "json_impl.h"

#include <stdlib.h>

enum { FEW_KEYS = 16 }; /* each is compared with each, by hash; more are sorted */

/* ---- hashes ---- */

static uint64_t mix(uint64_t hash, uint64_t block)
{
    hash = (hash ^ block) * 0x9E3779B97F4A7C15;
    return hash ^ hash >> 32;
}

/* The last bytes of a key, less than eight. */
static uint64_t tail_block(const char *bytes, size_t length)
{
    uint64_t block = 0;
    uint32_t four;
    uint16_t two;

    if ((length & 4) != 0) {
        memcpy(&four, bytes, sizeof four);
        block = four;
        bytes += sizeof four;
    }
    if ((length & 2) != 0) {
        memcpy(&two, bytes, sizeof two);
        block = block << 16 | two;
        bytes += sizeof two;
    }
    return (length & 1) != 0 ? block << 8 | (unsigned char)*bytes : block;
}

static uint64_t hash_end(uint64_t hash, const char *tail, size_t length)
{
    return mix(mix(hash, tail_block(tail, length % 8)), length);
}

static uint64_t hash_bytes(const char *bytes, size_t length)
{
    uint64_t hash = 0, block;
    size_t at = 0;

    for (; length - at >= 8; at += 8) {
        memcpy(&block, bytes + at, sizeof block);
        hash = mix(hash, block);
    }
    return hash_end(hash, bytes + at, length);
}

/* The same of what an escaped key stands for. */
static uint64_t hash_chars(struct pe_json_chars chars)
{
    char bytes[8];
    uint64_t hash = 0, block;
    size_t length = 0;
    int byte;

    while ((byte = pe_json_chars_next(&chars)) != -1) {
        bytes[length++ % 8] = (char)byte;
        if (length % 8 == 0) {
            memcpy(&block, bytes, sizeof block);
            hash = mix(hash, block);
        }
    }
    return hash_end(hash, bytes, length);
}

static uint64_t hash_key(const struct pe_json *json, const struct pe_node *key)
{
    if ((key->bits & PE_ESCAPED) != 0)
        return hash_chars(pe_json_chars(json, key));
    return hash_bytes(json->text + pe_node_offset(key) + 1, key->size - 2);
}

uint64_t pe_json_hash(const struct pe_json *json, const struct pe_node *value)
{
    if (pe_node_type(value) == PE_STRING)
        return hash_key(json, value);
    return hash_bytes(json->text + pe_node_offset(value), value->size);
}

/* ---- order ---- */

static int compare_bytes(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int order = memcmp(a, b, a_length < b_length ? a_length : b_length);

    return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static int compare_escaped(struct pe_json_chars a, struct pe_json_chars b)
{
    int x, y;

    do {
        x = pe_json_chars_next(&a);
        y = pe_json_chars_next(&b);
    } while (x == y && x != -1);
    return x - y;
}

static int compare_keys(const struct pe_json *json, const struct pe_node *a,
                        const struct pe_node *b)
{
    if (((a->bits | b->bits) & PE_ESCAPED) != 0)
        return compare_escaped(pe_json_chars(json, a), pe_json_chars(json, b));
    return compare_bytes(json->text + pe_node_offset(a) + 1, a->size - 2,
                         json->text + pe_node_offset(b) + 1, b->size - 2);
}

static int compare_key_to(const struct pe_json *json, const struct pe_node *key, const char *bytes,
                          size_t length)
{
    struct pe_json_chars chars = pe_json_chars(json, key);
    int next;

    if ((key->bits & PE_ESCAPED) == 0)
        return compare_bytes(chars.at, (size_t)(chars.end - chars.at), bytes, length);
    for (size_t i = 0; i < length; i++) {
        next = pe_json_chars_next(&chars);
        if (next != (unsigned char)bytes[i])
            return next - (unsigned char)bytes[i];
    }
    return pe_json_chars_next(&chars) == -1 ? 0 : 1;
}

static const struct pe_node *entry_key(const struct pe_json *json, uint64_t entry)
{
    return &json->nodes[(uint32_t)entry];
}

static int compare_entries(const struct pe_json *json, uint64_t a, uint64_t b)
{
    if (a >> 32 != b >> 32)
        return a >> 32 < b >> 32 ? -1 : 1;
    return compare_keys(json, entry_key(json, a), entry_key(json, b));
}

/* ---- sorting ---- */

static bool make_room(struct pe_json_keys *keys, size_t count)
{
    if (count <= keys->room)
        return true;
    pe_json_keys_release(keys);
    keys->entries = malloc(count * sizeof *keys->entries);
    keys->spare = malloc(count * sizeof *keys->spare);
    if (keys->entries == NULL || keys->spare == NULL) {
        pe_json_keys_release(keys);
        return false;
    }
    keys->room = count;
    return true;
}

static void fill(uint64_t *entries, const struct pe_json *json, const struct pe_node *object)
{
    const struct pe_node *key = pe_json_first(json, object);

    for (; key != NULL; key = pe_json_next(json, key + 1))
        *entries++ = hash_key(json, key) >> 32 << 32 | pe_json_number(json, key);
}

/* Merges the sorted runs [a, b) and [b, end) into out. */
static void merge(const struct pe_json *json, const uint64_t *a, const uint64_t *b,
                  const uint64_t *end, uint64_t *out)
{
    const uint64_t *a_end = b;

    while (a < a_end && b < end)
        *out++ = compare_entries(json, *a, *b) <= 0 ? *a++ : *b++;
    memcpy(out, a, (size_t)(a_end - a) * sizeof *out);
    memcpy(out + (a_end - a), b, (size_t)(end - b) * sizeof *out);
}

static void merge_runs(const struct pe_json *json, const uint64_t *from, uint64_t *to, size_t count,
                       size_t run)
{
    size_t middle, end;

    for (size_t at = 0; at < count; at = end) {
        middle = count - at < run ? count : at + run;
        end = count - middle < run ? count : middle + run;
        merge(json, from + at, from + middle, from + end, to + at);
    }
}

/* A merge sort of our own: the C library's may ask the kernel how much memory there is, which a
 * worker must not, and its worst case is its own affair. */
bool pe_json_keys_sort(struct pe_json_keys *keys, const struct pe_json *json,
                       const struct pe_node *object)
{
    size_t count = pe_node_count(object);
    uint64_t *swap;

    if (!make_room(keys, count))
        return false;
    fill(keys->entries, json, object);
    for (size_t run = 1; run < count; run *= 2) {
        merge_runs(json, keys->entries, keys->spare, count, run);
        swap = keys->entries;
        keys->entries = keys->spare;
        keys->spare = swap;
    }
    return true;
}

void pe_json_keys_release(struct pe_json_keys *keys)
{
    free(keys->entries);
    free(keys->spare);
    *keys = (struct pe_json_keys){0};
}

/* ---- finding ---- */

const struct pe_node *pe_json_keys_find(const uint64_t *entries, size_t count,
                                        const struct pe_json *json, const char *key, size_t length)
{
    uint64_t hash = hash_bytes(key, length) >> 32;
    size_t low = 0, middle;
    int order;

    while (count > 0) {
        middle = low + count / 2;
        order = entries[middle] >> 32 != hash
                    ? (entries[middle] >> 32 < hash ? -1 : 1)
                    : compare_key_to(json, entry_key(json, entries[middle]), key, length);
        if (order == 0)
            return entry_key(json, entries[middle]);
        if (order < 0) {
            count -= count / 2 + 1;
            low = middle + 1;
        } else {
            count /= 2;
        }
    }
    return NULL;
}

static const struct pe_node *twice_of_few(const struct pe_json *json, const struct pe_node *object)
{
    const struct pe_node *keys[FEW_KEYS];
    uint64_t hashes[FEW_KEYS];
    unsigned count = 0;

    for (const struct pe_node *key = pe_json_first(json, object); key != NULL;
         key = pe_json_next(json, key + 1)) {
        hashes[count] = hash_key(json, key);
        keys[count] = key;
        for (unsigned i = 0; i < count; i++)
            if (hashes[i] == hashes[count] && compare_keys(json, keys[i], key) == 0)
                return key;
        count++;
    }
    return NULL;
}

static const struct pe_node *twice_of_many(const struct pe_json *json, const uint64_t *entries,
                                           size_t count)
{
    const struct pe_node *first = NULL, *later;

    for (size_t i = 1; i < count; i++) {
        if (compare_entries(json, entries[i - 1], entries[i]) != 0)
            continue;
        later = entry_key(json, entries[i]); /* sorting keeps the order of equal keys */
        if (first == NULL || later < first)
            first = later;
    }
    return first;
}

const struct pe_node *pe_json_keys_twice(struct pe_json_keys *keys, const struct pe_json *json,
                                         const struct pe_node *object, bool *failed)
{
    size_t count = pe_node_count(object);

    if (count <= FEW_KEYS)
        return count < 2 ? NULL : twice_of_few(json, object);
    if (!pe_json_keys_sort(keys, json, object)) {
        *failed = true;
        return NULL;
    }
    return twice_of_many(json, keys->entries, count);
}
