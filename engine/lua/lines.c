/* lines.c: which lines of a pack's Lua files were run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/lines.h"

#include "lua/dump.h"
#include "lua/instance.h"

/* ---- lines that have code ---- */

struct compile {
    const struct pe_file *file;
    struct pe_buf *dump;
};

static int write_dump(lua_State *L, const void *bytes, size_t length, void *ud)
{
    struct pe_buf *dump = ud;

    (void)L;
    pe_buf_add(dump, bytes, length);
    return pe_buf_failed(dump);
}

static int compile(lua_State *L)
{
    const struct compile *c = lua_touserdata(L, 1);

    if (luaL_loadbufferx(L, c->file->data == NULL ? "" : c->file->data, c->file->length, "=file",
                         "t") != LUA_OK)
        return lua_error(L);
    lua_dump(L, write_dump, c->dump, 0);
    return 0;
}

/* The first instruction of a file only prepares its arguments. Nothing comes by what follows a
 * return: the jump of an `else` or a loop, which Lua leads jumps past, and the return that every
 * tail call has for functions of C, which are called at the line before. */
static bool is_code(const struct pe_proto *p, size_t pc)
{
    unsigned op = pe_op_of(pe_proto_word(p, pc));
    unsigned before = pc == 0 ? PE_OP_MOVE : pe_op_of(pe_proto_word(p, pc - 1));

    if (before == PE_OP_TAILCALL)
        return false;
    if (op == PE_OP_JMP && before >= PE_OP_RETURN && before <= PE_OP_RETURN1)
        return false;
    return op != PE_OP_VARARGPREP;
}

/* A function's last instruction returns from it at its `end`, also where nothing comes by. */
static void mark_code(struct pe_lines_file *lines, const struct pe_proto *p)
{
    for (; p != NULL; p = p->next) {
        for (size_t pc = 0; pc + 1 < p->code_size; pc++) {
            int line = pe_proto_line(p, pc);
            if (line > 0 && line <= lines->count && is_code(p, pc))
                lines->marks[line] |= PE_LINE_CODE;
        }
    }
}

static int count_lines(const struct pe_file *file)
{
    int count = 1;

    for (size_t i = 0; i < file->length; i++)
        count += file->data[i] == '\n';
    return count;
}

static void open_file(struct pe_lines_file *lines, struct pe_vm *vm, const struct pe_file *file,
                      struct pe_arena *arena)
{
    struct pe_buf dump = {0};
    struct compile c = {file, &dump};
    struct pe_arena scratch = {0};

    lines->file = file;
    lines->count = count_lines(file);
    lines->marks = pe_arena_alloc(arena, (size_t)lines->count + 1);
    pe_vm_refuel(vm);
    lua_settop(vm->L, 0);
    lua_pushcfunction(vm->L, compile);
    lua_pushlightuserdata(vm->L, &c);
    if (lines->marks != NULL && pe_vm_call(vm, 1, 0) == LUA_OK && !pe_buf_failed(&dump))
        mark_code(lines, pe_dump_read(dump.data, dump.length, &scratch));
    lua_settop(vm->L, 0);
    arena->failed |= pe_buf_failed(&dump) || pe_arena_failed(&scratch);
    pe_arena_release(&scratch);
    pe_buf_release(&dump);
}

int pe_lines_open(struct pe_lines *lines, struct pe_vm *vm, const struct pe_files *files,
                  bool (*take)(const void *ud, const struct pe_file *file), const void *ud,
                  struct pe_arena *arena, struct pe_err *err)
{
    struct pe_lines open = {.items = pe_arena_array(arena, files->count + 1, sizeof *open.items)};

    for (size_t i = 0; open.items != NULL && i < files->count; i++)
        if (vm->L != NULL && take(ud, &files->items[i]))
            open_file(&open.items[open.count++], vm, &files->items[i], arena);
    if (pe_arena_failed(arena))
        return pe_err_memory(err);
    *lines = open;
    return 0;
}

/* ---- lines that are run ---- */

static bool is_file(const struct pe_lines_file *lines, const char *source)
{
    return lines != NULL && strcmp(lines->file->name, source) == 0;
}

static struct pe_lines_file *find(struct pe_lines *lines, const char *source)
{
    size_t low = 0, high = lines->count, middle;

    while (low < high) {
        middle = low + (high - low) / 2;
        if (strcmp(lines->items[middle].file->name, source) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < lines->count && is_file(&lines->items[low], source) ? &lines->items[low] : NULL;
}

void pe_lines_run(struct pe_lines *lines, lua_State *L, lua_Debug *ar)
{
    int line = ar->currentline;

    if (!lua_getinfo(L, "S", ar) || ar->source[0] != '@')
        return;
    if (!is_file(lines->last, ar->source + 1))
        lines->last = find(lines, ar->source + 1);
    if (lines->last != NULL && line > 0 && line <= lines->last->count)
        lines->last->marks[line] |= PE_LINE_RUN;
}

void pe_lines_watch(struct pe_vm *vm, struct pe_lines *lines)
{
    vm->lines = lines;
    pe_instance_forget(vm); /* the lines outside of functions run again, and are seen */
    pe_vm_hook(vm);
}
