/* render.c: finds a report by name and renders a run with it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include <string.h>

const struct pe_report *pe_report_find(const char *name)
{
    for (size_t i = 0; i < pe_report_list_count; i++) {
        if (strcmp(pe_report_list[i]->name, name) == 0)
            return pe_report_list[i];
    }
    return NULL;
}

const struct pe_report *const *pe_reports(size_t *count)
{
    *count = pe_report_list_count;
    return pe_report_list;
}

const char *pe_report_name(const struct pe_report *report)
{
    return report->name;
}

int pe_render(const struct pe_report *report, const struct pe_run *run,
              const struct pe_style *style, char **text, size_t *length, struct pe_err *err)
{
    struct pe_buf buf = {0};
    int result = report->render(run, style, &buf, err);

    pe_buf_addc(&buf, '\0'); /* so that an empty report is not NULL */
    if (result == 0 && pe_buf_failed(&buf))
        result = pe_err_memory(err);
    if (result != 0) {
        pe_buf_release(&buf);
        return -1;
    }
    *text = buf.data;
    *length = buf.length - 1;
    return 0;
}
