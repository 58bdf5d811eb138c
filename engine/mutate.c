/* mutate.c: mutation tests of a pack: does a control notice what it read? */
/* SPDX-License-Identifier: Apache-2.0 */
#include "mutate.h"

#include <stdlib.h>
#include <string.h>

#include "splice.h"
#include "test_base.h"

enum { PROGRESS_MUTANTS = 500 };

struct work {
    struct pe_mutate *run;
    struct pe_selection selection;
    struct pe_arena scratch; /* of one rule */
    struct pe_test_bases bases;
    struct pe_test_file file;
    struct pe_arena file_arena;
    uint32_t units; /* snapshots so far, in all shards */
    size_t since;   /* mutants since progress was told */
    bool starved;   /* memory ran out under a rule */
    struct pe_err *err;
};

/* One snapshot, the rules that pass on it, and what each of them read. */
struct unit {
    struct work *work;
    const struct pe_control_def *control;
    struct pe_judge *judge;
    const char *where, *as_of;
    const bool *changed; /* only nodes that are marked; NULL: all */
    /* By rule, on the base: of a case, NULL for nothing new; of the base itself, to be filled. */
    enum pe_status *on_base;
    bool shared;       /* every worker has the snapshot, and takes its share of the mutants */
    bool problems;     /* the model finds fault with it */
    uint8_t **touched; /* by rule, by node; NULL for a rule that does not pass */
    struct pe_param_set *asked; /* by rule */
    size_t first;               /* the rule that killed the last mutant */
    struct pe_splice splice;
    struct pe_arena arena, mutant_arena;
    uint16_t *shapes; /* room for those of a mutant */
};

/* Judges one rule. Without memory a rule ends as an error, which would pass for a mutant that was
 * noticed: then no later result counts either. */
static enum pe_status judge_rule(struct work *work, struct pe_judge *judge,
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
static uint8_t *touched_by(struct unit *unit, const struct pe_trace *trace)
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
static void keep_new(const struct unit *unit, size_t rule)
{
    if (unit->on_base != NULL && unit->on_base[rule] != PE_PASS)
        return;
    for (uint32_t i = 0; unit->touched[rule] != NULL && i < unit->judge->snapshot.json.count; i++)
        if (!unit->changed[i])
            unit->touched[rule][i] = 0;
}

static int judge_unit(struct unit *unit)
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
    const struct unit *unit = ud;

    for (size_t i = 0; i < unit->control->face.rule_count; i++)
        if (unit->touched[i] != NULL && unit->touched[i][node] & PE_TOUCHED_VALUE &&
            pe_param_set_has(&unit->asked[i], param))
            return true;
    return false;
}

/* Whether a rule must be asked about a mutant. */
static bool reads(const struct unit *unit, size_t rule, const struct pe_mutant *mutant)
{
    const uint8_t *touched = unit->touched[rule];
    unsigned marks = touched == NULL ? 0 : touched[mutant->node];

    if (mutant->kind == PE_MUTANT_VALUE && mutant->act != PE_MUTANT_REMOVE &&
        strcmp(mutant->json, "null") != 0)
        return marks & (PE_TOUCHED_VALUE | PE_TOUCHED_COUNT);
    return marks != 0;
}

/* ---- one mutant ---- */

static int splice_mutant(struct unit *unit, const struct pe_mutant *mutant)
{
    struct pe_splice *splice = &unit->splice;

    if (mutant->act == PE_MUTANT_REMOVE)
        return pe_splice_remove(splice, mutant->node, unit->work->err);
    if (mutant->act == PE_MUTANT_APPEND)
        return pe_splice_append(splice, mutant->node, mutant->json, unit->work->err);
    return pe_splice_set(splice, mutant->node, mutant->json, unit->work->err);
}

/* The shapes of all nodes but those that come in, and of these the first. */
static const uint16_t *splice_shapes(struct unit *unit)
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
static void mark_value(struct unit *unit, const struct pe_mutant *mutant)
{
    if (mutant->kind == PE_MUTANT_LOST && mutant->act == PE_MUTANT_SET &&
        pe_mutant_shape(&unit->judge->snapshot, mutant->node) != NULL)
        unit->splice.json.nodes[unit->splice.at].bits |= PE_INVALID;
}

static int open_mutant(struct unit *unit, const struct pe_mutant *mutant, bool whole,
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

static void close_mutant(struct unit *unit, struct pe_judge *judge)
{
    judge->script->vm.snapshot = NULL;
    pe_trace_release(&judge->trace);
    pe_place_release(&judge->snapshot.places);
    pe_arena_release(&unit->mutant_arena);
}

/* Judges a mutant by the rules that read the value; notes those that still pass. Stops when it is
 * known to be killed. */
static bool is_killed(struct unit *unit, const struct pe_mutant *mutant, struct pe_judge *judge,
                      bool *passes)
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

static int judge_mutant(struct unit *unit, const struct pe_mutant *mutant, bool whole, bool *killed,
                        bool *passes)
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

static int tell_survivor(struct unit *unit, const struct pe_mutant *mutant, uint32_t number,
                         const bool *passes)
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

static void tell_progress(struct work *work)
{
    if (++work->since < PROGRESS_MUTANTS)
        return;
    work->run->progress(work->run->ud, work->since);
    work->since = 0;
}

static bool note_tried(struct unit *unit, const struct pe_mutant *mutant)
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
static int try_value(struct unit *unit, const struct pe_mutant *mutant, bool *killed, bool *passes)
{
    bool whole = mutant->whole || unit->problems;

    if (judge_mutant(unit, mutant, whole, killed, passes) != 0)
        return -1;
    return *killed || whole || mutant->alone ? 0 : judge_mutant(unit, mutant, true, killed, passes);
}

static int try_mutant(struct unit *unit, const struct pe_mutant *mutant, uint32_t number,
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

static void unite(struct unit *unit, uint8_t *all)
{
    for (size_t i = 0; i < unit->control->face.rule_count; i++)
        for (uint32_t n = 0; unit->touched[i] != NULL && n < unit->judge->snapshot.json.count; n++)
            all[n] |= unit->touched[i][n];
}

static int find_mutants(struct unit *unit, struct pe_mutants *mutants)
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

static bool is_mine(const struct unit *unit, size_t number)
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

static int mutate_all(struct unit *unit)
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

static int mutate_unit(struct unit *unit)
{
    int result = mutate_all(unit);

    unit->judge->script->vm.snapshot = NULL;
    unit->work->units++;
    pe_arena_release(&unit->mutant_arena);
    pe_arena_release(&unit->arena);
    return result;
}

/* ---- bases ---- */

static bool is_named_before(const struct pe_test_file *file, size_t number)
{
    for (size_t i = 0; i < number; i++)
        if (strcmp(file->cases[i].base, file->cases[number].base) == 0)
            return true;
    return false;
}

static int mutate_bases(struct work *work)
{
    const struct pe_control_def *control = work->file.control;
    int result = 0;

    for (size_t i = 0; result == 0 && i < work->file.count; i++) {
        struct pe_test_base *base;
        if (is_named_before(&work->file, i))
            continue;
        base =
            pe_test_base_find(&work->bases, control->face.id, work->file.cases[i].base, work->err);
        if (base == NULL)
            return -1;
        base->statuses =
            pe_arena_array(&work->file_arena, control->face.rule_count + 1, sizeof *base->statuses);
        if (base->statuses == NULL)
            return pe_err_memory(work->err);
        result = mutate_unit(&(struct unit){.work = work,
                                            .control = control,
                                            .judge = &base->judge,
                                            .on_base = base->statuses,
                                            .where = base->name,
                                            .shared = true});
    }
    return result;
}

/* ---- what a case changes ---- */

struct diff {
    const struct pe_json *old, *new;
    bool *changed; /* by node of the new one */
    bool failed;   /* there was no memory to tell */
};

static void mark_all(struct diff *diff, const struct pe_node *node)
{
    uint32_t number = pe_json_number(diff->new, node);

    memset(diff->changed + number, 1, pe_node_holds(node) ? node->size : 1);
}

static bool same_bytes(const struct diff *diff, const struct pe_node *a, const struct pe_node *b)
{
    return a->size == b->size && memcmp(diff->old->text + pe_node_offset(a),
                                        diff->new->text + pe_node_offset(b), a->size) == 0;
}

/* The element of the old list that is called as this one, or stands where it does. */
static const struct pe_node *old_element(struct diff *diff, const struct pe_node *list,
                                         const struct pe_node *element, uint32_t position)
{
    const struct pe_node *id = pe_json_member(diff->new, element, "id", 2), *old, *old_id;

    if (id == NULL || pe_node_type(id) != PE_STRING)
        return pe_json_element(diff->old, list, position);
    for (old = pe_json_first(diff->old, list); old != NULL; old = pe_json_next(diff->old, old)) {
        old_id = pe_json_member(diff->old, old, "id", 2);
        if (old_id != NULL && pe_node_type(old_id) == PE_STRING && same_bytes(diff, old_id, id))
            return old;
    }
    return NULL;
}

static void compare(struct diff *diff, const struct pe_node *old, const struct pe_node *node);

static void compare_object(struct diff *diff, const struct pe_node *old, const struct pe_node *node)
{
    const struct pe_node *key = pe_json_first(diff->new, node);
    struct pe_buf scratch = {0};
    const char *name;
    size_t length;

    for (; key != NULL; key = pe_json_next(diff->new, key + 1))
        if (pe_json_string(diff->new, key, &name, &length, &scratch))
            compare(diff, pe_json_member(diff->old, old, name, length), key + 1);
    diff->failed |= pe_buf_failed(&scratch);
    pe_buf_release(&scratch);
}

static void compare_list(struct diff *diff, const struct pe_node *old, const struct pe_node *node)
{
    const struct pe_node *element = pe_json_first(diff->new, node);
    uint32_t position = 0;

    for (; element != NULL; element = pe_json_next(diff->new, element), position++)
        compare(diff, old_element(diff, old, element, position), element);
}

static void compare(struct diff *diff, const struct pe_node *old, const struct pe_node *node)
{
    if (old == NULL || pe_node_type(old) != pe_node_type(node)) {
        mark_all(diff, node);
        return;
    }
    diff->changed[pe_json_number(diff->new, node)] = pe_node_holds(node)
                                                         ? pe_node_count(old) != pe_node_count(node)
                                                         : !same_bytes(diff, old, node);
    if (pe_node_type(node) == PE_OBJECT)
        compare_object(diff, old, node);
    else if (pe_node_type(node) == PE_LIST)
        compare_list(diff, old, node);
}

/* Makes changed; false without memory. */
static bool find_changes(struct diff *diff, const struct pe_json *new)
{
    diff->new = new;
    diff->changed = calloc(new->count, sizeof *diff->changed);
    if (diff->changed == NULL)
        return false;
    compare(diff, diff->old->nodes, new->nodes);
    return !diff->failed;
}

static int mutate_text(struct work *work, const struct pe_test_base *base,
                       const struct pe_test_def *test, const struct pe_buf *text)
{
    struct pe_arena arena = {0};
    struct pe_judge judge = {.script = work->run->script,
                             .pack = work->run->pack,
                             .arena = &arena,
                             .scratch = &work->scratch};
    struct unit unit = {.work = work,
                        .control = work->file.control,
                        .judge = &judge,
                        .as_of = test->as_of,
                        .on_base = test->setting_count > 0 ? base->statuses : NULL,
                        .where = pe_arena_printf(&arena, "case %s", test->name)};
    struct diff diff = {.old = &base->judge.snapshot.json};
    struct pe_err why = {0}; /* a snapshot that cannot be read passes nowhere */
    int result = 0;

    if (unit.where != NULL && pe_judge_open(&judge, (const unsigned char *)text->data, text->length,
                                            test->as_of, 0, &why) == 0) {
        if (!find_changes(&diff, &judge.snapshot.json))
            result = pe_err_memory(work->err);
        unit.changed = diff.changed;
        if (result == 0)
            result = mutate_unit(&unit);
        free(diff.changed);
        pe_test_judge_close(&judge);
    } else {
        work->units++;
        if (unit.where == NULL || why.kind == PE_ERR_MEMORY)
            result = pe_err_memory(work->err);
    }
    pe_arena_release(&arena);
    return result;
}

/* A test that cannot make its snapshot fails as a test; here it has nothing to say. */
static int mutate_case(struct work *work, const struct pe_test_def *test)
{
    struct pe_test_base *base =
        pe_test_base_find(&work->bases, work->file.control->face.id, test->base, work->err);
    struct pe_test_params params;
    struct pe_arena arena = {0};
    struct pe_buf text = {0}, why = {0};
    int result = 0;

    if (base == NULL)
        return -1;
    if ((test->edit_count == 0 && test->setting_count == 0) ||
        (work->run->shards > 1 && work->units % work->run->shards != work->run->shard)) {
        work->units++;
        return 0;
    }
    if (pe_test_params_set(&params, work->file.control, test, &arena, &why) &&
        pe_test_change(base, test, &text, &why))
        result = mutate_text(work, base, test, &text);
    else
        work->units++;
    if (pe_arena_failed(&arena) || pe_buf_failed(&text) || pe_buf_failed(&why))
        result = pe_err_memory(work->err);
    pe_test_params_restore(&params);
    pe_buf_release(&why);
    pe_buf_release(&text);
    pe_arena_release(&arena);
    return result;
}

/* ---- files ---- */

static int mutate_file(void *ud, const struct pe_file *file)
{
    struct work *work = ud;
    int result = pe_test_file_load(work->run->script, work->run->pack, file, &work->file_arena,
                                   &work->file, work->err);

    if (result == 0 && pe_selection_takes_any(&work->selection, work->file.control)) {
        result = mutate_bases(work);
        for (size_t i = 0; result == 0 && i < work->file.count; i++)
            result = mutate_case(work, &work->file.cases[i]);
    }
    pe_arena_release(&work->file_arena);
    return result;
}

static int mutate_files(struct work *work)
{
    if (pe_test_files_walk(work->run->script, work->run->pack, mutate_file, work, work->err) != 0)
        return -1;
    if (work->units == 0)
        return pe_err_set(work->err, PE_ERR_USAGE, "--only takes controls without tests");
    return 0;
}

static int make_tried(struct pe_mutate *run, struct pe_err *err)
{
    const struct pe_pack_def *pack = run->pack;

    run->tried = pe_arena_array(run->arena, pack->face.control_count + 1, sizeof *run->tried);
    for (size_t i = 0; run->tried != NULL && i < pack->face.control_count; i++)
        run->tried[i] = pe_arena_alloc(run->arena, pack->controls[i].face.rule_count + 1);
    return pe_arena_failed(run->arena) ? pe_err_memory(err) : 0;
}

int pe_mutate_run(struct pe_mutate *run, struct pe_err *err)
{
    struct work work = {.run = run, .selection = {.only = run->only}, .err = err};
    int result = pe_selection_check(&work.selection, run->pack, err);

    run->script->vm.snapshot = NULL;
    work.bases = (struct pe_test_bases){.script = run->script,
                                        .pack = run->pack,
                                        .fixtures = run->fixtures,
                                        .scratch = &work.scratch};
    if (result == 0)
        result = make_tried(run, err);
    if (result == 0)
        result = mutate_files(&work);
    pe_test_bases_release(&work.bases);
    pe_arena_release(&work.file_arena);
    pe_arena_release(&work.scratch);
    return result;
}
