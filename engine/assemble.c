/* assemble.c: puts together what workers found out about one snapshot, one for each pack. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "assemble.h"

#include <string.h>

#include "base/err.h"
#include "claims.h"
#include "gate.h"
#include "heads.h"
#include "lib/time.h"
#include "verdict.h"
#include "waiver.h"

/* ---- before ---- */

static int check_as_of(const char *as_of, struct pe_err *err)
{
    struct pe_time_instant at;
    enum pe_time_why why;

    if (as_of == NULL || pe_time_parse(as_of, strlen(as_of), &at, &why) == 0)
        return 0;
    return pe_err_set(err, PE_ERR_USAGE,
                      "--as-of: %s; give a time such as "
                      "2026-11-20T09:00:00+09:00",
                      pe_time_why_text(why).en);
}

static int check_basis(const char *basis, struct pe_err *err)
{
    if (basis == NULL || strcmp(basis, "measured") == 0 || strcmp(basis, "attested") == 0)
        return 0;
    return pe_err_set(err, PE_ERR_USAGE, "--require-basis takes attested or measured");
}

static int check_expect(const struct pe_strings *expect, struct pe_err *err)
{
    for (size_t i = 0; i < expect->count; i++)
        if (strncmp(expect->items[i], "service=", 8) != 0 &&
            strncmp(expect->items[i], "option=", 7) != 0)
            return pe_err_set(err, PE_ERR_USAGE,
                              "--expect takes service=NAME and option=NAME, with commas between");
    return 0;
}

int pe_assemble_check(const struct pe_job *job, struct pe_err *err)
{
    if (job->pack_count == 0)
        return pe_err_set(err, PE_ERR_USAGE, "there is no pack to judge by");
    if (check_expect(&job->expect, err) != 0 || check_basis(job->require_basis, err) != 0)
        return -1;
    return check_as_of(job->as_of, err) != 0 ? -1 : pe_gate_check(job, err);
}

/* ---- afterwards ---- */

/* What the rules of no pack looked at, where that is known of all of them. */
static int merge_unread(const struct pe_decoded *const *decoded, size_t count,
                        struct pe_arena *arena, struct pe_result *result)
{
    struct pe_unread_list all = decoded[0]->unread;

    for (size_t i = 0; i < count; i++) {
        if (!decoded[i]->has_unread)
            return 0;
        if (i > 0 && pe_unread_common(&all, &decoded[i]->unread, arena) != 0)
            return -1;
    }
    result->unread_known = true;
    result->unread = all.items;
    result->unread_count = all.count;
    result->unread_total = all.total;
    return 0;
}

static int merge_controls(const struct pe_job *job, const struct pe_decoded_pack *packs,
                          const struct pe_decoded *const *decoded, struct pe_arena *arena,
                          struct pe_result *result)
{
    struct pe_pack_info *infos = pe_arena_array(arena, job->pack_count, sizeof *infos);
    struct pe_control_result *all;
    size_t count = 0;

    for (size_t i = 0; i < job->pack_count; i++)
        count += decoded[i]->result_count;
    all = pe_arena_array(arena, count + 1, sizeof *all);
    if (infos == NULL || all == NULL)
        return -1;
    result->results = all;
    result->result_count = count;
    result->packs = infos;
    result->pack_count = job->pack_count;
    for (size_t i = 0; i < job->pack_count; i++) {
        infos[i] = packs[i].info;
        if (decoded[i]->result_count > 0)
            memcpy(all, decoded[i]->results, decoded[i]->result_count * sizeof *all);
        all += decoded[i]->result_count;
    }
    return 0;
}

/* Waivers, baselines and saved results know a pack by its id. */
static int check_ids(const struct pe_job *job, const struct pe_decoded_pack *packs,
                     struct pe_err *err)
{
    for (size_t i = 0; i < job->pack_count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(packs[i].info.id, packs[j].info.id) == 0)
                return pe_err_set(err, PE_ERR_USAGE,
                                  "two packs have the id %s: %.200s and %.200s; leave one out, or "
                                  "give it another id in pack.lua",
                                  packs[i].info.id, job->packs[j]->name, job->packs[i]->name);
    return 0;
}

int pe_assemble(const struct pe_job *job, const struct pe_decoded_pack *packs,
                const struct pe_decoded *const *decoded, struct pe_arena *arena,
                struct pe_result *result, struct pe_err *err)
{
    if (check_ids(job, packs, err) != 0)
        return -1;
    *result = decoded[0]->head;
    if (job->settings != NULL) {
        result->config_file = pe_settings_file(job->settings);
        strcpy(result->config_sha256, pe_settings_sha256(job->settings));
    }
    result->required_basis = job->require_basis;
    if (merge_controls(job, packs, decoded, arena, result) != 0 ||
        pe_verdict_areas(result, arena) != 0 || pe_verdict_unselected(result, arena) != 0 ||
        merge_unread(decoded, job->pack_count, arena, result) != 0 ||
        pe_heads_merge(decoded, job->pack_count, arena, result) != 0 ||
        pe_claims_merge(decoded, job->pack_count, arena, result) != 0)
        return pe_err_memory(err);
    return 0;
}

int pe_assemble_verdicts(const struct pe_job *job, struct pe_result *results, size_t count,
                         struct pe_arena *arena, struct pe_err *err)
{
    if (pe_waivers_apply(job->waivers, results, count, arena, err) != 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        pe_verdict_result(&results[i]);
        if (pe_gate_judge(&job->gate, &results[i], arena, err) != 0)
            return -1;
    }
    return 0;
}

static int meets(const struct pe_result *result, const char *expectation, struct pe_err *err)
{
    const char *value = strchr(expectation, '='); /* it was checked to be there */

    if (strncmp(expectation, "service=", 8) == 0) {
        if (result->service != NULL && strcmp(result->service, value + 1) == 0)
            return 0;
        return pe_err_set(err, PE_ERR_USAGE, "%s: expected the service %s, the snapshot has %.100s",
                          result->file, value + 1,
                          result->service == NULL ? "none" : result->service);
    }
    for (size_t i = 0; i < result->options.count; i++)
        if (strcmp(result->options.items[i], value + 1) == 0)
            return 0;
    return pe_err_set(err, PE_ERR_USAGE,
                      "%s: expected the option %s, which the snapshot does not "
                      "list",
                      result->file, value + 1);
}

int pe_assemble_expect(const struct pe_result *result, const struct pe_strings *expect,
                       struct pe_err *err)
{
    for (size_t i = 0; i < expect->count; i++)
        if (meets(result, expect->items[i], err) != 0)
            return -1;
    return 0;
}
