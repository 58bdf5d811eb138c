/* json.c: the report for programs, as docs/result.md describes it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include "report/diff.h"
#include "report/json_result.h"

#define SCHEMA "urn:policyeval:result:1"

enum { FORMAT_VERSION = 1 };

static struct pe_json_item *make_run(struct pe_json_out *out, const struct pe_run *run)
{
    struct pe_json_item *object = pe_json_out_object(out), *list = pe_json_out_list(out);

    for (size_t i = 0; i < run->count; i++)
        pe_json_out_append(out, list, pe_json_result(out, &run->results[i]));
    pe_json_out_put(out, object, "schema", pe_json_out_string(out, SCHEMA));
    pe_json_out_put(out, object, "version", pe_json_out_integer(out, FORMAT_VERSION));
    pe_json_out_put(out, object, "verdict", pe_json_out_string(out, run->passed ? "pass" : "fail"));
    if (run->baseline != NULL)
        pe_json_out_put(out, object, "baseline", pe_diff_make_baseline(out, run->baseline));
    pe_json_out_put(out, object, "results", list);
    return object;
}

/* The same bytes in every language, so it does not look at the style. */
static int render(const struct pe_run *run, const struct pe_style *style, struct pe_buf *buf,
                  struct pe_err *err)
{
    struct pe_json_out out = {0};
    bool written = pe_json_out_write(&out, make_run(&out, run), buf);

    (void)style;
    pe_json_out_release(&out);
    return written ? 0 : pe_err_memory(err);
}

const struct pe_report pe_report_json = {
    .name = "json",
    .render = render,
    .summary = "for programs: everything, with evidence (docs/result.md)",
};
