/* fleet_json.c: results of many tenants together, for programs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/fleet.h"
#include "report/json_out.h"

#define SCHEMA "urn:policyeval:fleet:1"

static struct pe_json_item *make_counts(struct pe_json_out *out,
                                        const size_t by_status[PE_STATUS_COUNT])
{
    struct pe_json_item *object = pe_json_out_object(out);

    for (size_t i = PE_STATUS_COUNT; i-- > 0;)
        pe_json_out_put(out, object, pe_status_word((enum pe_status)i),
                        pe_json_out_integer(out, (int64_t)by_status[i]));
    return object;
}

static void put_number(struct pe_json_out *out, struct pe_json_item *object, const char *key,
                       size_t number)
{
    pe_json_out_put(out, object, key, pe_json_out_integer(out, (int64_t)number));
}

static struct pe_json_item *make_status(struct pe_json_out *out, unsigned status)
{
    return status == PE_NOT_JUDGED
               ? pe_json_out_null(out)
               : pe_json_out_string(out, pe_status_word((enum pe_status)status));
}

static struct pe_json_item *make_strings(struct pe_json_out *out, struct pe_strings strings)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < strings.count; i++)
        pe_json_out_append(out, list, pe_json_out_string(out, strings.items[i]));
    return list;
}

static struct pe_json_item *make_control(struct pe_json_out *out, const struct pe_fleet *fleet,
                                         const struct pe_fleet_control *control)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "id", pe_json_out_string(out, control->id));
    pe_json_out_put(out, object, "pack", pe_json_out_string(out, control->pack));
    pe_json_out_put(out, object, "title",
                    control->title.en == NULL ? pe_json_out_null(out)
                                              : pe_json_out_text(out, control->title));
    pe_json_out_put(out, object, "owner", pe_json_out_string(out, pe_owner_word(control->owner)));
    pe_json_out_put(out, object, "severity",
                    pe_json_out_string(out, pe_severity_word(control->severity)));
    pe_json_out_put(out, object, "tenants", make_counts(out, control->by_status));
    if (fleet->compared) {
        put_number(out, object, "worse", control->worse);
        put_number(out, object, "better", control->better);
    }
    return object;
}

/* Controls whose status is another one than before. */
static struct pe_json_item *make_changes(struct pe_json_out *out, const struct pe_fleet *fleet,
                                         const struct pe_fleet_tenant *tenant)
{
    struct pe_json_item *list = pe_json_out_list(out), *object;

    for (size_t i = 0; i < fleet->control_count; i++) {
        if (tenant->before[i] == tenant->statuses[i])
            continue;
        object = pe_json_out_object(out);
        pe_json_out_put(out, object, "id", pe_json_out_string(out, fleet->controls[i].id));
        pe_json_out_put(out, object, "pack", pe_json_out_string(out, fleet->controls[i].pack));
        pe_json_out_put(out, object, "before", make_status(out, tenant->before[i]));
        pe_json_out_put(out, object, "now", make_status(out, tenant->statuses[i]));
        pe_json_out_append(out, list, object);
    }
    return list;
}

static struct pe_json_item *make_tenant(struct pe_json_out *out, const struct pe_fleet *fleet,
                                        const struct pe_fleet_tenant *tenant)
{
    struct pe_json_item *object = pe_json_out_object(out), *statuses = pe_json_out_list(out);
    bool named = tenant->service[0] != '\0';

    for (size_t i = 0; i < fleet->control_count; i++)
        pe_json_out_append(out, statuses, make_status(out, tenant->statuses[i]));
    pe_json_out_put(out, object, "tenant", pe_json_out_string(out, tenant->tenant));
    pe_json_out_put(out, object, "service",
                    named ? pe_json_out_string(out, tenant->service) : pe_json_out_null(out));
    pe_json_out_put(out, object, "sha256", pe_json_out_string(out, tenant->sha256));
    pe_json_out_put(out, object, "verdict",
                    pe_json_out_string(out, tenant->passed ? "pass" : "fail"));
    pe_json_out_put(out, object, "controls", make_counts(out, tenant->by_status));
    pe_json_out_put(out, object, "statuses", statuses);
    if (fleet->compared)
        pe_json_out_put(out, object, "changes",
                        tenant->before == NULL ? pe_json_out_null(out)
                                               : make_changes(out, fleet, tenant));
    return object;
}

static struct pe_json_item *make_unjudged(struct pe_json_out *out,
                                          const struct pe_fleet_unjudged *unjudged)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "file", pe_json_out_string(out, unjudged->file));
    pe_json_out_put(out, object, "line", pe_json_out_integer(out, (int64_t)unjudged->line));
    pe_json_out_put(out, object, "sha256", pe_json_out_string(out, unjudged->sha256));
    pe_json_out_put(out, object, "reason", pe_json_out_string(out, unjudged->reason));
    return object;
}

static struct pe_json_item *make_summary(struct pe_json_out *out, const struct pe_fleet *fleet)
{
    struct pe_json_item *object = pe_json_out_object(out), *owners = pe_json_out_object(out);

    put_number(out, object, "lines", fleet->lines);
    put_number(out, object, "tenants", fleet->tenant_count);
    put_number(out, object, "passed", fleet->passed);
    put_number(out, object, "unjudged", fleet->unjudged_count);
    put_number(out, object, "repeated", fleet->repeated);
    for (size_t i = 0; i < PE_OWNER_COUNT; i++)
        pe_json_out_put(out, owners, pe_owner_word((enum pe_owner)i),
                        make_counts(out, fleet->by_owner[i]));
    pe_json_out_put(out, object, "by_owner", owners);
    if (fleet->compared) {
        put_number(out, object, "worse", fleet->worse);
        put_number(out, object, "better", fleet->better);
        put_number(out, object, "new", fleet->new_count);
    }
    return object;
}

void pe_fleet_json(const struct pe_fleet *fleet, const struct pe_style *style, struct pe_buf *buf)
{
    struct pe_json_out out = {0};
    struct pe_json_item *root = pe_json_out_object(&out), *controls = pe_json_out_list(&out),
                        *tenants = pe_json_out_list(&out), *unjudged = pe_json_out_list(&out);

    (void)style;
    for (size_t i = 0; i < fleet->control_count; i++)
        pe_json_out_append(&out, controls, make_control(&out, fleet, &fleet->controls[i]));
    for (size_t i = 0; i < fleet->tenant_count; i++)
        pe_json_out_append(&out, tenants, make_tenant(&out, fleet, &fleet->tenants[i]));
    for (size_t i = 0; i < fleet->unjudged_count; i++)
        pe_json_out_append(&out, unjudged, make_unjudged(&out, &fleet->unjudged[i]));
    pe_json_out_put(&out, root, "schema", pe_json_out_string(&out, SCHEMA));
    pe_json_out_put(&out, root, "summary", make_summary(&out, fleet));
    pe_json_out_put(&out, root, "policies", make_strings(&out, fleet->policies));
    pe_json_out_put(&out, root, "controls", controls);
    pe_json_out_put(&out, root, "tenants", tenants);
    pe_json_out_put(&out, root, "unjudged", unjudged);
    if (fleet->compared)
        pe_json_out_put(&out, root, "gone", make_strings(&out, fleet->gone));
    buf->failed |= !pe_json_out_write_compact(&out, root, buf);
    pe_json_out_release(&out);
}
