/* sarif_result.c: results, their places, and notifications of a SARIF log. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/sarif_part.h"

#include <string.h>

#include "words.h"

/* ---- places ---- */

static struct pe_json_item *make_physical(struct pe_sarif *sarif, const struct pe_result *result,
                                          struct pe_place place)
{
    struct pe_json_out *out = &sarif->out;
    struct pe_json_item *physical = pe_json_out_object(&sarif->out),
                        *artifact = pe_json_out_object(&sarif->out),
                        *region = pe_json_out_object(&sarif->out);
    bool known = place.line > 0;
    struct pe_buf uri = {0};

    pe_issue_add_uri(&uri, result->file);
    pe_json_out_put(out, artifact, "uri", pe_json_out_take(out, &uri));
    pe_json_out_put(out, artifact, "index",
                    pe_json_out_integer(&sarif->out, result - sarif->run->results));
    pe_json_out_put(out, region, "startLine",
                    pe_json_out_integer(&sarif->out, known ? place.line : 1));
    pe_json_out_put(out, region, "startColumn",
                    pe_json_out_integer(&sarif->out, known ? place.column : 1));
    pe_json_out_put(out, physical, "artifactLocation", artifact);
    pe_json_out_put(out, physical, "region", region);
    return physical;
}

struct pe_json_item *pe_sarif_locations(struct pe_sarif *sarif, const struct pe_result *result,
                                        struct pe_place place, const char *pointer)
{
    struct pe_json_out *out = &sarif->out;
    struct pe_json_item *list = pe_json_out_list(&sarif->out),
                        *object = pe_json_out_object(&sarif->out);

    pe_json_out_put(out, object, "physicalLocation", make_physical(sarif, result, place));
    if (pointer != NULL && pointer[0] != '\0') {
        struct pe_json_item *logicals = pe_json_out_list(&sarif->out),
                            *logical = pe_json_out_object(&sarif->out);
        pe_json_out_put(out, logical, "fullyQualifiedName", pe_json_out_string(out, pointer));
        pe_json_out_append(out, logicals, logical);
        pe_json_out_put(out, object, "logicalLocations", logicals);
    }
    pe_json_out_append(out, list, object);
    return list;
}

/* ---- results ---- */

/* In a message "[text](place)" is a link (3.11.6); without its "](" it is not. */
static struct pe_json_item *make_message(struct pe_sarif *sarif, const struct pe_issue *issue)
{
    struct pe_buf text = {0}, message = {0};
    struct pe_json_item *object = pe_json_out_object(&sarif->out);

    pe_issue_add_message(&text, issue, sarif->lang);
    for (const char *c = text.data; c != NULL && *c != '\0'; c++) {
        pe_buf_adds(&message, c[0] == ']' && c[1] == '(' ? "\\" : "");
        pe_buf_addc(&message, *c);
    }
    if (message.length == 0) /* a message must not be empty */
        pe_buf_adds(&message, pe_status_word(issue->status));
    sarif->out.failed = sarif->out.failed || pe_buf_failed(&text);
    pe_buf_release(&text);
    pe_json_out_put(&sarif->out, object, "text", pe_json_out_take(&sarif->out, &message));
    return object;
}

/* ---- waivers ---- */

static struct pe_json_item *make_answer(struct pe_sarif *sarif, const struct pe_waiver *waiver)
{
    struct pe_json_out *out = &sarif->out;
    struct pe_json_item *object = pe_json_out_object(&sarif->out);

    pe_json_out_put(out, object, "id", pe_json_out_string(out, waiver->id));
    pe_json_out_put(out, object, "reason", pe_json_out_string(out, waiver->reason));
    pe_json_out_put(out, object, "owner", pe_json_out_string(out, waiver->owner));
    pe_json_out_put(out, object, "approver", pe_json_out_string(out, waiver->approver));
    pe_json_out_put(out, object, "expires", pe_json_out_string(out, waiver->expires));
    pe_json_out_put(out, object, "zone", pe_json_out_string(out, waiver->zone));
    return object;
}

/* By a file beside the snapshot, and somebody accepted it. */
static struct pe_json_item *make_suppression(struct pe_sarif *sarif, const struct pe_waiver *waiver)
{
    struct pe_json_out *out = &sarif->out;
    struct pe_json_item *object = pe_json_out_object(&sarif->out);
    struct pe_buf text = {0};

    pe_issue_add_waiver(&text, waiver, sarif->lang);
    pe_json_out_put(out, object, "kind", pe_json_out_string(&sarif->out, "external"));
    pe_json_out_put(out, object, "status", pe_json_out_string(&sarif->out, "accepted"));
    pe_json_out_put(out, object, "justification", pe_json_out_take(out, &text));
    pe_json_out_put(out, object, "properties", make_answer(sarif, waiver));
    return object;
}

/* All results of a run have the member, or none (3.27.23). */
static void put_suppressions(struct pe_sarif *sarif, struct pe_json_item *result,
                             const struct pe_issue *issue)
{
    struct pe_json_item *list;
    bool any = false;

    for (size_t i = 0; i < sarif->run->count; i++)
        any = any || sarif->run->results[i].waivers != NULL;
    if (!any)
        return;
    list = pe_json_out_list(&sarif->out);
    if (issue->waiver != NULL)
        pe_json_out_append(&sarif->out, list, make_suppression(sarif, issue->waiver));
    pe_json_out_put(&sarif->out, result, "suppressions", list);
}

/* What SARIF has no word for. */
static struct pe_json_item *make_properties(struct pe_sarif *sarif, const struct pe_issue *issue)
{
    struct pe_json_out *out = &sarif->out;
    const struct pe_finding *finding = issue->finding;
    struct pe_json_item *object = pe_json_out_object(&sarif->out);

    pe_json_out_put(out, object, "status",
                    pe_json_out_string(&sarif->out, pe_status_word(issue->status)));
    pe_json_out_put(out, object, "severity",
                    pe_json_out_string(&sarif->out, pe_severity_word(issue->rule->severity)));
    pe_json_out_put(out, object, "owner",
                    pe_json_out_string(&sarif->out, pe_owner_word(issue->rule->owner)));
    pe_json_out_put(out, object, "tenant", pe_json_out_string(out, issue->result->tenant));
    if (finding == NULL)
        return object;
    pe_json_out_put(out, object, "message",
                    pe_json_out_string(out, pe_text_in(finding->message, sarif->lang)));
    pe_json_out_put(out, object, "pointer", pe_json_out_string(out, finding->pointer));
    pe_json_out_put_value(out, object, finding->value);
    return object;
}

/* The first name is the only one that GitHub heeds. */
static struct pe_json_item *make_fingerprints(struct pe_sarif *sarif, const struct pe_issue *issue)
{
    struct pe_json_item *object = pe_json_out_object(&sarif->out);
    char hex[65];

    pe_issue_fingerprint(issue, hex);
    pe_json_out_put(&sarif->out, object, "primaryLocationLineHash",
                    pe_json_out_string(&sarif->out, hex));
    pe_json_out_put(&sarif->out, object, "policyeval/v1", pe_json_out_string(&sarif->out, hex));
    return object;
}

struct pe_json_item *pe_sarif_result(struct pe_sarif *sarif, const struct pe_issue *issue)
{
    struct pe_json_out *out = &sarif->out;
    const struct pe_sarif_rule *rule = pe_sarif_rule_of(sarif, issue);
    struct pe_json_item *object = pe_json_out_object(&sarif->out);

    if (rule == NULL)
        return object;
    pe_json_out_put(out, object, "ruleId", pe_json_out_string(out, rule->name));
    pe_json_out_put(out, object, "ruleIndex",
                    pe_json_out_integer(&sarif->out, (int64_t)rule->index));
    pe_json_out_put(out, object, "level",
                    pe_json_out_string(&sarif->out, pe_sarif_level(issue->rule->severity)));
    pe_json_out_put(out, object, "message", make_message(sarif, issue));
    pe_json_out_put(
        out, object, "locations",
        pe_sarif_locations(sarif, issue->result, pe_issue_place(issue), pe_issue_pointer(issue)));
    pe_json_out_put(out, object, "partialFingerprints", make_fingerprints(sarif, issue));
    put_suppressions(sarif, object, issue);
    pe_json_out_put(out, object, "properties", make_properties(sarif, issue));
    return object;
}

/* ---- notifications ---- */

static struct pe_json_item *make_descriptor(struct pe_sarif *sarif, const char *id, size_t index)
{
    struct pe_json_item *object = pe_json_out_object(&sarif->out);

    pe_json_out_put(&sarif->out, object, "id", pe_json_out_string(&sarif->out, id));
    pe_json_out_put(&sarif->out, object, "index", pe_json_out_integer(&sarif->out, (int64_t)index));
    return object;
}

static struct pe_json_item *make_notice(struct pe_sarif *sarif, enum pe_sarif_notice notice,
                                        const char *level, struct pe_json_item *message)
{
    struct pe_json_item *object = pe_json_out_object(&sarif->out);

    pe_json_out_put(&sarif->out, object, "descriptor",
                    make_descriptor(sarif, pe_sarif_notice_id(notice), notice));
    pe_json_out_put(&sarif->out, object, "level", pe_json_out_string(&sarif->out, level));
    pe_json_out_put(&sarif->out, object, "message", message);
    return object;
}

static struct pe_json_item *make_issue_notice(struct pe_sarif *sarif, const struct pe_issue *issue)
{
    struct pe_json_out *out = &sarif->out;
    bool error = issue->status == PE_ERROR;
    const struct pe_sarif_rule *rule = pe_sarif_rule_of(sarif, issue);
    const char *level = error ? "error" : issue->waiver != NULL ? "note" : "warning";
    bool fault = error || (issue->finding != NULL && issue->finding->of_policy);
    struct pe_json_item *object = make_notice(sarif, fault ? PE_SARIF_ERROR : PE_SARIF_UNKNOWN,
                                              level, make_message(sarif, issue)),
                        *properties = make_properties(sarif, issue);

    if (rule != NULL)
        pe_json_out_put(out, object, "associatedRule",
                        make_descriptor(sarif, rule->name, rule->index));
    pe_json_out_put(
        out, object, "locations",
        pe_sarif_locations(sarif, issue->result, pe_issue_place(issue), pe_issue_pointer(issue)));
    if (issue->waiver != NULL)
        pe_json_out_put(out, properties, "waiver", make_answer(sarif, issue->waiver));
    pe_json_out_put(out, object, "properties", properties);
    return object;
}

static void append_gate(struct pe_sarif *sarif, struct pe_json_item *list,
                        const struct pe_result *result)
{
    for (size_t i = 0; i < result->gate_remark_count; i++) {
        const char *text = pe_text_in(result->gate_remarks[i].message, sarif->lang);
        struct pe_json_item *object =
            make_notice(sarif, PE_SARIF_GATE, "error", pe_sarif_message(sarif, text));
        pe_json_out_put(&sarif->out, object, "locations",
                        pe_sarif_locations(sarif, result, (struct pe_place){0}, NULL));
        pe_json_out_append(&sarif->out, list, object);
    }
}

static void append_problems(struct pe_sarif *sarif, struct pe_json_item *list,
                            const struct pe_result *result)
{
    for (size_t i = 0; i < result->problem_count; i++) {
        const struct pe_problem *problem = &result->problems[i];
        struct pe_json_item *message =
            pe_sarif_message(sarif, pe_text_in(problem->message, sarif->lang));
        struct pe_json_item *object =
            make_notice(sarif, PE_SARIF_PROBLEM, problem->warning ? "note" : "warning", message);
        pe_json_out_put(&sarif->out, object, "locations",
                        pe_sarif_locations(sarif, result, problem->place, problem->pointer));
        pe_json_out_append(&sarif->out, list, object);
    }
}

static void append_cut(struct pe_sarif *sarif, struct pe_json_item *list, size_t cut)
{
    struct pe_buf number = {0}, text = {0};
    struct pe_json_item *message = pe_json_out_object(&sarif->out);

    pe_buf_printf(&number, "%zu", cut);
    pe_words_add(&text, sarif->lang, PE_W_CUT_FINDINGS, (const char *[]){number.data}, 1);
    sarif->out.failed = sarif->out.failed || pe_buf_failed(&number);
    pe_buf_release(&number);
    pe_json_out_put(&sarif->out, message, "text", pe_json_out_take(&sarif->out, &text));
    pe_json_out_append(&sarif->out, list, make_notice(sarif, PE_SARIF_CUT, "warning", message));
}

struct pe_json_item *pe_sarif_invocation(struct pe_sarif *sarif, const struct pe_issues *issues,
                                         size_t cut)
{
    struct pe_json_out *out = &sarif->out;
    struct pe_json_item *object = pe_json_out_object(&sarif->out),
                        *notices = pe_json_out_list(&sarif->out);
    bool successful = true;

    for (size_t i = 0; i < issues->count; i++) {
        if (issues->items[i].status == PE_FAIL)
            continue;
        successful = successful && issues->items[i].status != PE_ERROR;
        pe_json_out_append(out, notices, make_issue_notice(sarif, &issues->items[i]));
    }
    for (size_t i = 0; i < sarif->run->count; i++) {
        append_problems(sarif, notices, &sarif->run->results[i]);
        append_gate(sarif, notices, &sarif->run->results[i]);
    }
    if (cut > 0)
        append_cut(sarif, notices, cut);
    pe_json_out_put(out, object, "executionSuccessful", pe_json_out_bool(&sarif->out, successful));
    pe_json_out_put(out, object, "toolExecutionNotifications", notices);
    return object;
}
