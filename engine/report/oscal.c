/* oscal.c: OSCAL assessment results 1.1.3, for tools of governance and compliance. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include <string.h>

#include "report/oscal_impl.h"

#define OSCAL_VERSION "1.1.3"
#define DOCUMENT_VERSION "1.0"

static void put(struct pe_oscal *oscal, struct pe_json_item *object, const char *key,
                struct pe_json_item *value)
{
    pe_json_out_put(&oscal->json, object, key, value);
}

/* ---- turning to one result after the other ---- */

/* Digests of snapshot and packs, and a number where the same snapshot was given before. */
static struct pe_uuid make_space(struct pe_oscal *oscal, const struct pe_run *run, size_t at)
{
    const struct pe_result *result = &run->results[at];
    struct pe_buf name = {0};
    struct pe_uuid space = {{0}};
    size_t before = 0;

    for (size_t i = 0; i < at; i++)
        before += strcmp(run->results[i].sha256, result->sha256) == 0;
    pe_buf_printf(&name, "snapshot\n%s", result->sha256);
    for (size_t i = 0; i < result->pack_count; i++)
        pe_buf_printf(&name, "\n%s\n%s", result->packs[i].id, result->packs[i].sha256);
    if (before > 0)
        pe_buf_printf(&name, "\n%zu", before);
    if (pe_buf_failed(&name))
        oscal->json.failed = true;
    else
        space = pe_uuid_v5(pe_oscal_namespace, name.data, name.length);
    pe_buf_release(&name);
    return space;
}

/* -1 when the result has no time that OSCAL takes. */
static int turn_to(struct pe_oscal *oscal, const struct pe_run *run, size_t at, struct pe_err *err)
{
    const struct pe_result *result = &run->results[at];

    if (result->as_of == NULL)
        return pe_err_set(err, PE_ERR_USAGE,
                          "oscal: a report in this format needs a time, and %.300s states none: "
                          "give it with --as-of TIME",
                          result->file);
    if (!pe_utc_of(result->as_of, oscal->when))
        return pe_err_set(err, PE_ERR_USAGE,
                          "oscal: this format takes times of the years 1900 to 2999, and that of "
                          "%.300s is another: give one with --as-of TIME",
                          result->file);
    oscal->result = result;
    oscal->space = make_space(oscal, run, at);
    return 0;
}

/* ---- back matter: what else there is to read ---- */

static struct pe_uuid name_pack(struct pe_oscal *oscal, const struct pe_pack_info *pack)
{
    const char *const parts[] = {"pack", pack->id, pack->sha256, NULL};

    return pe_oscal_name(oscal, pe_oscal_namespace, parts);
}

static struct pe_json_item *make_link(struct pe_oscal *oscal, struct pe_json_item *href,
                                      const char *media_type, const char *sha256)
{
    struct pe_json_item *object = pe_json_out_object(&oscal->json),
                        *hash = pe_json_out_object(&oscal->json),
                        *hashes = pe_json_out_list(&oscal->json);
    struct pe_json_item *list = pe_json_out_list(&oscal->json);

    put(oscal, hash, "algorithm", pe_json_out_string(&oscal->json, "SHA-256"));
    put(oscal, hash, "value", pe_json_out_string(&oscal->json, sha256));
    pe_json_out_append(&oscal->json, hashes, hash);
    put(oscal, object, "href", href);
    put(oscal, object, "media-type", pe_json_out_string(&oscal->json, media_type));
    put(oscal, object, "hashes", hashes);
    pe_json_out_append(&oscal->json, list, object);
    return list;
}

static struct pe_json_item *make_resource(struct pe_oscal *oscal, struct pe_uuid uuid,
                                          struct pe_json_item *title, enum pe_word description)
{
    struct pe_json_item *object = pe_json_out_object(&oscal->json);

    put(oscal, object, "uuid", pe_oscal_uuid(oscal, uuid));
    put(oscal, object, "title", title);
    put(oscal, object, "description", pe_oscal_words(oscal, description, NULL, 0));
    return object;
}

static struct pe_json_item *make_snapshot(struct pe_oscal *oscal)
{
    const struct pe_result *result = oscal->result;
    struct pe_json_item *object = make_resource(
        oscal, pe_oscal_resource(oscal), pe_oscal_markup(oscal, result->file), PE_W_OSCAL_SNAPSHOT);
    struct pe_json_item *props = pe_json_out_list(&oscal->json),
                        *href = pe_oscal_href(oscal, result->file, NULL);

    pe_oscal_prop(oscal, props, "file", result->file);
    pe_oscal_put_list(oscal, object, "props", props);
    put(oscal, object, "rlinks", make_link(oscal, href, "application/json", result->sha256));
    return object;
}

static struct pe_json_item *make_pack(struct pe_oscal *oscal, const struct pe_pack_info *pack)
{
    struct pe_json_item *object = make_resource(oscal, name_pack(oscal, pack),
                                                pe_oscal_text(oscal, pack->title), PE_W_OSCAL_PACK);
    struct pe_json_item *props = pe_json_out_list(&oscal->json), *href;
    struct pe_buf uri = {0};

    pe_oscal_prop(oscal, props, "pack-id", pack->id);
    pe_oscal_prop(oscal, props, "pack-version", pack->version);
    pe_oscal_prop(oscal, props, "pack-edition", pack->edition);
    pe_oscal_put_list(oscal, object, "props", props);
    pe_buf_printf(&uri, "urn:policyeval:pack:sha256:%s", pack->sha256);
    oscal->json.failed |= pe_buf_failed(&uri);
    href = pe_json_out_string(&oscal->json, pe_buf_failed(&uri) ? NULL : uri.data);
    pe_buf_release(&uri);
    put(oscal, object, "rlinks", make_link(oscal, href, "application/octet-stream", pack->sha256));
    return object;
}

/* Whether an earlier result, or an earlier place in this one, has the same pack. */
static bool is_told(const struct pe_run *run, size_t at, size_t number)
{
    const struct pe_pack_info *pack = &run->results[at].packs[number];

    for (size_t i = 0; i <= at; i++)
        for (size_t j = 0; j < run->results[i].pack_count && (i < at || j < number); j++)
            if (strcmp(run->results[i].packs[j].id, pack->id) == 0 &&
                strcmp(run->results[i].packs[j].sha256, pack->sha256) == 0)
                return true;
    return false;
}

static struct pe_uuid name_plan(struct pe_oscal *oscal)
{
    return pe_oscal_name(oscal, pe_oscal_namespace, (const char *[]){"plan", NULL});
}

static struct pe_json_item *begin_resources(struct pe_oscal *oscal)
{
    struct pe_json_item *list = pe_json_out_list(&oscal->json),
                        *title = pe_oscal_words(oscal, PE_W_OSCAL_PLAN, NULL, 0);

    pe_json_out_append(&oscal->json, list,
                       make_resource(oscal, name_plan(oscal), title, PE_W_OSCAL_PLAN_IS));
    return list;
}

static void add_resources(struct pe_oscal *oscal, const struct pe_run *run, size_t at,
                          struct pe_json_item *list)
{
    for (size_t i = 0; i < run->results[at].pack_count; i++)
        if (!is_told(run, at, i))
            pe_json_out_append(&oscal->json, list, make_pack(oscal, &run->results[at].packs[i]));
    pe_json_out_append(&oscal->json, list, make_snapshot(oscal));
}

/* ---- the document ---- */

static struct pe_json_item *make_metadata(struct pe_oscal *oscal, const char *last)
{
    struct pe_json_item *object = pe_json_out_object(&oscal->json);

    put(oscal, object, "title", pe_oscal_words(oscal, PE_W_OSCAL_TITLE, NULL, 0));
    put(oscal, object, "last-modified", pe_json_out_string(&oscal->json, last));
    put(oscal, object, "version", pe_json_out_string(&oscal->json, DOCUMENT_VERSION));
    put(oscal, object, "oscal-version", pe_json_out_string(&oscal->json, OSCAL_VERSION));
    return object;
}

static struct pe_json_item *make_plan(struct pe_oscal *oscal)
{
    struct pe_json_item *object = pe_json_out_object(&oscal->json);

    put(oscal, object, "href", pe_oscal_local(oscal, name_plan(oscal)));
    put(oscal, object, "remarks", pe_oscal_words(oscal, PE_W_OSCAL_PLAN_IS, NULL, 0));
    return object;
}

/* Everything that is a result's own, gathered while turning from one to the next. */
struct gathered {
    struct pe_json_item *results, *resources;
    struct pe_buf name; /* of the document */
    char last[PE_UTC_SIZE];
};

static int gather(struct pe_oscal *oscal, const struct pe_run *run, struct gathered *gathered,
                  struct pe_err *err)
{
    char uuid[PE_UUID_SIZE];

    pe_buf_printf(&gathered->name, "document\n%s", oscal->lang == PE_JA ? "ja" : "en");
    for (size_t i = 0; i < run->count; i++) {
        if (turn_to(oscal, run, i, err) != 0)
            return -1;
        if (strcmp(gathered->last, oscal->when) < 0)
            memcpy(gathered->last, oscal->when, sizeof gathered->last);
        pe_uuid_text(pe_oscal_result_uuid(oscal), uuid);
        pe_buf_printf(&gathered->name, "\n%s", uuid);
        pe_json_out_append(&oscal->json, gathered->results, pe_oscal_result(oscal));
        add_resources(oscal, run, i, gathered->resources);
    }
    if (pe_buf_failed(&gathered->name))
        return pe_err_memory(err);
    return 0;
}

static struct pe_json_item *make_document(struct pe_oscal *oscal, const struct gathered *gathered)
{
    struct pe_json_item *root = pe_json_out_object(&oscal->json),
                        *object = pe_json_out_object(&oscal->json),
                        *back = pe_json_out_object(&oscal->json);
    struct pe_uuid uuid =
        pe_uuid_v5(pe_oscal_namespace, gathered->name.data, gathered->name.length);

    put(oscal, back, "resources", gathered->resources);
    put(oscal, object, "uuid", pe_oscal_uuid(oscal, uuid));
    put(oscal, object, "metadata", make_metadata(oscal, gathered->last));
    put(oscal, object, "import-ap", make_plan(oscal));
    put(oscal, object, "results", gathered->results);
    put(oscal, object, "back-matter", back);
    put(oscal, root, "assessment-results", object);
    return root;
}

static int render(const struct pe_run *run, const struct pe_style *style, struct pe_buf *buf,
                  struct pe_err *err)
{
    struct pe_oscal oscal = {.lang = style->lang};
    struct gathered gathered = {.results = pe_json_out_list(&oscal.json)};
    int result;

    gathered.resources = begin_resources(&oscal);
    result = gather(&oscal, run, &gathered, err);
    if (result == 0 &&
        !pe_json_out_write_indented(&oscal.json, make_document(&oscal, &gathered), 1, buf))
        result = pe_err_memory(err);
    pe_buf_release(&gathered.name);
    pe_json_out_release(&oscal.json);
    return result;
}

const struct pe_report pe_report_oscal = {
    .name = "oscal",
    .render = render,
    .summary = "for tools of governance and compliance: OSCAL assessment results 1.1.3",
};
