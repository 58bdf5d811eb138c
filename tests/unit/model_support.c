/* model_support.c: what a model says of a text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "model_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot_support.h"

struct modelled *modelled_new(const char *model, const char *json, const char *service,
                              const char *const *options)
{
    struct modelled *m = calloc(1, sizeof *m);
    struct pe_model_check check = {.service = service, .arena = &m->arena};

    assert_non_null(m);
    m->packed = pack_of("model.lua", model, NULL);
    if (!m->packed->loaded)
        fail_msg("the model: %s", m->packed->err.text);
    m->snapshot = snapshot_of(json);
    check.model = m->packed->pack.model;
    check.options.items = options;
    for (; options != NULL && options[check.options.count] != NULL;)
        check.options.count++;
    assert_int_equal(pe_model_check(&check, &m->snapshot, &m->total, NULL), 0);
    return m;
}

void modelled_free(struct modelled *modelled)
{
    pe_snapshot_release(&modelled->snapshot);
    pe_arena_release(&modelled->arena);
    pack_free(modelled->packed);
    free(modelled);
}

static void add_problem(struct pe_buf *buf, const struct pe_snapshot *snapshot,
                        const struct pe_snapshot_problem *problem)
{
    pe_buf_adds(buf, problem->warning ? "?" : "");
    pe_snapshot_pointer(snapshot, problem->node, buf);
    if (problem->key != NULL && !problem->warning)
        pe_pointer_add_key(buf, problem->key, strlen(problem->key));
    assert_non_null(problem->message.ja);
    pe_buf_printf(buf, ": %s%s%s%s\n", problem->message.en, *problem->hint.en == '\0' ? "" : " (",
                  problem->hint.en, *problem->hint.en == '\0' ? "" : ")");
}

void check_problems(struct modelled *modelled, const char *expected)
{
    const struct pe_snapshot *snapshot = &modelled->snapshot;
    struct pe_buf buf = {0};
    uint32_t before = 0;

    pe_buf_adds(&buf, "");
    for (size_t i = 0; i < snapshot->problem_count; i++) {
        const struct pe_snapshot_problem *problem = &snapshot->problems[i];
        assert_true(problem->node >= before);
        before = problem->node;
        add_problem(&buf, snapshot, problem);
        if (!problem->warning && problem->key == NULL)
            assert_true(pe_node_flags(pe_snapshot_node(snapshot, problem->node)) & PE_INVALID);
    }
    assert_string_equal(buf.data, expected);
    pe_buf_release(&buf);
}

void check_type(const char *type, const char *json, const char *expected)
{
    char *model = model_of(type);
    struct modelled *m = modelled_new(model, json, NULL, NULL);

    check_problems(m, expected);
    modelled_free(m);
    free(model);
}
