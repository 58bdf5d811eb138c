/* test_pack.c: which rules of a pack run, whose they are, and what its digest depends on. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "pack_support.h"

static const char pack_lua[] = "return { id='p', version='1', title='p', service='/s', "
                               "services={'iad','ctx','old'} }";
static const char one[] =
    "return { title='t', severity='high', owner={ iad='customer', ctx='shared', old='customer' }, "
    "tags={ 'mfa', 'network' }, rules={ "
    "{ id='first', title='x', check=function() end }, "
    "{ id='second', title='x', severity='low', owner='provider', check=function() end } } }";
static const char two[] = "return { title='t', severity='medium', owner='customer', rules={ "
                          "{ id='first', title='x', check=function() end } } }";

static struct packed *pair(void)
{
    struct packed *p = pack_of("pack.lua", pack_lua, "9.2.3.lua", one, "CLD.9.5.1.lua", two, NULL);

    if (!p->loaded)
        fail_msg("%s", p->err.text);
    return p;
}

static struct pe_strings words(const char *const *items)
{
    struct pe_strings strings = {items, 0};

    while (items != NULL && items[strings.count] != NULL)
        strings.count++;
    return strings;
}

/* Which of 9.2.3/first, 9.2.3/second and CLD.9.5.1/first run: "x-x". */
static void runs(const char *const *only, const char *const *skip, const char *expected)
{
    struct packed *p = pair();
    struct pe_selection selection = {words(only), words(skip)};
    char got[4] = "---";
    size_t at = 0;

    for (size_t i = 0; i < p->pack.face.control_count; i++)
        for (size_t j = 0; j < p->pack.controls[i].face.rule_count; j++, at++)
            if (pe_selection_takes(&selection, &p->pack.controls[i], &p->pack.controls[i].rules[j]))
                got[at] = 'x';
    assert_string_equal(got, expected);
    assert_int_equal(pe_selection_check(&selection, &p->pack, NULL), 0);
    pack_free(p);
}

#define ONE(word) ((const char *const[]){word, NULL})

static void test_everything_runs_when_nothing_is_selected(void **state)
{
    (void)state;
    runs(NULL, NULL, "xxx");
}

static void test_a_selector_is_a_control_a_rule_a_tag_a_severity_or_an_owner(void **state)
{
    (void)state;
    runs(ONE("9.2.3"), NULL, "xx-");
    runs(ONE("first"), NULL, "x-x");
    runs(ONE("9.2.3/first"), NULL, "x--");
    runs(ONE("mfa"), NULL, "xx-");
    runs(ONE("high"), NULL, "x--");
    runs(ONE("low"), NULL, "-x-");
    runs(ONE("medium"), NULL, "--x");
    runs(ONE("provider"), NULL, "-x-");
    runs(ONE("customer"), NULL, "x-x");
}

static void test_skip_outranks_only(void **state)
{
    static const char *const both[] = {"9.2.3", "CLD.9.5.1", NULL};

    (void)state;
    runs(NULL, ONE("first"), "-x-");
    runs(both, ONE("second"), "x-x");
    runs(ONE("9.2.3"), ONE("mfa"), "---");
    runs(both, both, "---");
}

static void unmatched(const char *selector, const char *why)
{
    struct packed *p = pair();
    struct pe_selection only = {.only = {&selector, 1}}, skip = {.skip = {&selector, 1}};
    struct pe_err err = {0};

    assert_int_equal(pe_selection_check(&only, &p->pack, &err), -1);
    assert_int_equal(err.kind, PE_ERR_USAGE);
    assert_string_equal(err.text, why);
    assert_int_equal(pe_selection_check(&skip, &p->pack, &err), -1);
    assert_memory_equal(err.text, "--skip ", 7);
    pack_free(p);
}

static void test_a_selector_that_matches_nothing_is_refused_with_a_guess(void **state)
{
    (void)state;
    unmatched("9.2.4", "--only 9.2.4 matches no control, rule, tag, severity or owner of the pack "
                       "p (did you mean 9.2.3?)");
    unmatched("frist", "--only frist matches no control, rule, tag, severity or owner of the pack "
                       "p (did you mean first?)");
    unmatched("9.2.3/frist", "--only 9.2.3/frist matches no control, rule, tag, severity or owner "
                             "of the pack p (did you mean first?)");
    unmatched("netwrok", "--only netwrok matches no control, rule, tag, severity or owner of the "
                         "pack p (did you mean network?)");
    unmatched("zzzzzz", "--only zzzzzz matches no control, rule, tag, severity or owner of the "
                        "pack p; policyeval list shows them");
    unmatched("", "--only  matches no control, rule, tag, severity or owner of the pack p; "
                  "policyeval list shows them");
    unmatched("critical", "--only critical matches no control, rule, tag, severity or owner of "
                          "the pack p; policyeval list shows them");
}

static void test_half_a_selector_matches_nothing(void **state)
{
    static const char *const halves[] = {"9.2.3/",          "/first", "9.2.3/first/",
                                         "9.2.3/first2",    "9.2",    "9.2.3/CLD.9.5.1",
                                         "CLD.9.5.1/second"};
    struct packed *p = pair();

    (void)state;
    for (size_t i = 0; i < sizeof halves / sizeof halves[0]; i++) {
        struct pe_selection only = {.only = {&halves[i], 1}};
        assert_int_equal(pe_selection_check(&only, &p->pack, NULL), -1);
    }
    pack_free(p);
}

/* ---- owners ---- */

static void test_an_owner_is_that_of_the_snapshots_service(void **state)
{
    struct packed *p = pair();
    const struct pe_owners *owners = &p->pack.controls[0].owners;

    (void)state;
    assert_int_equal(pe_owner_for(&p->pack, owners, "iad"), PE_CUSTOMER);
    assert_int_equal(pe_owner_for(&p->pack, owners, "ctx"), PE_SHARED);
    assert_int_equal(pe_owner_for(&p->pack, owners, NULL), PE_CUSTOMER);
    assert_int_equal(p->pack.controls[0].face.owner, PE_CUSTOMER);
    assert_int_equal(pe_owner_for(&p->pack, owners, "both"), PE_SHARED);
    pack_free(p);
}

static void test_an_owner_in_one_word_is_that_of_every_service(void **state)
{
    struct packed *p = pair();
    const struct pe_owners *owners = &p->pack.controls[0].rules[1].owners;

    (void)state;
    assert_int_equal(pe_owner_for(&p->pack, owners, "iad"), PE_PROVIDER);
    assert_int_equal(pe_owner_for(&p->pack, owners, "both"), PE_PROVIDER);
    assert_int_equal(pe_owner_for(&p->pack, owners, "never heard of"), PE_PROVIDER);
    assert_int_equal(pe_owner_for(&p->pack, owners, NULL), PE_PROVIDER);
    pack_free(p);
}

static void test_a_rule_without_an_owner_and_severity_has_its_controls(void **state)
{
    struct packed *p = pair();
    const struct pe_control_def *c = &p->pack.controls[0];

    (void)state;
    assert_int_equal(pe_owner_for(&p->pack, &c->rules[0].owners, "ctx"), PE_SHARED);
    assert_int_equal(c->rules[0].face.severity, PE_HIGH);
    assert_int_equal(c->rules[1].face.severity, PE_LOW);
    pack_free(p);
}

/* ---- files ---- */

static void test_a_control_is_a_lua_file_beside_pack_lua(void **state)
{
    static const struct {
        const char *name, *id;
    } files[] = {
        {"9.2.3.lua", "9.2.3"},
        {"CLD.9.5.1.lua", "CLD.9.5.1"},
        {"a.lua", "a"},
        {".lua", NULL},
        {"pack.lua", NULL},
        {"model.lua", NULL},
        {"lib/x.lua", NULL},
        {"tests/9.2.3.lua", NULL},
        {"9.2.3.LUA", NULL},
        {"9.2.3.lua.bak", NULL},
        {"tests/a.json", NULL},
        {"lua", NULL},
        {"", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct pe_arena arena = {0};
        struct pe_file file = {files[i].name, "", 0};
        const char *id = pe_files_control_id(&file, &arena);
        if (files[i].id == NULL)
            assert_null(id);
        else
            assert_string_equal(id, files[i].id);
        pe_arena_release(&arena);
    }
}

static void test_every_file_is_found_by_its_name(void **state)
{
    static const struct pe_file items[] = {
        {"1.lua", "", 0}, {"10.lua", "", 0}, {"2.lua", "", 0}, {"lib/a.lua", "", 0}, {"z", "", 0}};

    (void)state;
    for (size_t count = 0; count <= 5; count++) {
        struct pe_files files = {items, count, NULL};
        for (size_t i = 0; i < 5; i++) {
            const struct pe_file *found = pe_files_find(&files, items[i].name);
            assert_ptr_equal(found, i < count ? &items[i] : NULL);
        }
        assert_null(pe_files_find(&files, ""));
        assert_null(pe_files_find(&files, "zz"));
        assert_null(pe_files_find(&files, "1.lu"));
    }
}

static void digest(const struct pe_file *items, size_t count, char hex[65])
{
    pe_files_digest(&(struct pe_files){items, count, NULL}, hex);
    assert_int_equal(strlen(hex), 64);
}

static void test_the_digest_is_of_names_and_bytes_and_not_of_tests(void **state)
{
    static const struct pe_file base[] = {{"a.lua", "xy", 2}, {"b.lua", "z", 1}};
    static const struct pe_file others[][2] = {
        {{"a.lua", "xz", 2}, {"b.lua", "z", 1}},    {{"a.lua", "xy", 2}, {"c.lua", "z", 1}},
        {{"a.lua", "x", 1}, {"b.lua", "yz", 2}},    {{"a.luax", "y", 1}, {"b.lua", "z", 1}},
        {{"a.lua", "xyb.lua", 7}, {"", "z", 1}},    {{"a.lua", "xy", 2}, {"b.lua", "", 0}},
        {{"a.lua", "xy", 2}, {"tests.lua", "z", 1}}};
    static const struct pe_file tested[] = {
        {"a.lua", "xy", 2}, {"b.lua", "z", 1}, {"tests/a.lua", "anything", 8}};
    char first[65], other[65];

    (void)state;
    digest(base, 2, first);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        digest(others[i], 2, other);
        assert_string_not_equal(first, other);
    }
    digest(base, 1, other);
    assert_string_not_equal(first, other);
    digest(tested, 3, other);
    assert_string_equal(first, other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_runs_when_nothing_is_selected),
        cmocka_unit_test(test_a_selector_is_a_control_a_rule_a_tag_a_severity_or_an_owner),
        cmocka_unit_test(test_skip_outranks_only),
        cmocka_unit_test(test_a_selector_that_matches_nothing_is_refused_with_a_guess),
        cmocka_unit_test(test_half_a_selector_matches_nothing),
        cmocka_unit_test(test_an_owner_is_that_of_the_snapshots_service),
        cmocka_unit_test(test_an_owner_in_one_word_is_that_of_every_service),
        cmocka_unit_test(test_a_rule_without_an_owner_and_severity_has_its_controls),
        cmocka_unit_test(test_a_control_is_a_lua_file_beside_pack_lua),
        cmocka_unit_test(test_every_file_is_found_by_its_name),
        cmocka_unit_test(test_the_digest_is_of_names_and_bytes_and_not_of_tests),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
