/* mutate_unit.c: the mutants of one snapshot, judged by the rules that pass on it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "mutate_unit.h"

#include <string.h>

enum { PROGRESS_MUTANTS = 500 };

/* Judges one rule. Without memory a rule ends as an error, which would pass for a mutant that was
 * noticed: then no later result counts either. */
static enum pe_status judge_rule(struct pe_mutate_work *work, struct pe_judge *judge,
                                 const struct pe_control_def *control, size_t rule)
{
    struct pe_text reason;
    enum pe_status status = pe_judge_rule(judge, control, rule, &reason);

    work->starved |= judge->script->vm.starved;
    work->starved |= pe_arena_failed(judge->arena);
    work->starved |= pe_arena_failed(judge->scratch);
    return status;
}

/* ---- what the rules read ---- */

/* What was read of each node, and of those that it lies in. */
static uint8_t *touched_by(struct pe_mutate_unit *unit, const struct pe_trace *trace)
{
    const struct pe_json *json = &unit->judge->snapshot.json;
    uint8_t *touched = pe_arena_alloc(&unit->arena, json->count);

    for (uint32_t i = json->count; touched != NULL && i-- > 0;) {
        unsigned seen = pe_trace_seen(trace, i);
        touched[i] |= (seen & PE_SEEN_VALUE ? PE_TOUCHED_VALUE : 0) |
                      (seen & PE_SEEN_COUNT ? PE_TOUCHED_COUNT : 0) |
                      (seen & PE_SEEN_ASKED ? PE_TOUCHED_OPTIONAL : 0);
        if (i > 0 && touched[i] & ~PE_TOUCHED_OPTIONAL)
            touched[json->nodes[i].parent] |= PE_TOUCHED_BELOW;
    }
    return touched;
}

/* Of a rule that passes on the base nothing is new but what the case changed. Any other passes by
 * the parameters of the case, and all that it read is tried. */
static void keep_new(const struct pe_mutate_unit *unit, size_t rule)
{
    if (unit->on_base != NULL && unit->on_base[rule] != PE_PASS)
        return;
    for (uint32_t i = 0; unit->touched[rule] != NULL && i < unit->judge->snapshot.json.count; i++)
        if (!unit->changed[i])
            unit->touched[rule][i] = 0;
}

static int judge_unit(struct pe_mutate_unit *unit)
{
    const struct pe_control_def *control = unit->control;
    size_t count = control->face.rule_count;
    enum pe_status status;

    unit->touched = pe_arena_array(&unit->arena, count + 1, sizeof *unit->touched);
    unit->asked = pe_arena_array(&unit->arena, count + 1, sizeof *unit->asked);
    for (size_t i = 0; !pe_arena_failed(&unit->arena) && i < count; i++) {
        if (!pe_selection_takes(&unit->work->selection, control, &control->rules[i]))
            continue;
        status = judge_rule(unit->work, unit->judge, control, i);
        if (status == PE_PASS)
            unit->touched[i] = touched_by(unit, &unit->judge->trace);
        if (unit->changed != NULL)
            keep_new(unit, i);
        else
            unit->on_base[i] = status;
        unit->asked[i] = unit->judge->trace.params;
        pe_arena_release(&unit->work->scratch);
    }
    return unit->work->starved || pe_arena_failed(&unit->arena) ? pe_err_memory(unit->work->err)
                                                                : 0;
}

/* Whether a rule that read the value asked for the parameter. */
static bool asks(void *ud, uint32_t node, size_t param)
{
    const struct pe_mutate_unit *unit = ud;

    for (size_t i = 0; i < unit->control->face.rule_count; i++)
        if (unit->touched[i] != NULL && unit->touched[i][node] & PE_TOUCHED_VALUE &&
            pe_param_set_has(&unit->asked[i], param))
            return true;
    return false;
}

/* Whether a rule must be asked about a mutant. */
static bool reads(const struct pe_mutate_unit *unit, size_t rule, const struct pe_mutant *mutant)
{
    const uint8_t *touched = unit->touched[rule];
    unsigned marks = touched == NULL ? 0 : touched[mutant->node];

    if (mutant->kind == PE_MUTANT_VALUE && mutant->act != PE_MUTANT_REMOVE &&
        strcmp(mutant->json, "null") != 0)
        return marks & (PE_TOUCHED_VALUE | PE_TOUCHED_COUNT);
    return marks != 0;
}

/* ---- one mutant ---- */

static int splice_mutant(struct pe_mutate_unit *unit, const struct pe_mutant *mutant)
{
    struct pe_splice *splice = &unit->splice;

    if (mutant->act == PE_MUTANT_REMOVE)
        return pe_splice_remove(splice, mutant->node, unit->work->err);
    if (mutant->act == PE_MUTANT_APPEND)
        return pe_splice_append(splice, mutant->node, mutant->json, unit->work->err);
    return pe_splice_set(splice, mutant->node, mutant->json, unit->work->err);
}

/* The shapes of all nodes but those that come in, and of these the first. */
static const uint16_t *splice_shapes(struct pe_mutate_unit *unit)
{
    const struct pe_splice *splice = &unit->splice;
    const uint16_t *shapes = unit->judge->snapshot.shapes;
    uint32_t behind = splice->at + splice->gone;

    if (shapes == NULL || splice->gone == splice->come)
        return shapes;
    memcpy(unit->shapes, shapes, splice->at * sizeof *shapes);
    if (splice->come > 0)
        unit->shapes[splice->at] = shapes[splice->at];
    memcpy(unit->shapes + splice->at + splice->come, shapes + behind,
           (splice->base->count - behind) * sizeof *shapes);
    return unit->shapes;
}

static void forget_model(struct pe_json *json)
{
    for (uint32_t i = 0; i < json->count; i++)
        json->nodes[i].bits &= ~(uint32_t)(PE_INVALID | PE_SECRET);
}

/* What the model says of the mutant, from what it says of the snapshot and of the one value. */
static void mark_value(struct pe_mutate_unit *unit, const struct pe_mutant *mutant)
{
    if (mutant->kind == PE_MUTANT_LOST && mutant->act == PE_MUTANT_SET &&
        pe_mutant_shape(&unit->judge->snapshot, mutant->node) != NULL)
        unit->splice.json.nodes[unit->splice.at].bits |= PE_INVALID;
}

static int open_mutant(struct pe_mutate_unit *unit, const struct pe_mutant *mutant, bool whole,
                       struct pe_judge *judge)
{
    const struct pe_snapshot *s = &unit->judge->snapshot;
    struct pe_snapshot made = {0};

    if (splice_mutant(unit, mutant) != 0)
        return -1;
    if (whole) {
        forget_model(&unit->splice.json);
    } else {
        mark_value(unit, mutant);
        made.shapes = splice_shapes(unit);
        made.model = s->model;
    }
    made.json = unit->splice.json;
    made.encoded = (struct pe_encoded){.text = made.json.text, .length = made.json.length};
    made.raw = (const unsigned char *)made.json.text;
    made.raw_length = made.json.length;
    pe_place_init(&made.places, made.json.text, made.json.length);
    *judge = (struct pe_judge){.script = unit->judge->script,
                               .pack = unit->judge->pack,
                               .arena = &unit->mutant_arena,
                               .scratch = &unit->work->scratch};
    return pe_judge_adopt(judge, &made, !whole, unit->as_of, unit->work->err);
}

static void close_mutant(struct pe_mutate_unit *unit, struct pe_judge *judge)
{
    judge->script->vm.snapshot = NULL;
    pe_trace_release(&judge->trace);
    pe_place_release(&judge->snapshot.places);
    pe_arena_release(&unit->mutant_arena);
}

/* Judges a mutant by the rules that read the value; notes those that still pass. Stops when it is
 * known to be killed. */
static bool is_killed(struct pe_mutate_unit *unit, const struct pe_mutant *mutant,
                      struct pe_judge *judge, bool *passes)
{
    size_t count = unit->control->face.rule_count;
    bool any = false;

    for (size_t i = 0; i < count; i++) {
        size_t rule = (unit->first + i) % count;
        passes[rule] = false;
        if (!reads(unit, rule, mutant))
            continue;
        passes[rule] = judge_rule(unit->work, judge, unit->control, rule) == PE_PASS;
        pe_arena_release(&unit->work->scratch);
        any |= passes[rule];
        if (passes[rule] || mutant->kind == PE_MUTANT_LOST)
            continue;
        unit->first = rule;
        return true;
    }
    return !any;
}

static int judge_mutant(struct pe_mutate_unit *unit, const struct pe_mutant *mutant, bool whole,
                        bool *killed, bool *passes)
{
    struct pe_vm *vm = &unit->judge->script->vm;
    struct pe_judge judge;

    if (open_mutant(unit, mutant, whole, &judge) != 0)
        return -1;
    vm->hasty = !whole;
    *killed = is_killed(unit, mutant, &judge, passes);
    vm->hasty = false;
    close_mutant(unit, &judge);
    return unit->work->starved ? pe_err_memory(unit->work->err) : 0;
}

/* ---- what survives ---- */

static int tell_survivor(struct pe_mutate_unit *unit, const struct pe_mutant *mutant,
                         uint32_t number, const bool *passes)
{
    const struct pe_control_def *control = unit->control;
    const char **rules =
        pe_arena_array(&unit->mutant_arena, control->face.rule_count + 1, sizeof *rules);
    struct pe_survivor survivor = {.kind = mutant->kind,
                                   .control = control->face.id,
                                   .where = unit->where,
                                   .change = mutant->change};
    struct pe_mutate *run = unit->work->run;
    struct pe_buf pointer = {0};
    bool failed;

    for (size_t i = 0; rules != NULL && i < control->face.rule_count; i++)
        if (passes[i])
            rules[survivor.rules.count++] = control->rules[i].face.id;
    survivor.rules.items = rules;
    pe_snapshot_pointer(&unit->judge->snapshot, mutant->node, &pointer);
    survivor.pointer = pointer.data == NULL ? "" : pointer.data;
    failed = rules == NULL || pe_buf_failed(&pointer);
    if (!failed)
        run->report(run->ud, (struct pe_mutant_place){unit->work->units, number}, &survivor);
    pe_buf_release(&pointer);
    pe_arena_release(&unit->mutant_arena);
    return failed ? pe_err_memory(unit->work->err) : 0;
}

static void tell_progress(struct pe_mutate_work *work)
{
    if (++work->since < PROGRESS_MUTANTS)
        return;
    work->run->progress(work->run->ud, work->since);
    work->since = 0;
}

static bool note_tried(struct pe_mutate_unit *unit, const struct pe_mutant *mutant)
{
    uint8_t *tried = unit->work->run->tried[unit->control - unit->work->run->pack->controls];
    bool any = false;

    for (size_t i = 0; i < unit->control->face.rule_count; i++) {
        bool asked = reads(unit, i, mutant);
        tried[i] |= asked;
        any |= asked;
    }
    return any;
}

/* First by the value alone; what survives that, in full. */
static int try_value(struct pe_mutate_unit *unit, const struct pe_mutant *mutant, bool *killed,
                     bool *passes)
{
    bool whole = mutant->whole || unit->problems;

    if (judge_mutant(unit, mutant, whole, killed, passes) != 0)
        return -1;
    return *killed || whole || mutant->alone ? 0 : judge_mutant(unit, mutant, true, killed, passes);
}

static int try_mutant(struct pe_mutate_unit *unit, const struct pe_mutant *mutant, uint32_t number,
                      bool *passes)
{
    struct pe_mutate *run = unit->work->run;
    struct pe_mutant other = *mutant;
    bool killed = false;

    if (!note_tried(unit, mutant))
        return 0;
    tell_progress(unit->work);
    other.json = mutant->or_json;
    if (try_value(unit, mutant, &killed, passes) != 0 ||
        (!killed && other.json != NULL && try_value(unit, &other, &killed, passes) != 0))
        return -1;
    run->all[mutant->kind]++;
    run->killed[mutant->kind] += killed;
    return killed ? 0 : tell_survivor(unit, mutant, number, passes);
}

/* ---- one snapshot ---- */

static void unite(struct pe_mutate_unit *unit, uint8_t *all)
{
    for (size_t i = 0; i < unit->control->face.rule_count; i++)
        for (uint32_t n = 0; unit->touched[i] != NULL && n < unit->judge->snapshot.json.count; n++)
            all[n] |= unit->touched[i][n];
}

static int find_mutants(struct pe_mutate_unit *unit, struct pe_mutants *mutants)
{
    const struct pe_judge *judge = unit->judge;
    uint32_t count = judge->snapshot.json.count;
    uint8_t *all = pe_arena_alloc(&unit->arena, count);

    *mutants = (struct pe_mutants){.snapshot = &judge->snapshot,
                                   .pack = judge->pack,
                                   .control = unit->control,
                                   .as_of = judge->profile.as_of,
                                   .touched = all,
                                   .asks = asks,
                                   .ud = unit,
                                   .arena = &unit->arena};
    if (all == NULL)
        return pe_err_memory(unit->work->err);
    unite(unit, all);
    for (uint32_t i = 0; i < count; i++) {
        mutants->fine = unit->changed != NULL && unit->changed[i];
        if (pe_node_type(&judge->snapshot.json.nodes[i]) != PE_KEY)
            pe_mutants_of(mutants, i);
    }
    return pe_arena_failed(&unit->arena) ? pe_err_memory(unit->work->err) : 0;
}

static bool is_mine(const struct pe_mutate_unit *unit, size_t number)
{
    const struct pe_mutate *run = unit->work->run;

    return !unit->shared || run->shards <= 1 || number % run->shards == run->shard;
}

static bool has_problems(const struct pe_snapshot *s)
{
    for (size_t i = 0; i < s->problem_count; i++)
        if (!s->problems[i].warning)
            return true;
    return false;
}

static int mutate_all(struct pe_mutate_unit *unit)
{
    size_t rules = unit->control->face.rule_count;
    bool *passes = pe_arena_array(&unit->arena, rules + 1, sizeof *passes);
    uint32_t nodes = unit->judge->snapshot.json.count;
    struct pe_mutants mutants;
    int result = judge_unit(unit);

    unit->problems = has_problems(&unit->judge->snapshot);
    unit->shapes = pe_arena_array(&unit->arena, (size_t)nodes + 1, sizeof *unit->shapes);
    if (result == 0)
        result = find_mutants(unit, &mutants);
    if (result == 0)
        result = pe_splice_open(&unit->splice, &unit->judge->snapshot.json, unit->work->err);
    for (size_t i = 0; result == 0 && i < mutants.count; i++)
        if (is_mine(unit, i))
            result = try_mutant(unit, &mutants.items[i], (uint32_t)i, passes);
    pe_splice_release(&unit->splice);
    return result;
}

int pe_mutate_unit(struct pe_mutate_unit *unit)
{
    int result = mutate_all(unit);

    unit->judge->script->vm.snapshot = NULL;
    unit->work->units++;
    pe_arena_release(&unit->mutant_arena);
    pe_arena_release(&unit->arena);
    return result;
}
