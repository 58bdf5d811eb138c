/* err.h: what went wrong, in one line a person can act on.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A caller owns a struct pe_err and hands it to functions that can fail; they fill it and return
 * -1. The text is plain UTF-8 without a newline, says what is wrong, where, and what to do next,
 * and never quotes bytes of a snapshot. The kinds and the struct are the API's (policyeval.h).
 */
#ifndef PE_BASE_ERR_H
#define PE_BASE_ERR_H

#include "policyeval.h"

/* Fills err (which may be NULL) and returns -1, so that a caller can `return pe_err_set(...)`. */
int pe_err_set(struct pe_err *err, enum pe_err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same, for running out of memory. */
int pe_err_memory(struct pe_err *err);

#endif
