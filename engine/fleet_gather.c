/* fleet_gather.c: gathers results of many tenants, and puts them in order. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "fleet.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "lib/clause.h"

/* ---- controls, in the order of discovery ---- */

static bool is_control(const struct pe_fleet_control *control, const struct pe_tally_control *tally)
{
    return strcmp(control->id, tally->id) == 0 && strcmp(control->pack, tally->pack) == 0;
}

/* Its place, made when it is new; SIZE_MAX when out of memory. Lines have controls in one order, so
 * the hint is nearly always right. */
static size_t place_of(struct pe_fleet_gather *g, const struct pe_tally_control *tally, size_t hint)
{
    struct pe_fleet_control *controls;

    if (hint < g->control_count && is_control(&g->controls[hint], tally))
        return hint;
    for (size_t i = 0; i < g->control_count; i++)
        if (is_control(&g->controls[i], tally))
            return i;
    controls =
        pe_arena_grow(&g->arena, g->controls, g->control_count, &g->control_room, sizeof *controls);
    if (controls == NULL)
        return SIZE_MAX;
    g->controls = controls;
    controls[g->control_count] =
        (struct pe_fleet_control){.id = pe_arena_str(&g->arena, tally->id),
                                  .pack = pe_arena_str(&g->arena, tally->pack),
                                  .owner = tally->owner,
                                  .severity = tally->severity};
    return pe_arena_failed(&g->arena) ? SIZE_MAX : g->control_count++;
}

static void describe(struct pe_fleet_gather *g, struct pe_fleet_control *control,
                     const struct pe_tally_control *tally)
{
    if (control->owner != tally->owner)
        control->owner = PE_SHARED;
    if (control->severity < tally->severity)
        control->severity = tally->severity;
    if (control->title.en == NULL && tally->title.en != NULL)
        control->title = (struct pe_text){pe_arena_str(&g->arena, tally->title.en),
                                          pe_arena_str(&g->arena, tally->title.ja)};
}

/* ---- lines ---- */

static void note_policies(struct pe_fleet_gather *g, const char *policies)
{
    const char **list;

    for (size_t i = 0; i < g->policy_count; i++)
        if (strcmp(g->policies[i], policies) == 0)
            return;
    list = pe_arena_grow(&g->arena, (void *)g->policies, g->policy_count, &g->policy_room,
                         sizeof *list);
    if (list == NULL)
        return;
    g->policies = list;
    g->policies[g->policy_count++] = pe_arena_str(&g->arena, policies);
}

static void note_unjudged(struct pe_fleet_gather *g, const struct pe_tally *tally, const char *file,
                          uint64_t line)
{
    struct pe_fleet_unjudged *list =
        pe_arena_grow(&g->arena, g->unjudged, g->unjudged_count, &g->unjudged_room, sizeof *list);

    if (list == NULL)
        return;
    g->unjudged = list;
    list[g->unjudged_count++] =
        (struct pe_fleet_unjudged){.file = file,
                                   .line = line,
                                   .sha256 = pe_arena_str(&g->arena, tally->sha256),
                                   .reason = pe_arena_str(&g->arena, tally->reason)};
}

/* By place; those in between that the line does not tell are not judged. */
static void fill(struct pe_fleet_gather *g, const struct pe_tally *tally,
                 struct pe_fleet_entry *entry)
{
    size_t room = g->control_count + tally->control_count, place;

    entry->statuses = pe_arena_alloc(&g->arena, room + 1);
    if (entry->statuses == NULL)
        return;
    memset(entry->statuses, PE_NOT_JUDGED, room);
    for (size_t i = 0; i < tally->control_count; i++) {
        const struct pe_tally_control *control = &tally->controls[i];
        place = place_of(g, control, i);
        if (place == SIZE_MAX)
            return;
        describe(g, &g->controls[place], control);
        entry->statuses[place] = (uint8_t)(control->status | control->owner << 4);
        if (place >= entry->count)
            entry->count = place + 1;
    }
}

int pe_fleet_add(struct pe_fleet_gather *g, const struct pe_tally *tally, const char *file,
                 uint64_t line, bool before, struct pe_err *err)
{
    struct pe_fleet_entries *entries = before ? &g->before : &g->now;
    struct pe_fleet_entry *items;

    g->lines += !before;
    if (!before)
        note_policies(g, tally->policies);
    if (tally->reason != NULL && !before)
        note_unjudged(g, tally, file, line);
    if (tally->reason == NULL) {
        items =
            pe_arena_grow(&g->arena, entries->items, entries->count, &entries->room, sizeof *items);
        if (items == NULL)
            return pe_err_memory(err);
        entries->items = items;
        items[entries->count] = (struct pe_fleet_entry){
            .tenant =
                pe_arena_str(&g->arena, tally->tenant != NULL ? tally->tenant : tally->sha256),
            .service = pe_arena_str(&g->arena, tally->service != NULL ? tally->service : ""),
            .sha256 = pe_arena_str(&g->arena, tally->sha256),
            .passed = tally->passed,
            .number = entries->count};
        fill(g, tally, &items[entries->count++]);
    }
    return pe_arena_failed(&g->arena) ? pe_err_memory(err) : 0;
}

/* ---- one entry a tenant ---- */

static int by_name(const struct pe_fleet_entry *a, const struct pe_fleet_entry *b)
{
    int order = strcmp(a->tenant, b->tenant);

    return order != 0 ? order : strcmp(a->service, b->service);
}

static int by_name_and_number(const void *a, const void *b)
{
    const struct pe_fleet_entry *x = a, *y = b;
    int order = by_name(x, y);

    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

/* Sorted by name, the last line of each. Returns how many lines were dropped. */
static size_t keep_last(struct pe_fleet_entries *entries)
{
    size_t kept = 0, all = entries->count;

    if (all > 1)
        qsort(entries->items, all, sizeof *entries->items, by_name_and_number);
    for (size_t i = 0; i < all; i++)
        if (i + 1 == all || by_name(&entries->items[i], &entries->items[i + 1]) != 0)
            entries->items[kept++] = entries->items[i];
    entries->count = kept;
    return all - kept;
}

/* ---- counting ---- */

static unsigned status_in(const struct pe_fleet_entry *entry, size_t place)
{
    return place < entry->count ? entry->statuses[place] & 15 : PE_NOT_JUDGED;
}

static void count(struct pe_fleet_gather *g, struct pe_fleet *fleet,
                  const struct pe_fleet_entry *entry, struct pe_fleet_tenant *tenant)
{
    for (size_t i = 0; i < entry->count; i++) {
        unsigned status = status_in(entry, i), owner = entry->statuses[i] >> 4;
        if (status == PE_NOT_JUDGED)
            continue;
        g->controls[i].by_status[status]++;
        tenant->by_status[status]++;
        fleet->by_owner[owner][status]++;
        if (status >= PE_FAIL)
            tenant->bad_by_severity[g->controls[i].severity]++;
    }
}

/* A control that needs somebody now, and less so before; or the other way round. */
static void compare(struct pe_fleet_gather *g, struct pe_fleet *fleet,
                    const struct pe_fleet_entry *now, const struct pe_fleet_entry *before,
                    struct pe_fleet_tenant *tenant)
{
    for (size_t i = 0; i < g->control_count; i++) {
        unsigned is = status_in(now, i), was = status_in(before, i);
        bool worse, better;
        if (is == PE_NOT_JUDGED || was == PE_NOT_JUDGED)
            continue;
        worse = is >= PE_UNKNOWN && is > was;
        better = was >= PE_UNKNOWN && is < was;
        g->controls[i].worse += worse;
        g->controls[i].better += better;
        tenant->worse += worse;
        tenant->better += better;
    }
    fleet->worse += tenant->worse;
    fleet->better += tenant->better;
}

/* ---- order ---- */

static size_t bad(const size_t by_status[PE_STATUS_COUNT])
{
    return by_status[PE_ERROR] + by_status[PE_FAIL];
}

static int more_first(size_t a, size_t b)
{
    return (a < b) - (a > b);
}

static int by_worst_control(const void *a, const void *b)
{
    const struct pe_fleet_control *x = *(const struct pe_fleet_control *const *)a;
    const struct pe_fleet_control *y = *(const struct pe_fleet_control *const *)b;
    int order = more_first(bad(x->by_status), bad(y->by_status));

    if (order == 0)
        order = more_first(x->by_status[PE_UNKNOWN], y->by_status[PE_UNKNOWN]);
    if (order == 0)
        order = more_first(x->severity, y->severity);
    if (order == 0)
        order = pe_clause_order(x->id, y->id);
    return order != 0 ? order : strcmp(x->pack, y->pack);
}

static int by_worst_tenant(const void *a, const void *b)
{
    const struct pe_fleet_tenant *x = a, *y = b;
    int order = 0;

    for (size_t i = PE_SEVERITY_COUNT; order == 0 && i-- > 0;)
        order = more_first(x->bad_by_severity[i], y->bad_by_severity[i]);
    if (order == 0)
        order = more_first(x->by_status[PE_UNKNOWN], y->by_status[PE_UNKNOWN]);
    if (order == 0)
        order = strcmp(x->tenant, y->tenant);
    return order != 0 ? order : strcmp(x->service, y->service);
}

/* The statuses of an entry by the places that controls have in the end. */
static const uint8_t *reorder(struct pe_fleet_gather *g, struct pe_fleet_control *const *order,
                              const struct pe_fleet_entry *entry)
{
    uint8_t *statuses = pe_arena_alloc(&g->arena, g->control_count + 1);

    for (size_t i = 0; statuses != NULL && i < g->control_count; i++)
        statuses[i] = (uint8_t)status_in(entry, (size_t)(order[i] - g->controls));
    return statuses;
}

/* ---- all of it ---- */

struct settling {
    struct pe_fleet_gather *gather;
    struct pe_fleet *fleet;
    struct pe_fleet_tenant *tenants;
    const struct pe_fleet_entry **before; /* by tenant; NULL: none */
    const char **gone;
    size_t gone_count;
};

static void match(struct settling *s)
{
    const struct pe_fleet_entries *now = &s->gather->now, *before = &s->gather->before;
    size_t j = 0;

    for (size_t i = 0; i < now->count; i++) {
        for (; j < before->count && by_name(&before->items[j], &now->items[i]) < 0; j++)
            s->gone[s->gone_count++] = before->items[j].tenant;
        if (j < before->count && by_name(&before->items[j], &now->items[i]) == 0)
            s->before[i] = &before->items[j++];
    }
    for (; j < before->count; j++)
        s->gone[s->gone_count++] = before->items[j].tenant;
}

static void make_tenants(struct settling *s)
{
    struct pe_fleet *fleet = s->fleet;

    for (size_t i = 0; i < s->gather->now.count; i++) {
        const struct pe_fleet_entry *entry = &s->gather->now.items[i];
        struct pe_fleet_tenant *tenant = &s->tenants[i];
        *tenant = (struct pe_fleet_tenant){.tenant = entry->tenant,
                                           .service = entry->service,
                                           .sha256 = entry->sha256,
                                           .passed = entry->passed,
                                           .known_before = s->before[i] != NULL};
        count(s->gather, fleet, entry, tenant);
        if (s->before[i] != NULL)
            compare(s->gather, fleet, entry, s->before[i], tenant);
        fleet->passed += entry->passed;
        fleet->new_count += fleet->compared && s->before[i] == NULL;
    }
}

/* Controls can be ordered when all is counted, and then what refers to them. */
static int order_all(struct settling *s)
{
    struct pe_fleet_gather *g = s->gather;
    struct pe_fleet_control **order =
        pe_arena_array(&g->arena, g->control_count + 1, sizeof(struct pe_fleet_control *));
    struct pe_fleet_control *controls =
        pe_arena_array(&g->arena, g->control_count + 1, sizeof *controls);

    if (order == NULL || controls == NULL)
        return -1;
    for (size_t i = 0; i < g->control_count; i++)
        order[i] = &g->controls[i];
    qsort(order, g->control_count, sizeof(struct pe_fleet_control *), by_worst_control);
    for (size_t i = 0; i < g->control_count; i++)
        controls[i] = *order[i];
    for (size_t i = 0; i < g->now.count; i++) {
        s->tenants[i].statuses = reorder(g, order, &g->now.items[i]);
        if (s->before[i] != NULL)
            s->tenants[i].before = reorder(g, order, s->before[i]);
    }
    qsort(s->tenants, g->now.count, sizeof *s->tenants, by_worst_tenant);
    s->fleet->controls = controls;
    s->fleet->control_count = g->control_count;
    s->fleet->tenants = s->tenants;
    s->fleet->tenant_count = g->now.count;
    return pe_arena_failed(&g->arena) ? -1 : 0;
}

int pe_fleet_settle(struct pe_fleet_gather *g, bool compared, struct pe_fleet *fleet,
                    struct pe_err *err)
{
    struct settling s = {.gather = g, .fleet = fleet};

    *fleet = (struct pe_fleet){.compared = compared, .lines = g->lines};
    fleet->repeated = keep_last(&g->now);
    keep_last(&g->before);
    s.tenants = pe_arena_array(&g->arena, g->now.count + 1, sizeof *s.tenants);
    s.before = pe_arena_array(&g->arena, g->now.count + 1, sizeof *s.before);
    s.gone = pe_arena_array(&g->arena, g->before.count + 1, sizeof *s.gone);
    if (pe_arena_failed(&g->arena))
        return pe_err_memory(err);
    match(&s);
    make_tenants(&s);
    if (order_all(&s) != 0)
        return pe_err_memory(err);
    fleet->unjudged = g->unjudged;
    fleet->unjudged_count = g->unjudged_count;
    fleet->policies = (struct pe_strings){g->policies, g->policy_count};
    fleet->gone = (struct pe_strings){s.gone, s.gone_count};
    return 0;
}

void pe_fleet_gather_release(struct pe_fleet_gather *gather)
{
    pe_arena_release(&gather->arena);
}
