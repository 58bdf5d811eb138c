/* command.h: what a subcommand is, and what they all share.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A subcommand is one file that ends in `const struct pe_command pe_command_NAME`; the build lists
 * them. Its option table is what is parsed, what help prints and what shells complete. Results go
 * to standard output, everything else to standard error. The exit status is 0, 1 or 2; whatever
 * cannot be written to the end makes it 2.
 */
#ifndef PE_CMD_COMMAND_H
#define PE_CMD_COMMAND_H

#include "policyeval.h"

enum { PE_EXIT_PASS = 0, PE_EXIT_FAIL = 1, PE_EXIT_TROUBLE = 2 };

/* Of a filter (--ndjson), by sysexits.h: a scheduler tells by them what to try again. */
enum {
    PE_EXIT_USAGE = 64,   /* never */
    PE_EXIT_IO = 74,      /* again */
    PE_EXIT_PASSING = 75, /* again */
    PE_EXIT_CONFIG = 78,  /* never */
    PE_EXIT_SIGNAL = 128, /* and the signal's number */
};

enum { PE_MAX_OUTPUTS = 16, PE_MAX_OPTIONS = 64, PE_VARIABLE_BYTES = 64 };

/* Where a value came from; the later ones win. */
enum pe_source { PE_FROM_DEFAULT, PE_FROM_FILE, PE_FROM_ENVIRONMENT, PE_FROM_OPTION };

struct pe_origin {
    enum pe_source source;
    uint32_t line, column; /* PE_FROM_FILE */
};

/* Options as they were given; repeated ones are lists. Commands use what they declare. */
struct pe_args {
    struct pe_strings packs, only, skip, params, expect, fixtures, reads, outputs, operands,
        snapshots, min_coverage, before;
    const char *min_score, *known;
    const char *as_of, *lang_word, *color, *evidence, *jobs, *max_bytes;
    const char *sandbox_word, *skeleton, *require_basis, *baseline, *max_line, *expect_policies;
    struct pe_strings owners;
    const char *waivers, *fail_on, *max_age, *now, *config;
    bool cross_check, quiet, help, claims, matrix, coverage, strict_model, no_config, ndjson;
    enum pe_lang lang; /* settled: --lang, else the locale's */
    enum pe_sandbox sandbox;
    struct pe_origin origins[PE_MAX_OPTIONS]; /* by position in the table of options */
    struct pe_settings *settings;             /* the configuration file, if there is one */
    struct pe_strings owned;                  /* values that lie in memory of their own */
};

/* How an option's values are kept. */
enum pe_option_kind {
    PE_OPTION_SWITCH, /* bool */
    PE_OPTION_WORD,   /* const char *: once */
    PE_OPTION_LIST,   /* struct pe_strings: again and again */
    PE_OPTION_PARTS,  /* struct pe_strings: again and again, and each "a,b" is two */
};

struct pe_option {
    const char *name;  /* "--pack", or "-o" */
    const char *value; /* what it takes, for help: "DIR"; NULL: a switch */
    const char *doc;   /* one line */
    enum pe_option_kind kind;
    size_t member;    /* offset in struct pe_args */
    unsigned sources; /* besides the command line: bits 1 << PE_FROM_FILE, PE_FROM_ENVIRONMENT */
};

struct pe_command {
    const char *name;
    const char *operands; /* for help: "SNAPSHOT..." */
    const char *doc;
    const char *const *options; /* names, from the one table in options.c; NULL at the end */
    int (*run)(const struct pe_args *args);
};

/* Written by the build. */
extern const struct pe_command *const pe_commands[];
extern const size_t pe_commands_count;

/* The one table of options. NULL: none of that name. */
const struct pe_option *pe_option_find(const char *name);

/* What it is called in the environment: POLICYEVAL_FAIL_ON. */
void pe_name_in_environment(const struct pe_option *option, char out[PE_VARIABLE_BYTES]);

/* By position; NULL behind the last. */
const struct pe_option *pe_option_at(size_t position);

/* Its short form, "-q"; NULL: it has none. */
const char *pe_option_short(const struct pe_option *option);

/* Parses what follows the command's name. -1 after saying what is wrong. */
int pe_args_parse(const struct pe_command *command, int argc, char **argv, struct pe_args *args);
void pe_args_release(struct pe_args *args);

/* What the pieces of parsing share with settings.c. Whether the command has the option. */
bool pe_option_taken(const struct pe_command *command, const char *name);
/* Sets one more value; the text is kept as it is, and may be cut at its commas. */
int pe_args_set(struct pe_args *args, const struct pe_option *option, char *value);
void pe_args_switch(struct pe_args *args, const struct pe_option *option, bool on);
/* A copy that lives as long as the arguments; NULL after complaining. */
char *pe_args_keep(struct pe_args *args, const char *text);
/* Checks what is set, and settles language and sandbox. */
int pe_args_settle(const struct pe_command *command, struct pe_args *args);

/* Sets what was not given as an option from the environment, then from the configuration file, for
 * commands that have --config. -1 after complaining. */
int pe_args_configure(const struct pe_command *command, struct pe_args *args);

/* Says one line on standard error, "policyeval: ..."; returns PE_EXIT_TROUBLE. */
int pe_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same, of a text that may begin with the name of an option: where that was set by the
 * environment or a configuration file, its place there stands for the name. */
int pe_complain_of(const struct pe_args *args, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Writes to standard output; -1 after complaining. Then pe_close_output must still succeed. */
int pe_print(const char *text, size_t length);
int pe_close_output(void);

/* Writes the text to standard output, closes that and releases the buffer; -1 after complaining. */
int pe_print_all(struct pe_buf *text);

/* Writes a file whole or not at all: beside it first, then renamed. -1 after complaining. */
int pe_write_file(const char *path, const char *text, size_t length);

/* Loads the packs of --pack, or the built-in one. -1 after complaining. */
struct pe_pack_list {
    struct pe_pack **items;
    size_t count;
};
int pe_load_packs(const struct pe_args *args, struct pe_pack_list *packs);
void pe_free_packs(struct pe_pack_list *packs);

/* Loads the file of --waivers, which is not standard input: that is for snapshots; leaves *waivers
 * alone when none is given. -1 after complaining. */
int pe_load_waivers(const struct pe_args *args, const struct pe_job *job,
                    struct pe_waivers **waivers);

/* Loads the pack of a command that is about one: its operand, or --pack, or the built-in. -1 after
 * complaining. */
int pe_load_one_pack(const struct pe_args *args, struct pe_pack **pack);

/* One line on standard error about the walls that were missing, when that was asked for. */
void pe_tell_walls(const struct pe_args *args, unsigned missing);

/* How output for a person looks: language, colour when standard output is a terminal, width. */
struct pe_style pe_style_of(const struct pe_args *args);

#endif
