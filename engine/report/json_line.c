/* json_line.c: the answer to one line of a stream: one line of JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"
#include "report/json_result.h"

#define SCHEMA "urn:policyeval:line:1"

/* What every line begins with. */
static struct pe_json_item *make_head(struct pe_json_out *out, const struct pe_line *line,
                                      const char *digest)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "schema", pe_json_out_string(out, SCHEMA));
    pe_json_out_put(out, object, "line", pe_json_out_integer(out, (int64_t)line->number));
    pe_json_out_put(out, object, "policies", pe_json_out_string(out, digest));
    return object;
}

static struct pe_json_item *make_error(struct pe_json_out *out, struct pe_json_item *object,
                                       const struct pe_line *line)
{
    struct pe_json_item *snapshot = pe_json_out_object(out);

    pe_json_out_put(out, snapshot, "sha256", pe_json_out_string(out, line->sha256));
    pe_json_out_put(out, object, "verdict", pe_json_out_string(out, "error"));
    pe_json_out_put(out, object, "reason",
                    pe_json_out_text(out, (struct pe_text){line->error, NULL}));
    pe_json_out_put(out, object, "snapshot", snapshot);
    return object;
}

int pe_render_line(const struct pe_line *line, const char *digest, bool brief, struct pe_buf *buf,
                   struct pe_err *err)
{
    struct pe_json_out out = {0};
    struct pe_json_item *object = make_head(&out, line, digest);
    bool written;

    if (line->result == NULL)
        make_error(&out, object, line);
    else
        pe_json_out_move(&out, object,
                         brief ? pe_json_brief(&out, line->result)
                               : pe_json_result(&out, line->result));
    written = pe_json_out_write_compact(&out, object, buf);
    pe_json_out_release(&out);
    return written ? 0 : pe_err_memory(err);
}
