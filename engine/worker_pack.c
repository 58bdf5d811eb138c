/* worker_pack.c: what a worker tells of the pack that it loaded. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "worker_work.h"

static void send_bound(struct pe_out *out, bool has, double bound)
{
    char text[32];

    snprintf(text, sizeof text, "%.15g", bound);
    pe_out_string(out, has ? text : NULL);
}

static void send_param(struct pe_out *out, const struct pe_param_def *def)
{
    const struct pe_param *param = &def->face;

    pe_out_string(out, param->name);
    pe_out_string(out, param->type);
    pe_out_text(out, param->unit);
    pe_out_text(out, param->source);
    pe_out_text(out, param->doc);
    pe_out_string(out, param->value);
    pe_out_string(out, param->default_);
    send_bound(out, def->has_min, def->min);
    send_bound(out, def->has_max, def->max);
    pe_out_strings(out, &def->one_of);
}

/* One number a service: the owner, or PE_OWNER_COUNT where it does not apply. */
static void send_sides(struct pe_work *work, const struct pe_side *sides)
{
    for (size_t i = 0; i < work->pack.services.count; i++)
        pe_out_u32(&work->out, sides[i].applies ? sides[i].owner : PE_OWNER_COUNT);
}

static void send_rule(struct pe_work *work, const struct pe_control_def *control,
                      const struct pe_rule_def *rule)
{
    struct pe_selection selection = {work->task->job->only, work->task->job->skip};
    struct pe_out *out = &work->out;

    pe_out_string(out, rule->face.id);
    pe_out_string(out, rule->face.ref == NULL ? "" : rule->face.ref);
    pe_out_text(out, rule->face.title);
    pe_out_text(out, rule->face.fix);
    pe_out_u32(out, rule->face.severity);
    pe_out_u32(out, rule->face.owner);
    send_sides(work, rule->face.sides);
    pe_out_u32(out, rule->face.claimable);
    pe_out_u32(out, pe_selection_takes(&selection, control, rule));
}

static void send_control(struct pe_work *work, const struct pe_control_def *control)
{
    struct pe_out *out = &work->out;

    pe_out_string(out, control->face.id);
    pe_out_text(out, control->face.title);
    pe_out_u32(out, control->face.severity);
    pe_out_u32(out, control->face.owner);
    send_sides(work, control->face.sides);
    pe_out_strings(out, &control->face.references);
    pe_out_strings(out, &control->face.tags);
    pe_out_u32(out, (uint32_t)control->face.param_count);
    for (size_t i = 0; i < control->face.param_count; i++)
        send_param(out, &control->params[i]);
    pe_out_u32(out, (uint32_t)control->face.rule_count);
    for (size_t i = 0; i < control->face.rule_count; i++)
        send_rule(work, control, &control->rules[i]);
}

static void send_claim_set(struct pe_out *out, const struct pe_claim_set *set)
{
    pe_out_string(out, set->doc);
    pe_out_string(out, set->version);
    pe_out_string(out, set->issued);
    pe_out_string(out, set->sha256);
    pe_out_text(out, set->title);
    pe_out_strings(out, &set->services);
    pe_out_u32(out, (uint32_t)set->claim_count);
    for (size_t i = 0; i < set->claim_count; i++) {
        pe_out_string(out, set->claims[i].clause);
        pe_out_text(out, set->claims[i].text);
    }
}

static void send_area(struct pe_out *out, const struct pe_area *area)
{
    pe_out_string(out, area->word);
    pe_out_strings(out, &area->pointers);
    pe_out_text(out, area->title);
    pe_out_text(out, area->collect);
    pe_out_u32(out, area->known_to);
    pe_out_string(out, area->link);
}

static void send_declared(struct pe_work *work)
{
    const struct pe_pack_def *pack = &work->pack;
    struct pe_out *out = &work->out;

    pe_out_string(out, pack->face.id);
    pe_out_string(out, pack->face.version);
    pe_out_string(out, pack->face.edition == NULL ? "" : pack->face.edition);
    pe_out_text(out, pack->face.title);
    pe_out_u32(out, pack->face.has_model);
    pe_out_strings(out, &pack->services);
    pe_out_u32(out, (uint32_t)pack->face.control_count);
    for (size_t i = 0; i < pack->face.control_count; i++)
        send_control(work, &pack->controls[i]);
    pe_out_string(out, pack->face.claims_at == NULL ? "" : pack->face.claims_at);
    pe_out_u32(out, (uint32_t)pack->face.claim_set_count);
    for (size_t i = 0; i < pack->face.claim_set_count; i++)
        send_claim_set(out, &pack->face.claim_sets[i]);
    pe_out_u32(out, (uint32_t)pack->face.area_count);
    for (size_t i = 0; i < pack->face.area_count; i++)
        send_area(out, &pack->face.areas[i]);
}

/* What is built in the parent knows: pe_decode_judged_pack(). */
static void send_pack(struct pe_work *work)
{
    const struct pe_task *task = work->task;

    pe_out_begin(&work->out, PE_RECORD_PACK);
    if (task->files->prepared == NULL || task->kind != PE_TASK_JUDGE)
        send_declared(work);
    pe_out_end(&work->out);
    if (task->feed == PE_FEED_INPUTS)
        pe_out_flush(&work->out); /* others wait for it */
}

static void set_params(struct pe_work *work)
{
    const struct pe_strings *params = &work->task->job->params;
    struct pe_err err;

    for (size_t i = 0; i < params->count; i++)
        if (pe_pack_set_param(&work->pack, params->items[i], &work->arena, &err) != 0)
            pe_work_give_up(work, &err);
}

/* A selector may be meant for another pack: the parent knows whether any pack took it. */
static void send_unmatched(struct pe_work *work, const struct pe_strings *selectors, bool skip)
{
    struct pe_selection one = {0};
    struct pe_err err;

    for (size_t i = 0; i < selectors->count; i++) {
        struct pe_strings single = {&selectors->items[i], 1};
        *(skip ? &one.skip : &one.only) = single;
        if (pe_selection_check(&one, &work->pack, &err) == 0)
            continue;
        pe_out_begin(&work->out, PE_RECORD_UNMATCHED);
        pe_out_u32(&work->out, skip);
        pe_out_u32(&work->out, (uint32_t)i);
        pe_out_string(&work->out, err.text);
        pe_out_end(&work->out);
    }
}

void pe_work_open_pack(struct pe_work *work)
{
    struct pe_err err;

    if (pe_script_init(&work->script, work->task->files, &work->arena, &err) != 0 ||
        pe_script_load(&work->script, &work->pack, &err) != 0)
        pe_work_give_up(work, &err);
    set_params(work);
    if ((work->task->kind == PE_TASK_TEST || work->task->kind == PE_TASK_MUTATE) &&
        pe_pack_own(&work->pack, &work->arena, &err) != 0) /* a test may bring parameters */
        pe_work_give_up(work, &err);
    send_unmatched(work, &work->task->job->only, false);
    send_unmatched(work, &work->task->job->skip, true);
    send_pack(work);
}
