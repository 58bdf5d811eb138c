/* text.c: one spelling for identifiers and clause numbers, for policies. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lib/text.h"

#include "lib/clause.h"
#include "lua/args.h"

static const struct pe_text a_text = {"a text", "文字列"};
static const struct pe_text not_clause = {"is not a clause number", "管理策の項番ではありません"};

static int push_nil(lua_State *L)
{
    lua_pushnil(L);
    return 1;
}

static int text_normalise(lua_State *L)
{
    const char *bytes;
    size_t length;
    luaL_Buffer out;

    if (!pe_args_text(L, 1, a_text, &bytes, &length))
        return push_nil(L);
    luaL_buffinitsize(L, &out, length + 1);
    luaL_pushresultsize(&out, pe_text_fold(bytes, length, PE_TEXT_ID, luaL_buffaddr(&out)));
    return 1;
}

static int text_same(lua_State *L)
{
    const char *a = NULL, *b = NULL;
    size_t a_length, b_length;
    bool usable;

    lua_settop(L, 2);
    usable = pe_args_text(L, 1, a_text, &a, &a_length);
    usable &= pe_args_text(L, 2, a_text, &b, &b_length);
    if (!usable)
        return push_nil(L);
    lua_pushboolean(L, pe_text_same_id(a, a_length, b, b_length));
    return 1;
}

static int text_clause(lua_State *L)
{
    char canonical[PE_CLAUSE_BYTES];
    const char *bytes;
    size_t length;

    if (!pe_args_text(L, 1, a_text, &bytes, &length))
        return push_nil(L);
    if (pe_clause_normalise(bytes, length, canonical) != 0)
        return pe_arg_unusable(L, 1, not_clause);
    lua_pushstring(L, canonical);
    return 1;
}

static const struct pe_luafn functions[] = {
    {"normalise", text_normalise, "(text) -> text",
     "A text with full-width letters made ASCII and half-width katakana full-width, in lower case, "
     "without white space at its ends."},
    {"same", text_same, "(a, b) -> boolean", "Whether two texts are the same once normalised."},
    {"clause", text_clause, "(text) -> text",
     "The one spelling of a clause number: \"CLD.8.1.5\" for \"CLD8.1.5\"."},
    {NULL, NULL, NULL, NULL},
};

const struct pe_lualib pe_lualib_text = {"text", functions, NULL};
