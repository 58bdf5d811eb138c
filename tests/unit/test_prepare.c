/* test_prepare.c: a pack that was loaded when the program was built is the pack that would be
 * loaded now, and its code runs with the Lua that compiled it and with no other. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "api.h"
#include "decode.h"
#include "lua/prepare.h"
#include "pack_builtin.h"
#include "pack_support.h"

/* ---- the same ---- */

static void same_text(struct pe_text a, struct pe_text b)
{
    assert_int_equal(a.en == NULL, b.en == NULL);
    if (a.en == NULL)
        return;
    assert_string_equal(a.en, b.en);
    assert_string_equal(a.ja, b.ja);
}

static void same_word(const char *a, const char *b)
{
    assert_int_equal(a == NULL, b == NULL);
    if (a != NULL)
        assert_string_equal(a, b);
}

static void same_strings(struct pe_strings a, struct pe_strings b)
{
    assert_int_equal(a.count, b.count);
    for (size_t i = 0; i < a.count; i++)
        assert_string_equal(a.items[i], b.items[i]);
}

static void same_sides(const struct pe_side *a, const struct pe_side *b)
{
    for (size_t i = 0; i < PE_MAX_SERVICES; i++) {
        assert_int_equal(a[i].applies, b[i].applies);
        assert_int_equal(a[i].owner, b[i].owner);
    }
}

static void same_param(const struct pe_param *a, const struct pe_param *b)
{
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->type, b->type);
    same_text(a->unit, b->unit);
    same_text(a->source, b->source);
    same_text(a->doc, b->doc);
    same_word(a->value, b->value);
    same_word(a->default_, b->default_);
    same_word(a->min, b->min);
    same_word(a->max, b->max);
    same_strings(a->one_of, b->one_of);
}

static void same_rule(const struct pe_rule *a, const struct pe_rule *b)
{
    assert_string_equal(a->id, b->id);
    assert_string_equal(a->ref, b->ref);
    same_text(a->title, b->title);
    same_text(a->fix, b->fix);
    assert_int_equal(a->severity, b->severity);
    assert_int_equal(a->owner, b->owner);
    assert_int_equal(a->claimable, b->claimable);
    same_sides(a->sides, b->sides);
}

static void same_control(const struct pe_control *a, const struct pe_control *b)
{
    assert_string_equal(a->id, b->id);
    assert_string_equal(a->pack, b->pack);
    same_text(a->title, b->title);
    assert_int_equal(a->severity, b->severity);
    assert_int_equal(a->owner, b->owner);
    same_sides(a->sides, b->sides);
    same_strings(a->references, b->references);
    same_strings(a->tags, b->tags);
    assert_int_equal(a->param_count, b->param_count);
    for (size_t i = 0; i < a->param_count; i++)
        same_param(&a->params[i], &b->params[i]);
    assert_int_equal(a->rule_count, b->rule_count);
    for (size_t i = 0; i < a->rule_count; i++)
        same_rule(&a->rules[i], &b->rules[i]);
}

static void same_claims(const struct pe_claim_set *a, const struct pe_claim_set *b)
{
    assert_string_equal(a->doc, b->doc);
    assert_string_equal(a->version, b->version);
    assert_string_equal(a->issued, b->issued);
    assert_string_equal(a->sha256, b->sha256);
    same_text(a->title, b->title);
    same_strings(a->services, b->services);
    assert_int_equal(a->claim_count, b->claim_count);
    for (size_t i = 0; i < a->claim_count; i++) {
        assert_string_equal(a->claims[i].clause, b->claims[i].clause);
        same_text(a->claims[i].text, b->claims[i].text);
    }
}

static void same_area(const struct pe_area *a, const struct pe_area *b)
{
    assert_string_equal(a->word, b->word);
    same_strings(a->pointers, b->pointers);
    same_text(a->title, b->title);
    same_text(a->collect, b->collect);
    assert_int_equal(a->known_to, b->known_to);
    assert_string_equal(a->link, b->link);
}

static void same_pack(const struct pe_pack_info *a, const struct pe_pack_info *b)
{
    assert_string_equal(a->id, b->id);
    assert_string_equal(a->version, b->version);
    assert_string_equal(a->edition, b->edition);
    same_text(a->title, b->title);
    assert_string_equal(a->sha256, b->sha256);
    assert_int_equal(a->has_model, b->has_model);
    same_strings(a->services, b->services);
    assert_string_equal(a->claims_at, b->claims_at);
    assert_int_equal(a->control_count, b->control_count);
    for (size_t i = 0; i < a->control_count; i++)
        same_control(&a->controls[i], &b->controls[i]);
    assert_int_equal(a->claim_set_count, b->claim_set_count);
    for (size_t i = 0; i < a->claim_set_count; i++)
        same_claims(&a->claim_sets[i], &b->claim_sets[i]);
    assert_int_equal(a->area_count, b->area_count);
    for (size_t i = 0; i < a->area_count; i++)
        same_area(&a->areas[i], &b->areas[i]);
}

/* ---- what is declared ---- */

static struct pe_catalogue *catalogue_of(const char *path, const struct pe_job *job,
                                         struct pe_pack **pack)
{
    struct pe_catalogue *catalogue = NULL;
    struct pe_err err;

    if (pe_pack_load(path, pack, &err) != 0 || pe_catalogue_load(*pack, job, &catalogue, &err) != 0)
        fail_msg("%s", err.text);
    return catalogue;
}

/* By a worker that loaded the folder, by one that has the constants, and by the parent alone. */
static void describe_three_ways(const struct pe_job *job)
{
    struct pe_pack *packs[2];
    struct pe_catalogue *folder = catalogue_of(PE_POLICIES_DIR "/iso27017", job, &packs[0]);
    struct pe_catalogue *built_in = catalogue_of(NULL, job, &packs[1]);
    struct pe_decoded_pack known = {0};
    struct pe_arena arena = {0};
    struct pe_in nothing = {.arena = &arena};
    const char *lie = NULL;
    struct pe_err err;

    assert_int_equal(pe_decode_judged_pack(&nothing, packs[1], job, &known, &lie, &err), 0);
    same_pack(pe_catalogue_info(folder), pe_catalogue_info(built_in));
    same_pack(pe_catalogue_info(folder), &known.info);
    for (size_t i = 0; i < known.info.control_count; i++)
        for (size_t j = 0; j < known.info.controls[i].rule_count; j++)
            assert_int_equal(pe_catalogue_takes(folder, i, j), known.selected[i][j]);
    pe_arena_release(&arena);
    pe_catalogue_free(folder);
    pe_catalogue_free(built_in);
    pe_pack_free(packs[0]);
    pe_pack_free(packs[1]);
}

static void test_all_that_is_declared_is_known_without_loading(void **state)
{
    (void)state;
    describe_three_ways(&(struct pe_job){0});
}

static void test_options_say_the_same_of_both(void **state)
{
    static const char *const params[] = {"max_addresses=16", "9.2.3.max_addresses=8"};
    static const char *const only[] = {"critical", "10.1.1"}, *const skip[] = {"CLD.9.5.1"};
    struct pe_job job = {.params = {params, 2}, .only = {only, 2}, .skip = {skip, 1}};

    (void)state;
    describe_three_ways(&job);
}

static void test_a_parameter_is_set_in_a_copy(void **state)
{
    struct pe_pack_def pack = pe_pack_builtin.pack, other = pe_pack_builtin.pack;
    struct pe_arena arena = {0};
    struct pe_err err;
    size_t set = 0;

    (void)state;
    assert_true(pack.borrowed);
    assert_int_equal(pe_pack_set_param(&pack, "max_addresses=16", &arena, &err), 0);
    assert_false(pack.borrowed);
    assert_int_equal(pe_pack_set_param(&pack, "max_addresses=17", &arena, &err), 0);
    for (size_t i = 0; i < pack.face.control_count; i++) {
        for (size_t j = 0; j < pack.controls[i].face.param_count; j++) {
            const struct pe_param_def *mine = &pack.controls[i].params[j];
            const struct pe_param_def *theirs = &other.controls[i].params[j];
            assert_ptr_not_equal(mine, theirs);
            if (strcmp(mine->face.name, "max_addresses") != 0)
                continue;
            assert_string_equal(mine->face.value, "17");
            assert_string_equal(theirs->face.value, theirs->face.default_);
            set++;
        }
    }
    assert_true(set > 0);
    pe_arena_release(&arena);
}

/* ---- code ---- */

static void load(const struct pe_prepared *prepared, int result, const char *why)
{
    struct pe_files files = {prepared->files, prepared->file_count, prepared};
    struct pe_arena arena = {0};
    struct pe_script script;
    struct pe_pack_def pack;
    struct pe_err err = {0};

    assert_int_equal(pe_script_init(&script, &files, &arena, &err), 0);
    assert_int_equal(pe_script_load(&script, &pack, &err), result);
    if (result != 0) {
        assert_int_equal(err.kind, PE_ERR_PACK);
        assert_non_null(strstr(err.text, why));
    }
    pe_script_release(&script);
    pe_arena_release(&arena);
}

static void test_code_of_another_lua_is_refused(void **state)
{
    struct pe_prepared other = pe_pack_builtin;

    (void)state;
    load(&pe_pack_builtin, 0, NULL);
    other.lua = "$LuaVersion: Lua 5.4.0  Copyright (C) 1994-2020 Lua.org, PUC-Rio $";
    load(&other, -1, "was built in for Lua 5.4.0, and this is Lua 5.4.");
    other.lua = "no release at all";
    load(&other, -1, "was built in for another L");
}

/* A file of which the text was compiled before, in the place of the text. */
static void judge_code(bool prepared, enum pe_status want, const char *reason)
{
    struct packed *p = pack_of("1.1.lua",
                               "return { title='t', severity='low', owner='customer', rules={ { "
                               "id='r', title='x', check=function(s) ensure(s.a == 1) end } } }",
                               NULL);
    struct pe_prepared constants = {.lua = lua_ident};
    struct pe_file *file = (struct pe_file *)pe_files_find(&p->files, "1.1.lua");
    struct pe_buf code = {0};
    struct pe_text text;

    assert_true(p->loaded);
    assert_int_equal(pe_prepare_code(&p->script, file, &code, &p->err), 0);
    assert_memory_equal(code.data, "\033Lua", 4);
    pe_vm_release(&p->script.vm); /* what it compiled is gone with it */
    assert_int_equal(pe_vm_init(&p->script.vm, &p->arena, &p->err), 0);
    file->data = code.data;
    file->length = code.length;
    p->files.prepared = prepared ? &constants : NULL;
    assert_int_equal(judge_of(p, "1.1", 0, "{\"a\": 1}", &text), want);
    assert_non_null(strstr(text.en, reason));
    pe_buf_release(&code);
    pack_free(p);
}

static void test_code_is_taken_from_constants_and_never_from_a_file(void **state)
{
    (void)state;
    judge_code(true, PE_PASS, "");
    judge_code(false, PE_ERROR, "attempt to load a binary chunk");
}

static void test_text_among_constants_is_no_code(void **state)
{
    static const struct pe_file text = {"1.1.lua", "return {}", 9};
    static const struct pe_prepared constants = {.lua = ""};
    struct pe_files files = {&text, 1, &constants};
    struct pe_arena arena = {0};
    struct pe_script script;
    struct pe_err err;
    struct pe_buf code = {0};

    (void)state;
    assert_int_equal(pe_script_init(&script, &files, &arena, &err), 0);
    assert_int_equal(pe_prepare_code(&script, &text, &code, &err), -1);
    assert_non_null(strstr(err.text, "attempt to load a text chunk"));
    pe_buf_release(&code);
    pe_script_release(&script);
    pe_arena_release(&arena);
}

static void test_what_is_only_declared_brings_no_code(void **state)
{
    struct pe_files files = {pe_pack_builtin.files, pe_pack_builtin.file_count, NULL};

    (void)state;
    assert_int_equal(pe_files_find(&files, "model.lua")->length, 0);
    assert_int_equal(pe_files_find(&files, "pack.lua")->length, 0);
    assert_memory_equal(pe_files_find(&files, "9.2.3.lua")->data, "\033Lua", 4);
    assert_null(pe_files_find(&files, "tests/9.2.3.lua"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_that_is_declared_is_known_without_loading),
        cmocka_unit_test(test_options_say_the_same_of_both),
        cmocka_unit_test(test_a_parameter_is_set_in_a_copy),
        cmocka_unit_test(test_code_of_another_lua_is_refused),
        cmocka_unit_test(test_code_is_taken_from_constants_and_never_from_a_file),
        cmocka_unit_test(test_text_among_constants_is_no_code),
        cmocka_unit_test(test_what_is_only_declared_brings_no_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
