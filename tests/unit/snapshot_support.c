/* snapshot_support.c: snapshots made from text, and what a rule's trace says of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "snapshot_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct pe_snapshot snapshot_of(const char *json)
{
    struct pe_snapshot snapshot = {0};
    struct pe_err err = {0};

    if (pe_snapshot_read((const unsigned char *)json, strlen(json), PE_MAX_INPUT_BYTES, &snapshot,
                         &err) != 0)
        fail_msg("the snapshot: %s", err.text);
    return snapshot;
}

uint32_t node_of(const struct pe_snapshot *snapshot, const char *pointer)
{
    struct pe_buf scratch = {0};
    const struct pe_node *node = pe_snapshot_find(snapshot, pointer, &scratch);

    pe_buf_release(&scratch);
    if (node == NULL)
        fail_msg("nothing at %s", pointer);
    return pe_snapshot_number(snapshot, node);
}

struct traced *traced_new(const char *json, int evidence_limit)
{
    struct traced *traced = calloc(1, sizeof *traced);
    struct pe_err err = {0};

    assert_non_null(traced);
    traced->snapshot = snapshot_of(json);
    if (pe_trace_init(&traced->trace, &traced->snapshot, &traced->arena, evidence_limit, &err) != 0)
        fail_msg("the trace: %s", err.text);
    return traced;
}

void traced_free(struct traced *traced)
{
    pe_trace_release(&traced->trace);
    pe_arena_release(&traced->arena);
    pe_snapshot_release(&traced->snapshot);
    free(traced);
}

/* ---- what a rule does ---- */

void read_value(struct traced *traced, const char *pointer)
{
    pe_trace_value(&traced->trace, node_of(&traced->snapshot, pointer));
}

void read_container(struct traced *traced, const char *pointer)
{
    pe_trace_container(&traced->trace, node_of(&traced->snapshot, pointer));
}

void read_absent(struct traced *traced, const char *parent, const char *key)
{
    pe_trace_absent(&traced->trace, node_of(&traced->snapshot, parent), key, strlen(key));
}

void ask_optional(struct traced *traced, const char *parent, const char *key)
{
    pe_trace_optional(&traced->trace, node_of(&traced->snapshot, parent), key, strlen(key));
}

void ensure_that(struct traced *traced, bool held, const char *subject)
{
    uint32_t node = subject == NULL ? PE_NO_NODE : node_of(&traced->snapshot, subject);
    struct pe_finding finding;

    if (!pe_trace_assert(&traced->trace, held, node, &finding))
        return;
    finding.message = (struct pe_text){"no", "いいえ"};
    pe_trace_finding(&traced->trace, &finding);
}

/* ---- what came of it ---- */

void check_status(struct traced *traced, enum pe_status status, const char *reason)
{
    struct pe_text text = {NULL, NULL};
    enum pe_status got = pe_trace_status(&traced->trace, &text);

    if (got != status)
        fail_msg("expected %s, got %s: %s", pe_status_word(status), pe_status_word(got), text.en);
    assert_non_null(text.en);
    assert_non_null(text.ja);
    if (reason != NULL)
        assert_string_equal(text.en, reason);
}

void check_evidence(struct traced *traced, const char *expected)
{
    struct pe_evidence *evidence = NULL;
    struct pe_buf buf = {0};
    size_t count = 0;

    pe_buf_adds(&buf, "");
    assert_int_equal(pe_trace_evidence(&traced->trace, &evidence, &count), 0);
    for (size_t i = 0; i < count; i++) {
        const struct pe_evidence *e = &evidence[i];
        assert_int_equal((e->value != NULL) + (e->count >= 0) + e->absent, 1);
        assert_true(e->place.line > 0 && e->place.column > 0);
        pe_buf_adds(&buf, e->pointer);
        if (e->value != NULL)
            pe_buf_printf(&buf, "=%s ", e->value);
        else if (e->absent)
            pe_buf_adds(&buf, "? ");
        else
            pe_buf_printf(&buf, "#%lld ", (long long)e->count);
    }
    assert_string_equal(buf.data, expected);
    pe_buf_release(&buf);
}
