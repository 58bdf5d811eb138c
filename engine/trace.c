/* trace.c: what one rule read, missed and asserted. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "trace_impl.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

int pe_trace_init(struct pe_trace *trace, const struct pe_snapshot *snapshot,
                  struct pe_arena *arena, int evidence_limit, struct pe_err *err)
{
    size_t nodes = snapshot == NULL ? 0 : snapshot->json.count, seen_bytes = nodes / 2 + 1;
    uint8_t *seen = calloc(seen_bytes + nodes / 8 + 1, 1);

    if (seen == NULL)
        return pe_err_memory(err);
    *trace = (struct pe_trace){.snapshot = snapshot,
                               .arena = arena,
                               .evidence_limit = evidence_limit,
                               .seen = seen,
                               .looked_at = seen + seen_bytes,
                               .seen_bytes = seen_bytes};
    return 0;
}

void pe_trace_reset(struct pe_trace *trace)
{
    struct pe_trace fresh = {.snapshot = trace->snapshot,
                             .arena = trace->arena,
                             .evidence_limit = trace->evidence_limit,
                             .seen = trace->seen,
                             .looked_at = trace->looked_at,
                             .seen_bytes = trace->seen_bytes};

    *trace = fresh;
    memset(trace->seen, 0, trace->seen_bytes);
}

void pe_trace_release(struct pe_trace *trace)
{
    free(trace->seen);
    *trace = (struct pe_trace){0};
}

/* ---- reads ---- */

static void open_window(struct pe_trace *trace)
{
    if (!trace->window_closed)
        return;
    trace->window_closed = false;
    trace->window_reads = 0;
    trace->window_missing = false;
}

unsigned pe_trace_seen(const struct pe_trace *trace, uint32_t node)
{
    return trace->seen[node / 2] >> (node % 2 * 4) & 0xF;
}

static bool is_marked(const struct pe_trace *trace, uint32_t node, unsigned mark)
{
    return pe_trace_seen(trace, node) & mark;
}

/* False when it was marked before. */
static bool mark(struct pe_trace *trace, uint32_t node, unsigned mark_)
{
    if (is_marked(trace, node, mark_))
        return false;
    trace->seen[node / 2] |= (uint8_t)(mark_ << (node % 2 * 4));
    return true;
}

static void look_at(struct pe_trace *trace, uint32_t node)
{
    trace->looked_at[node / 8] |= (uint8_t)(1u << node % 8);
}

void pe_trace_look_at(struct pe_trace *trace, uint32_t node)
{
    const struct pe_node *n = pe_snapshot_node(trace->snapshot, node);
    uint32_t size = pe_node_holds(n) ? n->size : 1;

    for (uint32_t i = 0; i < size; i++)
        look_at(trace, node + i);
}

static void record(struct pe_trace *trace, uint32_t node, enum pe_read_kind kind)
{
    look_at(trace, node);
    open_window(trace);
    trace->window[trace->window_reads++ % PE_WINDOW_READS] = node;
    if (mark(trace, node, kind == PE_READ_COUNT ? PE_SEEN_COUNT : PE_SEEN_VALUE))
        pe_trace_keep(trace, (struct pe_read){node, kind, NULL});
}

void pe_trace_value(struct pe_trace *trace, uint32_t node)
{
    record(trace, node, PE_READ_VALUE);
}

void pe_trace_counted(struct pe_trace *trace, uint32_t node)
{
    const struct pe_node *n = pe_snapshot_node(trace->snapshot, node);

    record(trace, node, pe_node_count(n) == 0 ? PE_READ_VALUE : PE_READ_COUNT);
}

void pe_trace_container(struct pe_trace *trace, uint32_t node)
{
    pe_trace_counted(trace, node);
    if (pe_node_count(pe_snapshot_node(trace->snapshot, node)) == 0 &&
        !is_marked(trace, node, PE_SEEN_MAY_BE_EMPTY))
        pe_trace_unusable(trace, PE_SAY_EMPTY, node, (struct pe_text){0});
}

void pe_trace_optional(struct pe_trace *trace, uint32_t object, const char *key, size_t length)
{
    open_window(trace);
    trace->window[trace->window_reads++ % PE_WINDOW_READS] = object;
    pe_trace_keep_absent(trace, object, key, length);
}

void pe_trace_allow_empty(struct pe_trace *trace, uint32_t node)
{
    mark(trace, node, PE_SEEN_MAY_BE_EMPTY);
}

void pe_trace_asked(struct pe_trace *trace, uint32_t node)
{
    mark(trace, node, PE_SEEN_ASKED);
}

void pe_trace_param(struct pe_trace *trace, size_t param)
{
    assert(param < 128);
    trace->params.bits[param / 64] |= UINT64_C(1) << param % 64;
}

bool pe_param_set_has(const struct pe_param_set *set, size_t param)
{
    assert(param < 128);
    return (set->bits[param / 64] >> param % 64 & 1) != 0;
}

/* ---- findings ---- */

static size_t kept_findings(const struct pe_trace *trace)
{
    return trace->finding_limit == 0 ? PE_MAX_FINDINGS : trace->finding_limit;
}

void pe_trace_finding(struct pe_trace *trace, const struct pe_finding *finding)
{
    size_t limit = kept_findings(trace);
    struct pe_finding *findings;

    trace->finding_total++;
    trace->fail_total += finding->status == PE_FAIL;
    trace->unknown_total += finding->status == PE_UNKNOWN;
    if (trace->finding_count >= limit) {
        if (finding->status == PE_FAIL) /* the first: of others pe_trace_assert gives none */
            trace->findings[limit - 1] = *finding;
        return;
    }
    findings = pe_arena_grow(trace->arena, trace->findings, trace->finding_count,
                             &trace->finding_room, sizeof *findings);
    if (findings == NULL)
        return;
    trace->findings = findings;
    findings[trace->finding_count++] = *finding;
}

void pe_trace_note(struct pe_trace *trace, struct pe_text text)
{
    if (trace->notes == NULL)
        trace->notes = pe_arena_array(trace->arena, PE_MAX_NOTES, sizeof *trace->notes);
    if (trace->notes != NULL && trace->note_count < PE_MAX_NOTES)
        trace->notes[trace->note_count++] = text;
}

static const char *pointer_of(struct pe_trace *trace, uint32_t node, const char *key, size_t length)
{
    struct pe_buf buf = {0};

    pe_snapshot_pointer(trace->snapshot, node, &buf);
    if (key != NULL)
        pe_pointer_add_key(&buf, key, length);
    return pe_arena_take(trace->arena, &buf);
}

static const char *value_of(struct pe_trace *trace, uint32_t node)
{
    struct pe_buf buf = {0};

    pe_snapshot_value(trace->snapshot, node, &buf);
    return pe_arena_take(trace->arena, &buf);
}

static struct pe_text label_of(struct pe_trace *trace, uint32_t node)
{
    struct pe_buf buf = {0};
    const char *label;

    pe_snapshot_label(trace->snapshot, node, &buf);
    label = pe_arena_take(trace->arena, &buf);
    return (struct pe_text){label, label};
}

/* A finding whose place is a node. */
static struct pe_finding at_node(struct pe_trace *trace, enum pe_status status, uint32_t node)
{
    struct pe_finding finding = {
        .status = status, .message = pe_trace_no_text(), .hint = pe_trace_no_text()};

    finding.pointer = pointer_of(trace, node, NULL, 0);
    finding.value = value_of(trace, node);
    finding.place = pe_snapshot_place(trace->snapshot, node);
    finding.subject = label_of(trace, node);
    return finding;
}

static bool already_missing(const struct pe_trace *trace, const char *pointer)
{
    size_t from = trace->finding_count > 32 ? trace->finding_count - 32 : 0;

    for (size_t i = from; pointer != NULL && i < trace->finding_count; i++)
        if (trace->findings[i].status == PE_UNKNOWN && trace->findings[i].pointer != NULL &&
            strcmp(trace->findings[i].pointer, pointer) == 0)
            return true;
    return false;
}

/* Something was missing: a read that counts, and a finding unless it was just reported. */
static void missed(struct pe_trace *trace, uint32_t at, const struct pe_finding *finding)
{
    open_window(trace);
    trace->missing = true;
    trace->window_missing = true;
    trace->missed_at = at;
    if (!already_missing(trace, finding->pointer))
        pe_trace_finding(trace, finding);
}

/* When no more findings are kept, one that is missing is counted, and no text is made for it. */
static bool missed_too_many(struct pe_trace *trace, uint32_t at)
{
    const struct pe_finding plain = {.status = PE_UNKNOWN};

    if (trace->finding_count < kept_findings(trace))
        return false;
    missed(trace, at, &plain);
    return true;
}

/* "9.2.3.lua:12: ...", where it is known. */
static struct pe_text behind_place(struct pe_trace *trace, const char *at, struct pe_text what)
{
    if (at == NULL || at[0] == '\0')
        return what;
    return (struct pe_text){pe_arena_printf(trace->arena, "%s: %s", at, what.en),
                            pe_arena_printf(trace->arena, "%s: %s", at, what.ja)};
}

/* The policy asks for what the model does not know. */
static void blame_name(struct pe_trace *trace, uint32_t parent, const char *asked,
                       struct pe_finding *finding)
{
    const char *like = pe_model_suggest(trace->snapshot, parent, asked);

    finding->of_policy = true;
    finding->message = behind_place(
        trace, trace->at, pe_say(trace->arena, PE_SAY_NO_FIELD, finding->pointer, NULL, NULL));
    if (like != NULL)
        finding->hint = pe_say(trace->arena, PE_SAY_DID_YOU_MEAN, like, NULL, NULL);
}

/* A key that is there instead, and that no model knows. Where there is a model it is the snapshot
 * that is wrong, and says so of the same key. */
static void suggest_key(struct pe_trace *trace, uint32_t parent, const char *asked,
                        struct pe_finding *finding)
{
    const struct pe_snapshot *s = trace->snapshot;
    enum pe_sentence sentence = PE_SAY_DID_YOU_MEAN;
    struct pe_buf like = {0};
    const char *found, *back;

    if (pe_snapshot_suggest(s, parent, asked, &like) &&
        !pe_model_has_field(s, parent, like.data, like.length)) {
        found = pe_arena_strn(trace->arena, like.data, like.length);
        back = found == NULL ? NULL : pe_model_suggest(s, parent, found);
        if (pe_model_has_field(s, parent, asked, strlen(asked)))
            sentence = PE_SAY_MISSPELT;
        if (found != NULL &&
            (sentence == PE_SAY_DID_YOU_MEAN || (back != NULL && strcmp(back, asked) == 0)))
            finding->hint = pe_say(trace->arena, sentence, found, NULL, NULL);
    }
    trace->arena->failed |= pe_buf_failed(&like);
    pe_buf_release(&like);
}

void pe_trace_absent(struct pe_trace *trace, uint32_t parent, const char *key, size_t length)
{
    struct pe_finding finding = {.status = PE_UNKNOWN, .hint = pe_trace_no_text()};
    const char *asked;
    bool known;

    pe_model_optional(trace->snapshot, parent, key, length, &known);
    trace->unusable |= !known; /* a name that the policy got wrong is no value that is absent */
    if (missed_too_many(trace, parent))
        return;
    asked = pe_arena_strn(trace->arena, key, length);
    if (asked == NULL)
        return;
    finding.pointer = pointer_of(trace, parent, key, length);
    finding.place = pe_snapshot_place(trace->snapshot, parent);
    finding.subject = label_of(trace, parent);
    finding.message = pe_say(trace->arena, PE_SAY_ABSENT, finding.pointer, NULL, NULL);
    if (known)
        suggest_key(trace, parent, asked, &finding);
    else
        blame_name(trace, parent, asked, &finding);
    missed(trace, parent, &finding);
}

/* Of a list from which nothing was selected, what was looked for is absent. */
static bool is_about_absence(enum pe_sentence sentence)
{
    return sentence == PE_SAY_NULL || sentence == PE_SAY_NONE_SELECTED;
}

void pe_trace_unusable(struct pe_trace *trace, enum pe_sentence sentence, uint32_t node,
                       struct pe_text why)
{
    struct pe_finding finding;
    struct pe_text pointer;

    trace->unusable |= !is_about_absence(sentence);
    look_at(trace, node);
    if (missed_too_many(trace, node))
        return;
    finding = at_node(trace, PE_UNKNOWN, node);
    pointer = (struct pe_text){finding.pointer, finding.pointer};
    if (finding.pointer != NULL && finding.pointer[0] == '\0')
        pointer = (struct pe_text){"/", "/"};
    finding.message = pe_say_texts(trace->arena, sentence, pointer, why, pe_trace_no_text());
    missed(trace, node, &finding);
}

void pe_trace_contradiction(struct pe_trace *trace, uint32_t node, const char *where,
                            const char *word)
{
    struct pe_finding finding = at_node(trace, PE_UNKNOWN, node);

    trace->unusable = true;
    finding.message = pe_say(trace->arena, PE_SAY_DENIED_BUT_THERE, finding.pointer, where, word);
    missed(trace, node, &finding);
}

void pe_trace_null(struct pe_trace *trace, uint32_t node)
{
    pe_trace_unusable(trace, PE_SAY_NULL, node, pe_trace_no_text());
}

static const struct pe_snapshot_problem *problem_of(const struct pe_snapshot *s, uint32_t node)
{
    size_t low = 0, high = s->problem_count, middle;

    while (low < high) { /* problems are in document order */
        middle = low + (high - low) / 2;
        if (s->problems[middle].node < node)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < s->problem_count && s->problems[low].node == node; low++)
        if (!s->problems[low].warning && s->problems[low].key == NULL)
            return &s->problems[low];
    return NULL;
}

void pe_trace_invalid(struct pe_trace *trace, uint32_t node)
{
    static const struct pe_text plain = {"it is against the model", "モデルに適合しません"};
    const struct pe_snapshot_problem *problem = problem_of(trace->snapshot, node);

    pe_trace_unusable(trace, PE_SAY_INVALID, node, problem == NULL ? plain : problem->message);
}

void pe_trace_lacks(struct pe_trace *trace, uint32_t list, struct pe_text message)
{
    struct pe_finding finding = {.status = PE_UNKNOWN,
                                 .message = message,
                                 .hint = pe_trace_no_text(),
                                 .subject = pe_trace_no_text()};

    if (missed_too_many(trace, list))
        return;
    if (list == PE_NO_NODE)
        list = pe_trace_blamed(trace, PE_NO_NODE);
    if (list != PE_NO_NODE) {
        look_at(trace, list);
        finding = at_node(trace, PE_UNKNOWN, list);
        finding.message = message;
    }
    missed(trace, list, &finding);
}

void pe_trace_no_value(struct pe_trace *trace, struct pe_text message)
{
    struct pe_finding finding = {.status = PE_UNKNOWN,
                                 .message = message,
                                 .hint = pe_trace_no_text(),
                                 .subject = pe_trace_no_text()};

    trace->unusable = true;
    missed(trace, PE_NO_NODE, &finding);
}

void pe_trace_fault_text(struct pe_trace *trace, struct pe_text message)
{
    struct pe_finding finding = {.status = PE_UNKNOWN,
                                 .message = message,
                                 .hint = pe_trace_no_text(),
                                 .subject = pe_trace_no_text(),
                                 .of_policy = true};

    trace->unusable = true;
    missed(trace, PE_NO_NODE, &finding);
}

void pe_trace_fault(struct pe_trace *trace, const char *at, enum pe_sentence sentence)
{
    struct pe_text what = pe_say(trace->arena, sentence, NULL, NULL, NULL);

    pe_trace_fault_text(trace, behind_place(trace, at, what));
}

bool pe_trace_unusable_text(struct pe_trace *trace, const char *bytes, size_t length,
                            struct pe_text why)
{
    uint32_t node = pe_trace_read_of(trace, bytes, length);

    if (node == PE_NO_NODE)
        return false;
    pe_trace_unusable(trace, PE_SAY_UNUSABLE, node, why);
    return true;
}

const char *pe_trace_where(struct pe_trace *trace, const char *bytes, size_t length)
{
    uint32_t node = PE_NO_NODE;

    if (trace->finding_count < kept_findings(trace)) /* or no text is made */
        node = pe_trace_read_of(trace, bytes, length);
    return node == PE_NO_NODE ? NULL : pointer_of(trace, node, NULL, 0);
}

/* ---- assertions ---- */

void pe_trace_open(struct pe_trace *trace)
{
    trace->window_reads = 0;
    trace->window_closed = false;
}

bool pe_trace_stands(const struct pe_trace *trace)
{
    return trace->window_reads > 0 || trace->window_missing;
}

bool pe_trace_assert(struct pe_trace *trace, bool held, uint32_t subject,
                     struct pe_finding *finding)
{
    bool stands = pe_trace_stands(trace);
    uint32_t node;

    trace->window_closed = true;
    trace->ensured++;
    trace->asserted += stands;
    if (held)
        return false;
    if (!stands)
        pe_trace_fault(trace, trace->at, PE_SAY_FALSE_ON_NOTHING);
    if (!stands || trace->window_missing)
        return false;
    if (trace->fail_total > 0 && trace->finding_count >= kept_findings(trace)) {
        trace->finding_total++;
        trace->fail_total++;
        return false;
    }
    node = pe_trace_blamed(trace, subject);
    *finding = at_node(trace, PE_FAIL, node);
    if (subject != PE_NO_NODE)
        finding->subject = label_of(trace, subject);
    return true;
}
