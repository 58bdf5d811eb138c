/* judge.c: judges one snapshot by one pack, control by control. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "judge.h"

#include <string.h>

#include "applies.h"
#include "base/err.h"
#include "lib/time.h"

/* ---- the profile ---- */

/* What is out of memory in the profile is noted in the judge's arena. */
static const struct pe_node *node_at(struct pe_judge *judge, const char *pointer)
{
    struct pe_buf key = {0};
    const struct pe_node *last, *node = NULL;

    if (pointer != NULL)
        node = pe_snapshot_follow(&judge->snapshot, pointer, &last, &key);
    judge->arena->failed |= pe_buf_failed(&key);
    pe_buf_release(&key);
    return node;
}

static const char *string_at(struct pe_judge *judge, const char *pointer, uint32_t *number)
{
    const struct pe_snapshot *s = &judge->snapshot;
    const struct pe_node *node = node_at(judge, pointer);
    struct pe_buf scratch = {0};
    const char *bytes, *copy = NULL;
    size_t length;

    if (node != NULL && pe_node_type(node) == PE_STRING &&
        pe_snapshot_string(s, node, &bytes, &length, &scratch)) {
        copy = pe_arena_strn(judge->arena, bytes, length < 1000 ? length : 0);
        if (number != NULL)
            *number = pe_snapshot_number(s, node);
    }
    judge->arena->failed |= pe_buf_failed(&scratch);
    pe_buf_release(&scratch);
    return copy;
}

enum { MAX_OPTIONS = 64 };

static struct pe_strings options_at(struct pe_judge *judge, const char *pointer)
{
    const struct pe_snapshot *s = &judge->snapshot;
    const struct pe_node *list = node_at(judge, pointer), *element;
    const char **items = pe_arena_array(judge->arena, MAX_OPTIONS, sizeof *items), *bytes;
    struct pe_buf scratch = {0};
    size_t count = 0, length;

    if (items == NULL || list == NULL || pe_node_type(list) != PE_LIST)
        return (struct pe_strings){0};
    for (element = pe_json_first(&s->json, list); element != NULL && count < MAX_OPTIONS;
         element = pe_json_next(&s->json, element)) {
        if (pe_node_type(element) == PE_STRING &&
            pe_snapshot_string(s, element, &bytes, &length, &scratch) && length < 200) {
            items[count] = pe_arena_strn(judge->arena, bytes, length);
            count += items[count] != NULL;
        }
    }
    judge->arena->failed |= pe_buf_failed(&scratch);
    pe_buf_release(&scratch);
    return (struct pe_strings){items, count};
}

/* A time that cannot be read is none: the rules that need it are unknown. */
static void find_as_of(struct pe_judge *judge, const char *given)
{
    struct pe_profile *profile = &judge->profile;
    struct pe_time_instant at;
    enum pe_time_why why;

    judge->as_of_given = given != NULL;
    if (given != NULL)
        profile->as_of = given;
    else
        profile->as_of = string_at(judge, judge->pack->as_of, &profile->as_of_node);
    if (profile->as_of != NULL &&
        pe_time_parse(profile->as_of, strlen(profile->as_of), &at, &why) != 0) {
        profile->as_of = NULL;
        profile->as_of_node = PE_NO_NODE;
    }
}

static int find_profile(struct pe_judge *judge, const char *as_of, struct pe_err *err)
{
    const struct pe_pack_def *pack = judge->pack;
    struct pe_profile *profile = &judge->profile;

    profile->as_of_node = PE_NO_NODE;
    profile->tenant = string_at(judge, pack->tenant, NULL);
    profile->service = string_at(judge, pack->service, NULL);
    profile->options = options_at(judge, pack->options);
    find_as_of(judge, as_of);
    return pe_arena_failed(judge->arena) ? pe_err_memory(err) : 0;
}

/* ---- the snapshot ---- */

static int check_model(struct pe_judge *judge, struct pe_err *err)
{
    struct pe_model_check check = {.model = judge->pack->model,
                                   .service = judge->profile.service,
                                   .options = judge->profile.options,
                                   .arena = judge->arena};

    if (check.model == NULL)
        return 0;
    return pe_model_check(&check, &judge->snapshot, &judge->problem_total, err);
}

/* After the model, by which a member may be wrong. */
static int read_claims(struct pe_judge *judge, struct pe_err *err)
{
    struct pe_claim_ask ask = {.pack = judge->pack,
                               .snapshot = &judge->snapshot,
                               .service = judge->profile.service,
                               .as_of = judge->profile.as_of,
                               .arena = judge->arena};

    return pe_claim_read(&ask, &judge->acceptances, err);
}

int pe_judge_open(struct pe_judge *judge, const unsigned char *bytes, size_t length,
                  const char *as_of, int evidence, struct pe_err *err)
{
    if (pe_snapshot_read(bytes, length, PE_MAX_INPUT_BYTES, &judge->snapshot, err) != 0)
        return -1;
    if (find_profile(judge, as_of, err) != 0 || check_model(judge, err) != 0 ||
        pe_snapshot_find_secrets(&judge->snapshot, judge->arena, err) != 0 ||
        read_claims(judge, err) != 0 ||
        pe_trace_init(&judge->trace, &judge->snapshot, judge->scratch, evidence, err) != 0) {
        pe_snapshot_release(&judge->snapshot);
        return -1;
    }
    return 0;
}

/* What the engine reads by itself, and a key for editors. */
static void look_at_profile(struct pe_judge *judge)
{
    const struct pe_pack_def *pack = judge->pack;
    const char *const pointers[] = {pack->tenant,    pack->service,        pack->options,
                                    pack->state,     pack->as_of,          pack->zone,
                                    pack->collected, pack->face.claims_at, "/$schema"};

    for (size_t i = 0; i < sizeof pointers / sizeof pointers[0]; i++) {
        const struct pe_node *node = node_at(judge, pointers[i]);
        if (node != NULL)
            pe_trace_look_at(&judge->trace, pe_snapshot_number(&judge->snapshot, node));
    }
}

int pe_judge_unread(struct pe_judge *judge, struct pe_unread_list *list, struct pe_err *err)
{
    look_at_profile(judge);
    return pe_unread_find(&judge->snapshot, judge->trace.looked_at, judge->arena, list, err);
}

int pe_judge_adopt(struct pe_judge *judge, const struct pe_snapshot *snapshot, bool checked,
                   const char *as_of, struct pe_err *err)
{
    judge->snapshot = *snapshot;
    if (find_profile(judge, as_of, err) != 0 || (!checked && check_model(judge, err) != 0))
        return -1;
    return pe_trace_init(&judge->trace, &judge->snapshot, judge->scratch, 0, err);
}

void pe_judge_release(struct pe_judge *judge)
{
    pe_trace_release(&judge->trace);
    pe_snapshot_release(&judge->snapshot);
}

/* ---- rules ---- */

/* A claimable rule that is unknown for nothing but absent values passes on claims that are
 * accepted; else what would have to be accepted is noted. */
static enum pe_status rest_on_claims(struct pe_judge *judge, const struct pe_control_def *control,
                                     const struct pe_rule_def *rule, struct pe_text *reason)
{
    uint32_t accepted = judge->acceptances.accepted;
    uint32_t sets = pe_claim_sets(judge->pack, judge->profile.service, control, rule);
    struct pe_text text, unused;

    judge->claim_sets = sets & ~accepted;
    if (sets == 0 || judge->claim_sets != 0)
        return PE_UNKNOWN;
    judge->claim_sets = sets;
    text = pe_claim_rest(&judge->trace, judge->pack, &judge->acceptances, sets, *reason);
    *reason = text;
    return pe_trace_status(&judge->trace, &unused);
}

enum pe_status pe_judge_rule(struct pe_judge *judge, const struct pe_control_def *control,
                             size_t rule, struct pe_text *reason)
{
    struct pe_script_input input = {&judge->snapshot, judge->profile.as_of,
                                    judge->profile.as_of_node};
    struct pe_trace *trace = &judge->trace;
    enum pe_status status;
    bool ran = false;

    judge->claim_sets = 0;
    pe_trace_reset(trace);
    pe_applies(judge->pack, &control->when, trace);
    if (trace->ending == PE_ENDING_NONE)
        pe_applies(judge->pack, &control->rules[rule].when, trace);
    if (trace->ending == PE_ENDING_NONE) {
        ran = true;
        pe_trace_open(trace);
        pe_script_run(judge->script, &input, control, rule, trace);
    }
    status = pe_trace_status(trace, reason);
    if (status == PE_UNKNOWN && ran && control->rules[rule].face.claimable &&
        pe_trace_only_absent(trace))
        status = rest_on_claims(judge, control, &control->rules[rule], reason);
    if (!pe_arena_failed(trace->arena))
        return status;
    pe_trace_reset(trace); /* its texts are not whole */
    judge->claim_sets = 0;
    *reason = (struct pe_text){"out of memory, or more findings and texts than the limit",
                               "メモリ不足か、検出事項・文言の量の上限に達しました"};
    return PE_ERROR;
}
