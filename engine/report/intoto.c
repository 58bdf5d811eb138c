/* intoto.c: an in-toto statement: these snapshots, by these policies, with this outcome. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include <string.h>

#include "report/json_result.h"

#define STATEMENT "https://in-toto.io/Statement/v1"
#define TEST_RESULT "https://in-toto.io/attestation/test-result/v0.1"

static struct pe_json_item *make_digest(struct pe_json_out *out, const char *sha256)
{
    struct pe_json_item *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "sha256", pe_json_out_string(out, sha256));
    return object;
}

/* What the snapshot says it is; absent members are what it does not say. */
static struct pe_json_item *make_profile(struct pe_json_out *out, const struct pe_result *result)
{
    struct pe_json_item *object = pe_json_out_object(out);

    if (result->tenant != NULL)
        pe_json_out_put(out, object, "tenant", pe_json_out_string(out, result->tenant));
    if (result->service != NULL)
        pe_json_out_put(out, object, "service", pe_json_out_string(out, result->service));
    pe_json_out_put(out, object, "options", pe_json_strings(out, result->options));
    if (result->as_of != NULL)
        pe_json_out_put(out, object, "as_of", pe_json_out_string(out, result->as_of));
    return object;
}

static struct pe_json_item *make_subject(struct pe_json_out *out, const struct pe_result *result)
{
    struct pe_json_item *list = pe_json_out_list(out), *object = pe_json_out_object(out);

    pe_json_out_put(out, object, "name", pe_json_out_string(out, result->file));
    pe_json_out_put(out, object, "digest", make_digest(out, result->sha256));
    pe_json_out_put(out, object, "annotations", make_profile(out, result));
    pe_json_out_append(out, list, object);
    return list;
}

/* ---- configuration: packs, the parameters that were changed, waivers, settings ---- */

static void add_parameter(struct pe_json_out *out, struct pe_json_item *parameters,
                          const struct pe_control *control, const struct pe_param *param)
{
    struct pe_buf name = {0};

    if (param->value == NULL ||
        (param->default_ != NULL && strcmp(param->value, param->default_) == 0))
        return;
    pe_buf_printf(&name, "%s.%s", control->id, param->name);
    if (pe_buf_failed(&name))
        out->failed = true;
    else /* as JSON text: protobuf would make it a double */
        pe_json_out_put_named(out, parameters, name.data, pe_json_out_string(out, param->value));
    pe_buf_release(&name);
}

static struct pe_json_item *make_parameters(struct pe_json_out *out, const struct pe_result *result,
                                            const struct pe_pack_info *pack)
{
    struct pe_json_item *object = pe_json_out_object(out);

    for (size_t i = 0; i < result->result_count; i++) {
        const struct pe_control *control = result->results[i].control;
        for (size_t j = 0; strcmp(control->pack, pack->id) == 0 && j < control->param_count; j++)
            add_parameter(out, object, control, &control->params[j]);
    }
    return object;
}

/* A file beside the packs; kind says what it was. */
static struct pe_json_item *make_file(struct pe_json_out *out, const char *kind, const char *file,
                                      const char *sha256)
{
    struct pe_json_item *object = pe_json_out_object(out), *annotations = pe_json_out_object(out);

    pe_json_out_put(out, annotations, "kind", pe_json_out_string(out, kind));
    pe_json_out_put(out, object, "name", pe_json_out_string(out, file));
    pe_json_out_put(out, object, "digest", make_digest(out, sha256));
    pe_json_out_put(out, object, "annotations", annotations);
    return object;
}

static struct pe_json_item *make_configuration(struct pe_json_out *out,
                                               const struct pe_result *result)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < result->pack_count; i++) {
        const struct pe_pack_info *pack = &result->packs[i];
        struct pe_json_item *object = pe_json_out_object(out),
                            *annotations = pe_json_out_object(out);
        pe_json_out_put(out, annotations, "version", pe_json_out_string(out, pack->version));
        pe_json_out_put(out, annotations, "parameters", make_parameters(out, result, pack));
        pe_json_out_put(out, annotations, "policyeval", pe_json_out_string(out, PE_VERSION));
        pe_json_out_put(out, object, "name", pe_json_out_string(out, pack->id));
        pe_json_out_put(out, object, "digest", make_digest(out, pack->sha256));
        pe_json_out_put(out, object, "annotations", annotations);
        pe_json_out_append(out, list, object);
    }
    if (result->waivers != NULL)
        pe_json_out_append(
            out, list, make_file(out, "waivers", result->waivers->file, result->waivers->sha256));
    if (result->config_file != NULL)
        pe_json_out_append(out, list,
                           make_file(out, "settings", result->config_file, result->config_sha256));
    return list;
}

/* ---- the rules: each is a test ---- */

enum outcome { PASSED, WARNED, FAILED, SKIPPED };

static enum outcome outcome_of(enum pe_status status)
{
    switch (status) {
    case PE_PASS:
        return PASSED;
    case PE_WAIVED:
        return WARNED;
    case PE_NOT_APPLICABLE:
        return SKIPPED;
    default:
        return FAILED;
    }
}

static struct pe_json_item *make_test_name(struct pe_json_out *out,
                                           const struct pe_control *control,
                                           const struct pe_rule *rule)
{
    struct pe_buf name = {0};
    struct pe_json_item *string;

    pe_buf_printf(&name, "%s/%s/%s", control->pack, control->id, rule->id);
    string = pe_buf_failed(&name) ? NULL : pe_json_out_string(out, name.data);
    pe_buf_release(&name);
    return string;
}

static struct pe_json_item *make_tests(struct pe_json_out *out, const struct pe_result *result,
                                       enum outcome outcome)
{
    struct pe_json_item *list = pe_json_out_list(out);

    for (size_t i = 0; i < result->result_count; i++) {
        const struct pe_control_result *control = &result->results[i];
        for (size_t j = 0; j < control->rule_count; j++)
            if (outcome_of(control->rules[j].status) == outcome)
                pe_json_out_append(out, list,
                                   make_test_name(out, control->control, control->rules[j].rule));
    }
    return list;
}

/* PASSED says that nothing is open. A gate that lets something through warns. */
static const char *word_of(const struct pe_result *result)
{
    size_t warned = 0;

    for (size_t i = 0; i < PE_STATUS_COUNT; i++)
        if (outcome_of((enum pe_status)i) == WARNED || outcome_of((enum pe_status)i) == FAILED)
            warned += result->rules.by_status[i];
    if (!result->passed)
        return "FAILED";
    return warned > 0 ? "WARNED" : "PASSED";
}

static struct pe_json_item *make_statement(struct pe_json_out *out, const struct pe_result *result)
{
    struct pe_json_item *object = pe_json_out_object(out), *predicate = pe_json_out_object(out);

    pe_json_out_put(out, predicate, "result", pe_json_out_string(out, word_of(result)));
    pe_json_out_put(out, predicate, "configuration", make_configuration(out, result));
    pe_json_out_put(out, predicate, "passedTests", make_tests(out, result, PASSED));
    pe_json_out_put(out, predicate, "warnedTests", make_tests(out, result, WARNED));
    pe_json_out_put(out, predicate, "failedTests", make_tests(out, result, FAILED));
    pe_json_out_put(out, object, "_type", pe_json_out_string(out, STATEMENT));
    pe_json_out_put(out, object, "subject", make_subject(out, result));
    pe_json_out_put(out, object, "predicateType", pe_json_out_string(out, TEST_RESULT));
    pe_json_out_put(out, object, "predicate", predicate);
    return object;
}

/* One statement a snapshot, each on a line of its own: what holds of one is not to be claimed of
 * another. */
static int render(const struct pe_run *run, const struct pe_style *style, struct pe_buf *buf,
                  struct pe_err *err)
{
    bool written = true;

    (void)style;
    for (size_t i = 0; i < run->count && written; i++) {
        struct pe_json_out out = {0};
        struct pe_json_item *statement = make_statement(&out, &run->results[i]);
        written = pe_json_out_write_indented(&out, statement, 0, buf);
        pe_json_out_release(&out);
    }
    return written ? 0 : pe_err_memory(err);
}

const struct pe_report pe_report_intoto = {
    .name = "intoto",
    .render = render,
    .summary = "to be signed: in-toto statements, test-result v0.1, one a snapshot",
};
