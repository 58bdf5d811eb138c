/* pack_support.c: packs from texts, in memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "pack_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST_FILES = 20 };

static const char plain_pack[] = "return { id = 'p', version = '1', title = 'p' }";
static const char plain_control[] =
    "return { title = 't', severity = 'low', owner = 'customer',\n"
    "  rules = { { id = 'r', title = 'r', check = function(s) ensure(s.a == 1) end } } }";

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct pe_file *)a)->name, ((const struct pe_file *)b)->name);
}

static bool has_control(const struct pe_file *files, size_t count, struct pe_arena *arena)
{
    for (size_t i = 0; i < count; i++)
        if (pe_files_control_id(&files[i], arena) != NULL)
            return true;
    return false;
}

static struct pe_files gather(struct pe_arena *arena, const char *name, va_list args)
{
    struct pe_file *files = pe_arena_array(arena, MOST_FILES, sizeof *files);
    size_t count = 0;
    bool pack = false;

    for (; name != NULL; name = va_arg(args, const char *)) {
        const char *text = va_arg(args, const char *);
        pack = pack || strcmp(name, "pack.lua") == 0;
        files[count++] = (struct pe_file){name, pe_arena_str(arena, text), strlen(text)};
    }
    if (!pack)
        files[count++] = (struct pe_file){"pack.lua", plain_pack, strlen(plain_pack)};
    if (!has_control(files, count, arena))
        files[count++] = (struct pe_file){"1.1.lua", plain_control, strlen(plain_control)};
    qsort(files, count, sizeof *files, by_name);
    return (struct pe_files){files, count, NULL};
}

struct packed *pack_of(const char *name, ...)
{
    struct packed *packed = calloc(1, sizeof *packed);
    va_list args;

    assert_non_null(packed);
    va_start(args, name);
    packed->files = gather(&packed->arena, name, args);
    va_end(args);
    if (pe_script_init(&packed->script, &packed->files, &packed->arena, &packed->err) != 0)
        fail_msg("%s", packed->err.text);
    packed->loaded = pe_script_load(&packed->script, &packed->pack, &packed->err) == 0;
    if (!packed->loaded)
        assert_int_equal(packed->err.kind, PE_ERR_PACK);
    return packed;
}

void pack_free(struct packed *packed)
{
    pe_script_release(&packed->script);
    pe_arena_release(&packed->arena);
    free(packed);
}

/* ---- expectations ---- */

static bool says(const char *text, const char *why)
{
    size_t length = strlen(why);

    if (length > 3 && strcmp(why + length - 3, "...") == 0)
        return strncmp(text, why, length - 3) == 0;
    return strcmp(text, why) == 0;
}

void check_file(const char *name, const char *text, const char *why)
{
    struct packed *packed = pack_of(name, text, NULL);

    if (packed->loaded)
        fail_msg("accepted: %s\nexpected: %s", text, why);
    if (!says(packed->err.text, why))
        fail_msg("expected: %s\ngot:      %s", why, packed->err.text);
    pack_free(packed);
}

void check_loads(const char *name, const char *text)
{
    struct packed *packed = pack_of(name, text, NULL);

    if (!packed->loaded)
        fail_msg("refused: %s\n%s", packed->err.text, text);
    pack_free(packed);
}

/* ---- texts ---- */

char *control_of(const char *body)
{
    struct pe_buf buf = {0};

    pe_buf_printf(&buf,
                  "return { title = 't', severity = 'low', owner = 'customer',\n"
                  "rules = {{ id = 'r', title = 'r',\n"
                  "check = function(s, params, as_of)\n%s\nend }} }",
                  body);
    assert_false(pe_buf_failed(&buf));
    return buf.data;
}

const char *control_of_rules(struct pe_arena *arena, const char *top, const char *const *bodies)
{
    const char *text = pe_arena_printf(
        arena, "%s\nreturn { title='t', severity='low', owner='customer', rules={", top);

    for (size_t i = 0; bodies[i] != NULL; i++)
        text = pe_arena_printf(arena,
                               "%s\n{ id='r%zu', title='r', check=function(s, params, as_of) %s "
                               "end },",
                               text, i, bodies[i]);
    return pe_arena_printf(arena, "%s } }", text);
}

char *model_of(const char *type)
{
    struct pe_buf buf = {0};

    pe_buf_printf(&buf, "return record { { 'v', %s }, { 'other', text{} } }", type);
    assert_false(pe_buf_failed(&buf));
    return buf.data;
}

/* ---- judging ---- */

static const struct pe_control_def *control_named(const struct packed *packed, const char *id)
{
    for (size_t i = 0; i < packed->pack.face.control_count; i++)
        if (strcmp(packed->pack.controls[i].face.id, id) == 0)
            return &packed->pack.controls[i];
    fail_msg("no control %s", id);
    return NULL;
}

enum pe_status judge_of(struct packed *packed, const char *control, size_t rule, const char *json,
                        struct pe_text *reason)
{
    struct pe_judge judge = {.script = &packed->script,
                             .pack = &packed->pack,
                             .arena = &packed->arena,
                             .scratch = &packed->arena};
    enum pe_status status;

    if (!packed->loaded)
        fail_msg("the pack: %s", packed->err.text);
    if (pe_judge_open(&judge, (const unsigned char *)json, strlen(json),
                      "2026-11-20T09:00:00+09:00", PE_EVIDENCE_ALL, &packed->err) != 0)
        fail_msg("the snapshot: %s", packed->err.text);
    status = pe_judge_rule(&judge, control_named(packed, control), rule, reason);
    pe_judge_release(&judge);
    return status;
}
