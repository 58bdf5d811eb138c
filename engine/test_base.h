/* test_base.h: the snapshots that a pack's tests start from, and what a case makes of one.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Tests and mutation tests share it: a base is opened once, and judged anew for each control.
 */
#ifndef PE_TEST_BASE_H
#define PE_TEST_BASE_H

#include "judge.h"
#include "lua/test_file.h"

struct pe_test_base {
    struct pe_test_base *next;
    const char *name;
    const struct pe_file *file;
    struct pe_arena arena; /* of the judge */
    struct pe_judge judge;
    const struct pe_control_def *control; /* the last one that judged it; NULL: none */
    enum pe_status *statuses;             /* of its rules, in the arena of who asked */
};

struct pe_test_bases {
    struct pe_script *script;
    struct pe_pack_def *pack;
    const struct pe_files *fixtures; /* bases that the pack's tests/ lacks; NULL: none */
    struct pe_arena *scratch;        /* of one rule */
    int evidence;                    /* entries a rule */
    struct pe_arena arena;
    struct pe_test_base *list;
};

/* The base of that name, opened when it is asked for the first time; NULL (PE_ERR_PACK) when it is
 * nowhere or no JSON. control is whose tests ask. */
struct pe_test_base *pe_test_base_find(struct pe_test_bases *bases, const char *control,
                                       const char *name, struct pe_err *err);

/* The control of the bases changes: none of them has been judged by the new one. */
void pe_test_bases_forget(struct pe_test_bases *bases);
void pe_test_bases_release(struct pe_test_bases *bases);

/* Takes each file of tests of the pack, until one gives -1. PE_ERR_PACK when there is none. */
int pe_test_files_walk(const struct pe_script *script, const struct pe_pack_def *pack,
                       int (*take)(void *ud, const struct pe_file *file), void *ud,
                       struct pe_err *err);

/* Releases a judge whose snapshot the state may still remember. */
void pe_test_judge_close(struct pe_judge *judge);

/* The base's text with the changes of a case. False, with the reason added to why, when one of
 * them cannot be made; text has failed when it was for want of memory. */
bool pe_test_change(const struct pe_test_base *base, const struct pe_test_def *test,
                    struct pe_buf *text, struct pe_buf *why);

/* Gives a control the parameters of a case, in memory of the arena; its own come back with
 * pe_test_params_restore. False, with the reason added to why, for a value that is refused. */
struct pe_test_params {
    struct pe_control_def *control;
    struct pe_param_def *own;
};
bool pe_test_params_set(struct pe_test_params *params, struct pe_control_def *control,
                        const struct pe_test_def *test, struct pe_arena *arena, struct pe_buf *why);
void pe_test_params_restore(struct pe_test_params *params);

#endif
