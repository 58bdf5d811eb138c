/* oscal_observation.c: what was seen: an observation a rule, and one for the snapshot's problems.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/oscal_impl.h"

#include <stdio.h>

static void put(struct pe_oscal *oscal, struct pe_json_item *object, const char *key,
                struct pe_json_item *value)
{
    pe_json_out_put(&oscal->json, object, key, value);
}

static struct pe_json_item *list_of(struct pe_oscal *oscal, struct pe_json_item *item)
{
    struct pe_json_item *list = pe_json_out_list(&oscal->json);

    pe_json_out_append(&oscal->json, list, item);
    return list;
}

/* ---- relevant evidence ---- */

/* A piece of it: what it is called in our own properties, and where it stands. */
static struct pe_json_item *make_piece(struct pe_oscal *oscal, struct pe_json_item *description,
                                       const char *pointer, struct pe_json_item *props)
{
    struct pe_json_item *object = pe_json_out_object(&oscal->json);

    if (pointer != NULL)
        put(oscal, object, "href", pe_oscal_href(oscal, oscal->result->file, pointer));
    put(oscal, object, "description", description);
    pe_oscal_put_list(oscal, object, "props", props);
    return object;
}

static struct pe_json_item *make_finding(struct pe_oscal *oscal, const struct pe_finding *finding,
                                         const struct pe_waiver *waiver)
{
    struct pe_json_item *props = pe_json_out_list(&oscal->json);

    pe_oscal_prop(oscal, props, "kind", "finding");
    pe_oscal_prop(oscal, props, "status", pe_status_word(finding->status));
    pe_oscal_prop_pointer(oscal, props, finding->pointer);
    pe_oscal_prop_place(oscal, props, finding->place);
    pe_oscal_prop_value(oscal, props, finding->value);
    pe_oscal_prop(oscal, props, "message", pe_text_in(finding->message, oscal->lang));
    pe_oscal_prop(oscal, props, "subject", pe_text_in(finding->subject, oscal->lang));
    pe_oscal_prop(oscal, props, "hint", pe_text_in(finding->hint, oscal->lang));
    pe_oscal_prop(oscal, props, "waiver", waiver == NULL ? NULL : waiver->id);
    return make_piece(oscal, pe_oscal_text(oscal, finding->message), finding->pointer, props);
}

/* "/tenant/name: 3 elements" */
static struct pe_json_item *describe(struct pe_oscal *oscal, const struct pe_evidence *evidence)
{
    const char *at = evidence->pointer;
    char count[24];

    if (at == NULL || at[0] == '\0')
        at = pe_words(oscal->lang, PE_W_AREA_WHOLE);
    if (evidence->absent)
        return pe_oscal_words(oscal, PE_W_OSCAL_ABSENT, &at, 1);
    if (evidence->value != NULL)
        return pe_oscal_words(oscal, PE_W_OSCAL_VALUE, (const char *[]){at, evidence->value}, 2);
    snprintf(count, sizeof count, "%lld", (long long)evidence->count);
    return pe_oscal_words(oscal, PE_W_OSCAL_COUNT, (const char *[]){at, count}, 2);
}

/* There are many: the pointer is in the reference only. */
static struct pe_json_item *make_evidence(struct pe_oscal *oscal,
                                          const struct pe_evidence *evidence)
{
    struct pe_json_item *props = pe_json_out_list(&oscal->json);

    pe_oscal_prop_place(oscal, props, evidence->place);
    if (evidence->absent)
        pe_oscal_prop(oscal, props, "absent", "true");
    else if (evidence->value != NULL)
        pe_oscal_prop_value(oscal, props, evidence->value);
    else
        pe_oscal_prop_count(oscal, props, "count", (size_t)evidence->count);
    return make_piece(oscal, describe(oscal, evidence), evidence->pointer, props);
}

static struct pe_json_item *make_note(struct pe_oscal *oscal, struct pe_text note)
{
    struct pe_json_item *props = pe_json_out_list(&oscal->json);

    pe_oscal_prop(oscal, props, "kind", "note");
    pe_oscal_prop(oscal, props, "message", pe_text_in(note, oscal->lang));
    return make_piece(oscal, pe_oscal_text(oscal, note), NULL, props);
}

static struct pe_json_item *make_pieces(struct pe_oscal *oscal, const struct pe_rule_result *rule)
{
    struct pe_json_item *list = pe_json_out_list(&oscal->json);

    for (size_t i = 0; i < rule->finding_count; i++)
        pe_json_out_append(&oscal->json, list,
                           make_finding(oscal, &rule->findings[i],
                                        rule->waiver == NULL ? NULL : rule->waiver->of_finding[i]));
    for (size_t i = 0; i < rule->evidence_count; i++)
        pe_json_out_append(&oscal->json, list, make_evidence(oscal, &rule->evidence[i]));
    for (size_t i = 0; i < rule->note_count; i++)
        pe_json_out_append(&oscal->json, list, make_note(oscal, rule->notes[i]));
    return list;
}

/* ---- a rule ---- */

static struct pe_json_item *make_props(struct pe_oscal *oscal,
                                       const struct pe_control_result *control,
                                       const struct pe_rule_result *rule)
{
    struct pe_json_item *props = pe_json_out_list(&oscal->json);

    pe_oscal_prop(oscal, props, "control-id", control->control->id);
    pe_oscal_prop(oscal, props, "rule-id", rule->rule->id);
    pe_oscal_prop(oscal, props, "rule-ref", rule->rule->ref);
    pe_oscal_prop(oscal, props, "status", pe_status_word(rule->status));
    if (rule->original != rule->status)
        pe_oscal_prop(oscal, props, "original-status", pe_status_word(rule->original));
    pe_oscal_prop(oscal, props, "basis", pe_basis_word(rule->basis));
    pe_oscal_prop(oscal, props, "severity", pe_severity_word(rule->severity));
    pe_oscal_prop(oscal, props, "owner", pe_owner_word(rule->owner));
    pe_oscal_prop_count(oscal, props, "findings-total", rule->finding_total);
    pe_oscal_prop_count(oscal, props, "evidence-total", rule->evidence_total);
    return props;
}

/* What every observation has. */
static void put_frame(struct pe_oscal *oscal, struct pe_json_item *object, const char *method,
                      const char *type)
{
    struct pe_json_item *subject = pe_json_out_object(&oscal->json);

    put(oscal, object, "methods", list_of(oscal, pe_json_out_string(&oscal->json, method)));
    put(oscal, object, "types", list_of(oscal, pe_json_out_string(&oscal->json, type)));
    pe_oscal_put_origins(oscal, object);
    put(oscal, subject, "subject-uuid", pe_oscal_uuid(oscal, pe_oscal_tenant(oscal)));
    put(oscal, subject, "type", pe_json_out_string(&oscal->json, "component"));
    put(oscal, object, "subjects", list_of(oscal, subject));
}

static bool is_open(enum pe_status status)
{
    return status != PE_PASS && status != PE_NOT_APPLICABLE;
}

static struct pe_json_item *make_rule(struct pe_oscal *oscal,
                                      const struct pe_control_result *control,
                                      const struct pe_rule_result *rule)
{
    struct pe_json_item *object = pe_json_out_object(&oscal->json);
    const char *fix = pe_text_in(rule->rule->fix, oscal->lang);

    put(oscal, object, "uuid", pe_oscal_uuid(oscal, pe_oscal_rule(oscal, control, rule)));
    put(oscal, object, "title", pe_oscal_text(oscal, rule->rule->title));
    put(oscal, object, "description", pe_oscal_text(oscal, rule->reason));
    put(oscal, object, "props", make_props(oscal, control, rule));
    put_frame(oscal, object, rule->basis == PE_MEASURED ? "TEST" : "EXAMINE",
              is_open(rule->status) ? "finding" : "control-objective");
    pe_oscal_put_list(oscal, object, "relevant-evidence", make_pieces(oscal, rule));
    put(oscal, object, "collected", pe_json_out_string(&oscal->json, oscal->when));
    if (is_open(rule->status) && fix[0] != '\0')
        put(oscal, object, "remarks", pe_oscal_text(oscal, rule->rule->fix));
    return object;
}

/* ---- problems of the snapshot ---- */

static struct pe_json_item *make_problem(struct pe_oscal *oscal, const struct pe_problem *problem)
{
    struct pe_json_item *props = pe_json_out_list(&oscal->json);

    pe_oscal_prop(oscal, props, "kind", problem->warning ? "warning" : "error");
    pe_oscal_prop_pointer(oscal, props, problem->pointer);
    pe_oscal_prop_place(oscal, props, problem->place);
    pe_oscal_prop(oscal, props, "message", pe_text_in(problem->message, oscal->lang));
    pe_oscal_prop(oscal, props, "hint", pe_text_in(problem->hint, oscal->lang));
    return make_piece(oscal, pe_oscal_text(oscal, problem->message), problem->pointer, props);
}

static struct pe_json_item *make_problems(struct pe_oscal *oscal)
{
    const struct pe_result *result = oscal->result;
    struct pe_json_item *object = pe_json_out_object(&oscal->json),
                        *pieces = pe_json_out_list(&oscal->json),
                        *props = pe_json_out_list(&oscal->json);
    const char *const name[] = {"problems", NULL};
    char total[24];

    snprintf(total, sizeof total, "%zu", result->problem_total);
    pe_oscal_prop(oscal, props, "problems-total", total);
    for (size_t i = 0; i < result->problem_count; i++)
        pe_json_out_append(&oscal->json, pieces, make_problem(oscal, &result->problems[i]));
    put(oscal, object, "uuid", pe_oscal_uuid(oscal, pe_oscal_name(oscal, oscal->space, name)));
    put(oscal, object, "title",
        pe_oscal_words(oscal, PE_W_HEAD_PROBLEMS, (const char *[]){total}, 1));
    put(oscal, object, "description", pe_oscal_words(oscal, PE_W_READS_AS_ABSENT, NULL, 0));
    put(oscal, object, "props", props);
    put_frame(oscal, object, "EXAMINE", "snapshot-problems");
    pe_oscal_put_list(oscal, object, "relevant-evidence", pieces);
    put(oscal, object, "collected", pe_json_out_string(&oscal->json, oscal->when));
    return object;
}

struct pe_json_item *pe_oscal_observations(struct pe_oscal *oscal)
{
    const struct pe_result *result = oscal->result;
    struct pe_json_item *list = pe_json_out_list(&oscal->json);

    if (result->problem_total > 0)
        pe_json_out_append(&oscal->json, list, make_problems(oscal));
    for (size_t i = 0; i < result->result_count; i++) {
        const struct pe_control_result *control = &result->results[i];
        for (size_t j = 0; j < control->rule_count; j++)
            pe_json_out_append(&oscal->json, list, make_rule(oscal, control, &control->rules[j]));
    }
    return list;
}
