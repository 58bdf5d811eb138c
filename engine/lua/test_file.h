/* test_file.h: reads the tests of a control: tests/ID.lua, which are data.
 * SPDX-License-Identifier: Apache-2.0
 *
 *     return { base = "iad/compliant.json",
 *       { "the allow-list is switched off",
 *         set = { ["portals.customer_portal.ip_allowlist.enabled"] = false },
 *         expect = { ["portal-allow-list"] = "fail" },
 *         blame = "/portals/customer_portal/ip_allowlist/enabled" },
 *     }
 *
 * A file names its base snapshot and lists cases; a case has its name and
 *   base     its own base
 *   set, append    tables: path (edit.h) -> value        remove    a list of paths
 *   params   a table: parameter -> value                 as_of     the evaluation time
 *   expect   a table: rule -> status; required. Rules that are not in it keep the status that
 *            they have on the unchanged base, so {} says that nothing changes
 *   blame    where a finding of a rule in expect is: a JSON Pointer, or a path in the changed
 *            snapshot; its last member may be missing there
 * Values are Lua's; null, empty_list and empty_object stand for what Lua lacks. Of Lua's own names
 * a test has those that build tables and texts (pairs, table, string, ...), of the helpers none.
 * Anything else is refused, with file and line.
 */
#ifndef PE_LUA_TEST_FILE_H
#define PE_LUA_TEST_FILE_H

#include "edit.h"
#include "lua/script.h"

struct pe_test_setting {
    size_t param;      /* of the control */
    const char *value; /* as pe_param_store takes it */
};

struct pe_test_expectation {
    size_t rule; /* of the control */
    enum pe_status status;
};

struct pe_test_def {
    const char *name, *base;
    const char *as_of, *blame;   /* NULL: unsaid */
    const struct pe_edit *edits; /* in the order in which they are applied */
    size_t edit_count;
    const struct pe_test_setting *settings;
    size_t setting_count;
    const struct pe_test_expectation *expectations;
    size_t expectation_count;
};

struct pe_test_file {
    struct pe_control_def *control; /* the one that the file's name says */
    const struct pe_test_def *cases;
    size_t count; /* at least 1 */
};

/* Whether a file of a pack holds tests: tests/ID.lua. */
bool pe_test_file_is(const struct pe_file *file);

/* Everything read lives in the arena. Errors are PE_ERR_PACK with file and line. */
int pe_test_file_load(struct pe_script *script, const struct pe_pack_def *pack,
                      const struct pe_file *file, struct pe_arena *arena, struct pe_test_file *out,
                      struct pe_err *err);

#endif
