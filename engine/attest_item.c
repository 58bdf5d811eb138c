/* attest_item.c: what there is to say of one statement. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "attest_impl.h"
#include "lib/clause.h"

enum { TEXT_BYTES = 1000 };

/* ---- members ---- */

static bool usable(const struct pe_node *node)
{
    return pe_node_type(node) != PE_NULL && !(pe_node_flags(node) & PE_INVALID);
}

static void add_read(struct pe_attest_judging *j, const struct pe_node *node)
{
    if (j->o->read_count < PE_ATTEST_READS)
        j->o->reads[j->o->read_count++] = node;
    else
        j->o->reads[PE_ATTEST_READS - 1] = node;
}

static bool not_known(struct pe_attest_judging *j, const struct pe_node *wrong, struct pe_text why)
{
    j->o->kind = PE_ATTEST_NOT_KNOWN;
    j->o->wrong = wrong;
    j->o->why = why;
    return false;
}

static bool ruled_out(struct pe_attest_judging *j, struct pe_text why)
{
    j->o->kind = PE_ATTEST_RULED_OUT;
    j->o->why = why;
    return false;
}

static bool unrelated(struct pe_attest_judging *j)
{
    j->o->kind = PE_ATTEST_UNRELATED;
    return false;
}

static const struct pe_node *member(const struct pe_attest_judging *j, const struct pe_node *object,
                                    const char *key)
{
    return pe_json_member(&j->s->json, object, key, strlen(key));
}

/* A member of the statement that must be there, of that type. */
static bool need(struct pe_attest_judging *j, const char *key, enum pe_type type,
                 const struct pe_node **node)
{
    static const struct pe_text text = {"expected a string", "文字列ではありません"};
    static const struct pe_text list = {"expected a list", "リストではありません"};

    *node = member(j, j->o->item, key);
    if (*node == NULL) {
        j->o->absent = key;
        return not_known(j, NULL, (struct pe_text){0});
    }
    if (!usable(*node) || pe_node_type(*node) != type)
        return not_known(j, *node, type == PE_LIST ? list : text);
    return true;
}

static bool equals(const struct pe_attest_judging *j, const struct pe_node *node, const char *word)
{
    return pe_node_type(node) == PE_STRING && pe_json_equals(&j->s->json, node, word, strlen(word));
}

/* A short string's characters; false for a long one, which is none of what is looked for here. */
static bool copy_text(const struct pe_attest_judging *j, const struct pe_node *node,
                      char text[TEXT_BYTES], size_t *length)
{
    struct pe_buf scratch = {0};
    const char *bytes;
    bool copied;

    copied = pe_node_type(node) == PE_STRING &&
             pe_snapshot_string(j->s, node, &bytes, length, &scratch) && *length < TEXT_BYTES;
    if (copied) {
        memcpy(text, bytes, *length);
        text[*length] = '\0';
    }
    j->trace->arena->failed |= pe_buf_failed(&scratch);
    pe_buf_release(&scratch);
    return copied;
}

/* The day that a date, or a timestamp in the zone, is. */
static bool parse_day(const struct pe_attest_judging *j, const struct pe_node *node, int64_t *day,
                      enum pe_time_why *why)
{
    char text[TEXT_BYTES];
    struct pe_time_instant at;
    size_t length;

    *why = PE_TIME_NOT_DATE;
    if (!copy_text(j, node, text, &length))
        return false;
    if (pe_time_parse_day(text, length, day, why) == 0)
        return true;
    if (pe_time_parse(text, length, &at, why) != 0)
        return false;
    *day = pe_time_day_of(at, j->ask->zone);
    return true;
}

static bool need_day(struct pe_attest_judging *j, const char *key, int64_t *day)
{
    const struct pe_node *node;
    enum pe_time_why why;

    if (!need(j, key, PE_STRING, &node))
        return false;
    if (!parse_day(j, node, day, &why))
        return not_known(j, node, pe_time_why_text(why));
    add_read(j, node);
    return true;
}

/* ---- sentences ---- */

static struct pe_text number_text(struct pe_attest_judging *j, int64_t number)
{
    return pe_say_plain(pe_arena_printf(j->trace->arena, "%lld", (long long)number));
}

static struct pe_text day_text(struct pe_attest_judging *j, int64_t day)
{
    char text[PE_TIME_TEXT_BYTES];
    enum pe_time_why why;

    if (pe_time_print_day(day, text, &why) != 0)
        return pe_say_plain("?");
    return pe_say_plain(pe_arena_str(j->trace->arena, text));
}

struct pe_text pe_attest_party(const char *party)
{
    if (strcmp(party, "provider") == 0)
        return (struct pe_text){"provider", "事業者"};
    if (strcmp(party, "customer") == 0)
        return (struct pe_text){"customer", "お客様"};
    return (struct pe_text){"provider or customer", "事業者またはお客様"};
}

static struct pe_text say(struct pe_attest_judging *j, enum pe_sentence sentence,
                          struct pe_text one, struct pe_text two, struct pe_text three)
{
    return pe_say_texts(j->trace->arena, sentence, one, two, three);
}

struct pe_text pe_attest_label(struct pe_attest_judging *j, const struct pe_node *node)
{
    struct pe_buf buf = {0};

    pe_snapshot_label(j->s, pe_snapshot_number(j->s, node), &buf);
    return pe_say_plain(pe_arena_take(j->trace->arena, &buf));
}

/* ---- 1: what it is for ---- */

static bool is_clause(const struct pe_attest_judging *j, const struct pe_node *node)
{
    char text[TEXT_BYTES], canonical[PE_CLAUSE_BYTES];
    size_t length;

    return copy_text(j, node, text, &length) && pe_clause_normalise(text, length, canonical) == 0 &&
           strcmp(canonical, j->ask->clause) == 0;
}

static bool lists_clause(struct pe_attest_judging *j)
{
    const struct pe_node *list, *element, *wrong = NULL;

    if (!need(j, "controls", PE_LIST, &list))
        return false;
    for (element = pe_json_first(&j->s->json, list); element != NULL;
         element = pe_json_next(&j->s->json, element)) {
        if (usable(element) && is_clause(j, element))
            return add_read(j, element), true;
        if (!usable(element))
            wrong = element;
    }
    return wrong == NULL ? unrelated(j) : not_known(j, wrong, (struct pe_text){0});
}

/* The element of the scope that stands for the service; NULL when there is none. */
static const struct pe_node *in_scope(const struct pe_attest_judging *j,
                                      const struct pe_node *scope, const char *service,
                                      const struct pe_node **wrong)
{
    const struct pe_node *element;

    for (element = pe_json_first(&j->s->json, scope); element != NULL;
         element = pe_json_next(&j->s->json, element)) {
        if (!usable(element))
            *wrong = element;
        else if (equals(j, element, service) || equals(j, element, "*"))
            return element;
    }
    return NULL;
}

static bool has_scope(struct pe_attest_judging *j)
{
    const struct pe_node *scope, *element, *wrong = NULL;

    if (!need(j, "scope", PE_LIST, &scope))
        return false;
    for (size_t i = 0; i < j->ask->services.count; i++) {
        element = in_scope(j, scope, j->ask->services.items[i], &wrong);
        if (element == NULL)
            return wrong == NULL ? unrelated(j) : not_known(j, wrong, (struct pe_text){0});
        add_read(j, element);
    }
    return true;
}

/* ---- 4: whose it is ---- */

static bool is_about_party(struct pe_attest_judging *j)
{
    const struct pe_node *subject;

    if (strcmp(j->ask->party, "shared") == 0)
        return true;
    if (!need(j, "subject_party", PE_STRING, &subject))
        return false;
    if (!equals(j, subject, j->ask->party))
        return unrelated(j);
    add_read(j, subject);
    return true;
}

static bool has_issuer(struct pe_attest_judging *j)
{
    const struct pe_node *issuer;
    const char *party = j->ask->party;

    if (strcmp(party, "shared") == 0)
        return true;
    if (!need(j, "issuer_party", PE_STRING, &issuer))
        return false;
    add_read(j, issuer);
    if (equals(j, issuer, party) || equals(j, issuer, "third_party"))
        return true;
    return ruled_out(j,
                     say(j, PE_SAY_ATTEST_ISSUER,
                         pe_attest_party(equals(j, issuer, "provider") ? "provider" : "customer"),
                         pe_attest_party(party), pe_say_plain(NULL)));
}

/* ---- 2: dates ---- */

static bool not_yet(struct pe_attest_judging *j, int64_t day)
{
    return ruled_out(
        j, say(j, PE_SAY_ATTEST_NOT_YET, day_text(j, day), pe_say_plain(NULL), pe_say_plain(NULL)));
}

static bool is_confirmed(struct pe_attest_judging *j)
{
    int64_t reviewed, last;
    enum pe_time_why why;

    if (!need_day(j, "reviewed_at", &reviewed))
        return false;
    if (reviewed > j->today)
        return not_yet(j, reviewed);
    if (pe_time_add_days(reviewed, j->ask->max_age_days, &last, &why) != 0 || j->today <= last)
        return true;
    return ruled_out(j, say(j, PE_SAY_ATTEST_STALE, day_text(j, reviewed),
                            number_text(j, j->ask->max_age_days), pe_say_plain(NULL)));
}

static bool is_in_force(struct pe_attest_judging *j)
{
    const struct pe_node *expires = member(j, j->o->item, "expires");
    int64_t issued, last;

    if (!need_day(j, "issued", &issued))
        return false;
    if (issued > j->today)
        return not_yet(j, issued);
    if (expires == NULL || pe_node_type(expires) == PE_NULL)
        return is_confirmed(j);
    if (!need_day(j, "expires", &last))
        return false;
    if (last < issued)
        return ruled_out(j, say(j, PE_SAY_ATTEST_ORDER, day_text(j, last), day_text(j, issued),
                                pe_say_plain(NULL)));
    if (j->today > last)
        return ruled_out(j, say(j, PE_SAY_ATTEST_EXPIRED, day_text(j, last), pe_say_plain(NULL),
                                pe_say_plain(NULL)));
    return true;
}

/* ---- 3: evidence ---- */

static bool is_scheme(const char *text, size_t length)
{
    bool letter = length > 0 && ((text[0] | 0x20) >= 'a' && (text[0] | 0x20) <= 'z');

    for (size_t i = 1; letter && i < length; i++)
        letter = ((text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z') ||
                 (text[i] >= '0' && text[i] <= '9') || strchr("+-.", text[i]) != NULL;
    return letter;
}

/* Whether a step of a path leads out of a folder. */
static bool climbs(const char *path)
{
    size_t length;

    for (;; path += length + 1) {
        length = strcspn(path, "/");
        if (length == 2 && memcmp(path, "..", 2) == 0)
            return true;
        if (path[length] == '\0')
            return false;
    }
}

/* An absolute URI (RFC 3986 4.3) with something after its scheme, or a path that stays in its
 * folder. */
static bool is_place(const char *text)
{
    const char *colon = strchr(text, ':'), *rest;

    if (text[strspn(text, " \t\r\n")] == '\0')
        return false;
    if (colon != NULL && is_scheme(text, (size_t)(colon - text))) {
        rest = colon + 1;
        return rest[strspn(rest, "/")] != '\0';
    }
    return text[0] != '/' && !climbs(text);
}

/* Whether it can be told what an entry names; what cannot is the opinion. */
static bool is_readable(struct pe_attest_judging *j, const struct pe_node *entry)
{
    static const struct pe_text object = {"expected an object with uri",
                                          "uri を持つオブジェクトではありません"};
    static const struct pe_text string = {"expected a string", "文字列ではありません"};
    const struct pe_node *uri;

    if (!usable(entry) || pe_node_type(entry) != PE_OBJECT)
        return not_known(j, entry, object);
    uri = member(j, entry, "uri");
    if (uri == NULL)
        return not_known(j, entry, object);
    return (usable(uri) && pe_node_type(uri) == PE_STRING) || not_known(j, uri, string);
}

/* Whether one of the reads from the first is that text. */
static bool was_read(const struct pe_attest_judging *j, size_t first, const char *text)
{
    for (size_t i = first; i < j->o->read_count; i++)
        if (equals(j, j->o->reads[i], text))
            return true;
    return false;
}

/* first: the first read that is of evidence. The same place twice is one piece. */
static bool is_evidence(struct pe_attest_judging *j, const struct pe_node *entry, size_t first)
{
    const struct pe_node *uri = member(j, entry, "uri"), *digest = member(j, entry, "sha256");
    char text[TEXT_BYTES];
    size_t length;

    if (!copy_text(j, uri, text, &length) || !is_place(text) || was_read(j, first, text))
        return false;
    add_read(j, uri);
    if (digest == NULL)
        j->o->no_digest = entry;
    return true;
}

static bool has_evidence(struct pe_attest_judging *j)
{
    const struct pe_node *list, *entry;
    size_t first = j->o->read_count;
    int64_t count = 0;

    if (!need(j, "evidence", PE_LIST, &list))
        return false;
    for (entry = pe_json_first(&j->s->json, list); entry != NULL;
         entry = pe_json_next(&j->s->json, entry)) {
        if (!is_readable(j, entry))
            return false;
        count += is_evidence(j, entry, first);
    }
    if (count >= j->ask->min_evidence)
        return true;
    add_read(j, list);
    return ruled_out(j, say(j, PE_SAY_ATTEST_EVIDENCE, number_text(j, count),
                            number_text(j, j->ask->min_evidence), pe_say_plain(NULL)));
}

/* ---- 5: replaced ---- */

/* What is not yet issued replaces nothing; a date that cannot be read does not help. */
static bool is_issued(const struct pe_attest_judging *j, const struct pe_node *item)
{
    const struct pe_node *issued = member(j, item, "issued");
    enum pe_time_why why;
    int64_t day;

    return issued == NULL || !parse_day(j, issued, &day, &why) || day <= j->today;
}

/* Whether a member says nothing; null may. */
static bool is_silent(const struct pe_node *named)
{
    return named == NULL ||
           (pe_node_type(named) == PE_NULL && !(pe_node_flags(named) & PE_INVALID));
}

/* A name that cannot be read may be this statement's, and so may any of one that has no id. */
static bool is_newest(struct pe_attest_judging *j)
{
    static const struct pe_text string = {"expected a string", "文字列ではありません"};
    const struct pe_node *id = member(j, j->o->item, "id"), *named;
    char text[TEXT_BYTES];
    size_t length;
    bool has_id = id != NULL && usable(id) && copy_text(j, id, text, &length), readable;

    for (size_t i = 0; i < j->ask->count; i++) {
        named = member(j, j->ask->items[i], "supersedes");
        readable = named != NULL && usable(named) && pe_node_type(named) == PE_STRING;
        if (is_silent(named) || (readable && has_id && !equals(j, named, text)) ||
            !is_issued(j, j->ask->items[i]))
            continue;
        if (!readable)
            return not_known(j, named, string);
        if (!need(j, "id", PE_STRING, &id))
            return false;
        if (!has_id) /* too long for any name */
            continue;
        add_read(j, id);
        j->o->kind = PE_ATTEST_SUPERSEDED;
        j->o->why = say(j, PE_SAY_ATTEST_SUPERSEDED, pe_attest_label(j, j->ask->items[i]),
                        pe_say_plain(NULL), pe_say_plain(NULL));
        return false;
    }
    return true;
}

/* ---- the whole ---- */

void pe_attest_item(struct pe_attest_judging *j, const struct pe_node *item)
{
    static const struct pe_text object = {"expected an object", "オブジェクトではありません"};

    *j->o = (struct pe_attest_opinion){.kind = PE_ATTEST_COUNTS, .item = item};
    if (!usable(item) || pe_node_type(item) != PE_OBJECT) {
        not_known(j, item, object);
        return;
    }
    if (lists_clause(j) && has_scope(j) && is_about_party(j) && is_newest(j) && has_issuer(j) &&
        is_in_force(j))
        has_evidence(j);
}
