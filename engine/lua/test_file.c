/* test_file.c: reads the tests of a control. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/test_file.h"

#include <string.h>

#include "base/suggest.h"
#include "lib/time.h"
#include "lua/bytecode.h"
#include "lua/order.h"
#include "lua/test_value.h"

enum { MAX_CASES = 10000, MAX_ITEMS = 1000 };

struct load {
    struct pe_reader reader;
    const struct pe_file *file;
    struct pe_control_def *control;
    struct pe_test_file *out;
    const char *base; /* of the file */
};

bool pe_test_file_is(const struct pe_file *file)
{
    size_t length = strlen(file->name);

    return strncmp(file->name, "tests/", 6) == 0 && strchr(file->name + 6, '/') == NULL &&
           length > 10 && strcmp(file->name + length - 4, ".lua") == 0;
}

/* ---- tables of a case ---- */

/* Pushes the table member and the list of its keys, all strings; returns how many there are, 0
 * with nothing pushed when it is absent or has none. */
static size_t push_keys(struct load *load, int index, const char *key)
{
    lua_State *L = load->reader.vm->L;
    size_t count;

    if (!pe_reader_push_table(&load->reader, index, key, false))
        return 0;
    pe_sorted_keys(L, -1);
    count = lua_rawlen(L, -1);
    if (count > MAX_ITEMS)
        pe_reader_fail(&load->reader, key, "%s: more than %d", key, MAX_ITEMS);
    for (size_t i = 1; i <= count && !pe_reader_failed(&load->reader); i++) {
        if (lua_rawgeti(L, -1, (lua_Integer)i) != LUA_TSTRING)
            pe_reader_fail(&load->reader, key, "%s: expected a table of names", key);
        lua_pop(L, 1);
    }
    if (count > 0 && !pe_reader_failed(&load->reader))
        return count;
    lua_pop(L, 2);
    return 0;
}

/* With table and keys on top: pushes the value of key i, and returns the key. */
static const char *push_value(struct load *load, size_t i)
{
    lua_State *L = load->reader.vm->L;
    const char *name;

    lua_rawgeti(L, -1, (lua_Integer)i + 1);
    name = pe_reader_copy_top(&load->reader, "a key");
    lua_rawget(L, -3);
    return name == NULL ? "" : name;
}

/* ---- edits ---- */

struct edit_list {
    struct pe_edit *items;
    size_t count, room;
};

static void add_edit(struct load *load, struct edit_list *list, struct pe_edit edit)
{
    struct pe_edit *items =
        pe_arena_grow(load->reader.arena, list->items, list->count, &list->room, sizeof *items);

    if (items == NULL)
        return;
    list->items = items;
    items[list->count++] = edit;
}

static void add_values(struct load *load, int index, enum pe_edit_kind kind, const char *key,
                       struct edit_list *list)
{
    size_t keys = push_keys(load, index, key);

    for (size_t i = 0; i < keys; i++) {
        const char *path = push_value(load, i);
        add_edit(load, list, (struct pe_edit){kind, path, pe_test_value(&load->reader, path)});
        lua_pop(load->reader.vm->L, 1);
    }
    if (keys > 0)
        lua_pop(load->reader.vm->L, 2);
}

static void read_edits(struct load *load, int index, struct pe_test_def *test)
{
    struct pe_strings removed = pe_reader_strings(&load->reader, index, "remove", false);
    struct edit_list list = {0};

    add_values(load, index, PE_EDIT_SET, "set", &list);
    add_values(load, index, PE_EDIT_APPEND, "append", &list);
    for (size_t i = 0; i < removed.count; i++)
        add_edit(load, &list, (struct pe_edit){PE_EDIT_REMOVE, removed.items[i], NULL});
    if (!pe_reader_failed(&load->reader))
        pe_edit_sort(list.items, list.count);
    test->edits = list.items;
    test->edit_count = list.count;
}

/* ---- parameters ---- */

static size_t param_named(struct load *load, const char *name)
{
    const char *names[MAX_ITEMS], *like;
    const struct pe_control_def *control = load->control;
    size_t i;

    for (i = 0; i < control->face.param_count && i < MAX_ITEMS; i++) {
        names[i] = control->params[i].face.name;
        if (strcmp(names[i], name) == 0)
            return i;
    }
    like = pe_suggest(name, names, i);
    pe_reader_fail(&load->reader, name, "params: the control has no parameter %.60s%s%s%s", name,
                   like == NULL ? "" : " (did you mean ", like == NULL ? "" : like,
                   like == NULL ? "" : "?)");
    return 0;
}

static const char *joined(struct load *load, const char *name)
{
    lua_State *L = load->reader.vm->L;
    struct pe_strings list;
    struct pe_buf *buf = &load->reader.vm->text;

    lua_createtable(L, 0, 1);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, name);
    list = pe_reader_strings(&load->reader, -1, name, true);
    lua_pop(L, 1);
    pe_buf_clear(buf);
    pe_buf_adds(buf, "");
    for (size_t i = 0; i < list.count && !pe_reader_failed(&load->reader); i++)
        pe_buf_printf(buf, "%s%s", i == 0 ? "" : ",", list.items[i]);
    return pe_arena_str(load->reader.arena, buf->data);
}

/* The value on top, as it would be given on the command line. */
static const char *param_value(struct load *load, const char *name)
{
    lua_State *L = load->reader.vm->L;

    switch (lua_type(L, -1)) {
    case LUA_TBOOLEAN:
        return lua_toboolean(L, -1) ? "true" : "false";
    case LUA_TNUMBER:
        return pe_arena_printf(load->reader.arena, "%.15g", lua_tonumber(L, -1));
    case LUA_TSTRING:
        return pe_reader_copy_top(&load->reader, name);
    case LUA_TTABLE:
        return joined(load, name);
    default:
        pe_reader_fail(&load->reader, name, "%s: a parameter cannot be a %s", name,
                       luaL_typename(L, -1));
        return NULL;
    }
}

static void read_params(struct load *load, int index, struct pe_test_def *test)
{
    size_t keys = push_keys(load, index, "params");
    struct pe_test_setting *settings =
        pe_arena_array(load->reader.arena, keys + 1, sizeof *settings);

    for (size_t i = 0; i < keys && settings != NULL; i++) {
        const char *name = push_value(load, i);
        settings[i].param = param_named(load, name);
        settings[i].value = param_value(load, name);
        lua_pop(load->reader.vm->L, 1);
    }
    if (keys > 0)
        lua_pop(load->reader.vm->L, 2);
    test->settings = settings;
    test->setting_count = settings == NULL ? 0 : keys;
}

/* ---- expectations ---- */

static size_t rule_named(struct load *load, const char *name)
{
    const char *names[MAX_ITEMS], *like;
    const struct pe_control_def *control = load->control;
    size_t i;

    for (i = 0; i < control->face.rule_count && i < MAX_ITEMS; i++) {
        names[i] = control->rules[i].face.id;
        if (strcmp(names[i], name) == 0)
            return i;
    }
    like = pe_suggest(name, names, i);
    pe_reader_fail(&load->reader, name, "expect: the control has no rule %.60s%s%s%s", name,
                   like == NULL ? "" : " (did you mean ", like == NULL ? "" : like,
                   like == NULL ? "" : "?)");
    return 0;
}

static enum pe_status read_status(struct load *load, const char *rule)
{
    static const char *const words[] = {"pass", "fail", "unknown", "not_applicable", "error", NULL};
    static const enum pe_status statuses[] = {PE_PASS, PE_FAIL, PE_UNKNOWN, PE_NOT_APPLICABLE,
                                              PE_ERROR};
    lua_State *L = load->reader.vm->L;
    int word = -1;

    if (lua_type(L, -1) == LUA_TSTRING)
        word = pe_reader_word(&load->reader, rule, lua_tostring(L, -1), words);
    else
        pe_reader_fail(&load->reader, rule, "%s: expected a status such as \"fail\"", rule);
    return word < 0 ? PE_ERROR : statuses[word];
}

static void read_expect(struct load *load, int index, struct pe_test_def *test)
{
    lua_State *L = load->reader.vm->L;
    struct pe_test_expectation *list;
    size_t keys;

    if (!pe_reader_push_table(&load->reader, index, "expect", true))
        return;
    lua_pop(L, 1);
    keys = push_keys(load, index, "expect");
    list = pe_arena_array(load->reader.arena, keys + 1, sizeof *list);
    for (size_t i = 0; i < keys && list != NULL; i++) {
        const char *rule = push_value(load, i);
        list[i].rule = rule_named(load, rule);
        list[i].status = read_status(load, rule);
        lua_pop(L, 1);
    }
    if (keys > 0)
        lua_pop(L, 2);
    test->expectations = list;
    test->expectation_count = list == NULL ? 0 : keys;
}

/* ---- cases ---- */

static void read_name(struct load *load, int index, size_t number, struct pe_test_def *test)
{
    lua_State *L = load->reader.vm->L;

    if (lua_rawgeti(L, index, 1) == LUA_TSTRING && lua_rawlen(L, -1) > 0)
        test->name = pe_reader_copy_top(&load->reader, "a case's name");
    else
        pe_reader_fail(&load->reader, NULL, "case %zu: a case begins with its name", number);
    lua_pop(L, 1);
    if (lua_rawlen(L, index) > 1)
        pe_reader_fail(&load->reader, NULL, "case %zu: a case has one name and named parts",
                       number);
}

static void check_case(struct load *load, size_t number, const struct pe_test_def *test)
{
    struct pe_time_instant at;
    enum pe_time_why why;

    if (test->base == NULL)
        pe_reader_fail(&load->reader, NULL, "case %zu: it has no base, and neither has the file",
                       number);
    if (test->as_of != NULL && pe_time_parse(test->as_of, strlen(test->as_of), &at, &why) != 0)
        pe_reader_fail(&load->reader, "as_of", "case %zu: as_of %s", number,
                       pe_time_why_text(why).en);
    if (test->blame != NULL && test->expectation_count == 0)
        pe_reader_fail(&load->reader, "blame", "case %zu: blame needs a rule in expect", number);
}

static void read_case(struct load *load, int index, size_t number, struct pe_test_def *test)
{
    static const char *const keys[] = {"base",   "set",   "remove", "append", "params",
                                       "expect", "blame", "as_of",  NULL};
    struct pe_reader *reader = &load->reader;

    if (lua_type(reader->vm->L, index) != LUA_TTABLE) {
        pe_reader_fail(reader, NULL, "case %zu: expected { \"name\", expect = { ... } }", number);
        return;
    }
    read_name(load, index, number, test);
    pe_reader_begin(reader, "case", test->name);
    pe_reader_keys(reader, index, keys, true, "a case");
    test->base = pe_reader_string(reader, index, "base", false);
    if (test->base == NULL)
        test->base = load->base;
    test->as_of = pe_reader_string(reader, index, "as_of", false);
    test->blame = pe_reader_string(reader, index, "blame", false);
    read_edits(load, index, test);
    read_params(load, index, test);
    read_expect(load, index, test);
    if (!pe_reader_failed(reader))
        check_case(load, number, test);
    pe_reader_end(reader);
}

static void read_cases(struct load *load)
{
    static const char *const keys[] = {"base", NULL};
    struct pe_reader *reader = &load->reader;
    lua_State *L = reader->vm->L;
    int top = lua_gettop(L);
    size_t count = lua_rawlen(L, top);
    struct pe_test_def *cases;

    pe_reader_keys(reader, top, keys, true, "a test file");
    load->base = pe_reader_string(reader, top, "base", false);
    if (count == 0 || count > MAX_CASES)
        pe_reader_fail(reader, NULL, "has no cases, or more than %d", MAX_CASES);
    cases = pe_arena_array(reader->arena, count + 1, sizeof *cases);
    for (size_t i = 0; cases != NULL && i < count && !pe_reader_failed(reader); i++) {
        lua_rawgeti(L, top, (lua_Integer)i + 1);
        read_case(load, lua_gettop(L), i + 1, &cases[i]);
        lua_settop(L, top);
    }
    load->out->control = load->control;
    load->out->cases = cases;
    load->out->count = count;
}

/* ---- the file ---- */

static int load_file(lua_State *L)
{
    struct load *load = lua_touserdata(L, 1);
    struct pe_reader *reader = &load->reader;

    lua_settop(L, 0);
    pe_test_value_push_names(L);
    lua_getmetatable(L, 1);
    lua_getfield(L, -1, "__index");
    lua_pushvalue(L, 1);
    pe_script_push_file(L, load->file);
    if (pe_bytecode_check(reader, -2) != 0)
        return 0;
    lua_call(L, 0, 1);
    if (lua_type(L, -1) != LUA_TTABLE)
        pe_reader_fail(reader, NULL, "must return a table, and returned a %s",
                       luaL_typename(L, -1));
    else
        read_cases(load);
    return 0;
}

static void find_control(struct load *load, const struct pe_pack_def *pack)
{
    const char *stem = load->file->name + 6, *names[MAX_ITEMS], *like;
    size_t length = strlen(stem) - 4, count = 0;

    for (size_t i = 0; i < pack->face.control_count; i++) {
        struct pe_control_def *control = &pack->controls[i];
        if (strlen(control->face.id) == length && memcmp(control->face.id, stem, length) == 0)
            load->control = control;
        if (count < MAX_ITEMS)
            names[count++] = control->face.id;
    }
    if (load->control != NULL)
        return;
    stem = pe_arena_strn(load->reader.arena, stem, length);
    like = stem == NULL ? NULL : pe_suggest(stem, names, count);
    pe_reader_fail(&load->reader, NULL, "the pack has no control of that name%s%s%s",
                   like == NULL ? "" : " (did you mean ", like == NULL ? "" : like,
                   like == NULL ? "" : "?)");
}

int pe_test_file_load(struct pe_script *script, const struct pe_pack_def *pack,
                      const struct pe_file *file, struct pe_arena *arena, struct pe_test_file *out,
                      struct pe_err *err)
{
    struct pe_vm *vm = &script->vm;
    struct pe_test_file read = {0};
    struct load load = {.file = file, .out = &read};
    const char *error;

    load.reader = (struct pe_reader){.vm = vm,
                                     .arena = arena,
                                     .file = file->name,
                                     .source = file->data == NULL ? "" : file->data,
                                     .source_length = file->length,
                                     .err = err};
    find_control(&load, pack);
    if (file->length > PE_MODEL_BYTES)
        pe_reader_fail(&load.reader, NULL, "is longer than %d KiB", PE_MODEL_BYTES / 1024);
    if (pe_reader_failed(&load.reader))
        return -1;
    if (vm->L == NULL) /* an earlier rule took the last memory */
        return pe_err_memory(err);
    pe_vm_refuel(vm);
    lua_settop(vm->L, 0);
    lua_pushcfunction(vm->L, load_file);
    lua_pushlightuserdata(vm->L, &load);
    if (pe_vm_call(vm, 1, 0) != LUA_OK) {
        error = pe_vm_error(vm);
        if (vm->limit != PE_LIMIT_NONE)
            error = pe_vm_limit_text(vm).en;
        return pe_err_set(err, PE_ERR_PACK, "%s: %s", file->name,
                          error == NULL ? "out of memory" : error);
    }
    if (pe_reader_failed(&load.reader))
        return -1;
    if (pe_arena_failed(arena))
        return pe_err_memory(err);
    *out = read;
    return 0;
}
