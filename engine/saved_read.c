/* saved_read.c: a saved result as the run that it was. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "saved_node.h"
#include "verdict.h"

#define SCHEMA "urn:policyeval:result:1"
#define SCHEMA_STEM "urn:policyeval:result:"

enum { FORMAT_VERSION = 1 };

/* ---- the snapshot and the packs ---- */

static void take_secrets(struct pe_saved_reader *r, const struct pe_node *object,
                         struct pe_result *result)
{
    static const char *const names[] = {"offset", "length", NULL};
    const struct pe_node *list = pe_saved_list(r, object, "secrets", &result->secret_count), *item;
    struct pe_span *spans = pe_saved_array(r, result->secret_count, sizeof *spans);
    size_t i = 0;

    for (item = pe_saved_first(r, list); spans != NULL && item != NULL;
         item = pe_saved_next(r, item), i++) {
        pe_saved_members(r, item, names);
        spans[i].offset = pe_saved_count(r, item, "offset");
        spans[i].length = pe_saved_count(r, item, "length");
        if (i > 0 && spans[i].offset < spans[i - 1].offset)
            pe_saved_refuse(r, item, "secrets are not in order");
    }
    result->secrets = spans;
}

static void take_snapshot(struct pe_saved_reader *r, const struct pe_node *object,
                          struct pe_result *result)
{
    static const char *const names[] = {"file",  "sha256",     "tenant",  "service", "options",
                                        "as_of", "as_of_from", "secrets", NULL};
    static const char *const from[] = {"snapshot", "option"};
    const struct pe_node *source = pe_saved_get(r, object, "as_of_from");
    bool said = source != NULL && pe_node_type(source) != PE_NULL;

    pe_saved_members(r, object, names);
    result->file = pe_saved_string(r, object, "file");
    pe_saved_sha256(r, object, "sha256", result->sha256);
    result->tenant = pe_saved_string_or_null(r, object, "tenant");
    result->service = pe_saved_string_or_null(r, object, "service");
    result->options = pe_saved_strings(r, object, "options");
    result->as_of = pe_saved_string_or_null(r, object, "as_of");
    if (said)
        result->as_of_given = pe_saved_word(r, object, "as_of_from", from, 2) == 1;
    if (said != (result->as_of != NULL))
        pe_saved_refuse(r, source, "as_of and as_of_from are not both there");
    take_secrets(r, object, result);
}

static void take_packs(struct pe_saved_reader *r, const struct pe_node *object,
                       struct pe_result *result)
{
    static const char *const names[] = {"id", "version", "edition", "title", "sha256", NULL};
    const struct pe_node *list = pe_saved_list(r, object, "packs", &result->pack_count), *item;
    struct pe_pack_info *packs = pe_saved_array(r, result->pack_count, sizeof *packs),
                        *pack = packs;

    for (item = pe_saved_first(r, list); packs != NULL && item != NULL;
         item = pe_saved_next(r, item), pack++) {
        pe_saved_members(r, item, names);
        pack->id = pe_saved_string(r, item, "id");
        pack->version = pe_saved_string(r, item, "version");
        pack->edition = pe_saved_string(r, item, "edition");
        pack->title = pe_saved_text(r, item, "title");
        pe_saved_sha256(r, item, "sha256", pack->sha256);
    }
    if (result->pack_count == 0)
        pe_saved_refuse(r, list, "there is no pack");
    result->packs = packs;
    if (pe_saved_bad(r))
        result->pack_count = 0;
}

/* ---- problems, areas, claims, what nobody looked at ---- */

/* A member that is true where it is there. */
static bool take_mark(struct pe_saved_reader *r, const struct pe_node *object, const char *name)
{
    const struct pe_node *mark = pe_saved_find(r, object, name);

    if (mark != NULL && pe_node_type(mark) != PE_TRUE)
        pe_saved_refuse(r, mark, "%s is not true", name);
    return mark != NULL;
}

static void take_problems(struct pe_saved_reader *r, const struct pe_node *object,
                          struct pe_result *result)
{
    static const char *const names[] = {"severity", "strict", "null",   "message", "hint",
                                        "pointer",  "line",   "column", NULL};
    static const char *const words[] = {"error", "warning"};
    const struct pe_node *list = pe_saved_list(r, object, "problems", &result->problem_count),
                         *item;
    struct pe_problem *problems = pe_saved_array(r, result->problem_count, sizeof *problems);
    struct pe_problem *problem = problems;

    for (item = pe_saved_first(r, list); problems != NULL && item != NULL;
         item = pe_saved_next(r, item), problem++) {
        pe_saved_members(r, item, names);
        problem->warning = pe_saved_word(r, item, "severity", words, 2) == 1;
        problem->strict = take_mark(r, item, "strict");
        problem->null = take_mark(r, item, "null");
        if (problem->null && (problem->warning || problem->strict))
            pe_saved_refuse(r, item, "a value that is null is an error, and no unknown field");
        problem->message = pe_saved_text(r, item, "message");
        if (pe_saved_find(r, item, "hint") != NULL)
            problem->hint = pe_saved_text(r, item, "hint");
        problem->pointer = pe_saved_pointer(r, item, "pointer", false);
        problem->place = pe_saved_place(r, item);
    }
    result->problems = problems;
    result->problem_total = pe_saved_count(r, object, "problems_total");
    if (result->problem_total < result->problem_count)
        pe_saved_refuse(r, pe_saved_find(r, object, "problems_total"),
                        "problems_total is less than there are problems");
}

static void take_areas(struct pe_saved_reader *r, const struct pe_node *object,
                       struct pe_result *result)
{
    static const char *const names[] = {"area",    "title", "pointers", "known_to",
                                        "collect", "link",  "rules",    NULL};
    const struct pe_node *list = pe_saved_list(r, object, "uncollected", &result->area_count),
                         *item;
    struct pe_area_result *results = pe_saved_array(r, result->area_count, sizeof *results);
    struct pe_area *areas = pe_saved_array(r, result->area_count, sizeof *areas);
    size_t i = 0;

    for (item = pe_saved_first(r, list); results != NULL && areas != NULL && item != NULL;
         item = pe_saved_next(r, item), i++) {
        pe_saved_members(r, item, names);
        areas[i].word = pe_saved_string(r, item, "area");
        areas[i].title = pe_saved_text(r, item, "title");
        areas[i].pointers = pe_saved_strings(r, item, "pointers");
        areas[i].known_to = (enum pe_owner)pe_saved_owner(r, item, "known_to");
        areas[i].collect = pe_saved_text(r, item, "collect");
        areas[i].link =
            pe_saved_find(r, item, "link") == NULL ? "" : pe_saved_string(r, item, "link");
        results[i].area = &areas[i];
        results[i].rules = pe_saved_count(r, item, "rules");
    }
    result->areas = results;
    r->areas = results;
    r->area_count = pe_saved_bad(r) ? 0 : result->area_count;
}

static void take_claim(struct pe_saved_reader *r, const struct pe_node *object,
                       struct pe_claim_result *claim)
{
    static const char *const names[] = {"state",  "doc",  "version", "title", "sha256", "rules",
                                        "reason", "hint", "pointer", "line",  "column", NULL};
    static const char *const states[] = {[PE_CLAIM_ACCEPTED] = "accepted",
                                         [PE_CLAIM_VOID] = "void",
                                         [PE_CLAIM_NOT_ACCEPTED] = "not_accepted"};
    struct pe_claim_set *set;

    pe_saved_members(r, object, names);
    claim->state = (enum pe_claim_state)pe_saved_word(r, object, "state", states, 3);
    claim->doc = pe_saved_string(r, object, "doc");
    claim->version = pe_saved_string(r, object, "version");
    if (pe_saved_find(r, object, "title") != NULL) {
        set = pe_saved_array(r, 1, sizeof *set);
        if (set == NULL)
            return;
        *set = (struct pe_claim_set){.doc = claim->doc,
                                     .version = claim->version,
                                     .issued = "",
                                     .title = pe_saved_text(r, object, "title")};
        pe_saved_sha256(r, object, "sha256", set->sha256);
        claim->set = set;
    } else if (claim->state != PE_CLAIM_VOID) {
        pe_saved_refuse(r, object, "only of an acceptance that is void the title can be missing");
    }
    claim->rules = pe_saved_count(r, object, "rules");
    if (claim->state == PE_CLAIM_VOID) {
        claim->reason = pe_saved_text(r, object, "reason");
        claim->hint = pe_saved_text(r, object, "hint");
    }
    claim->pointer = pe_saved_pointer(r, object, "pointer", true);
    claim->place = pe_saved_place(r, object);
}

static void take_claims(struct pe_saved_reader *r, const struct pe_node *object,
                        struct pe_result *result)
{
    const struct pe_node *list = pe_saved_list(r, object, "claims", &result->claim_count), *item;
    struct pe_claim_result *claims = pe_saved_array(r, result->claim_count, sizeof *claims);
    size_t i = 0;

    for (item = pe_saved_first(r, list); claims != NULL && item != NULL;
         item = pe_saved_next(r, item))
        take_claim(r, item, &claims[i++]);
    result->claims = claims;
}

static void take_unread(struct pe_saved_reader *r, const struct pe_node *object,
                        struct pe_result *result)
{
    static const char *const names[] = {"pointer", "count", "line", "column", NULL};
    const struct pe_node *list = pe_saved_list(r, object, "unread", &result->unread_count), *item;
    const struct pe_node *total = pe_saved_get(r, object, "unread_total");
    struct pe_unread *unread = pe_saved_array(r, result->unread_count, sizeof *unread);
    size_t i = 0;

    for (item = pe_saved_first(r, list); unread != NULL && item != NULL;
         item = pe_saved_next(r, item), i++) {
        pe_saved_members(r, item, names);
        unread[i].pointer = pe_saved_pointer(r, item, "pointer", false);
        unread[i].count = pe_saved_count(r, item, "count");
        unread[i].place = pe_saved_place(r, item);
    }
    result->unread = unread;
    result->unread_known = total != NULL && pe_node_type(total) != PE_NULL;
    result->unread_total = result->unread_known ? pe_saved_count(r, object, "unread_total") : 0;
    if (result->unread_total < result->unread_count)
        pe_saved_refuse(r, total, "unread_total is less than there are parts");
}

/* ---- controls ---- */

static int by_control(const void *a, const void *b)
{
    const struct pe_control *const *x = a, *const *y = b;
    int order = strcmp((*x)->pack, (*y)->pack);

    return order != 0 ? order : strcmp((*x)->id, (*y)->id);
}

static void refuse_twins(struct pe_saved_reader *r, const struct pe_node *list,
                         const struct pe_result *result)
{
    const struct pe_control **all = pe_saved_array(r, result->result_count, sizeof *all);

    if (pe_saved_bad(r))
        return;
    for (size_t i = 0; i < result->result_count; i++)
        all[i] = result->results[i].control;
    if (result->result_count > 1)
        qsort(all, result->result_count, sizeof *all, by_control);
    for (size_t i = 1; i < result->result_count; i++)
        if (by_control(&all[i - 1], &all[i]) == 0)
            pe_saved_refuse(r, list, "two controls of a pack have the same id");
}

static void take_controls(struct pe_saved_reader *r, const struct pe_node *object,
                          struct pe_result *result)
{
    const struct pe_node *list = pe_saved_list(r, object, "controls", &result->result_count), *item;
    struct pe_control_result *controls = pe_saved_array(r, result->result_count, sizeof *controls);
    size_t i = 0;

    for (item = pe_saved_first(r, list); controls != NULL && !pe_saved_bad(r) && item != NULL;
         item = pe_saved_next(r, item))
        pe_saved_control(r, item, result, &controls[i++]);
    result->results = controls;
    refuse_twins(r, list, result);
}

/* ---- the summary, which must be that of the controls ---- */

static void check_counts(struct pe_saved_reader *r, const struct pe_node *object, const char *name,
                         const size_t by_status[PE_STATUS_COUNT])
{
    const struct pe_node *counts = pe_saved_object(r, object, name);
    const char *names[PE_STATUS_COUNT + 2] = {"total"};
    uint64_t total = 0;

    for (unsigned i = 0; i < PE_STATUS_COUNT; i++) {
        names[i + 1] = pe_status_word((enum pe_status)i);
        total += by_status[i];
        if (pe_saved_count(r, counts, names[i + 1]) != by_status[i])
            pe_saved_refuse(r, counts, "%s does not agree with the controls", names[i + 1]);
    }
    pe_saved_members(r, counts, names);
    if (pe_saved_count(r, counts, "total") != total)
        pe_saved_refuse(r, counts, "total does not agree with the controls");
}

static void check_bases(struct pe_saved_reader *r, const struct pe_node *summary,
                        const struct pe_result *result)
{
    const struct pe_node *bases = pe_saved_object(r, summary, "by_basis");
    const char *names[PE_BASIS_COUNT + 1] = {NULL};

    for (unsigned i = 0; i < PE_BASIS_COUNT; i++) {
        names[i] = pe_basis_word((enum pe_basis)i);
        if (pe_saved_count(r, bases, names[i]) != result->rules.passed_by_basis[i])
            pe_saved_refuse(r, bases, "%s does not agree with the rules", names[i]);
    }
    pe_saved_members(r, bases, names);
}

static void check_summary(struct pe_saved_reader *r, const struct pe_node *object,
                          const struct pe_result *result)
{
    static const char *const names[] = {"controls",    "rules",    "by_owner",
                                        "by_severity", "by_basis", NULL};
    const struct pe_node *summary = pe_saved_object(r, object, "summary");
    const struct pe_node *owners = pe_saved_object(r, summary, "by_owner");
    const struct pe_node *severities = pe_saved_object(r, summary, "by_severity");
    const char *words[PE_SEVERITY_COUNT + 1] = {NULL};

    pe_saved_members(r, summary, names);
    check_counts(r, summary, "controls", result->controls.by_status);
    check_counts(r, summary, "rules", result->rules.by_status);
    for (unsigned i = 0; i < PE_SEVERITY_COUNT; i++) {
        words[i] = pe_severity_word((enum pe_severity)i);
        check_counts(r, severities, words[i], result->controls.by_severity[i]);
    }
    pe_saved_members(r, severities, words);
    memset(words, 0, sizeof words);
    for (unsigned i = 0; i < PE_OWNER_COUNT; i++) {
        words[i] = pe_owner_word((enum pe_owner)i);
        check_counts(r, owners, words[i], result->controls.by_owner[i]);
    }
    pe_saved_members(r, owners, words);
    check_bases(r, summary, result);
}

/* ---- a result ---- */

static bool read_verdict(struct pe_saved_reader *r, const struct pe_node *object)
{
    static const char *const words[] = {"fail", "pass"};

    return pe_saved_word(r, object, "verdict", words, 2) == 1;
}

static void take_basis(struct pe_saved_reader *r, const struct pe_node *object,
                       struct pe_result *result)
{
    static const char *const bases[] = {"measured", "attested"};
    const struct pe_node *node = pe_saved_get(r, object, "required_basis");

    if (node != NULL && pe_node_type(node) != PE_NULL)
        result->required_basis = bases[pe_saved_word(r, object, "required_basis", bases, 2)];
}

static void take_result(struct pe_saved_reader *r, const struct pe_node *object,
                        struct pe_result *result)
{
    static const char *const names[] = {
        "verdict",        "snapshot",    "packs",   "summary",    "problems", "problems_total",
        "required_basis", "uncollected", "claims",  "controls",   "unread",   "unread_total",
        "config",         "gate",        "waivers", "unselected", NULL};
    const char *flaw;
    bool passed = read_verdict(r, object);

    pe_saved_members(r, object, names);
    take_snapshot(r, pe_saved_object(r, object, "snapshot"), result);
    take_packs(r, object, result);
    take_problems(r, object, result);
    take_basis(r, object, result);
    take_areas(r, object, result);
    take_claims(r, object, result);
    pe_saved_asked(r, object, result);
    take_controls(r, object, result);
    pe_saved_unselected(r, object, result);
    take_unread(r, object, result);
    if (pe_saved_bad(r))
        return;
    flaw = pe_saved_judge(result, r->arena);
    if (flaw != NULL)
        pe_saved_refuse(r, object, "%s", flaw);
    check_summary(r, object, result);
    if (passed != result->passed)
        pe_saved_refuse(r, pe_saved_find(r, object, "verdict"),
                        "the verdict does not follow from the controls");
}

/* What it was compared with. The comparison follows from the two, so it is not read. */
static void take_baseline(struct pe_saved_reader *r, const struct pe_node *root)
{
    static const char *const names[] = {"file", "sha256", "verdict", "comparisons", NULL};
    const struct pe_node *object;
    size_t count;

    if (pe_saved_find(r, root, "baseline") == NULL)
        return;
    object = pe_saved_object(r, root, "baseline");
    pe_saved_members(r, object, names);
    pe_saved_string(r, object, "file");
    pe_saved_sha256(r, object, "sha256", r->saved->baseline);
    read_verdict(r, object);
    pe_saved_list(r, object, "comparisons", &count);
}

static void take_run(struct pe_saved_reader *r, const struct pe_node *root, struct pe_run *run)
{
    static const char *const names[] = {"schema",   "version", "verdict",
                                        "baseline", "results", NULL};
    const struct pe_node *list = pe_saved_list(r, root, "results", &run->count), *item;
    struct pe_result *results = pe_saved_array(r, run->count, sizeof *results);
    bool passed = read_verdict(r, root);
    size_t i = 0;

    pe_saved_members(r, root, names);
    take_baseline(r, root);
    if (run->count == 0 || run->count > PE_MAX_SAVED_RESULTS)
        pe_saved_refuse(r, list, "there are no results, or more than %d", PE_MAX_SAVED_RESULTS);
    run->passed = run->count > 0;
    for (item = pe_saved_first(r, list); !pe_saved_bad(r) && item != NULL;
         item = pe_saved_next(r, item), i++) {
        take_result(r, item, &results[i]);
        run->passed = run->passed && results[i].passed;
    }
    if (passed != run->passed)
        pe_saved_refuse(r, pe_saved_find(r, root, "verdict"),
                        "the verdict does not follow from the results");
    run->results = results;
}

/* ---- the file ---- */

/* Whether it says that it is a result, of any version. */
static bool says_result(struct pe_saved_reader *r, const struct pe_node *root)
{
    const struct pe_node *schema =
        pe_node_type(root) == PE_OBJECT ? pe_saved_find(r, root, "schema") : NULL;
    const char *text;

    if (schema == NULL || pe_node_type(schema) != PE_STRING)
        return false;
    text = pe_saved_chars(r, schema);
    return text != NULL && strncmp(text, SCHEMA_STEM, strlen(SCHEMA_STEM)) == 0;
}

static void take_file(struct pe_saved_reader *r)
{
    const struct pe_node *root = pe_snapshot_node(&r->file, 0), *schema;

    r->saved->is_result = says_result(r, root);
    if (!r->saved->is_result)
        return;
    schema = pe_saved_get(r, root, "schema");
    if (!pe_json_equals(&r->file.json, schema, SCHEMA, strlen(SCHEMA)))
        pe_saved_refuse(r, schema, "this is a result of another version; " SCHEMA " is read");
    if (pe_saved_count(r, root, "version") != FORMAT_VERSION)
        pe_saved_refuse(r, pe_saved_find(r, root, "version"), "version is not %d", FORMAT_VERSION);
    take_run(r, root, &r->saved->run);
}

int pe_saved_read(const unsigned char *bytes, size_t length, struct pe_arena *arena,
                  struct pe_saved *saved, struct pe_err *err)
{
    struct pe_saved own = {0};
    struct pe_saved_reader r = {.arena = arena, .saved = &own};
    int result = 0;

    if (pe_snapshot_read(bytes, length, PE_JSON_MAX_BYTES, &r.file, err) != 0)
        return -1;
    take_file(&r);
    if (pe_saved_bad(&r) || pe_arena_failed(arena)) {
        if (!pe_saved_bad(&r))
            pe_err_memory(&r.err);
        *err = r.err;
        result = -1;
    }
    pe_buf_release(&r.scratch);
    pe_snapshot_release(&r.file);
    if (result == 0)
        *saved = own;
    return result;
}
