/* json_result.c: one snapshot's judgement as a JSON object. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_result.h"

void pe_json_put_place(struct pe_json_out *out, struct pe_json_item *object, struct pe_place place)
{
    bool known = place.line > 0;

    pe_json_out_put(out, object, "line",
                    known ? pe_json_out_integer(out, place.line) : pe_json_out_null(out));
    pe_json_out_put(out, object, "column",
                    known ? pe_json_out_integer(out, place.column) : pe_json_out_null(out));
}

struct pe_json_item *pe_json_strings(struct pe_json_out *out, struct pe_strings strings)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < strings.count; i++)
        pe_json_out_append(out, list, pe_json_out_string(out, strings.items[i]));
    return list;
}

/* Where they are, so that a report that is made later can hide them too. */
static struct pe_json_item *make_secrets(struct pe_json_out *out, const struct pe_result *result)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < result->secret_count; i++) {
        struct pe_json_item *object = pe_json_out_object(out);
        pe_json_out_put(out, object, "offset",
                        pe_json_out_integer(out, (int64_t)result->secrets[i].offset));
        pe_json_out_put(out, object, "length",
                        pe_json_out_integer(out, (int64_t)result->secrets[i].length));
        pe_json_out_append(out, list, object);
    }
    return list;
}

struct pe_json_item *pe_json_snapshot(struct pe_json_out *out, const struct pe_result *result)
{
    struct pe_json_item *object = pe_json_out_object(out), *from = pe_json_out_null(out);

    if (result->as_of != NULL)
        from = pe_json_out_string(out, result->as_of_given ? "option" : "snapshot");
    pe_json_out_put(out, object, "file", pe_json_out_string(out, result->file));
    pe_json_out_put(out, object, "sha256", pe_json_out_string(out, result->sha256));
    pe_json_out_put(out, object, "tenant", pe_json_out_string(out, result->tenant));
    pe_json_out_put(out, object, "service", pe_json_out_string(out, result->service));
    pe_json_out_put(out, object, "options", pe_json_strings(out, result->options));
    pe_json_out_put(out, object, "as_of", pe_json_out_string(out, result->as_of));
    pe_json_out_put(out, object, "as_of_from", from);
    pe_json_out_put(out, object, "secrets", make_secrets(out, result));
    return object;
}

static struct pe_json_item *make_packs(struct pe_json_out *out, const struct pe_result *result)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < result->pack_count; i++) {
        const struct pe_pack_info *pack = &result->packs[i];
        struct pe_json_item *object = pe_json_out_object(out);
        pe_json_out_put(out, object, "id", pe_json_out_string(out, pack->id));
        pe_json_out_put(out, object, "version", pe_json_out_string(out, pack->version));
        pe_json_out_put(out, object, "edition", pe_json_out_string(out, pack->edition));
        pe_json_out_put(out, object, "title", pe_json_out_text(out, pack->title));
        pe_json_out_put(out, object, "sha256", pe_json_out_string(out, pack->sha256));
        pe_json_out_append(out, list, object);
    }
    return list;
}

/* The worst first, as everywhere. */
static struct pe_json_item *make_counts(struct pe_json_out *out,
                                        const size_t by_status[PE_STATUS_COUNT])
{
    struct pe_json_item *object = pe_json_out_object(out);
    size_t total = 0;

    for (size_t i = PE_STATUS_COUNT; i-- > 0;) {
        total += by_status[i];
        pe_json_out_put(out, object, pe_status_word((enum pe_status)i),
                        pe_json_out_integer(out, (int64_t)by_status[i]));
    }
    pe_json_out_put(out, object, "total", pe_json_out_integer(out, (int64_t)total));
    return object;
}

static struct pe_json_item *make_owners(struct pe_json_out *out, const struct pe_counts *counts)
{
    struct pe_json_item *object = pe_json_out_object(out);

    for (size_t i = 0; i < PE_OWNER_COUNT; i++)
        pe_json_out_put(out, object, pe_owner_word((enum pe_owner)i),
                        make_counts(out, counts->by_owner[i]));
    return object;
}

static struct pe_json_item *make_severities(struct pe_json_out *out, const struct pe_counts *counts)
{
    struct pe_json_item *object = pe_json_out_object(out);

    for (size_t i = PE_SEVERITY_COUNT; i-- > 0;)
        pe_json_out_put(out, object, pe_severity_word((enum pe_severity)i),
                        make_counts(out, counts->by_severity[i]));
    return object;
}

static struct pe_json_item *make_bases(struct pe_json_out *out, const struct pe_counts *counts)
{
    struct pe_json_item *object = pe_json_out_object(out);

    for (size_t i = 0; i < PE_BASIS_COUNT; i++)
        pe_json_out_put(out, object, pe_basis_word((enum pe_basis)i),
                        pe_json_out_integer(out, (int64_t)counts->passed_by_basis[i]));
    return object;
}

struct pe_json_item *pe_json_summary(struct pe_json_out *out, const struct pe_result *result)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "controls", make_counts(out, result->controls.by_status));
    pe_json_out_put(out, object, "rules", make_counts(out, result->rules.by_status));
    pe_json_out_put(out, object, "by_owner", make_owners(out, &result->controls));
    pe_json_out_put(out, object, "by_severity", make_severities(out, &result->controls));
    pe_json_out_put(out, object, "by_basis", make_bases(out, &result->rules));
    return object;
}

static struct pe_json_item *make_problem(struct pe_json_out *out, const struct pe_problem *problem)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "severity",
                    pe_json_out_string(out, problem->warning ? "warning" : "error"));
    if (problem->strict)
        pe_json_out_put(out, object, "strict", pe_json_out_bool(out, true));
    if (problem->null)
        pe_json_out_put(out, object, "null", pe_json_out_bool(out, true));
    pe_json_out_put(out, object, "message", pe_json_out_text(out, problem->message));
    if (pe_text_in(problem->hint, PE_EN)[0] != '\0')
        pe_json_out_put(out, object, "hint", pe_json_out_text(out, problem->hint));
    pe_json_out_put(out, object, "pointer", pe_json_out_string(out, problem->pointer));
    pe_json_put_place(out, object, problem->place);
    return object;
}

static struct pe_json_item *make_problems(struct pe_json_out *out, const struct pe_result *result)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < result->problem_count; i++)
        pe_json_out_append(out, list, make_problem(out, &result->problems[i]));
    return list;
}

static struct pe_json_item *make_controls(struct pe_json_out *out, const struct pe_result *result)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < result->result_count; i++)
        pe_json_out_append(out, list, pe_json_control(out, &result->results[i]));
    return list;
}

static struct pe_json_item *make_areas(struct pe_json_out *out, const struct pe_result *result)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < result->area_count; i++) {
        const struct pe_area *area = result->areas[i].area;
        struct pe_json_item *object = pe_json_out_object(out);
        pe_json_out_put(out, object, "area", pe_json_out_string(out, area->word));
        pe_json_out_put(out, object, "title", pe_json_out_text(out, area->title));
        pe_json_out_put(out, object, "pointers", pe_json_strings(out, area->pointers));
        pe_json_out_put(out, object, "known_to",
                        pe_json_out_string(out, pe_owner_word(area->known_to)));
        pe_json_out_put(out, object, "collect", pe_json_out_text(out, area->collect));
        if (area->link[0] != '\0')
            pe_json_out_put(out, object, "link", pe_json_out_string(out, area->link));
        pe_json_out_put(out, object, "rules",
                        pe_json_out_integer(out, (int64_t)result->areas[i].rules));
        pe_json_out_append(out, list, object);
    }
    return list;
}

static struct pe_json_item *make_unread(struct pe_json_out *out, const struct pe_result *result)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < result->unread_count; i++) {
        const struct pe_unread *unread = &result->unread[i];
        struct pe_json_item *object = pe_json_out_object(out);
        pe_json_out_put(out, object, "pointer", pe_json_out_string(out, unread->pointer));
        pe_json_out_put(out, object, "count", pe_json_out_integer(out, (int64_t)unread->count));
        pe_json_put_place(out, object, unread->place);
        pe_json_out_append(out, list, object);
    }
    return list;
}

/* Only where something was left out. */
static void put_unselected(struct pe_json_out *out, struct pe_json_item *result_object,
                           const struct pe_result *result)
{
    struct pe_json_item *list;

    if (result->unselected_count == 0)
        return;
    list = pe_json_out_list(out);
    for (size_t i = 0; i < result->unselected_count; i++) {
        const struct pe_unselected *unselected = &result->unselected[i];
        struct pe_json_item *object = pe_json_out_object(out);
        pe_json_out_put(out, object, "pack", pe_json_out_string(out, unselected->pack));
        pe_json_out_put(out, object, "control", pe_json_out_string(out, unselected->control));
        if (unselected->rule != NULL)
            pe_json_out_put(out, object, "rule", pe_json_out_string(out, unselected->rule));
        pe_json_out_put(out, object, "title", pe_json_out_text(out, unselected->title));
        pe_json_out_append(out, list, object);
    }
    pe_json_out_put(out, result_object, "unselected", list);
}

static struct pe_json_item *make_claim(struct pe_json_out *out, const struct pe_claim_result *claim)
{
    static const char *const words[] = {[PE_CLAIM_ACCEPTED] = "accepted",
                                        [PE_CLAIM_VOID] = "void",
                                        [PE_CLAIM_NOT_ACCEPTED] = "not_accepted"};
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "state", pe_json_out_string(out, words[claim->state]));
    pe_json_out_put(out, object, "doc", pe_json_out_string(out, claim->doc));
    pe_json_out_put(out, object, "version", pe_json_out_string(out, claim->version));
    if (claim->set != NULL) {
        pe_json_out_put(out, object, "title", pe_json_out_text(out, claim->set->title));
        pe_json_out_put(out, object, "sha256", pe_json_out_string(out, claim->set->sha256));
    }
    pe_json_out_put(out, object, "rules", pe_json_out_integer(out, (int64_t)claim->rules));
    if (claim->state == PE_CLAIM_VOID) {
        pe_json_out_put(out, object, "reason", pe_json_out_text(out, claim->reason));
        pe_json_out_put(out, object, "hint", pe_json_out_text(out, claim->hint));
    }
    pe_json_out_put(out, object, "pointer", pe_json_out_string(out, claim->pointer));
    pe_json_put_place(out, object, claim->place);
    return object;
}

static struct pe_json_item *make_claims(struct pe_json_out *out, const struct pe_result *result)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < result->claim_count; i++)
        pe_json_out_append(out, list, make_claim(out, &result->claims[i]));
    return list;
}

/* Only what was asked for. */
static void put_asked(struct pe_json_out *out, struct pe_json_item *object,
                      const struct pe_result *result)
{
    struct pe_json_item *config;

    if (result->config_file != NULL) {
        config = pe_json_out_object(out);
        pe_json_out_put(out, config, "file", pe_json_out_string(out, result->config_file));
        pe_json_out_put(out, config, "sha256", pe_json_out_string(out, result->config_sha256));
        pe_json_out_put(out, object, "config", config);
    }
    if (result->gate != NULL)
        pe_json_out_put(out, object, "gate", pe_json_gate(out, result));
    if (result->waivers != NULL)
        pe_json_out_put(out, object, "waivers", pe_json_waivers(out, result->waivers));
}

struct pe_json_item *pe_json_result(struct pe_json_out *out, const struct pe_result *result)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "verdict",
                    pe_json_out_string(out, result->passed ? "pass" : "fail"));
    pe_json_out_put(out, object, "snapshot", pe_json_snapshot(out, result));
    pe_json_out_put(out, object, "packs", make_packs(out, result));
    put_asked(out, object, result);
    pe_json_out_put(out, object, "summary", pe_json_summary(out, result));
    pe_json_out_put(out, object, "problems", make_problems(out, result));
    pe_json_out_put(out, object, "problems_total",
                    pe_json_out_integer(out, (int64_t)result->problem_total));
    pe_json_out_put(out, object, "required_basis", pe_json_out_string(out, result->required_basis));
    pe_json_out_put(out, object, "uncollected", make_areas(out, result));
    pe_json_out_put(out, object, "claims", make_claims(out, result));
    pe_json_out_put(out, object, "controls", make_controls(out, result));
    put_unselected(out, object, result);
    pe_json_out_put(out, object, "unread", make_unread(out, result));
    pe_json_out_put(out, object, "unread_total",
                    result->unread_known ? pe_json_out_integer(out, (int64_t)result->unread_total)
                                         : pe_json_out_null(out));
    return object;
}
