/* mutate_support.c: see mutate_support.h. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "mutate_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "pack_support.h"

static void log_survivor(void *ud, struct pe_mutant_place place, const struct pe_survivor *survivor)
{
    struct mutate_log *log = ud;
    size_t at = strlen(log->text);

    assert_true(log->count == 0 || place.unit > log->last.unit ||
                (place.unit == log->last.unit && place.number > log->last.number));
    log->last = place;
    log->count++;
    assert_true(at < sizeof log->text - 500);
    at += (size_t)snprintf(log->text + at, 400, "%s %s %s %s (", pe_mutant_word(survivor->kind),
                           survivor->where, survivor->pointer, survivor->change);
    for (size_t i = 0; i < survivor->rules.count; i++)
        at += (size_t)snprintf(log->text + at, 60, "%s%s", i == 0 ? "" : " ",
                               survivor->rules.items[i]);
    strcat(log->text, ")\n");
}

static void no_progress(void *ud, size_t tried)
{
    (void)ud;
    assert_true(tried > 0);
}

void mutate_run(struct mutate_setup *setup)
{
    char pack_lua[1000], control[4000], tests[1000];
    struct pe_arena arena = {0};
    struct packed *packed;
    struct pe_mutate mutate = {.report = log_survivor,
                               .progress = no_progress,
                               .ud = &setup->log,
                               .arena = &arena,
                               .shard = setup->shard,
                               .shards = setup->shards};
    struct pe_err err = {0};

    snprintf(pack_lua, sizeof pack_lua,
             "return { id = 'p', version = '1', title = 't', as_of = '/as_of', %s }",
             setup->pack == NULL ? "" : setup->pack);
    snprintf(control, sizeof control,
             "return { title = 't', severity = 'low', owner = 'customer', params = { %s },\n"
             "rules = { { id = 'r', title = 'r', check = function(s, params, as_of) %s end } } }",
             setup->params == NULL ? "" : setup->params, setup->check);
    snprintf(tests, sizeof tests, "return { base = 'base.json', { 'plain', expect = {} }, %s }",
             setup->cases == NULL ? "" : setup->cases);
    packed =
        pack_of("pack.lua", pack_lua, "1.1.lua", control, "tests/1.1.lua", tests, "tests/base.json",
                setup->base, setup->model == NULL ? NULL : "model.lua", setup->model, NULL);
    if (!packed->loaded)
        fail_msg("%s", packed->err.text);
    mutate.script = &packed->script;
    mutate.pack = &packed->pack;
    memset(&setup->log, 0, sizeof setup->log);
    if (pe_mutate_run(&mutate, &err) != 0)
        fail_msg("%s", err.text);
    memcpy(setup->all, mutate.all, sizeof setup->all);
    memcpy(setup->killed, mutate.killed, sizeof setup->killed);
    pe_arena_release(&arena);
    pack_free(packed);
}

void mutate_survivors(struct mutate_setup setup, const char *want)
{
    mutate_run(&setup);
    if (strcmp(setup.log.text, want) != 0)
        fail_msg("%s: survivors are\n%s", setup.check, setup.log.text);
}
