/* claims_load.c: reads a pack's claims.lua. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/claims_load.h"

#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "base/suggest.h"
#include "lib/clause.h"
#include "lib/time.h"

enum { MAX_CLAIMS = 500 }; /* of one set */

/* ---- the digest ---- */

/* A JSON string as RFC 8785 writes it; texts with control characters were refused. */
static void add_string(struct pe_buf *buf, const char *text)
{
    pe_buf_addc(buf, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            pe_buf_addc(buf, '\\');
        pe_buf_addc(buf, *text);
    }
    pe_buf_addc(buf, '"');
}

static void add_member(struct pe_buf *buf, const char *before, const char *key, const char *text)
{
    pe_buf_printf(buf, "%s\"%s\":", before, key);
    add_string(buf, text);
}

/* The set as one JSON object in the form of RFC 8785: no blanks, keys sorted, UTF-8. */
static void add_canonical(struct pe_buf *buf, const struct pe_claim_set *set)
{
    add_member(buf, "{", "doc", set->doc);
    add_member(buf, ",", "issued", set->issued);
    pe_buf_adds(buf, ",\"services\":[");
    for (size_t i = 0; i < set->services.count; i++) {
        pe_buf_adds(buf, i == 0 ? "" : ",");
        add_string(buf, set->services.items[i]);
    }
    pe_buf_adds(buf, "],\"statements\":[");
    for (size_t i = 0; i < set->claim_count; i++) {
        add_member(buf, i == 0 ? "{" : ",{", "clause", set->claims[i].clause);
        add_member(buf, ",", "en", set->claims[i].text.en);
        add_member(buf, ",", "ja", set->claims[i].text.ja);
        pe_buf_addc(buf, '}');
    }
    add_member(buf, "],\"title\":{", "en", set->title.en);
    add_member(buf, ",", "ja", set->title.ja);
    add_member(buf, "},", "version", set->version);
    pe_buf_addc(buf, '}');
}

static void make_digest(struct pe_reader *reader, struct pe_claim_set *set)
{
    struct pe_buf buf = {0};

    add_canonical(&buf, set);
    if (pe_buf_failed(&buf))
        reader->arena->failed = true;
    else
        pe_sha256_of(buf.data, buf.length, set->sha256);
    pe_buf_release(&buf);
}

/* ---- texts ---- */

static const char *checked(struct pe_reader *reader, const char *key, const char *text)
{
    for (const char *c = text; c != NULL && *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            pe_reader_fail(reader, key, "%s: a claim has no control characters or line ends", key);
    if (text != NULL && *text == '\0')
        pe_reader_fail(reader, key, "%s: is empty", key);
    return text;
}

static const char *string(struct pe_reader *reader, int index, const char *key)
{
    return checked(reader, key, pe_reader_string(reader, index, key, true));
}

/* Both languages: who accepts must be able to read it. */
static struct pe_text both_languages(struct pe_reader *reader, int index)
{
    struct pe_text text = {string(reader, index, "en"), string(reader, index, "ja")};

    return text;
}

/* ---- statements ---- */

static void read_clause(struct pe_reader *reader, int index, struct pe_claim *claim)
{
    const char *clause = string(reader, index, "clause");
    char canonical[PE_CLAUSE_BYTES];

    claim->clause = clause;
    if (clause != NULL && pe_clause_normalise(clause, strlen(clause), canonical) == 0)
        claim->clause = pe_arena_str(reader->arena, canonical);
}

static int by_clause(const void *a, const void *b)
{
    return pe_clause_order(((const struct pe_claim *)a)->clause,
                           ((const struct pe_claim *)b)->clause);
}

static void sort_claims(struct pe_reader *reader, struct pe_claim *claims, size_t count)
{
    if (reader->failed || pe_arena_failed(reader->arena))
        return;
    qsort(claims, count, sizeof *claims, by_clause);
    for (size_t i = 1; i < count; i++)
        if (strcmp(claims[i - 1].clause, claims[i].clause) == 0)
            pe_reader_fail(reader, "statements", "statements: two are about clause %s",
                           claims[i].clause);
}

static void read_claims(struct pe_reader *reader, int index, struct pe_claim_set *set)
{
    static const char *const keys[] = {"clause", "en", "ja", NULL};
    lua_State *L = reader->vm->L;
    struct pe_claim *claims;
    size_t count;

    if (!pe_reader_push_table(reader, index, "statements", true))
        return;
    count = pe_reader_length(reader, "statements");
    if (count == 0 || count > MAX_CLAIMS)
        pe_reader_fail(reader, "statements", "statements: a set has 1 to %d of them", MAX_CLAIMS);
    claims = pe_arena_array(reader->arena, count + 1, sizeof *claims);
    for (size_t i = 0; claims != NULL && i < count && !reader->failed; i++) {
        if (lua_rawgeti(L, -1, (lua_Integer)i + 1) != LUA_TTABLE) {
            pe_reader_fail(reader, "statements", "statements: statement %zu is no table", i + 1);
        } else {
            pe_reader_keys(reader, -1, keys, false, "a statement");
            read_clause(reader, lua_gettop(L), &claims[i]);
            claims[i].text = both_languages(reader, lua_gettop(L));
        }
        lua_pop(L, 1);
    }
    if (claims != NULL)
        sort_claims(reader, claims, count);
    set->claims = claims;
    set->claim_count = count;
    lua_pop(L, 1);
}

/* ---- a set ---- */

static void check_services(struct pe_reader *reader, const struct pe_strings *services,
                           const struct pe_strings *known)
{
    const char *like;
    size_t j;

    for (size_t i = 0; i < services->count && !reader->failed; i++) {
        for (j = 0; j < known->count; j++)
            if (strcmp(services->items[i], known->items[j]) == 0)
                break;
        if (j < known->count)
            continue;
        like = pe_suggest(services->items[i], known->items, known->count);
        pe_reader_fail(reader, "services", "services: pack.lua knows no service '%.60s'%s%s%s",
                       services->items[i], like == NULL ? "" : " (did you mean '",
                       like == NULL ? "" : like, like == NULL ? "" : "'?)");
    }
}

static void check_date(struct pe_reader *reader, const char *issued)
{
    enum pe_time_why why;
    int64_t day;

    if (issued != NULL && pe_time_parse_day(issued, strlen(issued), &day, &why) != 0)
        pe_reader_fail(reader, "issued", "issued: expected a date such as 2024-08-31");
}

static struct pe_text read_title(struct pe_reader *reader, int index)
{
    static const char *const keys[] = {"en", "ja", NULL};
    struct pe_text title = {0};

    if (!pe_reader_push_table(reader, index, "title", true))
        return title;
    pe_reader_keys(reader, -1, keys, false, "title");
    title = both_languages(reader, lua_gettop(reader->vm->L));
    lua_pop(reader->vm->L, 1);
    return title;
}

static void read_set(struct pe_reader *reader, int index, const struct pe_pack_def *pack,
                     struct pe_claim_set *set)
{
    static const char *const keys[] = {"doc",   "version",    "issued", "services",
                                       "title", "statements", NULL};

    pe_reader_keys(reader, index, keys, false, "a set of claims");
    set->doc = string(reader, index, "doc");
    set->version = string(reader, index, "version");
    set->issued = string(reader, index, "issued");
    check_date(reader, set->issued);
    set->services = pe_reader_strings(reader, index, "services", pack->service != NULL);
    check_services(reader, &set->services, &pack->services);
    if (pack->service != NULL && set->services.count == 0)
        pe_reader_fail(reader, "services", "services: name those that the document speaks of");
    set->title = read_title(reader, index);
    read_claims(reader, index, set);
    if (!reader->failed && !pe_arena_failed(reader->arena))
        make_digest(reader, set);
}

/* Of two versions with one date nobody could tell which is the newer. */
static void check_unique(struct pe_reader *reader, const struct pe_claim_set *sets, size_t i)
{
    for (size_t j = 0; j < i && !reader->failed; j++) {
        if (strcmp(sets[i].doc, sets[j].doc) != 0)
            continue;
        if (strcmp(sets[i].version, sets[j].version) == 0)
            pe_reader_fail(reader, NULL, "two sets are version %s of %s", sets[i].version,
                           sets[i].doc);
        if (strcmp(sets[i].issued, sets[j].issued) == 0)
            pe_reader_fail(reader, NULL, "two versions of %s were issued on %s", sets[i].doc,
                           sets[i].issued);
    }
}

void pe_claims_read(struct pe_reader *reader, struct pe_pack_def *pack)
{
    lua_State *L = reader->vm->L;
    size_t count = pe_reader_length(reader, "claims.lua");
    struct pe_claim_set *sets;

    if (count == 0 || count > PE_MAX_CLAIM_SETS)
        pe_reader_fail(reader, NULL, "is a list of 1 to %d sets of claims", PE_MAX_CLAIM_SETS);
    sets = pe_arena_array(reader->arena, PE_MAX_CLAIM_SETS, sizeof *sets);
    for (size_t i = 0; sets != NULL && i < count && !reader->failed; i++) {
        if (lua_rawgeti(L, -1, (lua_Integer)i + 1) != LUA_TTABLE)
            pe_reader_fail(reader, NULL, "set %zu is no table", i + 1);
        else
            read_set(reader, lua_gettop(L), pack, &sets[i]);
        lua_pop(L, 1);
        if (!reader->failed && !pe_arena_failed(reader->arena))
            check_unique(reader, sets, i);
    }
    pack->face.claim_sets = sets;
    pack->face.claim_set_count = sets == NULL ? 0 : count;
}
