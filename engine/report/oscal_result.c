/* oscal_result.c: the judgement of one snapshot: what was reviewed, by what, with what outcome. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/oscal_impl.h"

#include <stdio.h>
#include <string.h>

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

/* ---- names ---- */

struct pe_uuid pe_oscal_name(struct pe_oscal *oscal, struct pe_uuid space,
                             const char *const parts[])
{
    struct pe_buf name = {0};
    struct pe_uuid uuid = {{0}};

    for (size_t i = 0; parts[i] != NULL; i++) {
        pe_buf_adds(&name, i == 0 ? "" : "\n");
        pe_buf_adds(&name, parts[i]);
    }
    if (pe_buf_failed(&name))
        oscal->json.failed = true;
    else
        uuid = pe_uuid_v5(space, name.data, name.length);
    pe_buf_release(&name);
    return uuid;
}

struct pe_uuid pe_oscal_tool(struct pe_oscal *oscal)
{
    return pe_oscal_name(oscal, oscal->space, (const char *[]){"tool", NULL});
}

struct pe_uuid pe_oscal_tenant(struct pe_oscal *oscal)
{
    return pe_oscal_name(oscal, oscal->space, (const char *[]){"tenant", NULL});
}

struct pe_uuid pe_oscal_resource(struct pe_oscal *oscal)
{
    return pe_oscal_name(oscal, oscal->space, (const char *[]){"snapshot", NULL});
}

static struct pe_uuid name_control(struct pe_oscal *oscal, const struct pe_control_result *control)
{
    const char *const parts[] = {"control", control->control->pack, control->control->id, NULL};

    return pe_oscal_name(oscal, oscal->space, parts);
}

struct pe_uuid pe_oscal_rule(struct pe_oscal *oscal, const struct pe_control_result *control,
                             const struct pe_rule_result *rule)
{
    const char *const parts[] = {"rule", control->control->pack, control->control->id,
                                 rule->rule->id, NULL};

    return pe_oscal_name(oscal, oscal->space, parts);
}

/* Of what was judged when and how each rule ended: another selection, parameter, time or file of
 * waivers gives another result of the same snapshot. */
struct pe_uuid pe_oscal_result_uuid(struct pe_oscal *oscal)
{
    const struct pe_result *result = oscal->result;
    struct pe_buf name = {0};
    struct pe_uuid uuid = {{0}};

    pe_buf_printf(&name, "result\n%s", oscal->when);
    for (size_t i = 0; i < result->result_count; i++) {
        const struct pe_control_result *control = &result->results[i];
        for (size_t j = 0; j < control->rule_count; j++)
            pe_buf_printf(&name, "\n%s %s %s %s", control->control->pack, control->control->id,
                          control->rules[j].rule->id, pe_status_word(control->rules[j].status));
    }
    if (result->waivers != NULL)
        pe_buf_printf(&name, "\nwaivers %s", result->waivers->sha256);
    if (pe_buf_failed(&name))
        oscal->json.failed = true;
    else
        uuid = pe_uuid_v5(oscal->space, name.data, name.length);
    pe_buf_release(&name);
    return uuid;
}

void pe_oscal_put_origins(struct pe_oscal *oscal, struct pe_json_item *object)
{
    struct pe_json_item *actor = pe_json_out_object(&oscal->json),
                        *origin = pe_json_out_object(&oscal->json);

    put(oscal, actor, "type", pe_json_out_string(&oscal->json, "tool"));
    put(oscal, actor, "actor-uuid", pe_oscal_uuid(oscal, pe_oscal_tool(oscal)));
    put(oscal, origin, "actors", list_of(oscal, actor));
    put(oscal, object, "origins", list_of(oscal, origin));
}

/* ---- who and what ---- */

static struct pe_json_item *make_component(struct pe_oscal *oscal, struct pe_uuid uuid,
                                           const char *type, struct pe_json_item *title,
                                           enum pe_word description)
{
    struct pe_json_item *object = pe_json_out_object(&oscal->json),
                        *status = pe_json_out_object(&oscal->json);

    put(oscal, status, "state", pe_json_out_string(&oscal->json, "operational"));
    put(oscal, object, "uuid", pe_oscal_uuid(oscal, uuid));
    put(oscal, object, "type", pe_json_out_string(&oscal->json, type));
    put(oscal, object, "title", title);
    put(oscal, object, "description", pe_oscal_words(oscal, description, NULL, 0));
    put(oscal, object, "status", status);
    return object;
}

static struct pe_json_item *make_tenant(struct pe_oscal *oscal)
{
    const struct pe_result *result = oscal->result;
    bool known = result->tenant != NULL && result->tenant[0] != '\0';
    struct pe_json_item *title = known ? pe_oscal_markup(oscal, result->tenant)
                                       : pe_oscal_words(oscal, PE_W_TENANT_UNKNOWN, NULL, 0);
    struct pe_json_item *object =
        make_component(oscal, pe_oscal_tenant(oscal), "this-system", title, PE_W_OSCAL_TENANT);
    struct pe_json_item *props = pe_json_out_list(&oscal->json);

    pe_oscal_prop(oscal, props, "tenant", result->tenant);
    pe_oscal_prop(oscal, props, "service", result->service);
    for (size_t i = 0; i < result->options.count; i++)
        pe_oscal_prop(oscal, props, "option", result->options.items[i]);
    pe_oscal_put_list(oscal, object, "props", props);
    return object;
}

static struct pe_json_item *make_tool(struct pe_oscal *oscal)
{
    struct pe_json_item *object =
        make_component(oscal, pe_oscal_tool(oscal), "software",
                       pe_json_out_string(&oscal->json, "policyeval"), PE_W_OSCAL_TOOL);
    struct pe_json_item *version = pe_json_out_object(&oscal->json);

    put(oscal, version, "name",
        pe_json_out_string(&oscal->json, "version")); /* OSCAL's own property */
    put(oscal, version, "value", pe_json_out_string(&oscal->json, PE_VERSION));
    put(oscal, object, "props", list_of(oscal, version));
    return object;
}

static struct pe_json_item *make_platform(struct pe_oscal *oscal)
{
    struct pe_json_item *object = pe_json_out_object(&oscal->json),
                        *uses = pe_json_out_object(&oscal->json);
    const char *const name[] = {"platform", NULL};

    put(oscal, uses, "component-uuid", pe_oscal_uuid(oscal, pe_oscal_tool(oscal)));
    put(oscal, object, "uuid", pe_oscal_uuid(oscal, pe_oscal_name(oscal, oscal->space, name)));
    put(oscal, object, "title", pe_json_out_string(&oscal->json, "policyeval"));
    put(oscal, object, "uses-components", list_of(oscal, uses));
    return object;
}

static struct pe_json_item *make_definitions(struct pe_oscal *oscal)
{
    struct pe_json_item *object = pe_json_out_object(&oscal->json),
                        *assets = pe_json_out_object(&oscal->json);

    put(oscal, object, "components", list_of(oscal, make_tenant(oscal)));
    put(oscal, assets, "components", list_of(oscal, make_tool(oscal)));
    put(oscal, assets, "assessment-platforms", list_of(oscal, make_platform(oscal)));
    put(oscal, object, "assessment-assets", assets);
    return object;
}

/* ---- controls ---- */

static struct pe_json_item *make_token(struct pe_oscal *oscal,
                                       const struct pe_control_result *control)
{
    return pe_oscal_token(oscal, control->control->pack, control->control->id);
}

static struct pe_json_item *make_reviewed(struct pe_oscal *oscal)
{
    const struct pe_result *result = oscal->result;
    struct pe_json_item *object = pe_json_out_object(&oscal->json),
                        *selection = pe_json_out_object(&oscal->json),
                        *controls = pe_json_out_list(&oscal->json), *control;

    for (size_t i = 0; i < result->result_count; i++) {
        control = pe_json_out_object(&oscal->json);
        put(oscal, control, "control-id", make_token(oscal, &result->results[i]));
        pe_json_out_append(&oscal->json, controls, control);
    }
    if (result->result_count == 0)
        put(oscal, selection, "description", pe_oscal_words(oscal, PE_W_OSCAL_NOTHING, NULL, 0));
    pe_oscal_put_list(oscal, selection, "include-controls", controls);
    put(oscal, object, "control-selections", list_of(oscal, selection));
    return object;
}

/* OSCAL knows two states; what is neither plainly has its own word in a property. */
static struct pe_json_item *make_status(struct pe_oscal *oscal, enum pe_status status)
{
    struct pe_json_item *object = pe_json_out_object(&oscal->json);
    const char *reason = status == PE_PASS ? "pass" : status == PE_FAIL ? "fail" : "other";

    put(oscal, object, "state",
        pe_json_out_string(&oscal->json, status == PE_PASS ? "satisfied" : "not-satisfied"));
    put(oscal, object, "reason", pe_json_out_string(&oscal->json, reason));
    return object;
}

static struct pe_json_item *make_target(struct pe_oscal *oscal,
                                        const struct pe_control_result *control)
{
    struct pe_json_item *object = pe_json_out_object(&oscal->json);

    put(oscal, object, "type", pe_json_out_string(&oscal->json, "objective-id"));
    put(oscal, object, "target-id", make_token(oscal, control));
    put(oscal, object, "status", make_status(oscal, control->status));
    return object;
}

static struct pe_json_item *make_related(struct pe_oscal *oscal,
                                         const struct pe_control_result *control)
{
    struct pe_json_item *list = pe_json_out_list(&oscal->json), *object;

    for (size_t i = 0; i < control->rule_count; i++) {
        object = pe_json_out_object(&oscal->json);
        put(oscal, object, "observation-uuid",
            pe_oscal_uuid(oscal, pe_oscal_rule(oscal, control, &control->rules[i])));
        pe_json_out_append(&oscal->json, list, object);
    }
    return list;
}

static struct pe_json_item *make_finding(struct pe_oscal *oscal,
                                         const struct pe_control_result *control)
{
    struct pe_json_item *object = pe_json_out_object(&oscal->json),
                        *props = pe_json_out_list(&oscal->json);
    const char *title[] = {control->control->id, pe_text_in(control->control->title, oscal->lang)};

    pe_oscal_prop(oscal, props, "control-id", control->control->id);
    pe_oscal_prop(oscal, props, "status", pe_status_word(control->status));
    pe_oscal_prop(oscal, props, "severity", pe_severity_word(control->severity));
    pe_oscal_prop(oscal, props, "owner", pe_owner_word(control->owner));
    for (size_t i = 0; i < control->control->references.count; i++)
        pe_oscal_prop(oscal, props, "reference", control->control->references.items[i]);
    put(oscal, object, "uuid", pe_oscal_uuid(oscal, name_control(oscal, control)));
    put(oscal, object, "title", pe_oscal_words(oscal, PE_W_OSCAL_CONTROL, title, 2));
    put(oscal, object, "description", pe_oscal_text(oscal, control->reason));
    put(oscal, object, "props", props);
    pe_oscal_put_origins(oscal, object);
    put(oscal, object, "target", make_target(oscal, control));
    pe_oscal_put_list(oscal, object, "related-observations", make_related(oscal, control));
    pe_oscal_put_list(oscal, object, "related-risks", pe_oscal_related_risks(oscal, control));
    return object;
}

/* A control that does not apply is neither satisfied nor not: it has observations only. */
static struct pe_json_item *make_findings(struct pe_oscal *oscal)
{
    const struct pe_result *result = oscal->result;
    struct pe_json_item *list = pe_json_out_list(&oscal->json);

    for (size_t i = 0; i < result->result_count; i++)
        if (result->results[i].status != PE_NOT_APPLICABLE)
            pe_json_out_append(&oscal->json, list, make_finding(oscal, &result->results[i]));
    return list;
}

/* ---- the result ---- */

static struct pe_json_item *describe(struct pe_oscal *oscal)
{
    const struct pe_result *result = oscal->result;
    struct pe_buf counts = {0};
    char total[24];
    struct pe_json_item *words;

    pe_words_add_counts(&counts, oscal->lang, result->controls.by_status);
    pe_buf_adds(&counts, "");
    if (pe_buf_failed(&counts))
        oscal->json.failed = true;
    snprintf(total, sizeof total, "%zu", result->result_count);
    words = pe_oscal_words(oscal, PE_W_OF_CONTROLS,
                           (const char *[]){counts.data == NULL ? "" : counts.data, total}, 2);
    pe_buf_release(&counts);
    return words;
}

static struct pe_json_item *make_props(struct pe_oscal *oscal)
{
    const struct pe_result *result = oscal->result;
    struct pe_json_item *props = pe_json_out_list(&oscal->json);

    pe_oscal_prop(oscal, props, "verdict", result->passed ? "pass" : "fail");
    pe_oscal_prop(oscal, props, "as-of", result->as_of);
    pe_oscal_prop(oscal, props, "as-of-from", result->as_of_given ? "option" : "snapshot");
    for (size_t i = 0; i < result->gate_remark_count; i++)
        pe_oscal_prop(oscal, props, "gate-closed",
                      pe_text_in(result->gate_remarks[i].message, oscal->lang));
    if (result->waivers != NULL) {
        pe_oscal_prop(oscal, props, "waivers-file", result->waivers->file);
        pe_oscal_prop(oscal, props, "waivers-sha256", result->waivers->sha256);
    }
    return props;
}

/* Those that differ from their default, as the result depends on them. */
static void add_parameters(struct pe_oscal *oscal, struct pe_json_item *props)
{
    const struct pe_result *result = oscal->result;
    struct pe_buf text = {0};

    for (size_t i = 0; i < result->result_count; i++) {
        const struct pe_control *control = result->results[i].control;
        for (size_t j = 0; j < control->param_count; j++) {
            const struct pe_param *param = &control->params[j];
            if (param->value == NULL ||
                (param->default_ != NULL && strcmp(param->value, param->default_) == 0))
                continue;
            pe_buf_clear(&text);
            pe_buf_printf(&text, "%s.%s=%s", control->id, param->name, param->value);
            if (pe_buf_failed(&text))
                oscal->json.failed = true;
            else
                pe_oscal_prop(oscal, props, "parameter", text.data);
        }
    }
    pe_buf_release(&text);
}

struct pe_json_item *pe_oscal_result(struct pe_oscal *oscal)
{
    const struct pe_result *result = oscal->result;
    struct pe_json_item *object = pe_json_out_object(&oscal->json), *props = make_props(oscal),
                        *link = pe_json_out_object(&oscal->json);

    add_parameters(oscal, props);
    put(oscal, link, "href", pe_oscal_local(oscal, pe_oscal_resource(oscal)));
    put(oscal, link, "rel", pe_json_out_string(&oscal->json, "snapshot"));
    put(oscal, object, "uuid", pe_oscal_uuid(oscal, pe_oscal_result_uuid(oscal)));
    put(oscal, object, "title", pe_oscal_markup(oscal, result->file));
    put(oscal, object, "description", describe(oscal));
    put(oscal, object, "start", pe_json_out_string(&oscal->json, oscal->when));
    put(oscal, object, "end", pe_json_out_string(&oscal->json, oscal->when));
    put(oscal, object, "props", props);
    put(oscal, object, "links", list_of(oscal, link));
    put(oscal, object, "local-definitions", make_definitions(oscal));
    put(oscal, object, "reviewed-controls", make_reviewed(oscal));
    pe_oscal_put_list(oscal, object, "observations", pe_oscal_observations(oscal));
    pe_oscal_put_list(oscal, object, "risks", pe_oscal_risks(oscal));
    pe_oscal_put_list(oscal, object, "findings", make_findings(oscal));
    return object;
}
