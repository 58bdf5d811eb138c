/* pack.h: a pack of policies as the worker knows it: its files, and what they declare.
 * SPDX-License-Identifier: Apache-2.0
 *
 * lua/pack_load.c fills these from the pack's files; everything lives in one arena. What is shown
 * to people and programs is in the faces (policyeval.h); the rest says when a rule applies and
 * with which parameters it runs.
 */
#ifndef PE_PACK_H
#define PE_PACK_H

#include "model.h"
#include "snapshot.h"

/* One file of a pack; the bytes are borrowed. */
struct pe_file {
    const char *name; /* relative: "9.2.3.lua", "lib/zones.lua", "tests/9.2.3.lua" */
    const char *data; /* its text; of a prepared pack its code, empty where none will be run */
    size_t length;
};

/* The files of a pack, sorted by the bytes of their names. */
struct pe_files {
    const struct pe_file *items;
    size_t count;
    const struct pe_prepared *prepared; /* NULL: they are text, and nothing is known of them */
};

const struct pe_file *pe_files_find(const struct pe_files *files, const char *name);

/* A control file's id is its stem: "9.2.3" for 9.2.3.lua; NULL, or in the arena. */
const char *pe_files_control_id(const struct pe_file *file, struct pe_arena *arena);

/* SHA-256 over names, lengths and bytes of all files but tests/, in hexadecimal. */
void pe_files_digest(const struct pe_files *files, char sha256[65]);

/* Declared applicability. An empty list says nothing. */
struct pe_when {
    struct pe_strings services, options, states; /* any of the services, all of the options */
};

/* An owner for each of the pack's services, by position, and one for when there is none. */
struct pe_owners {
    enum pe_owner of[PE_MAX_SERVICES + 1];
};

enum pe_param_type {
    PE_PARAM_INTEGER,
    PE_PARAM_NUMBER,
    PE_PARAM_BOOLEAN,
    PE_PARAM_STRING,
    PE_PARAM_LIST
};

struct pe_param_def {
    struct pe_param face;
    enum pe_param_type type;
    bool has_min, has_max;
    double min, max;
    struct pe_strings one_of; /* of a string, or of each element of a list */
    bool given;               /* has a value, by default or by option */
    double number;            /* integers are exact up to 2^53, which is checked */
    bool truth;
    const char *string;
    struct pe_strings list;
};

struct pe_rule_def {
    struct pe_rule face;
    struct pe_when when;
    struct pe_owners owners;
};

struct pe_control_def {
    struct pe_control face;
    const struct pe_file *file;
    struct pe_when when;
    struct pe_owners owners;
    struct pe_param_def *params;
    struct pe_rule_def *rules;
};

struct pe_pack_def {
    struct pe_pack_info face;
    const char *tenant, *service, *options, *state, *as_of, *zone, *collected; /* JSON Pointers;
                                                                                  NULL: none */
    struct pe_strings services, option_names, states;
    struct pe_control_def *controls; /* in clause order */
    const struct pe_model *model;    /* NULL: none */
    bool borrowed; /* the controls are constants: pe_pack_own() before one is written to */
};

/* Gives the pack controls and parameters of its own, in the arena. */
int pe_pack_own(struct pe_pack_def *pack, struct pe_arena *arena, struct pe_err *err);

/* What a rule may use. */
struct pe_limits {
    int64_t instructions, memory_mib, findings;
};

/* A pack that was loaded when the program was built (tools/prepare_pack.c): all constants. */
struct pe_prepared {
    const char *lua;             /* lua_ident of the Lua that compiled the files */
    const struct pe_file *files; /* the digest is of their texts */
    size_t file_count;
    struct pe_limits limits;
    struct pe_pack_def pack; /* face.sha256 is the digest */
};

/* ---- parameters ---- */

/* Sets what "NAME=VALUE" or "CONTROL.NAME=VALUE" names, in every control that declares it. Errors
 * (PE_ERR_USAGE): no such parameter ("did you mean"), a value of the wrong type or out of range. */
int pe_pack_set_param(struct pe_pack_def *pack, const char *setting, struct pe_arena *arena,
                      struct pe_err *err);

/* Checks a value against type and bounds, and stores it and its JSON text. */
int pe_param_store(struct pe_param_def *param, const char *value, struct pe_arena *arena,
                   struct pe_err *err);

/* The JSON text of the value that is set. */
const char *pe_param_json(const struct pe_param_def *param, struct pe_arena *arena);

/* ---- selection ---- */

/* Which rules run: none of `skip` and, when there are any, one of `only` matches. A selector is a
 * control's id, CONTROL/RULE, a rule's id, a tag, a severity or an owner. */
struct pe_selection {
    struct pe_strings only, skip;
};

/* Refuses (PE_ERR_USAGE) a selector that matches nothing in the pack. When several packs are
 * judged, matched collects: bit i is set when selector i of only, then skip, matched. */
int pe_selection_check(const struct pe_selection *selection, const struct pe_pack_def *pack,
                       struct pe_err *err);
bool pe_selection_takes(const struct pe_selection *selection, const struct pe_control_def *control,
                        const struct pe_rule_def *rule);
bool pe_selection_takes_any(const struct pe_selection *selection,
                            const struct pe_control_def *control);

/* ---- owners ---- */

/* The owner for a snapshot's service: for "both", shared where the services differ. */
enum pe_owner pe_owner_for(const struct pe_pack_def *pack, const struct pe_owners *owners,
                           const char *service);

#endif
