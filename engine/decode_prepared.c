/* decode_prepared.c: a pack that is built in, shown without a worker having to describe it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "decode.h"

/* What a worker would send, and the parent make of it (decode_pack.c), is made of the constants
 * that both have; only what options set differs from run to run. */
struct show {
    const struct pe_pack_def *pack;
    const struct pe_selection *selection;
    struct pe_arena *arena;
};

static const char *word(const char *text)
{
    return text == NULL ? "" : text;
}

static struct pe_text both(struct pe_text text)
{
    return (struct pe_text){text.en, text.ja == NULL ? text.en : text.ja};
}

static void show_sides(const struct show *show, struct pe_side *sides)
{
    for (size_t i = 0; i < PE_MAX_SERVICES; i++) {
        if (i >= show->pack->services.count)
            sides[i] = (struct pe_side){0};
        else if (!sides[i].applies)
            sides[i].owner = PE_SHARED;
    }
}

/* ---- controls ---- */

static const char *bound(const struct show *show, bool has, double number)
{
    return has ? pe_arena_printf(show->arena, "%.15g", number) : NULL;
}

static const struct pe_param *show_params(const struct show *show,
                                          const struct pe_control_def *control)
{
    size_t count = control->face.param_count;
    struct pe_param *params = pe_arena_array(show->arena, count + 1, sizeof *params);

    for (size_t i = 0; params != NULL && i < count; i++) {
        const struct pe_param_def *def = &control->params[i];
        params[i] = def->face;
        params[i].unit = both(def->face.unit);
        params[i].source = both(def->face.source);
        params[i].doc = both(def->face.doc);
        params[i].min = bound(show, def->has_min, def->min);
        params[i].max = bound(show, def->has_max, def->max);
        params[i].one_of = def->one_of;
    }
    return params;
}

static const struct pe_rule *show_rules(const struct show *show,
                                        const struct pe_control_def *control, const bool **selected)
{
    size_t count = control->face.rule_count;
    struct pe_rule *rules = pe_arena_array(show->arena, count + 1, sizeof *rules);
    bool *chosen = pe_arena_array(show->arena, count + 1, sizeof *chosen);

    for (size_t i = 0; rules != NULL && chosen != NULL && i < count; i++) {
        rules[i] = control->rules[i].face;
        rules[i].ref = word(rules[i].ref);
        rules[i].title = both(rules[i].title);
        rules[i].fix = both(rules[i].fix);
        show_sides(show, rules[i].sides);
        chosen[i] = pe_selection_takes(show->selection, control, &control->rules[i]);
    }
    *selected = chosen;
    return rules;
}

static void show_control(const struct show *show, const struct pe_control_def *def,
                         struct pe_control *control, const bool **selected)
{
    *control = def->face;
    control->title = both(def->face.title);
    show_sides(show, control->sides);
    control->params = show_params(show, def);
    control->rules = show_rules(show, def, selected);
}

/* ---- the pack ---- */

static int decode_prepared(const struct pe_prepared *prepared, const struct pe_job *job,
                           struct pe_arena *arena, struct pe_decoded_pack *pack, struct pe_err *err)
{
    struct pe_selection selection = {job->only, job->skip};
    struct pe_pack_def def = prepared->pack;
    struct show show = {&def, &selection, arena};
    size_t count = def.face.control_count;
    struct pe_control *controls = pe_arena_array(arena, count, sizeof *controls);
    const bool **selected = pe_arena_array(arena, count, sizeof *selected);

    for (size_t i = 0; i < job->params.count; i++)
        if (pe_pack_set_param(&def, job->params.items[i], arena, err) != 0)
            return -1;
    for (size_t i = 0; controls != NULL && selected != NULL && i < count; i++)
        show_control(&show, &def.controls[i], &controls[i], &selected[i]);
    pack->info = def.face;
    pack->info.edition = word(def.face.edition);
    pack->info.title = both(def.face.title);
    pack->info.claims_at = word(def.face.claims_at);
    pack->info.controls = controls;
    pack->selected = selected;
    pack->raw = (const unsigned char *)"";
    return pe_arena_failed(arena) ? pe_err_memory(err) : 0;
}

int pe_decode_judged_pack(struct pe_in *in, const struct pe_pack *source, const struct pe_job *job,
                          struct pe_decoded_pack *pack, const char **lie, struct pe_err *err)
{
    const struct pe_prepared *prepared = source->files.prepared;

    if (pack->raw != NULL || prepared == NULL) {
        if (pe_decode_same_pack(in, pack, lie) != 0)
            return -1;
    } else if (in->at != in->end) {
        *lie = "pack";
        return -1;
    } else if (decode_prepared(prepared, job, in->arena, pack, err) != 0) {
        return -1;
    }
    strcpy(pack->info.sha256, source->sha256);
    return 0;
}
