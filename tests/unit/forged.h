/* forged.h: a double of the worker, which says what a test wants, and what an honest one says.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It replaces pe_worker_run in the test that includes this, and runs in the child: all of the
 * engine but the worker itself is the real one.
 */
#ifndef FORGED_H
#define FORGED_H

#include <string.h>
#include <unistd.h>

#include "api.h"
#include "wall.h"
#include "wire.h"
#include "worker.h"

static void (*say)(struct pe_out *out, const struct pe_task *task); /* by the worker */
static int forged_feed;                                             /* the lines of a stream */

_Noreturn void pe_worker_run(const struct pe_task *task, const struct pe_wall *wall, int fd)
{
    struct pe_out out = {.fd = fd};

    forged_feed = wall->feed_fd;
    say(&out, task);
    pe_out_flush(&out);
    _exit(0);
}

/* ---- what an honest worker says ---- */

static const struct pe_text text = {"a text", "文"};

static void say_wall(struct pe_out *out, unsigned missing)
{
    pe_out_begin(out, PE_RECORD_WALL);
    pe_out_u32(out, missing);
    pe_out_end(out);
}

static void add_rule(struct pe_out *out, const char *id)
{
    pe_out_string(out, id);
    pe_out_string(out, "");
    pe_out_text(out, text);
    pe_out_text(out, text);
    pe_out_u32(out, PE_LOW);
    pe_out_u32(out, PE_CUSTOMER);
    pe_out_u32(out, 0); /* claimable */
    pe_out_u32(out, 1);
}

/* Two controls: 1.1 with two rules, 1.2 with one. */
static void say_pack(struct pe_out *out, const char *id)
{
    static const struct pe_strings none;

    pe_out_begin(out, PE_RECORD_PACK);
    pe_out_string(out, id);
    pe_out_string(out, "1");
    pe_out_string(out, "");
    pe_out_text(out, text);
    pe_out_u32(out, 0);
    pe_out_strings(out, &none); /* services */
    pe_out_u32(out, 2);
    for (uint32_t i = 0; i < 2; i++) {
        pe_out_string(out, i == 0 ? "1.1" : "1.2");
        pe_out_text(out, text);
        pe_out_u32(out, PE_LOW);
        pe_out_u32(out, PE_CUSTOMER);
        pe_out_strings(out, &none);
        pe_out_strings(out, &none);
        pe_out_u32(out, 0);
        pe_out_u32(out, 2 - i);
        for (uint32_t j = 0; j < 2 - i; j++)
            add_rule(out, j == 0 ? "r1" : "r2");
    }
    pe_out_string(out, ""); /* claims */
    pe_out_u32(out, 0);
    pe_out_u32(out, 0); /* areas */
    pe_out_end(out);
}

static void say_done(struct pe_out *out)
{
    pe_out_begin(out, PE_RECORD_DONE);
    pe_out_end(out);
}

#endif
