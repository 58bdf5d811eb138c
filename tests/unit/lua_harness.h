/* lua_harness.h: runs the body of a rule against a JSON text, without files or processes.
 * SPDX-License-Identifier: Apache-2.0
 *
 *     struct harness_result result = harness_run("{\"a\": 1}", "ensure(s.a == 1, s, 'no')");
 *     assert_int_equal(result.status, PE_PASS);
 *     harness_release(&result);
 *
 * The pack has one control with one rule, no model, and "/as_of" as the place of the evaluation
 * time. What a body prints with note() is the way to look at values.
 */
#ifndef LUA_HARNESS_H
#define LUA_HARNESS_H

#include "judge.h"

struct harness {
    const char *json;
    const char *check;   /* the body of check = function(s, params, as_of) ... end */
    const char *as_of;   /* by option; NULL: the snapshot's */
    const char *params;  /* Lua: the table of declared parameters; NULL: none */
    const char *model;   /* model.lua; NULL: none */
    const char *library; /* lib/x.lua, for use("x"); NULL: none */
};

struct harness_result {
    enum pe_status status;
    enum pe_basis basis;
    struct pe_text reason;
    const struct pe_finding *findings;
    size_t finding_count;
    const struct pe_text *notes;
    size_t note_count;
    const struct pe_evidence *evidence;
    size_t evidence_count;
    struct pe_arena *arena; /* of all texts */
};

/* Fails the test when the pack does not load or the JSON cannot be read. */
struct harness_result harness_run(const char *json, const char *check);
struct harness_result harness_run_with(const struct harness *harness);
void harness_release(struct harness_result *result);

/* Runs and compares: the status, and the first note (NULL: not looked at). */
void harness_expect(const char *json, const char *check, enum pe_status status, const char *note);

/* Runs `note(tostring(EXPRESSION))` on the JSON, and compares what it noted. */
void harness_value(const char *json, const char *expression, const char *want);

/* Runs the body, which must end as unknown; the first unknown finding has this pointer (NULL:
 * none) and these words in its English message. */
void harness_unknown(const char *json, const char *check, const char *pointer, const char *words);

/* Runs the body, which must end as error with these words in its reason. */
void harness_error(const char *json, const char *check, const char *words);

/* The evidence of that pointer was read. */
bool harness_has_read(const struct harness_result *result, const char *pointer);

#endif
