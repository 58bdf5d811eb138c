/* sarif.c: SARIF 2.1.0: alerts of code scanning, and what editors show at the line. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include "report/sarif_part.h"

#define SCHEMA                                                                                     \
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

enum { MOST_RESULTS = 25000 }; /* GitHub refuses a run with more */

static struct pe_json_item *make_packs(struct pe_sarif *sarif, const struct pe_result *result)
{
    struct pe_json_out *out = &sarif->out;
    struct pe_json_item *list = pe_json_out_list(&sarif->out);

    for (size_t i = 0; i < result->pack_count; i++) {
        struct pe_json_item *object = pe_json_out_object(&sarif->out);
        pe_json_out_put(out, object, "id", pe_json_out_string(out, result->packs[i].id));
        pe_json_out_put(out, object, "version", pe_json_out_string(out, result->packs[i].version));
        pe_json_out_put(out, object, "sha256",
                        pe_json_out_string(&sarif->out, result->packs[i].sha256));
        pe_json_out_append(out, list, object);
    }
    return list;
}

static struct pe_json_item *make_profile(struct pe_sarif *sarif, const struct pe_result *result,
                                         size_t number)
{
    struct pe_json_out *out = &sarif->out;
    struct pe_json_item *object = pe_json_out_object(&sarif->out);

    pe_json_out_put(out, object, "number", pe_json_out_integer(&sarif->out, (int64_t)number));
    pe_json_out_put(out, object, "file", pe_json_out_string(out, result->file));
    pe_json_out_put(out, object, "verdict",
                    pe_json_out_string(&sarif->out, result->passed ? "pass" : "fail"));
    pe_json_out_put(out, object, "tenant", pe_json_out_string(out, result->tenant));
    pe_json_out_put(out, object, "service", pe_json_out_string(out, result->service));
    pe_json_out_put(out, object, "as_of", pe_json_out_string(out, result->as_of));
    pe_json_out_put(out, object, "packs", make_packs(sarif, result));
    return object;
}

/* The snapshots. Two of the same name differ by their number, as artifacts of a run have to. */
static struct pe_json_item *make_artifacts(struct pe_sarif *sarif)
{
    struct pe_json_out *out = &sarif->out;
    struct pe_json_item *list = pe_json_out_list(&sarif->out);

    for (size_t i = 0; i < sarif->run->count; i++) {
        const struct pe_result *result = &sarif->run->results[i];
        struct pe_json_item *object = pe_json_out_object(&sarif->out),
                            *location = pe_json_out_object(&sarif->out),
                            *hashes = pe_json_out_object(&sarif->out),
                            *roles = pe_json_out_list(&sarif->out);
        struct pe_buf uri = {0};
        pe_issue_add_uri(&uri, result->file);
        pe_json_out_put(out, location, "uri", pe_json_out_take(out, &uri));
        pe_json_out_put(out, hashes, "sha-256", pe_json_out_string(&sarif->out, result->sha256));
        pe_json_out_append(out, roles, pe_json_out_string(&sarif->out, "analysisTarget"));
        pe_json_out_put(out, object, "location", location);
        pe_json_out_put(out, object, "roles", roles);
        pe_json_out_put(out, object, "hashes", hashes);
        pe_json_out_put(out, object, "properties", make_profile(sarif, result, i + 1));
        pe_json_out_append(out, list, object);
    }
    return list;
}

/* The failures; *cut counts those for which there is no room. */
static struct pe_json_item *make_results(struct pe_sarif *sarif, const struct pe_issues *issues,
                                         size_t *cut)
{
    struct pe_json_item *list = pe_json_out_list(&sarif->out);
    size_t count = 0;

    for (size_t i = 0; i < issues->count; i++) {
        if (issues->items[i].status == PE_FAIL && count++ < MOST_RESULTS)
            pe_json_out_append(&sarif->out, list, pe_sarif_result(sarif, &issues->items[i]));
    }
    *cut = count > MOST_RESULTS ? count - MOST_RESULTS : 0;
    return list;
}

static struct pe_json_item *make_run(struct pe_sarif *sarif)
{
    struct pe_json_out *out = &sarif->out;
    struct pe_issues issues = pe_issues_collect(&out->arena, sarif->run);
    struct pe_json_item *object = pe_json_out_object(&sarif->out), *results,
                        *invocations = pe_json_out_list(&sarif->out);
    size_t cut;

    pe_sarif_find_rules(sarif);
    results = make_results(sarif, &issues, &cut);
    pe_json_out_append(out, invocations, pe_sarif_invocation(sarif, &issues, cut));
    pe_json_out_put(out, object, "tool", pe_sarif_tool(sarif));
    pe_json_out_put(out, object, "language",
                    pe_json_out_string(&sarif->out, sarif->lang == PE_JA ? "ja" : "en"));
    pe_json_out_put(out, object, "columnKind",
                    pe_json_out_string(&sarif->out, "unicodeCodePoints"));
    pe_json_out_put(out, object, "invocations", invocations);
    pe_json_out_put(out, object, "artifacts", make_artifacts(sarif));
    pe_json_out_put(out, object, "results", results);
    return object;
}

static struct pe_json_item *make_log(struct pe_sarif *sarif)
{
    struct pe_json_out *out = &sarif->out;
    struct pe_json_item *object = pe_json_out_object(&sarif->out),
                        *runs = pe_json_out_list(&sarif->out);

    pe_json_out_append(out, runs, make_run(sarif));
    pe_json_out_put(out, object, "$schema", pe_json_out_string(&sarif->out, SCHEMA));
    pe_json_out_put(out, object, "version", pe_json_out_string(&sarif->out, "2.1.0"));
    pe_json_out_put(out, object, "runs", runs);
    return object;
}

static int render(const struct pe_run *run, const struct pe_style *style, struct pe_buf *buf,
                  struct pe_err *err)
{
    struct pe_sarif sarif = {.lang = style->lang, .run = run};
    bool written = pe_json_out_write(&sarif.out, make_log(&sarif), buf);

    pe_json_out_release(&sarif.out);
    return written ? 0 : pe_err_memory(err);
}

const struct pe_report pe_report_sarif = {
    .name = "sarif",
    .render = render,
    .summary = "SARIF 2.1.0: failures for code scanning and editors",
};
