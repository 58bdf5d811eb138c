/* test_model_load.c: a model.lua with a mistake is refused, and says where. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "json_support.h"
#include "pack_support.h"

static void refused(const char *text, const char *why)
{
    check_file("model.lua", text, why);
}

static void type_refused(const char *type, const char *why)
{
    char *model = model_of(type);

    check_file("model.lua", model, why);
    free(model);
}

static void type_loads(const char *type)
{
    char *model = model_of(type);

    check_loads("model.lua", model);
    free(model);
}

/* ---- what is right ---- */

static void test_every_constructor_makes_its_shape(void **state)
{
    static const char *const types[] = {
        "text{}",
        "text{min=1, max=2, one_of={'a'}}",
        "enum{'a'}",
        "integer{min=-1}",
        "number{max=0.5}",
        "boolean",
        "format'ip'",
        "ref'a.b'",
        "map(text{})",
        "nullable(text{})",
        "record{}",
        "list(text{})",
        "list(record{{'id', text{}}}, {unique='id', min=0, max=1, may_be_empty='other'})",
    };

    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        type_loads(types[i]);
}

static void test_a_local_used_twice_is_one_shape(void **state)
{
    struct packed *packed = pack_of(
        "model.lua", "local t = text{}\nreturn record { {'a', t}, {'b', t}, {'c', text{}} }", NULL);
    const struct pe_field *fields;

    (void)state;
    assert_true(packed->loaded);
    fields = packed->pack.model->root->fields;
    assert_ptr_equal(fields[0].shape, fields[1].shape);
    assert_ptr_not_equal(fields[0].shape, fields[2].shape);
    for (size_t i = 1; i < packed->pack.model->shape_count; i++)
        assert_int_equal(packed->pack.model->shapes[i]->number, i);
    pack_free(packed);
}

static void test_a_field_keeps_what_was_said_of_it(void **state)
{
    struct packed *packed =
        pack_of("model.lua",
                "return record { { 'a', integer{min=1}, required=true, secret=true, option='o', "
                "service='s', unit={ en = 'days', ja = '日' }, en='English', ja='日本語' }, { 'b', "
                "text{}, en='only' } }",
                NULL);
    const struct pe_field *a, *b;

    (void)state;
    assert_true(packed->loaded);
    a = pe_model_field(packed->pack.model->root, "a", 1);
    b = pe_model_field(packed->pack.model->root, "b", 1);
    assert_true(a->required && a->secret && a->shape->has_min && !a->shape->has_max);
    assert_string_equal(a->when.option, "o");
    assert_string_equal(a->when.service, "s");
    assert_string_equal(a->unit.en, "days");
    assert_string_equal(a->unit.ja, "日");
    assert_string_equal(a->doc.ja, "日本語");
    assert_string_equal(b->doc.ja, "only");
    assert_false(b->required || b->secret);
    assert_null(pe_model_field(packed->pack.model->root, "ab", 2));
    assert_null(pe_model_field(packed->pack.model->root, "", 0));
    pack_free(packed);
}

/* ---- what is wrong ---- */

static void test_the_root_is_a_record(void **state)
{
    (void)state;
    refused("return list(text{})", "model.lua: the model must be a record{ ... }");
    refused("return {}", "model.lua: the model: expected a type such as text{} or list(...)");
    refused("return 5", "model.lua: must return a table, and returned a number");
    refused("local x = record{}", "model.lua: must return a table, and returned a nil");
}

static void test_an_unknown_key_is_refused_with_a_guess(void **state)
{
    (void)state;
    refused("return record {\n  { 'a', text{}, requird=true },\n}",
            "model.lua:2: a field has no key 'requird' (did you mean 'required'?)");
    type_refused("integer{minimum=1}", "model.lua:1: integer has no key 'minimum'...");
    type_refused("text{one_off={}}",
                 "model.lua:1: text has no key 'one_off' (did you mean 'one_of'?)");
    type_refused("list(text{}, {uniqe='id'})", "model.lua:1: list has no key 'uniqe'...");
    type_refused("map(text{}, {min=1})", "model.lua:1: map has no key 'min'");
    type_refused("nullable(text{}, {min=1})", "model.lua:1: nullable has no key 'min'");
    type_refused("record { a = text{} }", "model.lua:1: record has no key 'a'");
    type_refused("integer{1}", "model.lua: integer has a key that is no name");
    type_refused("enum{'a', b='c'}", "model.lua: enum: a list has no named keys and no holes");
}

static void test_wrong_types_are_refused(void **state)
{
    (void)state;
    type_refused("integer{min='1'}", "model.lua:1: min: expected a number, found a string");
    type_refused("text{one_of=5}",
                 "model.lua:1: one_of: expected a string or a list of strings...");
    type_refused("list(text{}, {unique=true})", "model.lua:1: unique: expected a string...");
    type_refused("enum{'a', 5}", "model.lua: enum: expected a list of strings...");
    type_refused("enum{}", "model.lua: an enum needs its words: enum{ \"a\", \"b\" }");
    refused("return record { {'a', text{}, required='yes'} }",
            "model.lua:1: required: expected a boolean, found a string");
    refused("return record { 'a' }", "model.lua: a field of a record is { \"name\", type, ... }");
    refused("return record { { text{}, 'a' } }",
            "model.lua: a field of a record begins with its name");
    refused("return record { {'a'} }", "model.lua: a: expected a type such as text{} or list(...)");
    refused("return record { {'a', 'text'} }",
            "model.lua: a: expected a type such as text{} or list(...)");
    refused("return record { {'a', text} }",
            "model.lua: a: expected a type such as text{} or list(...)");
    refused("return record { {'a', text{}, list(text{})} }",
            "model.lua: a field of a record is { \"name\", type, ... }");
}

static void test_a_field_stands_once_in_its_record(void **state)
{
    (void)state;
    refused("return record { {'a', text{}}, {'b', text{}}, {'a', integer{}} }",
            "model.lua: the field a stands twice in a record");
}

static void test_a_name_with_a_nul_is_refused(void **state)
{
    (void)state;
    refused("return record { {'a\\0b', text{}} }", "model.lua: a name holds a NUL");
    type_refused("format'ip\\0'", "model.lua: a name holds a NUL");
    type_refused("enum{'a\\0b'}", "model.lua: a string holds a NUL");
}

static void test_constructors_say_what_they_need(void **state)
{
    (void)state;
    type_refused("list{}", "model.lua:1: list needs the type of its elements first, such as...");
    type_refused("map(5)", "model.lua:1: map needs the type of its elements first, such as...");
    type_refused("nullable()", "model.lua:1: nullable needs the type of its elements first...");
    type_refused("format'nonsense'", "model.lua: there is no format \"nonsense\"");
    type_refused("format{'ip'}", "model.lua:1: bad argument #1 to 'format' (string expected...");
    type_refused("ref(5)", "model.lua:1: bad argument #1 to 'ref' (string expected...");
    type_refused("integer(5)", "model.lua:1: bad argument #1 to 'integer' (table expected...");
    type_refused("integer(text{})", "model.lua:1: integer takes a table of its own");
}

static void test_null_or_null_is_refused(void **state)
{
    (void)state;
    type_refused("nullable(nullable(text{}))",
                 "model.lua: nullable(nullable(...)): once is enough");
    refused("local t = text{}\nreturn record { {'a', nullable(t, t)} }",
            "model.lua: nullable(nullable(...)): once is enough");
}

static void test_a_model_has_no_other_names(void **state)
{
    (void)state;
    refused("local t = string.rep\nreturn record{}",
            "model.lua: line 1: there is no global name string");
    refused("return record { { 'a', texxt{} } }",
            "model.lua: line 1: there is no global name texxt (did you mean text?)");
    refused("x = 1\nreturn record{}",
            "model.lua: line 1 assigns the global name x: write `local x`");
}

static void test_a_model_that_is_nested_too_deeply_is_refused(void **state)
{
    char *open = repeat("list(", 70, "text{}"), *closed = repeat(")", 70, ""), *type;
    struct pe_arena arena = {0};

    (void)state;
    type = pe_arena_printf(&arena, "%s%s", open, closed);
    type_refused(type, "model.lua: v: the model is nested deeper than 64");
    pe_arena_release(&arena);
    free(open);
    free(closed);
}

static void test_a_model_with_too_many_shapes_is_refused(void **state)
{
    (void)state;
    refused("local fields = {}\nfor i = 1, 4001 do fields[i] = { 'f' .. i, text{} } end\n"
            "return record(fields)",
            "model.lua: the model has more than 4000 shapes");
}

static void test_a_model_that_never_ends_is_refused(void **state)
{
    (void)state;
    refused("while true do end", "model.lua: the policy ran into the limit of 10000000 "
                                 "instructions at model.lua:1; does a loop never end?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_constructor_makes_its_shape),
        cmocka_unit_test(test_a_local_used_twice_is_one_shape),
        cmocka_unit_test(test_a_field_keeps_what_was_said_of_it),
        cmocka_unit_test(test_the_root_is_a_record),
        cmocka_unit_test(test_an_unknown_key_is_refused_with_a_guess),
        cmocka_unit_test(test_wrong_types_are_refused),
        cmocka_unit_test(test_a_field_stands_once_in_its_record),
        cmocka_unit_test(test_a_name_with_a_nul_is_refused),
        cmocka_unit_test(test_constructors_say_what_they_need),
        cmocka_unit_test(test_null_or_null_is_refused),
        cmocka_unit_test(test_a_model_has_no_other_names),
        cmocka_unit_test(test_a_model_that_is_nested_too_deeply_is_refused),
        cmocka_unit_test(test_a_model_with_too_many_shapes_is_refused),
        cmocka_unit_test(test_a_model_that_never_ends_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
