/* test_dump.c: what the compiler made is read whole, or not at all. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "lua/dump.h"
#include "lua/vm.h"

enum { FAR = 400 }; /* lines between the two functions: too far for one byte */

static int keep(lua_State *L, const void *bytes, size_t length, void *ud)
{
    (void)L;
    pe_buf_add(ud, bytes, length);
    return 0;
}

/* Constants of every type, a local _ENV, and functions in functions. */
static struct pe_buf dump_of_all(void)
{
    struct pe_buf text = {0}, dump = {0};
    lua_State *L = luaL_newstate();

    pe_buf_adds(&text, "local a, b, c = 'short', 70000, 1.5\n"
                       "local t = { x = nil, [true] = false, y = 'a text of more than forty bytes, "
                       "which Lua calls a long string' }\n"
                       "local function inner(_ENV) return function() return x, t.y end end\n");
    pe_buf_fill(&text, '\n', FAR);
    pe_buf_adds(&text, "return a == nil, b == true, c == false, inner\n");
    assert_int_equal(luaL_loadbufferx(L, text.data, text.length, "=all", "t"), LUA_OK);
    assert_int_equal(lua_dump(L, keep, &dump, 0), 0);
    assert_false(pe_buf_failed(&dump));
    lua_close(L);
    pe_buf_release(&text);
    return dump;
}

static const struct pe_proto *read_all(const struct pe_buf *dump, struct pe_arena *arena)
{
    return pe_dump_read(dump->data, dump->length, arena);
}

static void test_functions_come_outer_before_inner_with_their_lines(void **state)
{
    struct pe_buf dump = dump_of_all();
    struct pe_arena arena = {0};
    const struct pe_proto *all = read_all(&dump, &arena), *inner;

    (void)state;
    assert_non_null(all);
    inner = all->next;
    assert_ptr_equal(inner->parent, all);
    assert_ptr_equal(inner->next->parent, inner);
    assert_null(inner->next->next);
    assert_int_equal(all->line_defined, 0);
    assert_int_equal(inner->line_defined, 3);
    assert_true(inner->local_env);
    assert_false(all->local_env);
    assert_int_equal(pe_proto_line(all, 0), 1);
    assert_int_equal(pe_proto_line(all, all->code_size - 1), 4 + FAR);
    assert_int_equal(pe_proto_line(all, all->code_size + 9), 4 + FAR);
    assert_int_equal(pe_proto_word(all, all->code_size), 0);
    pe_arena_release(&arena);
    pe_buf_release(&dump);
}

static void test_a_dump_that_is_cut_anywhere_or_goes_on_is_none(void **state)
{
    struct pe_buf dump = dump_of_all();
    struct pe_arena arena = {0};

    (void)state;
    for (size_t length = 0; length < dump.length; length++) {
        char *cut = malloc(length + 1); /* so that a sanitizer sees what reads behind it */
        memcpy(cut, dump.data, length);
        cut = realloc(cut, length > 0 ? length : 1);
        if (pe_dump_read(cut, length, &arena) != NULL)
            fail_msg("%zu of %zu bytes are taken for a dump", length, dump.length);
        free(cut);
    }
    pe_arena_release(&arena);
    pe_buf_addc(&dump, '\0');
    assert_null(read_all(&dump, &arena));
    pe_arena_release(&arena);
    pe_buf_release(&dump);
}

static bool is_within(const struct pe_buf *dump, const unsigned char *bytes, size_t size)
{
    const unsigned char *begin = (const unsigned char *)dump->data;

    return bytes >= begin && size <= dump->length - (size_t)(bytes - begin);
}

static void test_whatever_a_byte_becomes_nothing_is_read_outside(void **state)
{
    static const unsigned char values[] = {0x00, 0x7F, 0x80, 0xFE, 0xFF, 0x04, 0x14};
    struct pe_buf dump = dump_of_all();
    size_t taken = 0;

    (void)state;
    for (size_t i = 0; i < dump.length * sizeof values; i++) {
        struct pe_arena arena = {0};
        char *byte = &dump.data[i / sizeof values], was = *byte;
        *byte = (char)values[i % sizeof values];
        for (const struct pe_proto *p = read_all(&dump, &arena); p != NULL; p = p->next, taken++) {
            assert_true(is_within(&dump, p->code, 4 * p->code_size));
            assert_true(is_within(&dump, p->lines, p->line_count));
            assert_true(is_within(&dump, p->upvalues, 3 * p->upvalue_count));
            pe_proto_line(p, p->code_size);
        }
        *byte = was;
        pe_arena_release(&arena);
    }
    assert_true(taken > 0); /* a byte of a string may be any */
    pe_buf_release(&dump);
}

static void test_a_size_beyond_all_memory_is_refused(void **state)
{
    struct pe_buf dump = dump_of_all();
    struct pe_arena arena = {0};

    (void)state;
    assert_true(dump.length > 60);
    memset(dump.data + 32, 0x7F, 20); /* sizes that do not end, behind the header */
    assert_null(read_all(&dump, &arena));
    pe_arena_release(&arena);
    pe_buf_release(&dump);
}

/* ---- without names ---- */

/* What a text says when it runs, of which only the lines and _ENV are left. */
static void run_stripped(const char *text, const char *error)
{
    struct pe_buf dump = {0}, stripped = {0}, again = {0};
    lua_State *L = luaL_newstate();

    assert_int_equal(luaL_loadbufferx(L, text, strlen(text), "@a.lua", "t"), LUA_OK);
    assert_int_equal(lua_dump(L, keep, &dump, 0), 0);
    assert_true(pe_dump_strip(dump.data, dump.length, &stripped));
    assert_true(stripped.length < dump.length);
    assert_int_equal(luaL_loadbufferx(L, stripped.data, stripped.length, "@a.lua", "b"), LUA_OK);
    assert_int_equal(lua_pcall(L, 0, 0, 0), LUA_ERRRUN);
    assert_string_equal(lua_tostring(L, -1), error);
    assert_true(pe_dump_strip(stripped.data, stripped.length, &again));
    assert_int_equal(again.length, stripped.length);
    assert_memory_equal(again.data, stripped.data, again.length);
    lua_close(L);
    pe_buf_release(&dump);
    pe_buf_release(&stripped);
    pe_buf_release(&again);
}

static void test_stripped_code_runs_and_knows_its_lines_and_its_globals(void **state)
{
    (void)state;
    run_stripped("local a\nlocal function f()\n  return a.b\nend\nf()",
                 "a.lua:3: attempt to index a nil value (upvalue '?')");
    run_stripped("local first, second = 1\nreturn first +\nsecond",
                 "a.lua:2: attempt to perform arithmetic on a nil value");
    run_stripped("local a = 1\nnowhere()",
                 "a.lua:2: attempt to call a nil value (global 'nowhere')");
}

static void test_stripped_code_is_the_code_and_its_lines(void **state)
{
    struct pe_buf dump = dump_of_all(), stripped = {0};
    struct pe_arena arena = {0};
    const struct pe_proto *a, *b;

    (void)state;
    assert_true(pe_dump_strip(dump.data, dump.length, &stripped));
    a = read_all(&dump, &arena);
    b = read_all(&stripped, &arena);
    for (; a != NULL && b != NULL; a = a->next, b = b->next) {
        assert_int_equal(a->code_size, b->code_size);
        assert_memory_equal(a->code, b->code, 4 * a->code_size);
        assert_int_equal(a->constant_count, b->constant_count);
        for (size_t i = 0; i < a->code_size; i++)
            assert_int_equal(pe_proto_line(a, i), pe_proto_line(b, i));
    }
    assert_null(a);
    assert_null(b);
    pe_arena_release(&arena);
    pe_buf_release(&dump);
    pe_buf_release(&stripped);
}

static void test_what_is_no_dump_is_not_stripped(void **state)
{
    struct pe_buf dump = dump_of_all(), out = {0};

    (void)state;
    for (size_t length = 0; length < dump.length; length++)
        assert_false(pe_dump_strip(dump.data, length, &out));
    pe_buf_release(&dump);
    pe_buf_release(&out);
}

static void test_without_memory_there_is_none(void **state)
{
    struct pe_buf dump = dump_of_all();
    size_t limit = 0;
    bool read = false;

    (void)state;
    for (; !read; limit += 8) {
        struct pe_arena arena = {.limit_bytes = limit + 1};
        read = read_all(&dump, &arena) != NULL;
        assert_true(read != pe_arena_failed(&arena));
        pe_arena_release(&arena);
    }
    assert_true(limit > 3 * sizeof(struct pe_proto));
    pe_buf_release(&dump);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_functions_come_outer_before_inner_with_their_lines),
        cmocka_unit_test(test_a_dump_that_is_cut_anywhere_or_goes_on_is_none),
        cmocka_unit_test(test_whatever_a_byte_becomes_nothing_is_read_outside),
        cmocka_unit_test(test_a_size_beyond_all_memory_is_refused),
        cmocka_unit_test(test_stripped_code_runs_and_knows_its_lines_and_its_globals),
        cmocka_unit_test(test_stripped_code_is_the_code_and_its_lines),
        cmocka_unit_test(test_what_is_no_dump_is_not_stripped),
        cmocka_unit_test(test_without_memory_there_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
