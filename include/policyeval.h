/* policyeval.h: judge JSON snapshots of a configuration by policies written in Lua.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The whole library that the program policyeval is a client of: load packs of policies, load
 * snapshots, judge, walk the result, render it.
 *
 *     struct pe_pack *pack;    pe_pack_load(NULL, &pack, &err)            the built-in pack
 *     struct pe_input *input;  pe_input_load("tenant.json", 0, &input, &err)
 *     struct pe_run *run;      pe_judge(&job, &run, &err)
 *     pe_render(pe_report_find("text"), run, &style, &buf, &err)
 *
 * Nothing here parses untrusted bytes in the calling process: packs and snapshots are only read,
 * and handed to worker processes that are forked by pe_judge. A call either succeeds and returns
 * 0, or leaves its outputs untouched, fills err and returns -1. Nothing prints, exits, or reads
 * environment, clock or locale. Not for threads: calls fork, and one process makes them one at a
 * time.
 */
#ifndef POLICYEVAL_H
#define POLICYEVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PE_VERSION "0.1.0"

/* ---- errors ---- */

enum pe_err_kind {
    PE_ERR_NONE = 0,
    PE_ERR_USAGE,  /* an option, selector, parameter or expectation that cannot be met */
    PE_ERR_INPUT,  /* a snapshot that cannot be read as JSON, or breaks a limit */
    PE_ERR_PACK,   /* a pack that does not load */
    PE_ERR_IO,     /* the operating system refused; the text ends with its reason */
    PE_ERR_MEMORY, /* out of memory */
    PE_ERR_WORKER, /* a worker died or lied before it could judge anything */
};

struct pe_err {
    enum pe_err_kind kind;
    char text[1024]; /* one line of UTF-8, no newline at its end */
};

/* ---- words ---- */

/* A text in both languages, in UTF-8. ja falls back to en where a pack has no Japanese; en is
 * never NULL unless the whole text is absent (both NULL). */
struct pe_text {
    const char *en, *ja;
};

enum pe_lang { PE_EN, PE_JA };

const char *pe_text_in(struct pe_text text, enum pe_lang lang); /* "" when absent */

/* In order of rank: the worst status of its rules is a control's, not_applicable apart, which a
 * control is only if every rule is. */
enum pe_status {
    PE_NOT_APPLICABLE,
    PE_PASS,
    PE_WAIVED,
    PE_UNKNOWN,
    PE_FAIL,
    PE_ERROR,
};
enum { PE_STATUS_COUNT = PE_ERROR + 1 };

enum pe_severity { PE_LOW, PE_MEDIUM, PE_HIGH, PE_CRITICAL };
enum { PE_SEVERITY_COUNT = PE_CRITICAL + 1 };

/* Who is responsible (ISO/IEC 27017 clause 4 divides every control between the two). */
enum pe_owner { PE_PROVIDER, PE_CUSTOMER, PE_SHARED };
enum { PE_OWNER_COUNT = PE_SHARED + 1 };

/* What a verdict rests on: values of the tenant, a dated statement with evidence, or what the
 * provider states and the customer accepted. */
enum pe_basis { PE_MEASURED, PE_ATTESTED, PE_ACCEPTED_CLAIM };
enum { PE_BASIS_COUNT = PE_ACCEPTED_CLAIM + 1 };

/* The words of JSON and of options: "not_applicable", "critical", "customer", "measured". */
const char *pe_status_word(enum pe_status status);
const char *pe_severity_word(enum pe_severity severity);
const char *pe_owner_word(enum pe_owner owner);
const char *pe_basis_word(enum pe_basis basis);

/* ---- what a pack holds ---- */

struct pe_strings {
    const char *const *items;
    size_t count;
};

struct pe_param {
    const char *name;
    const char *type;      /* "integer", "number", "boolean", "string", "list" */
    struct pe_text unit;   /* of the number; of nothing when it has none */
    struct pe_text source; /* where the default comes from; of nothing when unsaid */
    struct pe_text doc;
    const char *value;        /* as JSON text; NULL: not given and no safe default */
    const char *default_;     /* as JSON text; NULL: none */
    const char *min, *max;    /* bounds of a number, as JSON text; NULL: none */
    struct pe_strings one_of; /* the only words of a string or list; empty: any */
};

enum { PE_MAX_SERVICES = 8 };

/* Whose a rule is for one service of its pack, if it is for that service. */
struct pe_side {
    bool applies;
    enum pe_owner owner;
};

struct pe_rule {
    const char *id;  /* "portal-allow-list" */
    const char *ref; /* the catalogue's number, "R1"; "" when it has none */
    struct pe_text title, fix;
    enum pe_severity severity;
    enum pe_owner owner; /* for the snapshot's service; the pack's first service without one */
    bool claimable;      /* may rest on a claim that the snapshot accepts */
    struct pe_side sides[PE_MAX_SERVICES]; /* by service of the pack */
};

struct pe_control {
    const char *id;   /* "9.2.3", "CLD.9.5.1": the file's stem */
    const char *pack; /* id of its pack */
    struct pe_text title;
    enum pe_severity severity;
    enum pe_owner owner;
    struct pe_side sides[PE_MAX_SERVICES]; /* by service of the pack; what rules say may differ */
    struct pe_strings references, tags;
    const struct pe_param *params;
    size_t param_count;
    const struct pe_rule *rules;
    size_t rule_count;
};

/* What a document of the provider states of its own side, clause by clause. */
struct pe_claim {
    const char *clause;
    struct pe_text text;
};

/* All that one version of the document states. */
struct pe_claim_set {
    const char *doc, *version, *issued; /* issued: YYYY-MM-DD */
    struct pe_text title;
    struct pe_strings services; /* it speaks of */
    const struct pe_claim *claims;
    size_t claim_count;
    char sha256[65]; /* what a snapshot accepts; docs/claims.md says of what */
};

enum { PE_MAX_CLAIM_SETS = 32 };

/* A part of a snapshot that is collected as a whole. */
struct pe_area {
    const char *word; /* as the snapshot lists it: "ad" */
    struct pe_strings pointers;
    struct pe_text title;
    struct pe_text collect; /* how, in a line */
    enum pe_owner known_to; /* who can read it: provider, customer, or each a part */
    const char *link;       /* where that is told in full; "" when nowhere */
};

enum { PE_MAX_AREAS = 64 };

struct pe_pack_info {
    const char *id, *version, *edition;
    struct pe_text title;
    char sha256[65];                   /* of the pack's files: names and bytes, sorted by name */
    const struct pe_control *controls; /* in numeric clause order */
    size_t control_count;
    bool has_model;
    struct pe_strings services;            /* that it tells apart; at most PE_MAX_SERVICES */
    const struct pe_claim_set *claim_sets; /* in the order of claims.lua */
    size_t claim_set_count;
    const char *claims_at; /* JSON Pointer to what a snapshot accepts; "" without claims */
    const struct pe_area *areas;
    size_t area_count;
};

/* ---- what a judgement holds ---- */

/* A place in a snapshot. line and column are 1-based; a column counts code points, without the
 * byte order mark. 0, 0: nowhere in the snapshot. offset is in the file's own bytes. */
struct pe_place {
    uint32_t line, column;
    uint64_t offset;
};

/* One thing read. Exactly one of these: a value (JSON text, secrets replaced), a count (a list or
 * object that was counted or walked), or absent (then the place is its parent's). */
struct pe_evidence {
    const char *pointer; /* JSON Pointer, RFC 6901 */
    const char *value;   /* NULL unless a value */
    int64_t count;       /* -1 unless counted */
    bool absent;
    struct pe_place place;
};

struct pe_finding {
    enum pe_status status; /* PE_FAIL, PE_UNKNOWN or PE_ERROR */
    struct pe_text message;
    struct pe_text subject; /* what it is about, by id or name: "accounts[adm1]"; "" if unsaid */
    struct pe_text hint;    /* "did you mean ...?"; "" when there is none */
    bool of_policy;         /* an unknown that the policy made: no data would help */
    const char *area;       /* first step of the pointer, by which unknowns are grouped */
    const struct pe_area *uncollected; /* of an unknown: the area that nobody collected, or NULL */
    const char *pointer;               /* "" is the root; NULL: the finding has no place */
    const char *value;                 /* JSON text, NULL when there is none */
    struct pe_place place;
};

/* An exception that somebody answers for, as its file has it (docs/waivers.md). A string that the
 * file does not give is NULL. */
struct pe_waiver {
    const char *id, *control, *rule, *tenant;
    const char *pointer, *subject, *value; /* scope; value as JSON text */
    const char *reason, *owner, *approver;
    const char *expires, *zone; /* the last day on which it holds, and whose day that is */
    const char *until;          /* that day's last second, RFC 3339 in UTC; NULL beyond year 9999 */
    bool fail, unknown;         /* the statuses that it covers */
    uint32_t line, column;      /* in its file */
};

/* What waivers cover of one rule. */
struct pe_rule_waiver {
    bool whole;                                /* everything, so that the rule is PE_WAIVED */
    size_t covered;                            /* findings */
    const struct pe_waiver *const *of_finding; /* by finding; NULL: not covered */
    const struct pe_waiver *const *by;         /* each once, in the order of the file */
    size_t by_count;
};

enum pe_waiver_state {
    PE_WAIVER_IN_EFFECT, /* it covers something of this snapshot */
    PE_WAIVER_UNUSED,    /* it covers nothing */
    PE_WAIVER_EXPIRED,   /* by the evaluation time */
    PE_WAIVER_NO_TIME,   /* there is no evaluation time, so it covers nothing */
    PE_WAIVER_NO_TARGET, /* no pack has that control or rule */
    PE_WAIVER_NOT_JUDGED /* what it is about was not selected */
};
const char *pe_waiver_state_word(enum pe_waiver_state state);

/* What is wrong with a waiver or closes a gate, beside the rules. */
struct pe_remark {
    const char *kind; /* a word for programs: "expired" */
    struct pe_text message;
};

struct pe_waiver_use {
    const struct pe_waiver *waiver;
    enum pe_waiver_state state;
    size_t findings, rules; /* covered; waived */
    const struct pe_remark *remarks;
    size_t remark_count;
};

/* The waivers that a snapshot was judged with, in the order of their file: all but those that name
 * another tenant, of whom nothing may stand in this one's report. */
struct pe_waiver_uses {
    const char *file; /* as given */
    char sha256[65];
    const struct pe_waiver_use *items;
    size_t count, other_tenants; /* the latter are not among the items */
};

struct pe_rule_result {
    const struct pe_rule *rule;
    enum pe_severity severity;
    enum pe_owner owner;
    enum pe_status status, original; /* original differs only under a waiver */
    enum pe_basis basis;
    struct pe_text reason; /* one sentence: why this status */
    const struct pe_finding *findings;
    size_t finding_count, finding_total; /* total counts those that were cut */
    const struct pe_evidence *evidence;
    size_t evidence_count, evidence_total;
    const struct pe_text *notes;
    size_t note_count;
    uint32_t claim_sets; /* bits: those a pass rests on; of an unknown, those that would close it */
    const struct pe_rule_waiver *waiver; /* NULL: no waiver covers any of it */
};

struct pe_control_result {
    const struct pe_control *control;
    enum pe_severity severity;
    enum pe_owner owner;
    enum pe_status status;
    struct pe_text reason;
    const struct pe_rule_result *rules;
    size_t rule_count;
};

/* What is wrong with a snapshot by the pack's model. */
struct pe_problem {
    bool warning; /* an unknown field; an error otherwise, and the value reads as absent */
    bool strict;  /* an unknown field that is an error because of --strict-model */
    bool null;    /* an error, for the value is null: nobody has filled it in */
    const char *pointer;
    struct pe_text message, hint;
    struct pe_place place;
};

/* What became of the provider's claims for this snapshot. */
enum pe_claim_state {
    PE_CLAIM_ACCEPTED,     /* an entry of the snapshot accepts them, and that counts */
    PE_CLAIM_VOID,         /* an entry that does not count */
    PE_CLAIM_NOT_ACCEPTED, /* no entry that counts, though rules that are unknown would pass */
};

struct pe_claim_result {
    enum pe_claim_state state;
    const char *doc, *version;      /* as the entry says; "" when it does not */
    const struct pe_claim_set *set; /* NULL: the pack has no such document, or version */
    size_t rules;                   /* that pass on it, or would */
    struct pe_text reason, hint;    /* void: why, and what to do */
    const char *pointer;            /* of the entry; NULL when there is none */
    struct pe_place place;
};

/* What --only and --skip left out: a control, or a rule of a control that was judged otherwise. */
struct pe_unselected {
    const char *pack, *control;
    const char *rule;     /* NULL: the whole control */
    struct pe_text title; /* of the rule, or the control */
};

/* An area that was not collected, and rules need. */
struct pe_area_result {
    const struct pe_area *area;
    size_t rules; /* unknown for that, though maybe not for that alone */
};

/* A part of the snapshot that no rule looked at, and how many differ by positions in lists alone.
 */
struct pe_unread {
    const char *pointer;
    struct pe_place place;
    size_t count;
};

struct pe_counts {
    size_t by_status[PE_STATUS_COUNT];
    size_t passed_by_basis[PE_BASIS_COUNT];                 /* of rules */
    size_t by_owner[PE_OWNER_COUNT][PE_STATUS_COUNT];       /* of controls */
    size_t by_severity[PE_SEVERITY_COUNT][PE_STATUS_COUNT]; /* of controls */
};

/* What closes the gate, beside the default: every rule that did not pass. An error always does. */
struct pe_gate {
    enum pe_severity fail_on; /* only rules of this severity and above; PE_LOW: all */
    unsigned owners;          /* only rules of these, bits 1 << PE_PROVIDER...; 0: all */
    bool strict_model;        /* a field that the model does not know is an error and closes it */
    const char *max_age;      /* "7d", "12h", "P7D": an older snapshot closes it; with now */
    const char *now;          /* RFC 3339; a snapshot from after it closes the gate. NULL: none */
};

struct pe_input;
struct pe_settings;

/* The judgement of one snapshot. */
struct pe_result {
    bool passed;
    const char *file;                     /* as given */
    char sha256[65];                      /* of the raw bytes */
    const char *tenant, *service, *as_of; /* NULL where the snapshot does not say */
    bool as_of_given;                     /* by option, not by the snapshot */
    struct pe_strings options;
    const struct pe_pack_info *packs;
    size_t pack_count;
    struct pe_counts controls, rules;
    const struct pe_problem *problems;
    size_t problem_count, problem_total;
    const struct pe_area_result *areas; /* in the order of the packs */
    size_t area_count;
    const struct pe_claim_result *claims;
    size_t claim_count;
    const struct pe_unselected *unselected; /* in the order of the packs */
    size_t unselected_count;
    bool unread_known; /* all rules ran, in one worker: then what they did not look at is told */
    const struct pe_unread *unread;
    size_t unread_count, unread_total; /* total counts those that were cut */
    const char *required_basis;        /* of a pass: "attested", "measured"; NULL: any will do */
    const struct pe_control_result *results;
    size_t result_count;
    const struct pe_input *input;  /* borrowed; for code frames */
    const struct pe_span *secrets; /* byte ranges that no frame may show, sorted */
    size_t secret_count;
    const struct pe_waiver_uses *waivers; /* NULL: none were given */
    const struct pe_gate *gate;           /* NULL: the default */
    const struct pe_remark *gate_remarks; /* what closes it beside the rules */
    size_t gate_remark_count;
    size_t gate_ignored;     /* rules that did not pass, and do not close it */
    const char *config_file; /* of settings, as given; NULL: none */
    char config_sha256[65];
};

struct pe_span {
    uint64_t offset, length; /* in the file's own bytes */
};

struct pe_diff;

/* All that one call of pe_judge found. */
struct pe_run {
    bool passed;
    const struct pe_result *results; /* in the order of the inputs */
    size_t count;
    const struct pe_diff *baseline; /* what it was compared with, for reports; NULL: nothing */
};

/* ---- load ---- */

struct pe_pack;

/* Reads the files of a pack, without looking into them. path is a folder, or NULL or "iso27017"
 * for the pack that is built in. Symbolic links, devices and more than 10,000 files are refused. */
int pe_pack_load(const char *path, struct pe_pack **pack, struct pe_err *err);
void pe_pack_free(struct pe_pack *pack);

/* Adds the JSON files below a folder to those that tests of the pack may name as base. */
int pe_pack_add_fixtures(struct pe_pack *pack, const char *path, struct pe_err *err);

enum { PE_MAX_INPUT_BYTES = 256 * 1024 * 1024 };

/* Reads a snapshot's bytes: a regular file, or standard input for "-". max_bytes 0 means
 * PE_MAX_INPUT_BYTES, which is also the most that can be asked for. */
int pe_input_load(const char *path, size_t max_bytes, struct pe_input **input, struct pe_err *err);
void pe_input_free(struct pe_input *input);

/* The file's own bytes, and its name as given. */
const unsigned char *pe_input_bytes(const struct pe_input *input, size_t *length);
const char *pe_input_name(const struct pe_input *input);
const char *pe_input_sha256(const struct pe_input *input); /* of the bytes */

/* ---- the sandbox ---- */

/* The walls that a worker closes around itself before it looks at a byte (docs/security.md). */
enum {
    PE_WALL_SECCOMP = 1,  /* a short list of system calls; any other kills the worker */
    PE_WALL_LIMITS = 2,   /* memory, time, descriptors, files, processes */
    PE_WALL_LANDLOCK = 4, /* no file, no network; in addition, where the kernel has it */
};

enum pe_sandbox {
    PE_SANDBOX_REQUIRE,     /* PE_ERR_IO when seccomp or the limits cannot be had */
    PE_SANDBOX_BEST_EFFORT, /* those that can be had */
    PE_SANDBOX_OFF,
};

/* Tries in a process of its own: which of PE_WALL_* this system does not give. */
unsigned pe_walls_missing(void);

/* ---- waivers and settings ---- */

enum { PE_MAX_ENTRIES_BYTES = 1024 * 1024 }; /* of a file of either kind */

/* Reads a file of waivers (docs/waivers.md). A worker parses it; of the job only what is about the
 * sandbox counts. Errors name line and column. */
struct pe_waivers;
struct pe_job;
int pe_waivers_load(const char *path, const struct pe_job *job, struct pe_waivers **waivers,
                    struct pe_err *err);
const struct pe_waiver *pe_waivers_list(const struct pe_waivers *waivers, size_t *count);
void pe_waivers_free(struct pe_waivers *waivers);

enum pe_setting_kind { PE_SETTING_WORD, PE_SETTING_SWITCH, PE_SETTING_LIST };

/* One member of a configuration file. A number is a word; a member of an object in it is
 * "name=value". */
struct pe_setting {
    const char *name;
    enum pe_setting_kind kind;
    bool on; /* PE_SETTING_SWITCH */
    struct pe_strings values;
    uint32_t line, column;
};

/* The same for a configuration file: one object. Which names there are is the caller's to know. */
int pe_settings_load(const char *path, const struct pe_job *job, struct pe_settings **settings,
                     struct pe_err *err);
const struct pe_setting *pe_settings_list(const struct pe_settings *settings, size_t *count);
const char *pe_settings_file(const struct pe_settings *settings); /* as given */
const char *pe_settings_sha256(const struct pe_settings *settings);
void pe_settings_free(struct pe_settings *settings);

/* ---- judge ---- */

enum { PE_EVIDENCE_ALL = -1, PE_EVIDENCE_DEFAULT = 20 };

struct pe_job {
    struct pe_pack *const *packs;
    size_t pack_count;
    struct pe_input *const *inputs;
    size_t input_count;
    struct pe_strings only, skip; /* a control, rule, tag, severity or owner each */
    struct pe_strings params;     /* "NAME=VALUE" or "CONTROL.NAME=VALUE" */
    struct pe_strings expect;     /* "service=ctx", "option=mfa_option" */
    const char *as_of;            /* RFC 3339, or NULL: the snapshot's own */
    int evidence;                 /* entries a rule, or PE_EVIDENCE_ALL */
    const char *require_basis;    /* "attested" or "measured": a pass on less is unknown; or NULL */
    unsigned jobs;                /* workers that judge at a time, at least 1 */
    bool cross_check;             /* read snapshots of up to 64 MiB with jansson too */
    struct pe_gate gate;
    const struct pe_waivers *waivers;   /* or NULL */
    const struct pe_settings *settings; /* where some of this came from, or NULL */
    enum pe_sandbox sandbox;
    unsigned *walls_missing; /* NULL, or gets the bits of PE_WALL_* that a worker was without */
    bool coverage;           /* of tests: measure lines and fields too */
};

/* Whether pe_judge would take the job, whatever the inputs: values that it cannot use, parameters
 * and selectors that the packs do not have. -1: it would not. */
int pe_job_check(const struct pe_job *job, struct pe_err *err);

/* Judges every input by every pack. The run borrows the inputs, waivers and settings. With more
 * than one input workers stay for all, and SIGPIPE must be ignored; nothing of an input is left
 * when the next one begins. */
int pe_judge(const struct pe_job *job, struct pe_run **run, struct pe_err *err);
void pe_run_free(struct pe_run *run);

/* ---- saved results ---- */

/* Reads back what `-o json` wrote (docs/result.md). A worker parses and checks it; of the job only
 * what is about the sandbox counts; NULL: as it is by default. Errors name line and column. Reports
 * of a run that was loaded are those of the run that was saved, but for code frames, until it
 * gets an input (pe_run_attach). The run borrows nothing. */
int pe_run_load(const struct pe_input *input, const struct pe_job *job, struct pe_run **run,
                struct pe_err *err);

/* The same for a file that may be something else, a snapshot say: then *run becomes NULL. Only what
 * says that it is a result is taken for one. */
int pe_run_try_load(const struct pe_input *input, const struct pe_job *job, struct pe_run **run,
                    struct pe_err *err);

/* Hands a snapshot's bytes to the results of a loaded run that are of it, by their digest, so that
 * reports show its lines; borrowed. An error when there is none. */
int pe_run_attach(struct pe_run *run, const struct pe_input *input, struct pe_err *err);

/* The first member that was passed over because this version does not know it, and that a report of
 * the run would thus lack: its place in the saved file; line 0: there is none. */
struct pe_place pe_run_passed_over(const struct pe_run *run);

/* The digest of the saved result that a loaded run had been compared with; NULL: none. The
 * comparison is not loaded, for pe_compare makes the same one of both. */
const char *pe_run_baseline_sha256(const struct pe_run *run);

/* ---- comparing ---- */

/* What became of a rule from one run to another; docs/diff.md has the table. */
enum pe_change_class {
    PE_CHANGE_REGRESSED,      /* it fails or is in error, and was not, or has more findings */
    PE_CHANGE_NEWLY_UNKNOWN,  /* it cannot be judged, and could be; or lacks more data */
    PE_CHANGE_WAIVER_EXPIRED, /* what a waiver covered is open again */
    PE_CHANGE_STILL_FAILING,  /* it did not pass, and is no worse */
    PE_CHANGE_FIXED,          /* it passes, and did not */
    PE_CHANGE_WAIVED,         /* what is open is covered by a waiver, and was not */
    PE_CHANGE_CONTROL,        /* the same status, or none to compare with: the rule is another */
    PE_CHANGE_DATA,           /* the same status, on other values */
    PE_CHANGE_NOT_COMPARABLE, /* judged, or applicable, in one of the two only */
};
enum { PE_CHANGE_COUNT = PE_CHANGE_NOT_COMPARABLE + 1 };

const char *pe_change_word(enum pe_change_class class_); /* "regressed" */

/* Why: bits. None: what was read says nothing of it. */
enum {
    PE_CAUSE_DATA = 1,    /* values that the rule read differ */
    PE_CAUSE_CONTROL = 2, /* the pack's digest, a parameter or what the rule declares differ */
    PE_CAUSE_TIME = 4,    /* the evaluation time differs, and neither data nor control do */
    PE_CAUSE_WAIVER = 8,  /* a waiver came or went */
};
enum { PE_CAUSE_COUNT = 4 };
const char *pe_cause_word(unsigned number); /* by position: "data" */

enum { PE_MAX_CHANGED_POINTERS = 20 };

struct pe_change {
    enum pe_change_class class_;
    bool worse; /* it closes a gate */
    unsigned causes;
    const struct pe_control_result *control;     /* of after, if it is there */
    const struct pe_rule_result *before, *after; /* NULL: not there */
    struct pe_strings pointers;                  /* to values that differ; at most so many */
    size_t pointer_total;
    const struct pe_finding *const *added; /* findings of after that before had not */
    size_t added_count, gone;              /* gone: those that only before had */
};

/* Two results of one tenant. */
struct pe_comparison {
    const struct pe_result *before, *after;
    const struct pe_change *changes; /* by class, severity, then as in the results */
    size_t change_count, by_class[PE_CHANGE_COUNT];
    size_t worse, unchanged; /* rules */
};

struct pe_diff {
    bool passed; /* nothing is worse */
    const char *before_file, *after_file;
    char before_sha256[65], after_sha256[65];
    const struct pe_comparison *comparisons; /* in the order of after */
    size_t count;
    const struct pe_result *const
        *alone;                       /* results that only one of the two has, those of before */
    size_t alone_count, alone_before; /* first: so many */
};

/* Compares two runs, which the diff borrows; inputs give names and digests. Results belong together
 * by tenant, service and packs, and where several are of one tenant, by file. What belongs to
 * nothing is alone; with strict, a result of after that is alone is an error (PE_ERR_USAGE), and
 * so it is in any case when nothing belongs together, or no rule is in both. */
int pe_compare(const struct pe_run *before, const struct pe_input *before_input,
               const struct pe_run *after, const struct pe_input *after_input, bool strict,
               struct pe_diff **diff, struct pe_err *err);
void pe_diff_free(struct pe_diff *diff);
/* ---- judge a stream ---- */

enum { PE_MAX_LINE_BYTES = 64 * 1024 * 1024 }; /* unless the stream says otherwise */

/* One line of a stream, answered. */
struct pe_line {
    uint64_t number;                /* from 1 */
    char sha256[65];                /* of the line's bytes without its line feed */
    const struct pe_result *result; /* NULL: it could not be judged */
    const char *error;              /* then: why; else NULL */
};

struct pe_stream {
    const struct pe_job *job; /* inputs do not count; at most jobs lines are judged at a time */
    int in_fd;                /* one snapshot a line; the last line feed may be missing */
    int stop_fd;              /* once it can be read, no further line is begun; -1: none */
    size_t max_line_bytes;    /* a longer line is answered with an error */
    /* Gets every line, in order, as soon as it and those before it are judged; what it points to
     * is gone afterwards. -1, with err filled, ends the stream. */
    int (*answer)(void *ud, const struct pe_line *line, struct pe_err *err);
    void *ud;
};

/* Judges every line of in_fd by every pack, until its end. Workers stay for the whole stream; of a
 * line nothing is left when the next one begins. Memory does not grow with the number of lines.
 * SIGPIPE must be ignored. *stopped: stop_fd was heard, so lines may be left. Errors about the job
 * or the packs come before the first byte is read. */
int pe_stream_run(const struct pe_stream *stream, bool *stopped, struct pe_err *err);

/* SHA-256 of all that an answer depends on besides the line: this program's version, the packs and
 * the options of the job. With the digest of the line it is the key of an answer. */
void pe_job_digest(const struct pe_job *job, char sha256[65]);

/* What a pack holds, without a snapshot; also checks that it loads. Of the job only params, only,
 * skip and what is about the sandbox count; NULL: none of them. */
struct pe_catalogue;
int pe_catalogue_load(struct pe_pack *pack, const struct pe_job *job,
                      struct pe_catalogue **catalogue, struct pe_err *err);
const struct pe_pack_info *pe_catalogue_info(const struct pe_catalogue *catalogue);

/* Whether only and skip leave that rule, both by their place in the info. */
bool pe_catalogue_takes(const struct pe_catalogue *catalogue, size_t control, size_t rule);

/* Why that selector, counted through only and then skip, matches nothing in this pack; NULL when
 * it matches something. */
const char *pe_catalogue_unmatched(const struct pe_catalogue *catalogue, size_t selector);

/* The control of that id, or of that clause as people spell it: CLD8.1.5, A.9.2.3, 27017:9.2.3.
 * NULL: none. */
const struct pe_control *pe_control_find(const struct pe_pack_info *pack, const char *spelling);
const struct pe_problem *pe_catalogue_warnings(const struct pe_catalogue *catalogue, size_t *count);
void pe_catalogue_free(struct pe_catalogue *catalogue);

/* The JSON Schema (draft 2020-12) of the pack's model, as text; the caller frees it. Of the job
 * only what is about the sandbox counts; NULL: as it is by default. */
int pe_schema(struct pe_pack *pack, const struct pe_job *job, char **json, struct pe_err *err);

/* An empty snapshot of a service (one of the pack's, or "both") to fill in: every field that the
 * model has for it, null where nothing is known. As pe_schema. */
int pe_skeleton(struct pe_pack *pack, const struct pe_job *job, const char *service, char **json,
                struct pe_err *err);

/* A field of the model, as people read it. */
struct pe_field_info {
    const char *path; /* "hosts[].listening[].port"; "*" stands for a free key */
    struct pe_text type;
    struct pe_text unit;          /* of nothing: none */
    const char *option, *service; /* meant only with it; "": always */
    bool required, secret;
    struct pe_text doc;
};

/* The fields of the pack's model, in its order, each behind its parent; none without a model. Of
 * the job only what is about the sandbox counts; NULL: as it is by default. */
struct pe_fields;
int pe_fields_load(struct pe_pack *pack, const struct pe_job *job, struct pe_fields **fields,
                   struct pe_err *err);
const struct pe_field_info *pe_fields_list(const struct pe_fields *fields, size_t *count);
void pe_fields_free(struct pe_fields *fields);

/* ---- a pack's own tests ---- */

struct pe_test_case {
    const char *control, *name; /* name: the test's sentence */
    bool passed;
    const char *why; /* what was expected and what came instead; "" when passed */
};

/* What tests reach of a pack. A rule counts when over all cases, their bases included, it once
 * passed and once ended as fail, unknown or error; a line of a control or of lib/ when it ran; a
 * field of the model when a rule read it, or was told that it is honestly absent. */
enum pe_coverage_kind { PE_COVER_RULES, PE_COVER_LINES, PE_COVER_FIELDS };
enum { PE_COVERAGE_COUNT = PE_COVER_FIELDS + 1 };

const char *pe_coverage_word(enum pe_coverage_kind kind); /* "rules", "lines", "fields" */

struct pe_uncovered {
    const char *file;
    unsigned line, last_line; /* of lines: several in a row; else the same twice */
    const char *what;         /* "9.2.3/portal-allow-list", "contacts[].phone"; of a line "" */
};

struct pe_coverage {
    bool measured;
    size_t covered, total;
    const struct pe_uncovered *uncovered; /* in the order of the pack, its files, its model */
    size_t uncovered_count;
};

struct pe_test_report {
    const struct pe_test_case *cases; /* in the order of the files */
    size_t count, failed;
    const struct pe_pack_info *pack;
    struct pe_coverage coverage[PE_COVERAGE_COUNT]; /* rules always; the others when asked */
};

/* Of the job only `only`, jobs, coverage and what is about the sandbox count; NULL: none of them.
 * The report is the same for every number of jobs. */
int pe_test(struct pe_pack *pack, const struct pe_job *job, struct pe_test_report **report,
            struct pe_err *err);
void pe_test_report_free(struct pe_test_report *report);

/* ---- mutation tests of a pack ---- */

/* What a mutant changes. A value that was replaced by another of its kind may be noticed or not;
 * data that was lost (removed, null, of another type) must never pass; what a rule reads as
 * optional may be gone, and is counted apart. */
enum pe_mutant_kind { PE_MUTANT_VALUE, PE_MUTANT_LOST, PE_MUTANT_OPTIONAL };
enum { PE_MUTANT_KINDS = PE_MUTANT_OPTIONAL + 1 };

const char *pe_mutant_word(enum pe_mutant_kind kind); /* "value", "lost", "optional" */

/* A change of a snapshot that rules passed and went on to pass. */
struct pe_survivor {
    enum pe_mutant_kind kind;
    const char *control;
    const char *where;       /* the base snapshot, or "case " and the name of a test */
    const char *pointer;     /* what was changed */
    const char *change;      /* "removed", "true -> false" */
    struct pe_strings rules; /* that read it and still pass */
};

struct pe_mutation_report {
    const struct pe_pack_info *pack;
    size_t all[PE_MUTANT_KINDS], killed[PE_MUTANT_KINDS];
    const struct pe_survivor *survivors; /* in the order of the tests and snapshots */
    size_t survivor_count;
    struct pe_strings untried; /* "9.2.3/portal-allow-list": rules that passed nowhere */
};

/* Changes what each control read where it passed, one value at a time: on the snapshots that its
 * tests start from, and what its tests change. Of the job only `only`, jobs and what is about the
 * sandbox count; NULL: none of them. The report is the same for every number of jobs. progress,
 * which may be NULL, is told as mutants are tried. */
int pe_mutate(struct pe_pack *pack, const struct pe_job *job,
              void (*progress)(void *ud, size_t tried), void *ud,
              struct pe_mutation_report **report, struct pe_err *err);
void pe_mutation_report_free(struct pe_mutation_report *report);

/* ---- a fleet: many results together ---- */

/* A control over all tenants. */
struct pe_fleet_control {
    const char *id, *pack;
    struct pe_text title; /* {NULL, NULL}: no line tells it */
    enum pe_owner owner;  /* shared where it differs by tenant */
    enum pe_severity severity;
    size_t by_status[PE_STATUS_COUNT];
    size_t worse, better; /* than before, in so many tenants */
};

enum { PE_NOT_JUDGED = PE_STATUS_COUNT }; /* of a control in a tenant */

/* One tenant in one service. */
struct pe_fleet_tenant {
    const char *tenant;  /* its snapshot's digest where that names none */
    const char *service; /* "" where the snapshot names none */
    const char *sha256;
    bool passed, known_before;
    const uint8_t *statuses; /* by control of the fleet: enum pe_status, or PE_NOT_JUDGED */
    const uint8_t *before;   /* the same; NULL: there was no such tenant */
    size_t by_status[PE_STATUS_COUNT];
    size_t bad_by_severity[PE_SEVERITY_COUNT]; /* controls that ended as fail or error */
    size_t worse, better;
};

/* A line whose snapshot could not be judged. */
struct pe_fleet_unjudged {
    const char *file;
    uint64_t line;
    const char *sha256, *reason;
};

struct pe_fleet {
    const struct pe_fleet_control *controls; /* worst first */
    size_t control_count;
    const struct pe_fleet_tenant *tenants; /* worst first */
    size_t tenant_count, passed;
    size_t by_owner[PE_OWNER_COUNT][PE_STATUS_COUNT]; /* controls in tenants */
    const struct pe_fleet_unjudged *unjudged;         /* in the order of the files */
    size_t unjudged_count;
    size_t lines, repeated;     /* repeated: a later line is about the same tenant, and counts */
    struct pe_strings policies; /* digests: results of different ones should not be compared */
    bool compared;              /* there are results from before */
    struct pe_strings gone;     /* tenants that were there before */
    size_t new_count;           /* tenants that were not */
    size_t worse, better;       /* controls in tenants */
};

/* Reads files of result lines ("-" is standard input) in a worker. Of the job only what is about
 * the sandbox counts; NULL: as it is by default. SIGPIPE must be ignored. */
int pe_fleet_load(const struct pe_strings *files, const struct pe_strings *before,
                  const struct pe_job *job, struct pe_fleet **fleet, struct pe_err *err);
void pe_fleet_free(struct pe_fleet *fleet);

/* ---- render ---- */

struct pe_style {
    enum pe_lang lang;
    bool colour;
    bool quiet;     /* verdicts only */
    unsigned width; /* columns of the terminal; 0: 100 */
    /* As the caller named them, for commands that a report proposes; none: the built-in one, or
     * they are not known. */
    struct pe_strings packs;
};

struct pe_buf;
struct pe_report;

const struct pe_report *pe_report_find(const char *name); /* "text", "json"; NULL: none such */
const struct pe_report *const *pe_reports(size_t *count);
const char *pe_report_name(const struct pe_report *report);

/* Renders into text that the caller frees. */
int pe_render(const struct pe_report *report, const struct pe_run *run,
              const struct pe_style *style, char **text, size_t *length, struct pe_err *err);

/* Adds one line of JSON with a line feed: the answer to a line of a stream (docs/fleet.md). digest
 * is the job's; brief: verdicts only. */
int pe_render_line(const struct pe_line *line, const char *digest, bool brief, struct pe_buf *out,
                   struct pe_err *err);

#endif
