/* catalogue.c: what a pack holds, asked of a worker. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "assemble.h"
#include "base/err.h"
#include "child.h"
#include "claims.h"
#include "decode.h"
#include "lib/clause.h"

/* ---- the catalogue ---- */

struct pe_catalogue {
    struct pe_arena arena;
    struct pe_decoded_pack pack;
    const struct pe_problem *warnings;
    size_t warning_count;
    const char **unmatched; /* by selector of only, then skip */
    size_t only, selectors;
};

static int take_unmatched(struct pe_catalogue *catalogue, struct pe_in *in, const char **lie)
{
    size_t number = pe_in_u32(in, 1) == 0 ? 0 : catalogue->only;
    const char *text;

    number += pe_in_u32(in, UINT32_MAX);
    text = pe_in_word(in);
    *lie = "selector";
    if (!pe_in_done(in) || number >= catalogue->selectors)
        return -1;
    *lie = NULL;
    catalogue->unmatched[number] = text;
    return 0;
}

static int take_pack(void *ud, unsigned type, struct pe_in *in, const char **lie)
{
    struct pe_catalogue *catalogue = ud;

    if (type == PE_RECORD_UNMATCHED)
        return take_unmatched(catalogue, in, lie);
    if (type != PE_RECORD_PACK)
        return -1;
    return pe_decode_pack(in, &catalogue->pack, lie);
}

static const struct pe_control *control_named(const struct pe_pack_info *pack, const char *id)
{
    for (size_t i = 0; i < pack->control_count; i++)
        if (strcmp(pack->controls[i].id, id) == 0)
            return &pack->controls[i];
    return NULL;
}

/* ---- what lint warns of ---- */

struct warnings {
    struct pe_arena *arena;
    struct pe_problem *list;
    size_t count, room;
    bool one_language; /* no rule of the pack has two: that is said once */
};

static void warn(struct warnings *w, const char *where, const char *en, const char *ja)
{
    struct pe_problem *list = pe_arena_grow(w->arena, w->list, w->count, &w->room, sizeof *list);

    if (list == NULL)
        return;
    w->list = list;
    list[w->count++] = (struct pe_problem){
        .warning = true, .pointer = where, .message = {en, ja}, .hint = {"", ""}};
}

static bool one_language(struct pe_text text)
{
    return text.en != NULL && text.ja != NULL && strcmp(text.en, text.ja) == 0;
}

static bool has_one_language(const struct pe_pack_info *info)
{
    for (size_t i = 0; i < info->control_count; i++)
        for (size_t j = 0; j < info->controls[i].rule_count; j++)
            if (!one_language(info->controls[i].rules[j].title))
                return false;
    return true;
}

static void warn_of_rule(struct warnings *w, const struct pe_control *control,
                         const struct pe_rule *rule)
{
    const char *where = pe_arena_printf(w->arena, "%s/%s", control->id, rule->id);

    if (rule->fix.en == NULL)
        warn(w, where, "has no fix: say what to do when it fails", "対処方法（fix）がありません");
    if (!w->one_language && one_language(rule->title))
        warn(w, where, "its title has one language only", "題名が一つの言語しかありません");
}

static void warn_of_control(struct warnings *w, const struct pe_control *control)
{
    if (control->references.count == 0)
        warn(w, control->id, "has no references: say which clause it is about",
             "参照規格（references）がありません");
    for (size_t i = 0; i < control->param_count; i++)
        if (control->params[i].default_ != NULL && control->params[i].source.en == NULL)
            warn(w, pe_arena_printf(w->arena, "%s/params/%s", control->id, control->params[i].name),
                 "has a default, but does not say where it comes from",
                 "既定値の根拠（source）がありません");
    for (size_t i = 0; i < control->rule_count; i++)
        warn_of_rule(w, control, &control->rules[i]);
}

/* A rule that may rest on a claim needs one, and a claim is about a control. */
static void warn_of_claims(struct warnings *w, const struct pe_pack_info *info)
{
    for (size_t i = 0; i < info->control_count; i++) {
        const struct pe_control *control = &info->controls[i];
        size_t stated = 0;
        for (size_t j = 0; j < info->claim_set_count; j++)
            stated += pe_claims_state(&info->claim_sets[j], control->id);
        for (size_t j = 0; stated == 0 && j < control->rule_count; j++)
            if (control->rules[j].claimable)
                warn(w, pe_arena_printf(w->arena, "%s/%s", control->id, control->rules[j].id),
                     "is claimable, but no set of claims states this clause",
                     "claimable ですが、この項番の事業者表明がありません");
    }
    for (size_t i = 0; i < info->claim_set_count; i++) {
        const struct pe_claim_set *set = &info->claim_sets[i];
        for (size_t j = 0; j < set->claim_count; j++)
            if (control_named(info, set->claims[j].clause) == NULL)
                warn(w,
                     pe_arena_printf(w->arena, "claims.lua/%s/%s", set->doc, set->claims[j].clause),
                     "is a claim about a control that the pack has not",
                     "対応する管理策がポリシーパックにない事業者表明です");
    }
}

static void find_warnings(struct pe_catalogue *catalogue)
{
    const struct pe_pack_info *info = &catalogue->pack.info;
    struct warnings w = {.arena = &catalogue->arena, .one_language = has_one_language(info)};

    if (!info->has_model)
        warn(&w, "model.lua",
             "is missing: without a model the types of values are not checked, only that they are "
             "there",
             "モデルがないため、値の有無のみ確認され、型は確認されません");
    if (w.one_language)
        warn(&w, "pack.lua", "no rule has its title in both languages: { en = ..., ja = ... }",
             "題名を二つの言語で記載した判定ルールがありません（{ en = ..., ja = ... }）");
    for (size_t i = 0; i < info->control_count; i++)
        warn_of_control(&w, &info->controls[i]);
    warn_of_claims(&w, info);
    catalogue->warnings = w.list;
    catalogue->warning_count = w.count;
}

static int ask_for_catalogue(struct pe_pack *pack, const struct pe_job *job,
                             struct pe_catalogue *catalogue, struct pe_err *err)
{
    struct pe_task task = {.kind = PE_TASK_CATALOGUE, .files = &pack->files, .job = job};

    catalogue->only = job->only.count;
    catalogue->selectors = job->only.count + job->skip.count;
    catalogue->unmatched =
        pe_arena_array(&catalogue->arena, catalogue->selectors + 1, sizeof *catalogue->unmatched);
    if (catalogue->unmatched == NULL)
        return pe_err_memory(err);
    return pe_ask(&task, pack, &catalogue->arena, 1, take_pack, catalogue, err);
}

int pe_catalogue_load(struct pe_pack *pack, const struct pe_job *job,
                      struct pe_catalogue **catalogue, struct pe_err *err)
{
    struct pe_catalogue *c = calloc(1, sizeof *c);

    if (c == NULL)
        return pe_err_memory(err);
    if (ask_for_catalogue(pack, job == NULL ? &(struct pe_job){0} : job, c, err) != 0) {
        pe_catalogue_free(c);
        return -1;
    }
    strcpy(c->pack.info.sha256, pack->sha256);
    find_warnings(c);
    *catalogue = c;
    return 0;
}

/* Counts the packs that have nothing for a selector, and keeps why. */
static void count_strangers(const struct pe_catalogue *c, size_t *strangers, struct pe_err *whys)
{
    for (size_t i = 0; i < c->selectors; i++)
        if (c->unmatched[i] != NULL && strangers[i]++ == 0)
            pe_err_set(&whys[i], PE_ERR_USAGE, "%s", c->unmatched[i]);
}

int pe_job_check(const struct pe_job *job, struct pe_err *err)
{
    size_t selectors = job->only.count + job->skip.count;
    size_t *strangers = calloc(selectors + 1, sizeof *strangers);
    struct pe_err *whys = calloc(selectors + 1, sizeof *whys);
    struct pe_catalogue *catalogue;
    bool has_model = !job->gate.strict_model;
    int result = strangers == NULL || whys == NULL ? pe_err_memory(err) : 0;

    if (result == 0)
        result = pe_assemble_check(job, err);
    for (size_t i = 0; result == 0 && i < job->pack_count; i++) {
        result = pe_catalogue_load(job->packs[i], job, &catalogue, err);
        if (result != 0)
            break;
        count_strangers(catalogue, strangers, whys);
        has_model |= catalogue->pack.info.has_model;
        pe_catalogue_free(catalogue);
    }
    for (size_t i = 0; result == 0 && i < selectors; i++)
        if (strangers[i] == job->pack_count)
            result = pe_err_set(err, PE_ERR_USAGE, "%s", whys[i].text);
    if (result == 0 && !has_model)
        result = pe_err_set(err, PE_ERR_USAGE, "%s", PE_NO_MODEL);
    free(strangers);
    free(whys);
    return result;
}

const struct pe_pack_info *pe_catalogue_info(const struct pe_catalogue *catalogue)
{
    return &catalogue->pack.info;
}

const struct pe_problem *pe_catalogue_warnings(const struct pe_catalogue *catalogue, size_t *count)
{
    *count = catalogue->warning_count;
    return catalogue->warnings;
}

bool pe_catalogue_takes(const struct pe_catalogue *catalogue, size_t control, size_t rule)
{
    return catalogue->pack.selected[control][rule];
}

const char *pe_catalogue_unmatched(const struct pe_catalogue *catalogue, size_t selector)
{
    return catalogue->unmatched[selector];
}

void pe_catalogue_free(struct pe_catalogue *catalogue)
{
    if (catalogue == NULL)
        return;
    pe_arena_release(&catalogue->arena);
    free(catalogue);
}

/* ---- controls by name ---- */

const struct pe_control *pe_control_find(const struct pe_pack_info *pack, const char *spelling)
{
    const struct pe_control *control = control_named(pack, spelling);
    char clause[PE_CLAUSE_BYTES];

    if (control == NULL && pe_clause_normalise(spelling, strlen(spelling), clause) == 0)
        control = control_named(pack, clause);
    return control;
}
