/* control_load.c: reads what a control declares, and its rules. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/control_load.h"

#include <string.h>

#include "base/suggest.h"
#include "lua/params_load.h"

enum { MAX_RULES = 100 };

struct load {
    struct pe_reader *reader;
    const struct pe_pack_def *pack;
};

/* ---- when, owner, severity ---- */

static void known_words(struct pe_reader *reader, const struct pe_strings *words,
                        const struct pe_strings *known, const char *key)
{
    const char *like;
    size_t j;

    for (size_t i = 0; i < words->count && !reader->failed; i++) {
        for (j = 0; j < known->count; j++)
            if (strcmp(words->items[i], known->items[j]) == 0)
                break;
        if (j < known->count)
            continue;
        like = pe_suggest(words->items[i], known->items, known->count);
        pe_reader_fail(reader, key, "when.%s: pack.lua knows no %s '%.60s'%s%s%s", key, key,
                       words->items[i], like == NULL ? "" : " (did you mean '",
                       like == NULL ? "" : like, like == NULL ? "" : "'?)");
    }
}

static struct pe_when read_when(struct load *load, int index)
{
    static const char *const keys[] = {"service", "option", "state", NULL};
    struct pe_reader *reader = load->reader;
    struct pe_when when = {0};

    if (!pe_reader_push_table(reader, index, "when", false))
        return when;
    pe_reader_keys(reader, -1, keys, false, "when");
    when.services = pe_reader_strings(reader, -1, "service", false);
    when.options = pe_reader_strings(reader, -1, "option", false);
    when.states = pe_reader_strings(reader, -1, "state", false);
    known_words(reader, &when.services, &load->pack->services, "service");
    known_words(reader, &when.options, &load->pack->option_names, "option");
    known_words(reader, &when.states, &load->pack->states, "state");
    lua_pop(reader->vm->L, 1);
    return when;
}

static const char *const owner_words[] = {"provider", "customer", "shared", NULL};
static const char *const severity_words[] = {"low", "medium", "high", "critical", NULL};

static void owner_by_service(struct load *load, int index, struct pe_owners *owners)
{
    struct pe_reader *reader = load->reader;
    const struct pe_strings *services = &load->pack->services;
    const char *keys[PE_MAX_SERVICES + 1] = {NULL};
    int owner;

    if (services->count == 0)
        pe_reader_fail(reader, "owner", "owner: one word, for pack.lua names no services");
    for (size_t i = 0; i < services->count; i++)
        keys[i] = services->items[i];
    pe_reader_keys(reader, index, keys, false, "owner");
    for (size_t i = 0; i < services->count; i++) {
        const char *word = pe_reader_string(reader, index, services->items[i], true);
        owner = pe_reader_word(reader, "owner", word, owner_words);
        owners->of[i] = owner < 0 ? PE_SHARED : (enum pe_owner)owner;
    }
}

/* "customer", or { iad = "customer", ctx = "shared" }; absent keeps what is there. */
static void read_owner(struct load *load, int index, struct pe_owners *owners, bool required)
{
    lua_State *L = load->reader->vm->L;
    const char *word;
    int type, owner;

    lua_pushliteral(L, "owner");
    type = lua_rawget(L, index);
    lua_pop(L, 1);
    if (type == LUA_TTABLE) {
        pe_reader_push_table(load->reader, index, "owner", true);
        owner_by_service(load, lua_gettop(L), owners);
        lua_pop(L, 1);
        return;
    }
    word = pe_reader_string(load->reader, index, "owner", required);
    owner = pe_reader_word(load->reader, "owner", word, owner_words);
    for (size_t i = 0; owner >= 0 && i <= PE_MAX_SERVICES; i++)
        owners->of[i] = (enum pe_owner)owner;
}

static enum pe_severity read_severity(struct load *load, int index, enum pe_severity inherited,
                                      bool required)
{
    const char *word = pe_reader_string(load->reader, index, "severity", required);
    int severity = pe_reader_word(load->reader, "severity", word, severity_words);

    return severity < 0 ? inherited : (enum pe_severity)severity;
}

static bool is_for(const struct pe_when *when, const char *service)
{
    for (size_t i = 0; i < when->services.count; i++)
        if (strcmp(when->services.items[i], service) == 0)
            return true;
    return when->services.count == 0;
}

/* outer: of the control that a rule is in; NULL for the control itself. */
static void fill_sides(const struct pe_pack_def *pack, const struct pe_owners *owners,
                       const struct pe_when *when, const struct pe_when *outer,
                       struct pe_side *sides)
{
    for (size_t i = 0; i < pack->services.count && i < PE_MAX_SERVICES; i++) {
        const char *service = pack->services.items[i];
        sides[i].owner = owners->of[i];
        sides[i].applies = is_for(when, service) && (outer == NULL || is_for(outer, service));
    }
}

/* ---- rules ---- */

static void read_rule(struct load *load, int index, const struct pe_control_def *control,
                      size_t number, struct pe_rule_def *rule)
{
    static const char *const keys[] = {"id",    "ref",  "title",     "fix",   "severity",
                                       "owner", "when", "claimable", "check", NULL};
    struct pe_reader *reader = load->reader;
    lua_State *L = reader->vm->L;

    rule->face.id = pe_reader_string(reader, index, "id", false);
    if (rule->face.id == NULL)
        reader->part = pe_arena_printf(reader->arena, "rule %zu", number);
    else
        pe_reader_begin(reader, "rule", rule->face.id);
    pe_reader_keys(reader, index, keys, false, "a rule");
    pe_reader_string(reader, index, "id", true);
    pe_reader_check_id(reader, "id", rule->face.id);
    rule->face.ref = pe_reader_string(reader, index, "ref", false);
    rule->face.title = pe_reader_text(reader, index, "title", true);
    rule->face.fix = pe_reader_text(reader, index, "fix", false);
    rule->face.severity = read_severity(load, index, control->face.severity, false);
    rule->owners = control->owners;
    read_owner(load, index, &rule->owners, false);
    rule->face.owner = pe_owner_for(load->pack, &rule->owners, NULL);
    rule->when = read_when(load, index);
    fill_sides(load->pack, &rule->owners, &rule->when, &control->when, rule->face.sides);
    rule->face.claimable = pe_reader_bool(reader, index, "claimable");
    lua_getfield(L, index, "check");
    if (lua_type(L, -1) != LUA_TFUNCTION)
        pe_reader_fail(reader, lua_isnil(L, -1) ? NULL : "check",
                       "a rule needs check = function(s, params, as_of)");
    lua_pop(L, 1);
    pe_reader_end(reader);
}

static void unique_rule(struct load *load, const struct pe_control_def *control, size_t i)
{
    for (size_t j = 0; j < i && !load->reader->failed; j++) {
        if (strcmp(control->rules[i].face.id, control->rules[j].face.id) != 0)
            continue;
        pe_reader_begin(load->reader, "rule", control->rules[i].face.id);
        pe_reader_fail(load->reader, NULL, "two rules have the id %s", control->rules[i].face.id);
    }
}

static void read_rules(struct load *load, int index, struct pe_control_def *control)
{
    struct pe_reader *reader = load->reader;
    lua_State *L = reader->vm->L;
    size_t count;

    if (!pe_reader_push_table(reader, index, "rules", true))
        return;
    count = pe_reader_length(reader, "rules");
    if (count == 0 || count > MAX_RULES)
        pe_reader_fail(reader, "rules", "rules: a control has 1 to %d rules", MAX_RULES);
    control->rules = pe_arena_array(reader->arena, count + 1, sizeof *control->rules);
    for (size_t i = 0; control->rules != NULL && i < count && !reader->failed; i++) {
        if (lua_rawgeti(L, -1, (lua_Integer)i + 1) != LUA_TTABLE)
            pe_reader_fail(reader, "rules", "rules: rule %zu is no table", i + 1);
        else
            read_rule(load, lua_gettop(L), control, i + 1, &control->rules[i]);
        lua_pop(L, 1);
        unique_rule(load, control, i);
    }
    control->face.rule_count = count;
    lua_pop(L, 1);
}

/* ---- the whole ---- */

void pe_control_read(struct pe_reader *reader, const struct pe_pack_def *pack,
                     struct pe_control_def *control)
{
    static const char *const keys[] = {"id",         "title", "severity", "owner", "when",
                                       "references", "tags",  "params",   "rules", NULL};
    struct load load = {reader, pack};
    int top = lua_gettop(reader->vm->L);
    const char *id;

    pe_reader_keys(reader, top, keys, false, "a control");
    id = pe_reader_string(reader, top, "id", false);
    if (id != NULL && strcmp(id, control->face.id) != 0)
        pe_reader_fail(reader, "id", "id: the file's name says %s", control->face.id);
    control->face.pack = pack->face.id;
    control->face.title = pe_reader_text(reader, top, "title", true);
    control->face.severity = read_severity(&load, top, PE_MEDIUM, true);
    read_owner(&load, top, &control->owners, true);
    control->face.owner = pe_owner_for(pack, &control->owners, NULL);
    control->when = read_when(&load, top);
    fill_sides(pack, &control->owners, &control->when, NULL, control->face.sides);
    control->face.references = pe_reader_strings(reader, top, "references", false);
    control->face.tags = pe_reader_strings(reader, top, "tags", false);
    pe_params_read(reader, top, control);
    read_rules(&load, top, control);
}
