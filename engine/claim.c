/* claim.c: which claims of the provider a snapshot accepts, and what may rest on them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "claim.h"

#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "lib/time.h"

enum { TEXT_BYTES = 1000 };

struct reading {
    const struct pe_claim_ask *ask;
    struct pe_acceptances *out;
    struct pe_acceptance *entry;
    struct pe_buf scratch;
    bool has_as_of, has_zone;
    struct pe_time_instant as_of;
    struct pe_time_zone zone;
};

/* ---- sentences ---- */

static struct pe_text say(const struct reading *r, enum pe_sentence sentence, const char *one,
                          const char *two)
{
    return pe_say(r->ask->arena, sentence, one, two, NULL);
}

static bool refuse(struct reading *r, struct pe_text reason, struct pe_text hint)
{
    r->entry->reason = reason;
    r->entry->hint = hint;
    return false;
}

static struct pe_text correct(const struct reading *r)
{
    return say(r, PE_SAY_CLAIM_CORRECT, NULL, NULL);
}

static const char *day_text(const struct reading *r, int64_t day)
{
    char text[PE_TIME_TEXT_BYTES];
    enum pe_time_why why;

    return pe_time_print_day(day, text, &why) == 0 ? pe_arena_str(r->ask->arena, text) : "?";
}

static const char *number_text(const struct reading *r, int number)
{
    return pe_arena_printf(r->ask->arena, "%d", number);
}

/* ---- members ---- */

static bool usable(const struct pe_node *node, enum pe_type type)
{
    return node != NULL && pe_node_type(node) == type && !(pe_node_flags(node) & PE_INVALID);
}

static const struct pe_node *member(const struct reading *r, const struct pe_node *object,
                                    const char *key)
{
    return pe_json_member(&r->ask->snapshot->json, object, key, strlen(key));
}

/* The characters of a short string, in the arena; NULL for anything else, also an empty one. */
static const char *text_of(struct reading *r, const struct pe_node *node)
{
    const char *bytes;
    size_t length;

    if (!usable(node, PE_STRING) ||
        !pe_snapshot_string(r->ask->snapshot, node, &bytes, &length, &r->scratch) || length == 0 ||
        length >= TEXT_BYTES || memchr(bytes, '\0', length) != NULL)
        return NULL;
    return pe_arena_strn(r->ask->arena, bytes, length);
}

/* A member of the entry that must be there; NULL, with a reason, when it cannot be used. */
static const char *need(struct reading *r, const char *key)
{
    const char *text = text_of(r, member(r, r->entry->node, key));

    if (text == NULL)
        refuse(r, say(r, PE_SAY_CLAIM_MEMBER, key, NULL), correct(r));
    return text;
}

/* ---- 1: the document ---- */

static const struct pe_claim_set *set_of(const struct reading *r)
{
    return &r->ask->pack->face.claim_sets[r->entry->set];
}

/* The version of the latest date; dates are YYYY-MM-DD, and differ among versions. */
static const struct pe_claim_set *newest_of(const struct pe_pack_def *pack, const char *doc)
{
    const struct pe_claim_set *newest = NULL;

    for (size_t i = 0; i < pack->face.claim_set_count; i++) {
        const struct pe_claim_set *set = &pack->face.claim_sets[i];
        if (strcmp(set->doc, doc) == 0 &&
            (newest == NULL || strcmp(set->issued, newest->issued) > 0))
            newest = set;
    }
    return newest;
}

static bool find_set(struct reading *r)
{
    const struct pe_pack_info *info = &r->ask->pack->face;
    struct pe_acceptance *entry = r->entry;

    for (size_t i = 0; i < info->claim_set_count; i++)
        if (strcmp(info->claim_sets[i].doc, entry->doc) == 0 &&
            strcmp(info->claim_sets[i].version, entry->version) == 0)
            entry->set = (int)i;
    if (entry->set >= 0)
        return true;
    if (newest_of(r->ask->pack, entry->doc) == NULL)
        return refuse(r, say(r, PE_SAY_CLAIM_NO_DOC, NULL, NULL),
                      say(r, PE_SAY_CLAIM_REMOVE, NULL, NULL));
    return refuse(r, say(r, PE_SAY_CLAIM_NO_VERSION, entry->version, NULL),
                  say(r, PE_SAY_CLAIM_REMOVE, NULL, NULL));
}

static struct pe_text renew(const struct reading *r)
{
    const struct pe_claim_set *newest = newest_of(r->ask->pack, r->entry->doc);

    return say(r, PE_SAY_CLAIM_RENEW, newest->doc, newest->version);
}

static bool is_the_document(struct reading *r)
{
    const struct pe_claim_set *newest;
    const char *digest;

    r->entry->doc = r->entry->version = "";
    if ((r->entry->doc = need(r, "doc")) == NULL)
        return r->entry->doc = "", false;
    if ((r->entry->version = need(r, "version")) == NULL)
        return r->entry->version = "", false;
    if (!find_set(r))
        return false;
    newest = newest_of(r->ask->pack, r->entry->doc);
    if (newest != set_of(r))
        return refuse(r, say(r, PE_SAY_CLAIM_NEWER, newest->version, NULL), renew(r));
    if ((digest = need(r, "sha256")) == NULL)
        return false;
    if (strcasecmp(digest, set_of(r)->sha256) != 0)
        return refuse(r, say(r, PE_SAY_CLAIM_DIGEST, NULL, NULL), renew(r));
    return true;
}

/* ---- 2: the service ---- */

static bool is_in(const struct pe_strings *strings, const char *word)
{
    for (size_t i = 0; i < strings->count; i++)
        if (strcmp(strings->items[i], word) == 0)
            return true;
    return false;
}

static const char *joined(const struct reading *r, const struct pe_strings *strings)
{
    struct pe_buf buf = {0};

    for (size_t i = 0; i < strings->count; i++)
        pe_buf_printf(&buf, "%s%s", i == 0 ? "" : ", ", strings->items[i]);
    return pe_arena_take(r->ask->arena, &buf);
}

static bool is_for_the_service(struct reading *r)
{
    const struct pe_claim_set *set = set_of(r);
    const char *service = r->ask->service;

    if (r->ask->pack->service == NULL || (service != NULL && strcmp(service, "both") == 0) ||
        (service != NULL && is_in(&set->services, service)))
        return true;
    return refuse(
        r, say(r, PE_SAY_CLAIM_SERVICE, joined(r, &set->services), service == NULL ? "?" : service),
        say(r, PE_SAY_CLAIM_REMOVE, NULL, NULL));
}

/* ---- 3: the date ---- */

static bool knows_time(struct reading *r)
{
    if (!r->has_as_of)
        return refuse(r, say(r, PE_SAY_NO_AS_OF, NULL, NULL), pe_say_plain(""));
    if (!r->has_zone)
        return refuse(r, say(r, PE_SAY_CLAIM_NO_ZONE, r->ask->pack->zone, NULL), correct(r));
    return true;
}

static bool is_current(struct reading *r)
{
    const char *text = need(r, "accepted_at");
    struct pe_time_instant at;
    int64_t day, issued;
    enum pe_time_why why;

    if (text == NULL)
        return false;
    if (pe_time_parse(text, strlen(text), &at, &why) != 0)
        return refuse(r, say(r, PE_SAY_CLAIM_MEMBER, "accepted_at", NULL), correct(r));
    day = pe_time_day_of(at, r->zone);
    if (pe_time_compare(at, r->as_of) > 0)
        return refuse(r, say(r, PE_SAY_CLAIM_FUTURE, day_text(r, day), NULL), correct(r));
    if (pe_time_parse_day(set_of(r)->issued, strlen(set_of(r)->issued), &issued, &why) == 0 &&
        day < issued)
        return refuse(r, say(r, PE_SAY_CLAIM_EARLY, day_text(r, day), set_of(r)->issued),
                      correct(r));
    if (pe_time_days_between(at, r->as_of, r->zone) > PE_CLAIM_DAYS)
        return refuse(r, say(r, PE_SAY_CLAIM_OLD, day_text(r, day), number_text(r, PE_CLAIM_DAYS)),
                      renew(r));
    return true;
}

/* ---- the entries ---- */

static void read_entry(struct reading *r, const struct pe_node *node)
{
    static const struct pe_text object = {"expected an object", "オブジェクトではありません"};

    r->entry = &r->out->items[r->out->count++];
    *r->entry = (struct pe_acceptance){.node = node, .doc = "", .version = "", .set = -1};
    if (!usable(node, PE_OBJECT))
        refuse(r, object, correct(r));
    else
        r->entry->counts = is_the_document(r) && is_for_the_service(r) && knows_time(r) &&
                           need(r, "accepted_by") != NULL && is_current(r);
    if (r->entry->counts)
        r->out->accepted |= (uint32_t)1 << r->entry->set;
}

static void read_list(struct reading *r, const struct pe_node *list)
{
    const struct pe_json *json = &r->ask->snapshot->json;
    const struct pe_node *node = pe_json_first(json, list);

    for (; node != NULL && r->out->count < PE_MAX_ACCEPTANCES; node = pe_json_next(json, node))
        read_entry(r, node);
    if (node == NULL)
        return;
    r->entry = &r->out->items[r->out->count++];
    *r->entry = (struct pe_acceptance){.node = node, .doc = "", .version = "", .set = -1};
    refuse(r, say(r, PE_SAY_CLAIM_TOO_MANY, number_text(r, PE_MAX_ACCEPTANCES), NULL), correct(r));
}

/* A list that is of the wrong type is told as an entry that does not count. */
static void read_all(struct reading *r)
{
    static const struct pe_text no_list = {"expected a list", "リストではありません"};
    const struct pe_claim_ask *ask = r->ask;
    const struct pe_node *list =
        pe_snapshot_find(ask->snapshot, ask->pack->face.claims_at, &r->scratch);

    if (list == NULL || pe_node_type(list) == PE_NULL)
        return;
    if (usable(list, PE_LIST)) {
        read_list(r, list);
        return;
    }
    r->entry = &r->out->items[r->out->count++];
    *r->entry = (struct pe_acceptance){.node = list, .doc = "", .version = "", .set = -1};
    refuse(r, no_list, correct(r));
}

static void find_time(struct reading *r)
{
    const struct pe_claim_ask *ask = r->ask;
    const char *zone = text_of(r, pe_snapshot_find(ask->snapshot, ask->pack->zone, &r->scratch));
    enum pe_time_why why;

    r->has_as_of =
        ask->as_of != NULL && pe_time_parse(ask->as_of, strlen(ask->as_of), &r->as_of, &why) == 0;
    r->has_zone = zone != NULL && pe_time_parse_zone(zone, strlen(zone), &r->zone, &why) == 0;
}

int pe_claim_read(const struct pe_claim_ask *ask, struct pe_acceptances *out, struct pe_err *err)
{
    struct reading r = {.ask = ask, .out = out};

    *out = (struct pe_acceptances){0};
    if (ask->pack->face.claim_set_count == 0)
        return 0;
    out->items = pe_arena_array(ask->arena, PE_MAX_ACCEPTANCES + 1, sizeof *out->items);
    if (out->items == NULL)
        return pe_err_memory(err);
    find_time(&r);
    read_all(&r);
    ask->arena->failed |= pe_buf_failed(&r.scratch);
    pe_buf_release(&r.scratch);
    return pe_arena_failed(ask->arena) ? pe_err_memory(err) : 0;
}

/* ---- what rests on them ---- */

static bool states(const struct pe_claim_set *set, const char *clause)
{
    for (size_t i = 0; i < set->claim_count; i++)
        if (strcmp(set->claims[i].clause, clause) == 0)
            return true;
    return false;
}

/* The newest sets that state the clause for the service, which may be NULL for any. */
static uint32_t sets_for(const struct pe_pack_def *pack, const char *clause, const char *service)
{
    uint32_t sets = 0;

    for (size_t i = 0; i < pack->face.claim_set_count; i++) {
        const struct pe_claim_set *set = &pack->face.claim_sets[i];
        if ((service == NULL || is_in(&set->services, service)) && states(set, clause) &&
            newest_of(pack, set->doc) == set)
            sets |= (uint32_t)1 << i;
    }
    return sets;
}

static bool concerns(const struct pe_when *when, const char *service)
{
    return when->services.count == 0 || is_in(&when->services, service);
}

uint32_t pe_claim_sets(const struct pe_pack_def *pack, const char *service,
                       const struct pe_control_def *control, const struct pe_rule_def *rule)
{
    uint32_t sets = 0, found;

    if (pack->service == NULL)
        return sets_for(pack, control->face.id, NULL);
    for (size_t i = 0; service != NULL && i < pack->services.count; i++) {
        const char *one = pack->services.items[i];
        if ((strcmp(service, "both") != 0 && strcmp(service, one) != 0) ||
            !concerns(&control->when, one) || !concerns(&rule->when, one))
            continue;
        found = sets_for(pack, control->face.id, one);
        if (found == 0)
            return 0;
        sets |= found;
    }
    return sets;
}

/* The first entry that counts for the set. */
static const struct pe_acceptance *entry_for(const struct pe_acceptances *acceptances, size_t set)
{
    for (size_t i = 0; i < acceptances->count; i++)
        if (acceptances->items[i].counts && acceptances->items[i].set == (int)set)
            return &acceptances->items[i];
    return NULL;
}

static void read_members(struct pe_trace *trace, const struct pe_acceptance *entry)
{
    static const char *const keys[] = {"doc",         "version",     "sha256",
                                       "accepted_by", "accepted_at", "confirmed_with"};
    const struct pe_snapshot *s = trace->snapshot;

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const struct pe_node *node =
            pe_json_member(&s->json, entry->node, keys[i], strlen(keys[i]));
        if (usable(node, PE_STRING))
            pe_trace_value(trace, pe_snapshot_number(s, node));
    }
}

struct pe_text pe_claim_rest(struct pe_trace *trace, const struct pe_pack_def *pack,
                             const struct pe_acceptances *acceptances, uint32_t sets,
                             struct pe_text why)
{
    const struct pe_text *notes = trace->notes;
    size_t note_count = trace->note_count;
    struct pe_buf names = {0};
    struct pe_finding none;

    pe_trace_reset(trace);
    trace->notes = (struct pe_text *)notes; /* what the policy remarked stays */
    trace->note_count = note_count;
    for (size_t i = 0; i < pack->face.claim_set_count; i++) {
        const struct pe_acceptance *entry = sets >> i & 1 ? entry_for(acceptances, i) : NULL;
        if (entry == NULL)
            continue;
        read_members(trace, entry);
        pe_buf_printf(&names, "%s%s %s", names.length == 0 ? "" : ", ", entry->doc, entry->version);
    }
    pe_trace_assert(trace, true, PE_NO_NODE, &none);
    trace->basis = PE_ACCEPTED_CLAIM;
    return pe_say_texts(trace->arena, PE_SAY_CLAIMED,
                        pe_say_plain(pe_arena_take(trace->arena, &names)), why, pe_say_plain(NULL));
}
