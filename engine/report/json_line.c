/* json_line.c: the answer to one line of a stream: one line of JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"
#include "report/json_result.h"

#define SCHEMA "urn:policyeval:line:1"

/* What every line begins with. */
static json_t *make_head(struct pe_json_out *out, const struct pe_line *line, const char *digest)
{
    json_t *object = json_object();

    pe_json_out_put(out, object, "schema", json_string(SCHEMA));
    pe_json_out_put(out, object, "line", json_integer((json_int_t)line->number));
    pe_json_out_put(out, object, "policies", json_string(digest));
    return object;
}

static json_t *make_error(struct pe_json_out *out, json_t *object, const struct pe_line *line)
{
    json_t *snapshot = json_object();

    pe_json_out_put(out, snapshot, "sha256", json_string(line->sha256));
    pe_json_out_put(out, object, "verdict", json_string("error"));
    pe_json_out_put(out, object, "reason",
                    pe_json_out_text(out, (struct pe_text){line->error, NULL}));
    pe_json_out_put(out, object, "snapshot", snapshot);
    return object;
}

/* Every member of the result, behind the head. */
static json_t *add_members(struct pe_json_out *out, json_t *object, json_t *result)
{
    if (json_object_update(object, result) != 0)
        out->failed = true;
    json_decref(result);
    return object;
}

int pe_render_line(const struct pe_line *line, const char *digest, bool brief, struct pe_buf *buf,
                   struct pe_err *err)
{
    struct pe_json_out out = {0};
    json_t *object = make_head(&out, line, digest);
    bool written;

    if (line->result == NULL)
        make_error(&out, object, line);
    else
        add_members(&out, object,
                    brief ? pe_json_brief(&out, line->result) : pe_json_result(&out, line->result));
    written = pe_json_out_write_compact(&out, object, buf);
    pe_json_out_release(&out);
    return written ? 0 : pe_err_memory(err);
}
