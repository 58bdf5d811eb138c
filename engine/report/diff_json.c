/* diff_json.c: a comparison, for programs (docs/diff.md). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/diff.h"

#include <string.h>

#include "report/json_result.h"

#define SCHEMA "urn:policyeval:diff:1"

/* ---- a change ---- */

static struct pe_json_item *make_status(struct pe_json_out *out, const struct pe_rule_result *rule)
{
    return rule == NULL ? pe_json_out_null(out)
                        : pe_json_out_string(out, pe_status_word(rule->status));
}

static struct pe_json_item *make_causes(struct pe_json_out *out, unsigned causes)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (unsigned i = 0; i < PE_CAUSE_COUNT; i++)
        if (causes >> i & 1)
            pe_json_out_append(out, list, pe_json_out_string(out, pe_cause_word(i)));
    return list;
}

static struct pe_json_item *make_finding(struct pe_json_out *out, const struct pe_finding *finding)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "status",
                    pe_json_out_string(out, pe_status_word(finding->status)));
    pe_json_out_put(out, object, "message", pe_json_out_text(out, finding->message));
    if (pe_text_in(finding->subject, PE_EN)[0] != '\0')
        pe_json_out_put(out, object, "subject", pe_json_out_text(out, finding->subject));
    pe_json_out_put(out, object, "pointer", pe_json_out_string(out, finding->pointer));
    pe_json_put_place(out, object, finding->place);
    return object;
}

static struct pe_json_item *make_findings(struct pe_json_out *out, const struct pe_change *change)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < change->added_count; i++)
        pe_json_out_append(out, list, make_finding(out, change->added[i]));
    return list;
}

static struct pe_json_item *make_change(struct pe_json_out *out, const struct pe_change *change)
{
    const struct pe_rule_result *rule = change->after != NULL ? change->after : change->before;
    const struct pe_control *control = change->control->control;
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "class", pe_json_out_string(out, pe_change_word(change->class_)));
    pe_json_out_put(out, object, "worse", pe_json_out_bool(out, change->worse));
    pe_json_out_put(out, object, "pack", pe_json_out_string(out, control->pack));
    pe_json_out_put(out, object, "control", pe_json_out_string(out, control->id));
    pe_json_out_put(out, object, "rule", pe_json_out_string(out, rule->rule->id));
    pe_json_out_put(out, object, "title", pe_json_out_text(out, rule->rule->title));
    pe_json_out_put(out, object, "owner", pe_json_out_string(out, pe_owner_word(rule->owner)));
    pe_json_out_put(out, object, "severity",
                    pe_json_out_string(out, pe_severity_word(rule->severity)));
    pe_json_out_put(out, object, "before", make_status(out, change->before));
    pe_json_out_put(out, object, "after", make_status(out, change->after));
    pe_json_out_put(out, object, "causes", make_causes(out, change->causes));
    pe_json_out_put(out, object, "pointers", pe_json_strings(out, change->pointers));
    pe_json_out_put(out, object, "pointers_total",
                    pe_json_out_integer(out, (int64_t)change->pointer_total));
    pe_json_out_put(out, object, "new_findings", make_findings(out, change));
    pe_json_out_put(out, object, "gone_findings", pe_json_out_integer(out, (int64_t)change->gone));
    return object;
}

/* ---- a comparison ---- */

static struct pe_json_item *make_side(struct pe_json_out *out, const struct pe_result *result)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "file", pe_json_out_string(out, result->file));
    pe_json_out_put(out, object, "sha256", pe_json_out_string(out, result->sha256));
    pe_json_out_put(out, object, "as_of", pe_json_out_string(out, result->as_of));
    pe_json_out_put(out, object, "verdict",
                    pe_json_out_string(out, result->passed ? "pass" : "fail"));
    return object;
}

static struct pe_json_item *make_pack_side(struct pe_json_out *out, const struct pe_pack_info *pack)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "version", pe_json_out_string(out, pack->version));
    pe_json_out_put(out, object, "sha256", pe_json_out_string(out, pack->sha256));
    return object;
}

static struct pe_json_item *make_packs(struct pe_json_out *out,
                                       const struct pe_comparison *comparison)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < comparison->after->pack_count; i++) {
        const struct pe_pack_info *old = &comparison->before->packs[i];
        const struct pe_pack_info *new_ = &comparison->after->packs[i];
        struct pe_json_item *object = pe_json_out_object(out);
        pe_json_out_put(out, object, "id", pe_json_out_string(out, new_->id));
        pe_json_out_put(out, object, "changed",
                        pe_json_out_bool(out, strcmp(old->sha256, new_->sha256) != 0));
        pe_json_out_put(out, object, "before", make_pack_side(out, old));
        pe_json_out_put(out, object, "after", make_pack_side(out, new_));
        pe_json_out_append(out, list, object);
    }
    return list;
}

static struct pe_json_item *make_summary(struct pe_json_out *out,
                                         const struct pe_comparison *comparison)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "worse", pe_json_out_integer(out, (int64_t)comparison->worse));
    for (unsigned i = 0; i < PE_CHANGE_COUNT; i++)
        pe_json_out_put(out, object, pe_change_word((enum pe_change_class)i),
                        pe_json_out_integer(out, (int64_t)comparison->by_class[i]));
    pe_json_out_put(out, object, "unchanged",
                    pe_json_out_integer(out, (int64_t)comparison->unchanged));
    return object;
}

static struct pe_json_item *make_comparison(struct pe_json_out *out,
                                            const struct pe_comparison *comparison)
{
    struct pe_json_item *object = pe_json_out_object(out), *changes = pe_json_out_list(out);

    for (size_t i = 0; i < comparison->change_count; i++)
        pe_json_out_append(out, changes, make_change(out, &comparison->changes[i]));
    pe_json_out_put(out, object, "tenant", pe_json_out_string(out, comparison->after->tenant));
    pe_json_out_put(out, object, "service", pe_json_out_string(out, comparison->after->service));
    pe_json_out_put(out, object, "before", make_side(out, comparison->before));
    pe_json_out_put(out, object, "after", make_side(out, comparison->after));
    pe_json_out_put(out, object, "packs", make_packs(out, comparison));
    pe_json_out_put(out, object, "summary", make_summary(out, comparison));
    pe_json_out_put(out, object, "changes", changes);
    return object;
}

static struct pe_json_item *make_comparisons(struct pe_json_out *out, const struct pe_diff *diff)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < diff->count; i++)
        pe_json_out_append(out, list, make_comparison(out, &diff->comparisons[i]));
    return list;
}

/* ---- both faces ---- */

static struct pe_json_item *make_file(struct pe_json_out *out, const char *file, const char *sha256)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "file", pe_json_out_string(out, file));
    pe_json_out_put(out, object, "sha256", pe_json_out_string(out, sha256));
    return object;
}

struct pe_json_item *pe_diff_make_baseline(struct pe_json_out *out, const struct pe_diff *diff)
{
    struct pe_json_item *object = make_file(out, diff->before_file, diff->before_sha256);

    pe_json_out_put(out, object, "verdict",
                    pe_json_out_string(out, diff->passed ? "pass" : "fail"));
    pe_json_out_put(out, object, "comparisons", make_comparisons(out, diff));
    return object;
}

static struct pe_json_item *make_alone(struct pe_json_out *out, const struct pe_diff *diff,
                                       size_t from, size_t to)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (; from < to; from++) {
        struct pe_json_item *object = make_side(out, diff->alone[from]);
        pe_json_out_put(out, object, "tenant", pe_json_out_string(out, diff->alone[from]->tenant));
        pe_json_out_put(out, object, "service",
                        pe_json_out_string(out, diff->alone[from]->service));
        pe_json_out_append(out, list, object);
    }
    return list;
}

void pe_diff_json(const struct pe_diff *diff, struct pe_buf *buf)
{
    struct pe_json_out out = {0};
    struct pe_json_item *root = pe_json_out_object(&out);

    pe_json_out_put(&out, root, "schema", pe_json_out_string(&out, SCHEMA));
    pe_json_out_put(&out, root, "version", pe_json_out_integer(&out, 1));
    pe_json_out_put(&out, root, "verdict",
                    pe_json_out_string(&out, diff->passed ? "pass" : "fail"));
    pe_json_out_put(&out, root, "before", make_file(&out, diff->before_file, diff->before_sha256));
    pe_json_out_put(&out, root, "after", make_file(&out, diff->after_file, diff->after_sha256));
    pe_json_out_put(&out, root, "comparisons", make_comparisons(&out, diff));
    pe_json_out_put(&out, root, "only_before", make_alone(&out, diff, 0, diff->alone_before));
    pe_json_out_put(&out, root, "only_after",
                    make_alone(&out, diff, diff->alone_before, diff->alone_count));
    buf->failed |= !pe_json_out_write(&out, root, buf);
    pe_json_out_release(&out);
}
