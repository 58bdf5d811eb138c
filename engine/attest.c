/* attest.c: whether a practice is attested: stated, dated, confirmed, with evidence. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "attest.h"

#include <string.h>

#include "attest_impl.h"

enum { MAX_NOTES = 10 }; /* about statements that do not count */

static struct pe_text say(struct pe_attest_judging *j, enum pe_sentence sentence,
                          struct pe_text one, struct pe_text two, struct pe_text three)
{
    return pe_say_texts(j->trace->arena, sentence, one, two, three);
}

static void read_all(struct pe_attest_judging *j)
{
    for (size_t i = 0; i < j->o->read_count; i++) {
        uint32_t node = pe_snapshot_number(j->s, j->o->reads[i]);
        if (pe_node_holds(j->o->reads[i]))
            pe_trace_counted(j->trace, node);
        else
            pe_trace_value(j->trace, node);
    }
}

static void report_missing(struct pe_attest_judging *j)
{
    uint32_t node = pe_snapshot_number(j->s, j->o->absent != NULL ? j->o->item : j->o->wrong);

    if (j->o->absent != NULL)
        pe_trace_absent(j->trace, node, j->o->absent, strlen(j->o->absent));
    else if (pe_node_type(j->o->wrong) == PE_NULL)
        pe_trace_null(j->trace, node);
    else if (pe_node_flags(j->o->wrong) & PE_INVALID)
        pe_trace_invalid(j->trace, node);
    else
        pe_trace_unusable(j->trace, PE_SAY_UNUSABLE, node, j->o->why);
}

static bool is_same(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

enum { LOOK_BACK = 32 }; /* findings: however many there are, one more costs the same */

/* A rule may ask for the same statement twice, for each service or each country: one finding. */
static bool is_told(const struct pe_trace *trace, const struct pe_finding *finding)
{
    size_t count = trace->finding_count;

    for (size_t i = count > LOOK_BACK ? count - LOOK_BACK : 0; i < count; i++)
        if (is_same(trace->findings[i].pointer, finding->pointer) &&
            is_same(trace->findings[i].message.en, finding->message.en))
            return true;
    return false;
}

static void report_ruled_out(struct pe_attest_judging *j)
{
    struct pe_finding finding;

    read_all(j);
    if (!pe_trace_assert(j->trace, false, pe_snapshot_number(j->s, j->o->item), &finding))
        return;
    finding.message = j->o->why;
    if (!is_told(j->trace, &finding))
        pe_trace_finding(j->trace, &finding);
}

/* Does something for every statement of a kind; returns how many there are. */
static size_t for_each(struct pe_attest_judging *j, enum pe_attest_kind kind,
                       void (*report)(struct pe_attest_judging *j))
{
    size_t count = 0;

    for (size_t i = 0; i < j->ask->count; i++) {
        pe_attest_item(j, j->ask->items[i]);
        if (j->o->kind != kind)
            continue;
        count++;
        report(j);
    }
    return count;
}

/* One remark, likewise. */
static void note_once(struct pe_trace *trace, struct pe_text text)
{
    for (size_t i = 0; i < trace->note_count; i++)
        if (is_same(trace->notes[i].en, text.en))
            return;
    pe_trace_note(trace, text);
}

static void note_ruled_out(struct pe_attest_judging *j)
{
    if (j->trace->note_count < MAX_NOTES)
        note_once(j->trace, say(j, PE_SAY_ATTEST_IGNORED, pe_attest_label(j, j->o->item), j->o->why,
                                pe_say_plain(NULL)));
}

static const struct pe_node *accept(struct pe_attest_judging *j)
{
    const struct pe_node *item = j->o->item;
    struct pe_finding unused;

    read_all(j);
    pe_trace_assert(j->trace, true, pe_snapshot_number(j->s, item), &unused);
    if (j->o->no_digest != NULL)
        note_once(j->trace, say(j, PE_SAY_ATTEST_NO_DIGEST, pe_attest_label(j, j->o->no_digest),
                                pe_say_plain(NULL), pe_say_plain(NULL)));
    for_each(j, PE_ATTEST_RULED_OUT, note_ruled_out);
    return item;
}

static struct pe_text services_text(struct pe_attest_judging *j)
{
    struct pe_buf buf = {0};
    const char *text;

    for (size_t i = 0; i < j->ask->services.count; i++)
        pe_buf_printf(&buf, "%s%s", i == 0 ? "" : ", ", j->ask->services.items[i]);
    text = j->ask->services.count == 0 ? "*" : pe_arena_take(j->trace->arena, &buf);
    return pe_say_plain(text);
}

/* A customer that states nothing has failed to; what the provider does is not known until it says
 * so, or the customer accepts what it claims. */
static void report_none(struct pe_attest_judging *j)
{
    uint32_t list = j->ask->list == NULL ? PE_NO_NODE : pe_snapshot_number(j->s, j->ask->list);
    struct pe_text message = say(j, PE_SAY_ATTEST_NONE, pe_say_plain(j->ask->clause),
                                 pe_attest_party(j->ask->party), services_text(j));
    struct pe_finding finding;

    if (strcmp(j->ask->party, "provider") == 0) {
        pe_trace_lacks(j->trace, list, message);
        return;
    }
    if (!pe_trace_assert(j->trace, false, list, &finding))
        return;
    finding.message = message;
    pe_trace_finding(j->trace, &finding);
}

const struct pe_node *pe_attest(struct pe_trace *trace, const struct pe_attest *ask)
{
    struct pe_attest_opinion opinion;
    struct pe_attest_judging j = {.trace = trace, .s = trace->snapshot, .ask = ask, .o = &opinion};

    j.today = pe_time_day_of(ask->as_of, ask->zone);
    if (trace->basis < PE_ATTESTED)
        trace->basis = PE_ATTESTED;
    if (for_each(&j, PE_ATTEST_NOT_KNOWN, report_missing) > 0) {
        for_each(&j, PE_ATTEST_RULED_OUT, note_ruled_out);
        return NULL;
    }
    for (size_t i = 0; i < ask->count; i++) {
        pe_attest_item(&j, ask->items[i]);
        if (opinion.kind == PE_ATTEST_COUNTS)
            return accept(&j);
    }
    if (for_each(&j, PE_ATTEST_RULED_OUT, report_ruled_out) == 0 &&
        for_each(&j, PE_ATTEST_SUPERSEDED, report_ruled_out) == 0)
        report_none(&j);
    return NULL;
}
