/* decode_pack.c: a pack, as a worker describes it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "decode.h"

#include <string.h>

static void take_params(struct pe_in *in, struct pe_control *control)
{
    size_t count = pe_in_count(in, 4 * 9);
    struct pe_param *params = pe_arena_array(in->arena, count + 1, sizeof *params);

    for (size_t i = 0; params != NULL && i < count && !in->bad; i++) {
        params[i].name = pe_in_word(in);
        params[i].type = pe_in_word(in);
        params[i].unit = pe_in_text(in);
        params[i].source = pe_in_text(in);
        params[i].doc = pe_in_text(in);
        params[i].value = pe_in_value(in);
        params[i].default_ = pe_in_value(in);
        params[i].min = pe_in_string(in);
        params[i].max = pe_in_string(in);
        params[i].one_of = pe_in_strings(in);
    }
    in->bad |= params == NULL;
    control->params = params;
    control->param_count = count;
}

static void take_sides(struct pe_in *in, const struct pe_pack_info *info, struct pe_side *sides)
{
    uint32_t owner;

    for (size_t i = 0; i < info->services.count && i < PE_MAX_SERVICES; i++) {
        owner = pe_in_u32(in, PE_OWNER_COUNT);
        sides[i].applies = owner < PE_OWNER_COUNT;
        sides[i].owner = sides[i].applies ? (enum pe_owner)owner : PE_SHARED;
    }
}

static void take_rules(struct pe_in *in, const struct pe_pack_info *info,
                       struct pe_control *control, const bool **selected)
{
    size_t count = pe_in_count(in, 4 * 9);
    struct pe_rule *rules = pe_arena_array(in->arena, count + 1, sizeof *rules);
    bool *chosen = pe_arena_array(in->arena, count + 1, sizeof *chosen);

    in->bad |= rules == NULL || chosen == NULL;
    for (size_t i = 0; i < count && !in->bad; i++) {
        rules[i].id = pe_in_word(in);
        rules[i].ref = pe_in_word(in);
        rules[i].title = pe_in_text(in);
        rules[i].fix = pe_in_text(in);
        rules[i].severity = (enum pe_severity)pe_in_u32(in, PE_SEVERITY_COUNT - 1);
        rules[i].owner = (enum pe_owner)pe_in_u32(in, PE_OWNER_COUNT - 1);
        take_sides(in, info, rules[i].sides);
        rules[i].claimable = pe_in_u32(in, 1);
        chosen[i] = pe_in_u32(in, 1);
    }
    control->rules = rules;
    control->rule_count = count;
    *selected = chosen;
}

static void take_control(struct pe_in *in, const struct pe_pack_info *info,
                         struct pe_control *control, const bool **selected)
{
    control->id = pe_in_word(in);
    control->pack = info->id;
    control->title = pe_in_text(in);
    control->severity = (enum pe_severity)pe_in_u32(in, PE_SEVERITY_COUNT - 1);
    control->owner = (enum pe_owner)pe_in_u32(in, PE_OWNER_COUNT - 1);
    take_sides(in, info, control->sides);
    control->references = pe_in_strings(in);
    control->tags = pe_in_strings(in);
    take_params(in, control);
    take_rules(in, info, control, selected);
}

static void take_claim_set(struct pe_in *in, struct pe_claim_set *set)
{
    struct pe_claim *claims;
    size_t count;

    set->doc = pe_in_word(in);
    set->version = pe_in_word(in);
    set->issued = pe_in_word(in);
    pe_in_sha256(in, set->sha256);
    set->title = pe_in_text(in);
    set->services = pe_in_strings(in);
    count = pe_in_count(in, 4 * 3);
    claims = pe_arena_array(in->arena, count + 1, sizeof *claims);
    in->bad |= claims == NULL;
    for (size_t i = 0; i < count && !in->bad; i++) {
        claims[i].clause = pe_in_word(in);
        claims[i].text = pe_in_text(in);
    }
    set->claims = claims;
    set->claim_count = count;
}

static void take_claim_sets(struct pe_in *in, struct pe_pack_info *info)
{
    size_t count;
    struct pe_claim_set *sets;

    info->claims_at = pe_in_word(in);
    count = pe_in_u32(in, PE_MAX_CLAIM_SETS);
    sets = pe_arena_array(in->arena, count + 1, sizeof *sets);
    in->bad |= sets == NULL;
    for (size_t i = 0; i < count && !in->bad; i++)
        take_claim_set(in, &sets[i]);
    info->claim_sets = sets;
    info->claim_set_count = in->bad ? 0 : count;
}

static void take_areas(struct pe_in *in, struct pe_pack_info *info)
{
    size_t count = pe_in_u32(in, PE_MAX_AREAS);
    struct pe_area *areas = pe_arena_array(in->arena, count + 1, sizeof *areas);

    in->bad |= areas == NULL;
    for (size_t i = 0; i < count && !in->bad; i++) {
        areas[i].word = pe_in_word(in);
        areas[i].pointers = pe_in_strings(in);
        areas[i].title = pe_in_text(in);
        areas[i].collect = pe_in_text(in);
        areas[i].known_to = (enum pe_owner)pe_in_u32(in, PE_OWNER_COUNT - 1);
        areas[i].link = pe_in_word(in);
    }
    info->areas = areas;
    info->area_count = in->bad ? 0 : count;
}

int pe_decode_pack(struct pe_in *in, struct pe_decoded_pack *pack, const char **lie)
{
    struct pe_pack_info *info = &pack->info;
    struct pe_control *controls;
    const bool **selected;
    size_t count;

    info->id = pe_in_word(in);
    info->version = pe_in_word(in);
    info->edition = pe_in_word(in);
    info->title = pe_in_text(in);
    info->has_model = pe_in_u32(in, 1);
    info->services = pe_in_strings(in);
    in->bad |= info->services.count > PE_MAX_SERVICES;
    count = pe_in_count(in, 4 * 9);
    controls = pe_arena_array(in->arena, count + 1, sizeof *controls);
    selected = pe_arena_array(in->arena, count + 1, sizeof *selected);
    in->bad |= controls == NULL || selected == NULL;
    for (size_t i = 0; i < count && !in->bad; i++)
        take_control(in, info, &controls[i], &selected[i]);
    take_claim_sets(in, info);
    take_areas(in, info);
    info->controls = controls;
    info->control_count = count;
    pack->selected = selected;
    if (pe_in_done(in))
        return 0;
    *lie = "pack";
    return -1;
}

int pe_decode_same_pack(struct pe_in *in, struct pe_decoded_pack *pack, const char **lie)
{
    size_t length = (size_t)(in->end - in->at);

    if (pack->raw == NULL) {
        pack->raw = (const unsigned char *)pe_arena_strn(in->arena, (const char *)in->at, length);
        pack->raw_length = length;
        return pe_decode_pack(in, pack, lie);
    }
    if (length == pack->raw_length && memcmp(pack->raw, in->at, length) == 0)
        return 0;
    *lie = "another pack";
    return -1;
}
