/* entries_waivers.c: reads a file of waivers (docs/waivers.md). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "entries.h"

#include <string.h>

#include "lib/time.h"

static const char *const file_keys[] = {"$schema", "zone", "waivers"};
static const char *const waiver_keys[] = {"id",       "control", "rule",   "tenant",
                                          "scope",    "status",  "reason", "owner",
                                          "approver", "expires", "zone"};
static const char *const scope_keys[] = {"pointer", "subject", "value"};

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

struct reading {
    struct pe_entries e;
    struct pe_out *out;
    const char *zone; /* of the file */
    const char **ids;
    size_t count;
};

/* ---- scope ---- */

/* RFC 6901: "" or steps behind slashes, in which ~ stands before 0 or 1 only. */
static bool is_pointer(const char *text)
{
    if (text[0] != '/')
        return false;
    for (const char *c = text; *c != '\0'; c++)
        if (c[0] == '~' && c[1] != '0' && c[1] != '1')
            return false;
    return true;
}

/* Whether a step may be a position in a list. */
static bool has_position(const char *pointer)
{
    for (const char *c = strchr(pointer, '/'); c != NULL; c = strchr(c + 1, '/')) {
        size_t digits = strspn(c + 1, "0123456789");
        if (digits > 0 && (c[digits + 1] == '/' || c[digits + 1] == '\0'))
            return true;
    }
    return false;
}

/* "" is the whole snapshot, and the only text of a waiver that may be empty. */
static int read_pointer(struct reading *r, const struct pe_node *scope, const char **pointer)
{
    const struct pe_node *node = pe_entries_member(&r->e, scope, "pointer");

    if (node != NULL && pe_node_type(node) == PE_STRING &&
        pe_json_equals(&r->e.file.json, node, "", 0)) {
        *pointer = "";
        return 0;
    }
    if (pe_entries_text(&r->e, scope, "pointer", false, PE_MAX_ENTRY_WORD_BYTES, pointer) != 0)
        return -1;
    if (*pointer != NULL && !is_pointer(*pointer))
        return pe_entries_refuse(&r->e, node,
                                 "\"pointer\" is a JSON Pointer such as /networks/zones");
    return 0;
}

/* What a finding shows in the place of a secret, or of a list or object of any content. */
static bool stands_for_others(const char *value)
{
    size_t length = strlen(value);

    return strcmp(value, "\"[secret]\"") == 0 ||
           (length > 12 && (strcmp(value + length - 11, " elements]\"") == 0 ||
                            strcmp(value + length - 10, " members}\"") == 0));
}

/* As the engine shows values of a snapshot, so that both can be compared byte by byte. */
static int read_value(struct reading *r, const struct pe_node *scope, const char **value)
{
    const struct pe_node *node = pe_entries_member(&r->e, scope, "value");
    struct pe_buf text = {0};

    if (node == NULL)
        return 0;
    if (pe_node_holds(node))
        return pe_entries_refuse(&r->e, node, "\"value\" is a text, a number, true, false or null");
    if (node->size > PE_MAX_ENTRY_WORD_BYTES)
        return pe_entries_refuse(&r->e, node, "\"value\" is longer than %d bytes",
                                 PE_MAX_ENTRY_WORD_BYTES);
    pe_snapshot_value(&r->e.file, pe_snapshot_number(&r->e.file, node), &text);
    *value = pe_arena_take(&r->e.arena, &text);
    if (*value == NULL)
        return pe_err_memory(r->e.err);
    if (stands_for_others(*value))
        return pe_entries_refuse(&r->e, node,
                                 "reports show other values so too: secrets, lists and objects "
                                 "cannot be a scope by \"value\"");
    return 0;
}

static int read_scope(struct reading *r, const struct pe_node *waiver, struct pe_waiver *w)
{
    const struct pe_node *scope = pe_entries_member(&r->e, waiver, "scope");

    if (scope == NULL)
        return 0;
    if (pe_entries_object(&r->e, scope, "a scope", scope_keys, COUNT(scope_keys)) != 0 ||
        read_pointer(r, scope, &w->pointer) != 0 || read_value(r, scope, &w->value) != 0 ||
        pe_entries_text(&r->e, scope, "subject", false, PE_MAX_ENTRY_WORD_BYTES, &w->subject) != 0)
        return -1;
    if (w->pointer == NULL && w->subject == NULL && w->value == NULL)
        return pe_entries_refuse(&r->e, scope,
                                 "a scope has \"pointer\", \"subject\" or \"value\"; without it, "
                                 "leave the scope out");
    if (w->pointer != NULL && has_position(w->pointer) && w->subject == NULL && w->value == NULL)
        return pe_entries_refuse(&r->e, scope,
                                 "the pointer goes through a position, where another element may "
                                 "stand tomorrow: add \"subject\" (as reports show it) or "
                                 "\"value\"");
    return 0;
}

/* ---- status ---- */

static int read_status(struct reading *r, const struct pe_node *node, struct pe_waiver *w)
{
    const struct pe_json *json = &r->e.file.json;

    if (pe_node_type(node) == PE_STRING && pe_json_equals(json, node, "error", 5))
        return pe_entries_refuse(&r->e, node, "an error cannot be waived");
    if (pe_node_type(node) == PE_STRING && pe_json_equals(json, node, "fail", 4))
        w->fail = true;
    else if (pe_node_type(node) == PE_STRING && pe_json_equals(json, node, "unknown", 7))
        w->unknown = true;
    else
        return pe_entries_refuse(&r->e, node,
                                 "\"status\" is \"fail\", \"unknown\" or a list of both");
    return 0;
}

/* Unknown must be said: that nobody knows is another thing than that somebody accepted it. */
static int read_statuses(struct reading *r, const struct pe_node *waiver, struct pe_waiver *w)
{
    const struct pe_node *node = pe_entries_member(&r->e, waiver, "status"), *element;

    w->fail = node == NULL;
    if (node == NULL)
        return 0;
    if (pe_node_type(node) != PE_LIST || pe_node_count(node) == 0)
        return read_status(r, node, w);
    for (element = pe_json_first(&r->e.file.json, node); element != NULL;
         element = pe_json_next(&r->e.file.json, element))
        if (read_status(r, element, w) != 0)
            return -1;
    return 0;
}

/* ---- expiry ---- */

static int read_zone(struct reading *r, const struct pe_node *object, const char **zone)
{
    struct pe_time_zone ignored;
    enum pe_time_why why;

    if (pe_entries_text(&r->e, object, "zone", false, PE_MAX_ENTRY_WORD_BYTES, zone) != 0)
        return -1;
    if (*zone == NULL || pe_time_parse_zone(*zone, strlen(*zone), &ignored, &why) == 0)
        return 0;
    return pe_entries_refuse(&r->e, pe_entries_member(&r->e, object, "zone"), "\"zone\": %s",
                             pe_time_why_text(why).en);
}

static int read_expiry(struct reading *r, const struct pe_node *waiver, struct pe_waiver *w)
{
    struct pe_time_instant end;
    struct pe_time_zone zone;
    enum pe_time_why why;
    int64_t day;

    if (pe_entries_text(&r->e, waiver, "expires", true, PE_MAX_ENTRY_WORD_BYTES, &w->expires) !=
            0 ||
        read_zone(r, waiver, &w->zone) != 0)
        return -1;
    if (w->zone == NULL)
        w->zone = r->zone;
    if (w->zone == NULL)
        return pe_entries_refuse(
            &r->e, waiver,
            "in which time zone does it expire? \"zone\": \"Asia/Tokyo\", here "
            "or once beside \"waivers\"");
    if (pe_time_parse_zone(w->zone, strlen(w->zone), &zone, &why) != 0 ||
        pe_time_parse_day(w->expires, strlen(w->expires), &day, &why) != 0 ||
        pe_time_end_of_day(day, zone, &end, &why) != 0)
        return pe_entries_refuse(&r->e, pe_entries_member(&r->e, waiver, "expires"),
                                 "\"expires\": %s", pe_time_why_text(why).en);
    return 0;
}

/* ---- waivers ---- */

static int check_id(struct reading *r, const struct pe_node *waiver, const char *id)
{
    for (size_t i = 0; i < r->count; i++)
        if (strcmp(r->ids[i], id) == 0)
            return pe_entries_refuse(&r->e, pe_entries_member(&r->e, waiver, "id"),
                                     "another waiver has the same \"id\"");
    r->ids[r->count++] = id;
    return 0;
}

static void send(struct reading *r, const struct pe_waiver *w)
{
    const char *const texts[] = {w->id,      w->control,  w->rule,    w->tenant,
                                 w->pointer, w->subject,  w->value,   w->reason,
                                 w->owner,   w->approver, w->expires, w->zone};

    pe_out_begin(r->out, PE_RECORD_ENTRY);
    for (size_t i = 0; i < COUNT(texts); i++)
        pe_out_string(r->out, texts[i]);
    pe_out_u32(r->out, w->fail);
    pe_out_u32(r->out, w->unknown);
    pe_out_u32(r->out, w->line);
    pe_out_u32(r->out, w->column);
    pe_out_end(r->out);
}

static int read_words(struct reading *r, const struct pe_node *node, struct pe_waiver *w)
{
    const struct {
        const char *key;
        const char **text;
        size_t most;
        bool required;
    } members[] = {
        {"id", &w->id, PE_MAX_ENTRY_WORD_BYTES, true},
        {"control", &w->control, PE_MAX_ENTRY_WORD_BYTES, true},
        {"rule", &w->rule, PE_MAX_ENTRY_WORD_BYTES, false},
        {"tenant", &w->tenant, PE_MAX_ENTRY_WORD_BYTES, false},
        {"reason", &w->reason, PE_MAX_ENTRY_TEXT_BYTES, true},
        {"owner", &w->owner, PE_MAX_ENTRY_WORD_BYTES, true},
        {"approver", &w->approver, PE_MAX_ENTRY_WORD_BYTES, true},
    };

    for (size_t i = 0; i < COUNT(members); i++)
        if (pe_entries_text(&r->e, node, members[i].key, members[i].required, members[i].most,
                            members[i].text) != 0)
            return -1;
    return 0;
}

static int read_waiver(struct reading *r, const struct pe_node *node)
{
    struct pe_place place = pe_snapshot_place(&r->e.file, pe_snapshot_number(&r->e.file, node));
    struct pe_waiver w = {.line = place.line, .column = place.column};

    if (pe_entries_object(&r->e, node, "a waiver", waiver_keys, COUNT(waiver_keys)) != 0 ||
        read_words(r, node, &w) != 0 || check_id(r, node, w.id) != 0 ||
        read_scope(r, node, &w) != 0 || read_statuses(r, node, &w) != 0 ||
        read_expiry(r, node, &w) != 0)
        return -1;
    send(r, &w);
    return 0;
}

static int read_file(struct pe_entries *e)
{
    struct reading *r = (struct reading *)e;
    const struct pe_node *root = r->e.file.json.nodes, *list, *node;

    if (pe_entries_object(&r->e, root, "a file of waivers", file_keys, COUNT(file_keys)) != 0 ||
        read_zone(r, root, &r->zone) != 0)
        return -1;
    list = pe_entries_member(&r->e, root, "waivers");
    if (list == NULL || pe_node_type(list) != PE_LIST)
        return pe_entries_refuse(&r->e, list == NULL ? root : list,
                                 "a file of waivers has a list \"waivers\"");
    if (pe_node_count(list) > PE_MAX_WAIVERS)
        return pe_entries_refuse(&r->e, list, "more than %d waivers", PE_MAX_WAIVERS);
    r->ids = pe_arena_array(&r->e.arena, pe_node_count(list) + 1, sizeof *r->ids);
    if (r->ids == NULL)
        return pe_err_memory(r->e.err);
    for (node = pe_json_first(&r->e.file.json, list); node != NULL;
         node = pe_json_next(&r->e.file.json, node))
        if (read_waiver(r, node) != 0)
            return -1;
    return 0;
}

int pe_entries_waivers(const unsigned char *bytes, size_t length, struct pe_out *out,
                       struct pe_err *err)
{
    struct reading r = {.out = out};

    return pe_entries_each(&r.e, bytes, length, read_file, err);
}
