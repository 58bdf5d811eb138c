/* ask.h: one worker, one question about a pack, or a file.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing of a pack runs outside the walls: also what it declares, its schema and its tests come
 * from a worker, record by record.
 */
#ifndef PE_ASK_H
#define PE_ASK_H

#include "api.h"
#include "wire.h"
#include "worker.h"

/* Called for every record but errors and the end; -1, with *lie set, when it makes no sense. */
typedef int pe_ask_take(void *ud, unsigned type, struct pe_in *in, const char **lie);

/* Runs the task, about a pack or, when that is NULL, a file of no pack; strings of records lie in
 * the arena. The time for the whole is that of as many controls as are given, at least one. */
int pe_ask(const struct pe_task *task, const struct pe_pack *pack, struct pe_arena *arena,
           unsigned controls, pe_ask_take *take, void *ud, struct pe_err *err);

/* Of a job that may be NULL, only what is about the sandbox. */
struct pe_job pe_ask_sandbox(const struct pe_job *job);

/* Asks for one text, which the caller frees; what: "schema", for messages. */
int pe_ask_text(const struct pe_task *task, const struct pe_pack *pack, const char *what,
                char **text, struct pe_err *err);

#endif
