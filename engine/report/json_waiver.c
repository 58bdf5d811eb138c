/* json_waiver.c: waivers and the gate as JSON objects. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_result.h"

/* Who answers for it, why, and until when. */
static void put_answer(struct pe_json_out *out, struct pe_json_item *object,
                       const struct pe_waiver *waiver)
{
    pe_json_out_put(out, object, "id", pe_json_out_string(out, waiver->id));
    pe_json_out_put(out, object, "reason", pe_json_out_string(out, waiver->reason));
    pe_json_out_put(out, object, "owner", pe_json_out_string(out, waiver->owner));
    pe_json_out_put(out, object, "approver", pe_json_out_string(out, waiver->approver));
    pe_json_out_put(out, object, "expires", pe_json_out_string(out, waiver->expires));
    pe_json_out_put(out, object, "zone", pe_json_out_string(out, waiver->zone));
}

struct pe_json_item *pe_json_rule_waiver(struct pe_json_out *out,
                                         const struct pe_rule_waiver *waiver)
{
    struct pe_json_item *object, *list, *entry;

    if (waiver == NULL)
        return pe_json_out_null(out);
    object = pe_json_out_object(out);
    list = pe_json_out_list(out);
    for (size_t i = 0; i < waiver->by_count; i++) {
        entry = pe_json_out_object(out);
        put_answer(out, entry, waiver->by[i]);
        pe_json_out_append(out, list, entry);
    }
    pe_json_out_put(out, object, "whole", pe_json_out_bool(out, waiver->whole));
    pe_json_out_put(out, object, "findings", pe_json_out_integer(out, (int64_t)waiver->covered));
    pe_json_out_put(out, object, "by", list);
    return object;
}

static struct pe_json_item *make_remarks(struct pe_json_out *out, const struct pe_remark *remarks,
                                         size_t count)
{
    struct pe_json_item *list = pe_json_out_list(out), *object;

    for (size_t i = 0; i < count; i++) {
        object = pe_json_out_object(out);
        pe_json_out_put(out, object, "kind", pe_json_out_string(out, remarks[i].kind));
        pe_json_out_put(out, object, "message", pe_json_out_text(out, remarks[i].message));
        pe_json_out_append(out, list, object);
    }
    return list;
}

static struct pe_json_item *make_scope(struct pe_json_out *out, const struct pe_waiver *waiver)
{
    struct pe_json_item *object;

    if (waiver->pointer == NULL && waiver->subject == NULL && waiver->value == NULL)
        return pe_json_out_null(out);
    object = pe_json_out_object(out);
    if (waiver->pointer != NULL)
        pe_json_out_put(out, object, "pointer", pe_json_out_string(out, waiver->pointer));
    if (waiver->subject != NULL)
        pe_json_out_put(out, object, "subject", pe_json_out_string(out, waiver->subject));
    pe_json_out_put_value(out, object, waiver->value);
    return object;
}

static struct pe_json_item *make_statuses(struct pe_json_out *out, const struct pe_waiver *waiver)
{
    struct pe_json_item *list = pe_json_out_list(out);

    if (waiver->fail)
        pe_json_out_append(out, list, pe_json_out_string(out, pe_status_word(PE_FAIL)));
    if (waiver->unknown)
        pe_json_out_append(out, list, pe_json_out_string(out, pe_status_word(PE_UNKNOWN)));
    return list;
}

static struct pe_json_item *make_use(struct pe_json_out *out, const struct pe_waiver_use *use)
{
    const struct pe_waiver *waiver = use->waiver;
    struct pe_json_item *object = pe_json_out_object(out);

    put_answer(out, object, waiver);
    pe_json_out_put(out, object, "control", pe_json_out_string(out, waiver->control));
    pe_json_out_put(out, object, "rule", pe_json_out_string(out, waiver->rule));
    pe_json_out_put(out, object, "tenant", pe_json_out_string(out, waiver->tenant));
    pe_json_out_put(out, object, "scope", make_scope(out, waiver));
    pe_json_out_put(out, object, "statuses", make_statuses(out, waiver));
    pe_json_out_put(out, object, "line", pe_json_out_integer(out, waiver->line));
    pe_json_out_put(out, object, "column", pe_json_out_integer(out, waiver->column));
    pe_json_out_put(out, object, "state",
                    pe_json_out_string(out, pe_waiver_state_word(use->state)));
    pe_json_out_put(out, object, "findings", pe_json_out_integer(out, (int64_t)use->findings));
    pe_json_out_put(out, object, "rules", pe_json_out_integer(out, (int64_t)use->rules));
    pe_json_out_put(out, object, "remarks", make_remarks(out, use->remarks, use->remark_count));
    return object;
}

struct pe_json_item *pe_json_waivers(struct pe_json_out *out, const struct pe_waiver_uses *waivers)
{
    struct pe_json_item *object = pe_json_out_object(out), *list = pe_json_out_list(out);

    for (size_t i = 0; i < waivers->count; i++)
        pe_json_out_append(out, list, make_use(out, &waivers->items[i]));
    pe_json_out_put(out, object, "file", pe_json_out_string(out, waivers->file));
    pe_json_out_put(out, object, "sha256", pe_json_out_string(out, waivers->sha256));
    pe_json_out_put(out, object, "entries", list);
    pe_json_out_put(out, object, "other_tenants",
                    pe_json_out_integer(out, (int64_t)waivers->other_tenants));
    return object;
}

/* ---- the gate ---- */

static struct pe_json_item *make_owners(struct pe_json_out *out, unsigned owners)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (unsigned i = 0; i < PE_OWNER_COUNT; i++)
        if (owners == 0 || (owners & 1u << i) != 0)
            pe_json_out_append(out, list, pe_json_out_string(out, pe_owner_word((enum pe_owner)i)));
    return list;
}

struct pe_json_item *pe_json_gate(struct pe_json_out *out, const struct pe_result *result)
{
    const struct pe_gate *gate = result->gate;
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "fail_on",
                    pe_json_out_string(out, pe_severity_word(gate->fail_on)));
    pe_json_out_put(out, object, "owners", make_owners(out, gate->owners));
    pe_json_out_put(out, object, "strict_model", pe_json_out_bool(out, gate->strict_model));
    pe_json_out_put(out, object, "max_age", pe_json_out_string(out, gate->max_age));
    pe_json_out_put(out, object, "now", pe_json_out_string(out, gate->now));
    pe_json_out_put(out, object, "ignored",
                    pe_json_out_integer(out, (int64_t)result->gate_ignored));
    pe_json_out_put(out, object, "remarks",
                    make_remarks(out, result->gate_remarks, result->gate_remark_count));
    return object;
}
