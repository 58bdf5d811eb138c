/* tally.c: what a fleet report needs of one result line. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tally.h"

#include <string.h>

#include "base/err.h"
#include "json.h"
#include "words.h"

struct reading {
    const struct pe_json *json;
    struct pe_arena *arena;
    struct pe_buf scratch;
    const char *missing; /* the first member that is not as it should be */
};

static const struct pe_node *member(const struct reading *r, const struct pe_node *object,
                                    const char *key)
{
    if (object == NULL || pe_node_type(object) != PE_OBJECT)
        return NULL;
    return pe_json_member(r->json, object, key, strlen(key));
}

static const char *copy(struct reading *r, const struct pe_node *node)
{
    const char *bytes;
    size_t length;

    if (node == NULL || pe_node_type(node) != PE_STRING)
        return NULL;
    if (!pe_json_string(r->json, node, &bytes, &length, &r->scratch)) {
        r->arena->failed = true;
        return NULL;
    }
    return pe_arena_strn(r->arena, bytes, length);
}

/* A string that may be absent or null. */
static const char *word(struct reading *r, const struct pe_node *object, const char *key)
{
    return copy(r, member(r, object, key));
}

static const char *needed(struct reading *r, const struct pe_node *object, const char *key)
{
    const char *text = word(r, object, key);

    if (text == NULL && r->missing == NULL)
        r->missing = key;
    return text == NULL ? "" : text;
}

static void must(struct reading *r, bool holds, const char *key)
{
    if (!holds && r->missing == NULL)
        r->missing = key;
}

static void read_control(struct reading *r, const struct pe_node *node,
                         struct pe_tally_control *control)
{
    const struct pe_node *title = member(r, node, "title");

    control->id = needed(r, node, "id");
    control->pack = needed(r, node, "pack");
    control->title.en = word(r, title, "en");
    control->title.ja = control->title.en == NULL ? NULL : word(r, title, "ja");
    must(r, pe_words_find_status(needed(r, node, "status"), &control->status), "status");
    must(r, pe_words_find_owner(needed(r, node, "owner"), &control->owner), "owner");
    must(r, pe_words_find_severity(needed(r, node, "severity"), &control->severity), "severity");
}

static void read_controls(struct reading *r, const struct pe_node *root, struct pe_tally *tally)
{
    const struct pe_node *list = member(r, root, "controls"), *node;
    size_t count = list != NULL && pe_node_type(list) == PE_LIST ? pe_node_count(list) : 0;

    must(r, list != NULL && pe_node_type(list) == PE_LIST && count <= PE_TALLY_CONTROLS,
         "controls");
    if (r->missing != NULL)
        return;
    tally->controls = pe_arena_array(r->arena, count + 1, sizeof *tally->controls);
    if (tally->controls == NULL)
        return;
    for (node = pe_json_first(r->json, list); node != NULL; node = pe_json_next(r->json, node))
        read_control(r, node, &tally->controls[tally->control_count++]);
}

static void read_line(struct reading *r, struct pe_tally *tally)
{
    const struct pe_node *root = r->json->nodes, *snapshot = member(r, root, "snapshot");
    const char *verdict = needed(r, root, "verdict");

    must(r, strcmp(needed(r, root, "schema"), "urn:policyeval:line:1") == 0, "schema");
    tally->policies = needed(r, root, "policies");
    tally->sha256 = needed(r, snapshot, "sha256");
    if (strcmp(verdict, "error") == 0) {
        tally->reason = needed(r, member(r, root, "reason"), "en");
        return;
    }
    tally->passed = strcmp(verdict, "pass") == 0;
    must(r, tally->passed || strcmp(verdict, "fail") == 0, "verdict");
    tally->tenant = word(r, snapshot, "tenant");
    tally->service = word(r, snapshot, "service");
    read_controls(r, root, tally);
}

int pe_tally_read(const char *text, size_t length, struct pe_arena *arena, struct pe_tally *tally,
                  struct pe_err *err)
{
    struct pe_json json;
    struct reading r = {.json = &json, .arena = arena};

    if (pe_json_read(text, length, &json, err) != 0)
        return -1;
    *tally = (struct pe_tally){0};
    read_line(&r, tally);
    pe_buf_release(&r.scratch);
    pe_json_release(&json);
    if (pe_arena_failed(arena))
        return pe_err_memory(err);
    if (r.missing != NULL)
        return pe_err_set(err, PE_ERR_INPUT,
                          "it is no result line of policyeval --ndjson (by its member %s)",
                          r.missing);
    return 0;
}
