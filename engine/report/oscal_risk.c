/* oscal_risk.c: what somebody accepted for a time: a risk for each waiver that is in effect. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/oscal_impl.h"

static void put(struct pe_oscal *oscal, struct pe_json_item *object, const char *key,
                struct pe_json_item *value)
{
    pe_json_out_put(&oscal->json, object, key, value);
}

struct pe_uuid pe_oscal_waiver(struct pe_oscal *oscal, const struct pe_waiver *waiver)
{
    const char *const parts[] = {"waiver", waiver->id, NULL};

    return pe_oscal_name(oscal, oscal->space, parts);
}

/* Left out where OSCAL takes no such year. */
static void put_deadline(struct pe_oscal *oscal, struct pe_json_item *risk,
                         const struct pe_waiver *waiver)
{
    char deadline[PE_UTC_SIZE];

    if (waiver->until != NULL && pe_utc_of(waiver->until, deadline))
        put(oscal, risk, "deadline", pe_json_out_string(&oscal->json, deadline));
}

static bool is_by(const struct pe_rule_result *rule, const struct pe_waiver *waiver)
{
    for (size_t i = 0; rule->waiver != NULL && i < rule->waiver->by_count; i++)
        if (rule->waiver->by[i] == waiver)
            return true;
    return false;
}

static struct pe_json_item *make_related(struct pe_oscal *oscal, const struct pe_waiver *waiver)
{
    const struct pe_result *result = oscal->result;
    struct pe_json_item *list = pe_json_out_list(&oscal->json), *object;

    for (size_t i = 0; i < result->result_count; i++) {
        const struct pe_control_result *control = &result->results[i];
        for (size_t j = 0; j < control->rule_count; j++) {
            if (!is_by(&control->rules[j], waiver))
                continue;
            object = pe_json_out_object(&oscal->json);
            put(oscal, object, "observation-uuid",
                pe_oscal_uuid(oscal, pe_oscal_rule(oscal, control, &control->rules[j])));
            pe_json_out_append(&oscal->json, list, object);
        }
    }
    return list;
}

static struct pe_json_item *make_props(struct pe_oscal *oscal, const struct pe_waiver *waiver)
{
    struct pe_json_item *props = pe_json_out_list(&oscal->json);

    pe_oscal_prop(oscal, props, "waiver", waiver->id);
    pe_oscal_prop(oscal, props, "waiver-reason", waiver->reason);
    pe_oscal_prop(oscal, props, "waiver-owner", waiver->owner);
    pe_oscal_prop(oscal, props, "waiver-approver", waiver->approver);
    pe_oscal_prop(oscal, props, "waiver-expires", waiver->expires);
    pe_oscal_prop(oscal, props, "waiver-zone", waiver->zone);
    return props;
}

static struct pe_json_item *make_risk(struct pe_oscal *oscal, const struct pe_waiver *waiver)
{
    const char *const until[] = {waiver->owner, waiver->approver, waiver->expires, waiver->zone};
    struct pe_json_item *object = pe_json_out_object(&oscal->json);

    put(oscal, object, "uuid", pe_oscal_uuid(oscal, pe_oscal_waiver(oscal, waiver)));
    put(oscal, object, "title", pe_oscal_words(oscal, PE_W_OSCAL_WAIVER, &waiver->id, 1));
    put(oscal, object, "description", pe_oscal_words(oscal, PE_W_OSCAL_WAIVER_BY, until, 4));
    put(oscal, object, "statement", pe_oscal_markup(oscal, waiver->reason));
    put(oscal, object, "props", make_props(oscal, waiver));
    put(oscal, object, "status", pe_json_out_string(&oscal->json, "deviation-approved"));
    pe_oscal_put_origins(oscal, object);
    put_deadline(oscal, object, waiver);
    pe_oscal_put_list(oscal, object, "related-observations", make_related(oscal, waiver));
    return object;
}

struct pe_json_item *pe_oscal_risks(struct pe_oscal *oscal)
{
    const struct pe_waiver_uses *waivers = oscal->result->waivers;
    struct pe_json_item *list = pe_json_out_list(&oscal->json);

    for (size_t i = 0; waivers != NULL && i < waivers->count; i++)
        if (waivers->items[i].state == PE_WAIVER_IN_EFFECT)
            pe_json_out_append(&oscal->json, list, make_risk(oscal, waivers->items[i].waiver));
    return list;
}

struct pe_json_item *pe_oscal_related_risks(struct pe_oscal *oscal,
                                            const struct pe_control_result *control)
{
    const struct pe_waiver_uses *waivers = oscal->result->waivers;
    struct pe_json_item *list = pe_json_out_list(&oscal->json), *object;

    for (size_t i = 0; waivers != NULL && i < waivers->count; i++) {
        const struct pe_waiver *waiver = waivers->items[i].waiver;
        bool any = false;
        for (size_t j = 0; j < control->rule_count; j++)
            any = any || is_by(&control->rules[j], waiver);
        if (!any)
            continue;
        object = pe_json_out_object(&oscal->json);
        put(oscal, object, "risk-uuid", pe_oscal_uuid(oscal, pe_oscal_waiver(oscal, waiver)));
        pe_json_out_append(&oscal->json, list, object);
    }
    return list;
}
