/* mutation_json.c: what came of mutation tests, for programs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_out.h"
#include "report/mutation.h"

#define SCHEMA "urn:policyeval:mutation:1"

static struct pe_json_item *make_counts(struct pe_json_out *out,
                                        const struct pe_mutation_view *view)
{
    const struct pe_mutation_report *report = view->report;
    struct pe_json_item *object = pe_json_out_object(out);

    for (int kind = 0; kind < PE_MUTANT_KINDS; kind++) {
        struct pe_json_item *counts = pe_json_out_object(out);
        pe_json_out_put(out, counts, "all", pe_json_out_integer(out, (int64_t)report->all[kind]));
        pe_json_out_put(out, counts, "killed",
                        pe_json_out_integer(out, (int64_t)report->killed[kind]));
        pe_json_out_put(out, counts, "known",
                        pe_json_out_integer(
                            out, (int64_t)pe_mutation_explained(view, (enum pe_mutant_kind)kind)));
        pe_json_out_put(out, object, pe_mutant_word((enum pe_mutant_kind)kind), counts);
    }
    return object;
}

static struct pe_json_item *make_strings(struct pe_json_out *out, const struct pe_strings *strings)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < strings->count; i++)
        pe_json_out_append(out, list, pe_json_out_string(out, strings->items[i]));
    return list;
}

static struct pe_json_item *make_survivor(struct pe_json_out *out,
                                          const struct pe_survivor *survivor, bool explained)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "kind", pe_json_out_string(out, pe_mutant_word(survivor->kind)));
    pe_json_out_put(out, object, "control", pe_json_out_string(out, survivor->control));
    pe_json_out_put(out, object, "where", pe_json_out_string(out, survivor->where));
    pe_json_out_put(out, object, "pointer", pe_json_out_string(out, survivor->pointer));
    pe_json_out_put(out, object, "change", pe_json_out_string(out, survivor->change));
    pe_json_out_put(out, object, "rules", make_strings(out, &survivor->rules));
    pe_json_out_put(out, object, "known", pe_json_out_bool(out, explained));
    return object;
}

static struct pe_json_item *make_stale(struct pe_json_out *out, const struct pe_known_list *known)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < known->count; i++)
        if (known->items[i].used == 0)
            pe_json_out_append(out, list, pe_json_out_string(out, known->items[i].line));
    return list;
}

void pe_mutation_json(const struct pe_mutation_view *view, struct pe_buf *buf)
{
    const struct pe_mutation_report *report = view->report;
    struct pe_json_out out = {0};
    struct pe_json_item *root = pe_json_out_object(&out), *pack = pe_json_out_object(&out),
                        *survivors = pe_json_out_list(&out);

    pe_json_out_put(&out, pack, "id", pe_json_out_string(&out, report->pack->id));
    pe_json_out_put(&out, pack, "version", pe_json_out_string(&out, report->pack->version));
    pe_json_out_put(&out, pack, "sha256", pe_json_out_string(&out, report->pack->sha256));
    for (size_t i = 0; i < report->survivor_count; i++)
        pe_json_out_append(&out, survivors,
                           make_survivor(&out, &report->survivors[i], view->explained[i]));
    pe_json_out_put(&out, root, "schema", pe_json_out_string(&out, SCHEMA));
    pe_json_out_put(&out, root, "version", pe_json_out_integer(&out, 1));
    pe_json_out_put(&out, root, "pack", pack);
    pe_json_out_put(&out, root, "mutants", make_counts(&out, view));
    pe_json_out_put(&out, root, "survivors", survivors);
    pe_json_out_put(&out, root, "stale", make_stale(&out, view->known));
    pe_json_out_put(&out, root, "untried", make_strings(&out, &report->untried));
    buf->failed |= !pe_json_out_write(&out, root, buf);
    pe_json_out_release(&out);
}
