/* claims.c: what became of the provider's claims, as the parent puts it together. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "claims.h"

#include <string.h>

#include "say.h"
#include "words.h"

bool pe_claims_state(const struct pe_claim_set *set, const char *clause)
{
    for (size_t i = 0; i < set->claim_count; i++)
        if (strcmp(set->claims[i].clause, clause) == 0)
            return true;
    return false;
}

/* ---- the required basis ---- */

void pe_claims_require(const char *basis, struct pe_rule_result *rule, struct pe_arena *arena)
{
    enum pe_basis required;
    struct pe_text rests;

    if (basis == NULL || !pe_words_find_basis(basis, &required))
        return;
    if (rule->status == PE_UNKNOWN)
        rule->claim_sets = 0; /* no claim would do */
    if (rule->status != PE_PASS || rule->basis <= required)
        return;
    rests =
        (struct pe_text){pe_words_basis(PE_EN, rule->basis), pe_words_basis(PE_JA, rule->basis)};
    rule->status = rule->original = PE_UNKNOWN;
    rule->claim_sets = 0;
    rule->reason =
        pe_say_texts(arena, PE_SAY_CLAIM_BASIS, rests, rule->reason, (struct pe_text){NULL, NULL});
}

/* ---- the claims of a result ---- */

static size_t rules_on(const struct pe_decoded *decoded, size_t set, enum pe_status status)
{
    size_t count = 0;

    for (size_t i = 0; i < decoded->result_count; i++) {
        const struct pe_control_result *control = &decoded->results[i];
        for (size_t j = 0; j < control->rule_count; j++)
            count +=
                control->rules[j].status == status && (control->rules[j].claim_sets >> set & 1);
    }
    return count;
}

/* Adds to list, which has room, and returns how many. */
static size_t add_claims(const struct pe_decoded *decoded, struct pe_claim_result *list)
{
    const struct pe_pack_info *info = &decoded->pack->info;
    size_t count = decoded->head.claim_count, rules;

    for (size_t i = 0; i < count; i++) {
        list[i] = decoded->head.claims[i];
        if (list[i].state == PE_CLAIM_ACCEPTED)
            list[i].rules = rules_on(decoded, (size_t)(list[i].set - info->claim_sets), PE_PASS);
    }
    for (size_t i = 0; i < info->claim_set_count; i++) {
        const struct pe_claim_set *set = &info->claim_sets[i];
        rules = rules_on(decoded, i, PE_UNKNOWN);
        if (rules > 0)
            list[count++] = (struct pe_claim_result){.state = PE_CLAIM_NOT_ACCEPTED,
                                                     .doc = set->doc,
                                                     .version = set->version,
                                                     .set = set,
                                                     .rules = rules};
    }
    return count;
}

int pe_claims_merge(const struct pe_decoded *const *decoded, size_t count, struct pe_arena *arena,
                    struct pe_result *result)
{
    struct pe_claim_result *list;
    size_t room = 1, used = 0;

    for (size_t i = 0; i < count; i++)
        room += decoded[i]->head.claim_count + PE_MAX_CLAIM_SETS;
    list = pe_arena_array(arena, room, sizeof *list);
    if (list == NULL)
        return -1;
    for (size_t i = 0; i < count; i++)
        used += add_claims(decoded[i], list + used);
    result->claims = list;
    result->claim_count = used;
    return 0;
}
