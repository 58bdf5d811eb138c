/* tls.c: protocol versions, cipher suites and host names, for policies. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lib/tls.h"

#include "lua/args.h"

static const struct pe_text a_version = {"a TLS version (TLSv1.2)",
                                         "TLS のバージョン（TLSv1.2 など）"};
static const struct pe_text a_cipher = {"the name of a cipher suite", "暗号スイートの名称"};
static const struct pe_text a_rank = {"a rank from 1 to 6", "1 から 6 の順位"};
static const struct pe_text a_host = {"a host name", "ホスト名"};

static int push_nil(lua_State *L)
{
    lua_pushnil(L);
    return 1;
}

static bool refuse(lua_State *L, int index, enum pe_tls_why why)
{
    pe_arg_unusable(L, index, pe_tls_why_text(why));
    lua_pop(L, 1);
    return false;
}

static bool version_of(lua_State *L, int index, enum pe_tls_version *version)
{
    const char *bytes;
    size_t length;
    enum pe_tls_why why;

    if (!pe_args_text(L, index, a_version, &bytes, &length))
        return false;
    return pe_tls_parse_version(bytes, length, version, &why) == 0 || refuse(L, index, why);
}

static bool rank_of(lua_State *L, int index, enum pe_tls_version *version)
{
    int64_t rank;

    if (!pe_args_integer(L, index, a_rank, &rank))
        return false;
    if (rank < PE_TLS_SSL2 || rank > PE_TLS_1_3)
        return refuse(L, index, PE_TLS_UNKNOWN_VERSION);
    *version = (enum pe_tls_version)rank;
    return true;
}

static bool cipher_of(lua_State *L, unsigned *classes)
{
    const char *bytes;
    size_t length;
    enum pe_tls_why why;

    if (!pe_args_text(L, 1, a_cipher, &bytes, &length))
        return false;
    return pe_tls_parse_cipher(bytes, length, classes, &why) == 0 || refuse(L, 1, why);
}

static int tls_version(lua_State *L)
{
    enum pe_tls_version version;

    if (!version_of(L, 1, &version))
        return push_nil(L);
    lua_pushinteger(L, version);
    return 1;
}

static int tls_name(lua_State *L)
{
    enum pe_tls_version version;

    if (!rank_of(L, 1, &version))
        return push_nil(L);
    lua_pushstring(L, pe_tls_version_name(version));
    return 1;
}

static int tls_at_least(lua_State *L)
{
    enum pe_tls_version version, minimum;
    bool usable;

    lua_settop(L, 2);
    usable = version_of(L, 1, &version);
    usable &= lua_type(L, 2) == LUA_TNUMBER ? rank_of(L, 2, &minimum) : version_of(L, 2, &minimum);
    if (!usable)
        return push_nil(L);
    lua_pushboolean(L, version >= minimum);
    return 1;
}

static int tls_is_weak(lua_State *L)
{
    unsigned classes;

    if (!cipher_of(L, &classes))
        return push_nil(L);
    lua_pushboolean(L, pe_tls_cipher_is_weak(classes));
    return 1;
}

static int tls_classes(lua_State *L)
{
    unsigned classes;

    if (!cipher_of(L, &classes))
        return push_nil(L);
    lua_createtable(L, 0, 8);
    for (unsigned bit = 1; bit <= classes; bit <<= 1) {
        if (!(classes & bit))
            continue;
        lua_pushboolean(L, 1);
        lua_setfield(L, -2, pe_tls_cipher_word(bit));
    }
    return 1;
}

static int tls_covers(lua_State *L)
{
    const char *name = NULL, *host = NULL;
    size_t name_length, host_length;
    bool usable;

    lua_settop(L, 2);
    usable = pe_args_text(L, 1, a_host, &name, &name_length);
    usable &= pe_args_text(L, 2, a_host, &host, &host_length);
    if (!usable)
        return push_nil(L);
    lua_pushboolean(L, pe_tls_name_covers(name, name_length, host, host_length));
    return 1;
}

static const struct pe_luafn functions[] = {
    {"version", tls_version, "(text) -> integer",
     "The rank of a version in any usual spelling: SSL 2.0 is 1, TLS 1.2 is 5, TLS 1.3 is 6."},
    {"name", tls_name, "(rank) -> text", "\"TLS 1.2\" for a rank."},
    {"at_least", tls_at_least, "(text, minimum) -> boolean",
     "Whether a version is the minimum, a text or a rank, or newer."},
    {"is_weak", tls_is_weak, "(cipher) -> boolean",
     "Whether a cipher suite, by IANA's or OpenSSL's name, is one that nobody should offer "
     "(RFC 9325 4.1)."},
    {"classes", tls_classes, "(cipher) -> { word = true }",
     "What a cipher suite is made of: null, anonymous, export, rc4, 3des, sha1, cbc, aead, forward "
     "and others."},
    {"covers", tls_covers, "(certificate_name, host) -> boolean",
     "Whether a name of a certificate covers a host; a wildcard stands for one label (RFC 9525)."},
    {NULL, NULL, NULL, NULL},
};

const struct pe_lualib pe_lualib_tls = {"tls", functions, NULL};
