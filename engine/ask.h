/* ask.h: questions about a pack, or a file, for one worker or several.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing of a pack runs outside the walls: also what it declares, its schema, its tests and
 * their mutants come from workers, record by record.
 */
#ifndef PE_ASK_H
#define PE_ASK_H

#include "api.h"
#include "wire.h"
#include "worker.h"

/* Called for every record but errors, progress and the end; -1, with *lie set, when it makes no
 * sense. */
typedef int pe_ask_take(void *ud, unsigned type, struct pe_in *in, const char **lie);

struct pe_ask {
    const struct pe_task *task;
    const struct pe_pack *pack; /* NULL: it is about a file of no pack */
    struct pe_arena *arena;     /* strings of records lie in it */
    unsigned controls; /* as many may take the time for the whole, or until a record of progress */
    unsigned workers;  /* each is told which it is: the task's shard and shards; 0: one */
    pe_ask_take *take;
    void (*progress)(void *ud, size_t steps); /* NULL: nobody wants to know */
    void *ud;
};

/* Asks, and waits for all answers. When workers fail, the first one's error is told. */
int pe_ask_all(const struct pe_ask *ask, struct pe_err *err);

/* Asks one worker. */
int pe_ask(const struct pe_task *task, const struct pe_pack *pack, struct pe_arena *arena,
           unsigned controls, pe_ask_take *take, void *ud, struct pe_err *err);

/* Of a job that may be NULL, only what is about the sandbox. */
struct pe_job pe_ask_sandbox(const struct pe_job *job);

/* Asks for one text, which the caller frees; what: "schema", for messages. */
int pe_ask_text(const struct pe_task *task, const struct pe_pack *pack, const char *what,
                char **text, struct pe_err *err);

#endif
