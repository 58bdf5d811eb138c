/* lua_harness.c: runs the body of a rule against a JSON text, without files or processes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua_harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static const char pack_text[] =
    "return { id = 'harness', version = '1', title = 'harness', as_of = '/as_of' }";

static const char *control_text(struct pe_arena *arena, const struct harness *harness)
{
    return pe_arena_printf(arena,
                           "return { title = 't', severity = 'low', owner = 'customer',\n"
                           "params = %s,\n"
                           "rules = {{ id = 'r', title = 'r',\n"
                           "check = function(s, params, as_of) local _ = params or as_of;\n%s\nend "
                           "}} }",
                           harness->params == NULL ? "{}" : harness->params, harness->check);
}

static struct pe_file make_file(const char *name, const char *text)
{
    return (struct pe_file){name, text, strlen(text)};
}

static struct pe_files make_files(struct pe_arena *arena, const struct harness *harness)
{
    struct pe_file *files = pe_arena_array(arena, 4, sizeof *files);
    size_t count = 0;

    files[count++] = make_file("1.1.lua", control_text(arena, harness));
    if (harness->library != NULL)
        files[count++] = make_file("lib/x.lua", harness->library);
    if (harness->model != NULL)
        files[count++] = make_file("model.lua", harness->model);
    files[count++] = make_file("pack.lua", pack_text);
    return (struct pe_files){files, count, NULL};
}

static void copy_out(struct pe_judge *judge, struct harness_result *result)
{
    struct pe_trace *trace = &judge->trace;
    struct pe_evidence *evidence = NULL;

    result->basis = trace->basis;
    result->findings = trace->findings;
    result->finding_count = trace->finding_count;
    result->notes = trace->notes;
    result->note_count = trace->note_count;
    assert_int_equal(pe_trace_evidence(trace, &evidence, &result->evidence_count), 0);
    result->evidence = evidence;
}

struct harness_result harness_run_with(const struct harness *harness)
{
    struct harness_result result = {.arena = calloc(1, sizeof *result.arena)};
    struct pe_files files = make_files(result.arena, harness);
    struct pe_script script;
    struct pe_pack_def pack;
    struct pe_judge judge = {
        .script = &script, .pack = &pack, .arena = result.arena, .scratch = result.arena};
    struct pe_err err = {0};

    if (pe_script_init(&script, &files, result.arena, &err) != 0 ||
        pe_script_load(&script, &pack, &err) != 0)
        fail_msg("the pack: %s", err.text);
    if (pe_judge_open(&judge, (const unsigned char *)harness->json, strlen(harness->json),
                      harness->as_of, PE_EVIDENCE_ALL, &err) != 0)
        fail_msg("the snapshot: %s", err.text);
    result.status = pe_judge_rule(&judge, &pack.controls[0], 0, &result.reason);
    copy_out(&judge, &result);
    pe_judge_release(&judge);
    pe_script_release(&script);
    return result;
}

struct harness_result harness_run(const char *json, const char *check)
{
    return harness_run_with(&(struct harness){.json = json, .check = check});
}

void harness_release(struct harness_result *result)
{
    pe_arena_release(result->arena);
    free(result->arena);
    *result = (struct harness_result){0};
}

/* ---- expectations ---- */

static void assert_status(const struct harness_result *result, const char *check,
                          enum pe_status status)
{
    if (result->status != status)
        fail_msg("%s\nexpected %s, got %s: %s", check, pe_status_word(status),
                 pe_status_word(result->status), result->reason.en);
}

static void assert_note(const struct harness_result *result, const char *what, const char *want)
{
    const char *note = result->note_count == 0 ? "(no note)" : result->notes[0].en;

    if (strcmp(note, want) != 0)
        fail_msg("%s\nexpected %s, got %s (%s)", what, want, note, result->reason.en);
}

void harness_expect(const char *json, const char *check, enum pe_status status, const char *note)
{
    struct harness_result result = harness_run(json, check);

    assert_status(&result, check, status);
    if (note != NULL)
        assert_note(&result, check, note);
    harness_release(&result);
}

void harness_value(const char *json, const char *expression, const char *want)
{
    struct pe_arena arena = {0};
    const char *check = pe_arena_printf(&arena, "note(tostring(%s))", expression);
    struct harness_result result = harness_run(json, check);

    assert_note(&result, expression, want);
    harness_release(&result);
    pe_arena_release(&arena);
}

static const struct pe_finding *first_unknown(const struct harness_result *result)
{
    for (size_t i = 0; i < result->finding_count; i++)
        if (result->findings[i].status == PE_UNKNOWN)
            return &result->findings[i];
    fail_msg("no unknown finding: %s", result->reason.en);
    return NULL;
}

void harness_unknown(const char *json, const char *check, const char *pointer, const char *words)
{
    struct harness_result result = harness_run(json, check);
    const struct pe_finding *finding;

    assert_status(&result, check, PE_UNKNOWN);
    finding = first_unknown(&result);
    if (pointer == NULL ? finding->pointer != NULL
                        : finding->pointer == NULL || strcmp(finding->pointer, pointer) != 0)
        fail_msg("%s\nexpected %s to be blamed, got %s: %s", check, pointer, finding->pointer,
                 finding->message.en);
    if (strstr(finding->message.en, words) == NULL)
        fail_msg("%s\nexpected '%s', got '%s'", check, words, finding->message.en);
    harness_release(&result);
}

void harness_error(const char *json, const char *check, const char *words)
{
    struct harness_result result = harness_run(json, check);

    assert_status(&result, check, PE_ERROR);
    if (strstr(result.reason.en, words) == NULL)
        fail_msg("%s\nexpected '%s', got '%s'", check, words, result.reason.en);
    harness_release(&result);
}

bool harness_has_read(const struct harness_result *result, const char *pointer)
{
    for (size_t i = 0; i < result->evidence_count; i++)
        if (strcmp(result->evidence[i].pointer, pointer) == 0)
            return true;
    return false;
}
