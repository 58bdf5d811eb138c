/* prepare_pack.c: writes a pack as C constants: what it declares, and its files compiled.
 * SPDX-License-Identifier: Apache-2.0
 *
 * usage: prepare_pack FOLDER OUTPUT
 *
 * A part of the build. The pack is loaded as any other, with every check, by the very engine and
 * Lua that the program is made of; what came of it is written down (struct pe_prepared), so that
 * the program need not do it again. What the engine's structs gain has to be written here too:
 * SIZE_IS reminds of it.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api.h"
#include "lua/prepare.h"
#include "pack_builtin.h"

/* The engine wants one; this is where it comes from. */
const struct pe_prepared pe_pack_builtin = {0};

#define SIZE_IS(type, bytes)                                                                       \
    _Static_assert(sizeof(void *) != 8 || sizeof(type) == (bytes),                                 \
                   #type " has changed: write what is new in it, then its new size here")

/* ---- C ---- */

struct writer {
    struct pe_buf out;
    const struct pe_model *model;
    const struct pe_files *files;
    const struct pe_pack_def *pack;
    bool failed; /* there was what cannot be written */
};

/* Bytes as the inside of a string; in octal, which ends after three digits, whatever follows. */
static void add_bytes(struct pe_buf *out, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\' || c == '?')
            pe_buf_printf(out, "\\%03o", c);
        else
            pe_buf_addc(out, (char)c);
    }
}

static void add_string(struct writer *w, const char *member, const char *text)
{
    if (text == NULL)
        return;
    pe_buf_printf(&w->out, ".%s = \"", member);
    add_bytes(&w->out, text, strlen(text));
    pe_buf_adds(&w->out, "\", ");
}

static void add_text(struct writer *w, const char *member, struct pe_text text)
{
    if (text.en == NULL && text.ja == NULL)
        return;
    pe_buf_printf(&w->out, ".%s = {", member);
    add_string(w, "en", text.en);
    add_string(w, "ja", text.ja);
    pe_buf_adds(&w->out, "}, ");
}

static void add_int(struct writer *w, const char *member, long long number)
{
    if (number != 0)
        pe_buf_printf(&w->out, ".%s = %lld, ", member, number);
}

static void add_double(struct writer *w, const char *member, double number)
{
    w->failed |= !isfinite(number);
    if (number != 0)
        pe_buf_printf(&w->out, ".%s = %a, ", member, number);
}

static void add_strings(struct writer *w, const char *member, const struct pe_strings *strings)
{
    if (strings->count == 0)
        return;
    pe_buf_printf(&w->out, ".%s = {(const char *const[]){", member);
    for (size_t i = 0; i < strings->count; i++) {
        pe_buf_adds(&w->out, "\"");
        add_bytes(&w->out, strings->items[i], strlen(strings->items[i]));
        pe_buf_adds(&w->out, "\", ");
    }
    pe_buf_printf(&w->out, "}, %zu}, ", strings->count);
}

/* A member that points to elements, of which there is one at least; then one call for each. */
static void open_array(struct writer *w, const char *member, const char *type)
{
    pe_buf_printf(&w->out, ".%s = (%s[]){\n", member, type);
}

static void close_array(struct writer *w)
{
    pe_buf_adds(&w->out, "}, ");
}

static void open_element(struct writer *w)
{
    pe_buf_adds(&w->out, "{");
}

static void close_element(struct writer *w)
{
    pe_buf_adds(&w->out, "},\n");
}

/* ---- when, owners, sides ---- */

SIZE_IS(struct pe_when, 48);
SIZE_IS(struct pe_owners, 36);
SIZE_IS(struct pe_side, 8);

static void add_when(struct writer *w, const struct pe_when *when)
{
    pe_buf_adds(&w->out, ".when = {");
    add_strings(w, "services", &when->services);
    add_strings(w, "options", &when->options);
    add_strings(w, "states", &when->states);
    pe_buf_adds(&w->out, "}, ");
}

static void add_owners(struct writer *w, const struct pe_owners *owners)
{
    pe_buf_adds(&w->out, ".owners = {{");
    for (size_t i = 0; i <= PE_MAX_SERVICES; i++)
        pe_buf_printf(&w->out, "%d, ", (int)owners->of[i]);
    pe_buf_adds(&w->out, "}}, ");
}

static void add_sides(struct writer *w, const struct pe_side *sides)
{
    pe_buf_adds(&w->out, ".sides = {");
    for (size_t i = 0; i < PE_MAX_SERVICES; i++)
        pe_buf_printf(&w->out, "{%d, %d}, ", sides[i].applies, (int)sides[i].owner);
    pe_buf_adds(&w->out, "}, ");
}

/* ---- parameters ---- */

SIZE_IS(struct pe_param, 112);
SIZE_IS(struct pe_param_def, 200);

static void add_param(struct writer *w, const struct pe_param_def *param)
{
    const struct pe_param *face = &param->face;

    open_element(w);
    pe_buf_adds(&w->out, ".face = {");
    add_string(w, "name", face->name);
    add_string(w, "type", face->type);
    add_text(w, "unit", face->unit);
    add_text(w, "source", face->source);
    add_text(w, "doc", face->doc);
    add_string(w, "value", face->value);
    add_string(w, "default_", face->default_);
    add_string(w, "min", face->min);
    add_string(w, "max", face->max);
    add_strings(w, "one_of", &face->one_of);
    pe_buf_adds(&w->out, "}, ");
    add_int(w, "type", param->type);
    add_int(w, "has_min", param->has_min);
    add_int(w, "has_max", param->has_max);
    add_double(w, "min", param->min);
    add_double(w, "max", param->max);
    add_strings(w, "one_of", &param->one_of);
    add_int(w, "given", param->given);
    add_double(w, "number", param->number);
    add_int(w, "truth", param->truth);
    add_string(w, "string", param->string);
    add_strings(w, "list", &param->list);
    close_element(w);
}

/* ---- rules, controls ---- */

SIZE_IS(struct pe_rule, 128);
SIZE_IS(struct pe_rule_def, 216);
SIZE_IS(struct pe_control, 168);
SIZE_IS(struct pe_control_def, 280);

static void add_rule(struct writer *w, const struct pe_rule_def *rule)
{
    const struct pe_rule *face = &rule->face;

    open_element(w);
    pe_buf_adds(&w->out, ".face = {");
    add_string(w, "id", face->id);
    add_string(w, "ref", face->ref);
    add_text(w, "title", face->title);
    add_text(w, "fix", face->fix);
    add_int(w, "severity", face->severity);
    add_int(w, "owner", face->owner);
    add_int(w, "claimable", face->claimable);
    add_sides(w, face->sides);
    pe_buf_adds(&w->out, "}, ");
    add_when(w, &rule->when);
    add_owners(w, &rule->owners);
    close_element(w);
}

/* face.params and face.rules are made by whoever shows the pack. */
static void add_control_face(struct writer *w, const struct pe_control *face)
{
    w->failed |= face->params != NULL || face->rules != NULL;
    pe_buf_adds(&w->out, ".face = {");
    add_string(w, "id", face->id);
    add_string(w, "pack", face->pack);
    add_text(w, "title", face->title);
    add_int(w, "severity", face->severity);
    add_int(w, "owner", face->owner);
    add_sides(w, face->sides);
    add_strings(w, "references", &face->references);
    add_strings(w, "tags", &face->tags);
    add_int(w, "param_count", (long long)face->param_count);
    add_int(w, "rule_count", (long long)face->rule_count);
    pe_buf_adds(&w->out, "}, ");
}

/* The pack's own constants are never written to: pe_pack_own(). */
static void add_control(struct writer *w, const struct pe_control_def *control)
{
    open_element(w);
    add_control_face(w, &control->face);
    pe_buf_printf(&w->out, ".file = &files[%zu], ", (size_t)(control->file - w->files->items));
    add_when(w, &control->when);
    add_owners(w, &control->owners);
    if (control->face.param_count > 0) {
        open_array(w, "params", "struct pe_param_def *)(const struct pe_param_def");
        for (size_t i = 0; i < control->face.param_count; i++)
            add_param(w, &control->params[i]);
        close_array(w);
    }
    open_array(w, "rules", "struct pe_rule_def *)(const struct pe_rule_def");
    for (size_t i = 0; i < control->face.rule_count; i++)
        add_rule(w, &control->rules[i]);
    close_array(w);
    close_element(w);
}

/* ---- claims, areas ---- */

SIZE_IS(struct pe_claim, 24);
SIZE_IS(struct pe_claim_set, 144);
SIZE_IS(struct pe_area, 72);

static void add_claim_set(struct writer *w, const struct pe_claim_set *set)
{
    open_element(w);
    add_string(w, "doc", set->doc);
    add_string(w, "version", set->version);
    add_string(w, "issued", set->issued);
    add_string(w, "sha256", set->sha256);
    add_text(w, "title", set->title);
    add_strings(w, "services", &set->services);
    add_int(w, "claim_count", (long long)set->claim_count);
    open_array(w, "claims", "const struct pe_claim");
    for (size_t i = 0; i < set->claim_count; i++) {
        open_element(w);
        add_string(w, "clause", set->claims[i].clause);
        add_text(w, "text", set->claims[i].text);
        close_element(w);
    }
    close_array(w);
    close_element(w);
}

static void add_area(struct writer *w, const struct pe_area *area)
{
    open_element(w);
    add_string(w, "word", area->word);
    add_strings(w, "pointers", &area->pointers);
    add_text(w, "title", area->title);
    add_text(w, "collect", area->collect);
    add_int(w, "known_to", area->known_to);
    add_string(w, "link", area->link);
    close_element(w);
}

/* ---- the model ---- */

SIZE_IS(struct pe_field, 72);
SIZE_IS(struct pe_shape, 112);
SIZE_IS(struct pe_model, 24);

static void add_shape_member(struct writer *w, const char *member, const struct pe_shape *shape)
{
    if (shape != NULL)
        pe_buf_printf(&w->out, ".%s = &shapes[%u], ", member, shape->number);
}

static void add_field(struct writer *w, const struct pe_field *field)
{
    open_element(w);
    add_string(w, "name", field->name);
    add_shape_member(w, "shape", field->shape);
    add_int(w, "required", field->required);
    add_int(w, "secret", field->secret);
    add_int(w, "for_people", field->for_people);
    pe_buf_adds(&w->out, ".when = {");
    add_string(w, "option", field->when.option);
    add_string(w, "service", field->when.service);
    pe_buf_adds(&w->out, "}, ");
    add_text(w, "unit", field->unit);
    add_text(w, "doc", field->doc);
    close_element(w);
}

static void add_shape(struct writer *w, const struct pe_shape *shape)
{
    pe_buf_printf(&w->out, "[%u] = ", shape->number);
    open_element(w);
    add_int(w, "kind", shape->kind);
    add_int(w, "number", shape->number);
    add_int(w, "line", shape->line);
    add_int(w, "field_count", (long long)shape->field_count);
    add_shape_member(w, "element", shape->element);
    add_strings(w, "words", &shape->words);
    add_string(w, "format", shape->format);
    add_string(w, "path", shape->path);
    add_string(w, "unique", shape->unique);
    add_string(w, "witness", shape->witness);
    add_int(w, "has_min", shape->has_min);
    add_int(w, "has_max", shape->has_max);
    add_double(w, "min", shape->min);
    add_double(w, "max", shape->max);
    if (shape->field_count > 0) {
        open_array(w, "fields", "const struct pe_field");
        for (size_t i = 0; i < shape->field_count; i++)
            add_field(w, &shape->fields[i]);
        close_array(w);
    }
    close_element(w);
}

static void add_model(struct writer *w)
{
    const struct pe_model *model = w->model;

    if (model == NULL)
        return;
    pe_buf_printf(&w->out, "static const struct pe_shape shapes[%zu];\n", model->shape_count);
    pe_buf_printf(&w->out, "static const struct pe_shape shapes[%zu] = {\n", model->shape_count);
    for (size_t i = 1; i < model->shape_count; i++)
        add_shape(w, model->shapes[i]);
    pe_buf_adds(&w->out, "};\nstatic const struct pe_shape *const shape_list[] = {\nNULL,");
    for (size_t i = 1; i < model->shape_count; i++)
        pe_buf_printf(&w->out, "&shapes[%zu],", i);
    pe_buf_adds(&w->out, "};\nstatic const struct pe_model model = {");
    add_shape_member(w, "root", model->root);
    add_int(w, "shape_count", (long long)model->shape_count);
    pe_buf_adds(&w->out, ".shapes = shape_list};\n");
}

/* ---- files ---- */

/* What is only declared, and has been read, keeps its name. */
static bool is_run(const struct pe_file *file)
{
    return strcmp(file->name, "pack.lua") != 0 && strcmp(file->name, "model.lua") != 0 &&
           strcmp(file->name, "claims.lua") != 0;
}

static int add_code(struct writer *w, struct pe_script *script, size_t number, struct pe_err *err)
{
    const struct pe_file *file = &w->files->items[number];
    struct pe_buf code = {0};
    int result = 0;

    if (is_run(file))
        result = pe_prepare_code(script, file, &code, err);
    pe_buf_printf(&w->out, "/* %s */\nstatic const char code_%zu[] =", file->name, number);
    for (size_t i = 0; i < code.length; i += 80) {
        pe_buf_adds(&w->out, "\n\"");
        add_bytes(&w->out, code.data + i, code.length - i < 80 ? code.length - i : 80);
        pe_buf_adds(&w->out, "\"");
    }
    pe_buf_adds(&w->out, code.length == 0 ? " \"\";\n" : ";\n");
    pe_buf_release(&code);
    return result;
}

static int add_files(struct writer *w, struct pe_script *script, struct pe_err *err)
{
    for (size_t i = 0; i < w->files->count; i++)
        if (add_code(w, script, i, err) != 0)
            return -1;
    pe_buf_adds(&w->out, "static const struct pe_file files[] = {\n");
    for (size_t i = 0; i < w->files->count; i++) {
        pe_buf_adds(&w->out, "{\"");
        add_bytes(&w->out, w->files->items[i].name, strlen(w->files->items[i].name));
        pe_buf_printf(&w->out, "\", code_%zu, sizeof code_%zu - 1},\n", i, i);
    }
    pe_buf_adds(&w->out, "};\n");
    return 0;
}

/* ---- the pack ---- */

SIZE_IS(struct pe_pack_info, 192);
SIZE_IS(struct pe_pack_def, 320);
SIZE_IS(struct pe_limits, 24);
SIZE_IS(struct pe_prepared, 368);

static void add_pack_face(struct writer *w, const struct pe_pack_info *face, const char *sha256)
{
    w->failed |= face->controls != NULL;
    pe_buf_adds(&w->out, ".face = {");
    add_string(w, "id", face->id);
    add_string(w, "version", face->version);
    add_string(w, "edition", face->edition);
    add_text(w, "title", face->title);
    add_string(w, "sha256", sha256);
    add_int(w, "control_count", (long long)face->control_count);
    add_int(w, "has_model", face->has_model);
    add_strings(w, "services", &face->services);
    add_string(w, "claims_at", face->claims_at);
    add_int(w, "claim_set_count", (long long)face->claim_set_count);
    if (face->claim_set_count > 0) {
        open_array(w, "claim_sets", "const struct pe_claim_set");
        for (size_t i = 0; i < face->claim_set_count; i++)
            add_claim_set(w, &face->claim_sets[i]);
        close_array(w);
    }
    add_int(w, "area_count", (long long)face->area_count);
    if (face->area_count > 0) {
        open_array(w, "areas", "const struct pe_area");
        for (size_t i = 0; i < face->area_count; i++)
            add_area(w, &face->areas[i]);
        close_array(w);
    }
    pe_buf_adds(&w->out, "}, ");
}

static void add_pack(struct writer *w, const char *sha256)
{
    const struct pe_pack_def *pack = w->pack;

    pe_buf_adds(&w->out, ".pack = {\n");
    add_pack_face(w, &pack->face, sha256);
    add_string(w, "tenant", pack->tenant);
    add_string(w, "service", pack->service);
    add_string(w, "options", pack->options);
    add_string(w, "state", pack->state);
    add_string(w, "as_of", pack->as_of);
    add_string(w, "zone", pack->zone);
    add_string(w, "collected", pack->collected);
    add_strings(w, "services", &pack->services);
    add_strings(w, "option_names", &pack->option_names);
    add_strings(w, "states", &pack->states);
    if (w->model != NULL)
        pe_buf_adds(&w->out, ".model = &model, ");
    pe_buf_adds(&w->out, ".borrowed = true, ");
    open_array(w, "controls", "struct pe_control_def *)(const struct pe_control_def");
    for (size_t i = 0; i < pack->face.control_count; i++)
        add_control(w, &pack->controls[i]);
    close_array(w);
    pe_buf_adds(&w->out, "},\n");
}

static int write_all(struct writer *w, struct pe_script *script, const char *sha256,
                     struct pe_err *err)
{
    const struct pe_limits *limits = &script->vm.limits;

    pe_buf_adds(&w->out, "/* Written by the build from tools/prepare_pack.c. */\n"
                         "#include \"pack_builtin.h\"\n\n");
    if (add_files(w, script, err) != 0)
        return -1;
    add_model(w);
    pe_buf_adds(&w->out, "\nconst struct pe_prepared pe_pack_builtin = {\n");
    add_string(w, "lua", lua_ident);
    pe_buf_printf(&w->out, ".files = files, .file_count = %zu,\n", w->files->count);
    pe_buf_printf(&w->out, ".limits = {%lld, %lld, %lld},\n", (long long)limits->instructions,
                  (long long)limits->memory_mib, (long long)limits->findings);
    add_pack(w, sha256);
    pe_buf_adds(&w->out, "};\n");
    if (pe_buf_failed(&w->out))
        return pe_err_memory(err);
    return w->failed ? pe_err_set(err, PE_ERR_PACK, "a value cannot be written as C") : 0;
}

/* ---- the program ---- */

static int save(const struct pe_buf *text, const char *path, struct pe_err *err)
{
    FILE *file = fopen(path, "wb");
    size_t written;

    if (file == NULL)
        return pe_err_set(err, PE_ERR_IO, "cannot write '%.200s'", path);
    written = fwrite(text->data, 1, text->length, file);
    if (fclose(file) != 0 || written != text->length)
        return pe_err_set(err, PE_ERR_IO, "cannot write '%.200s'", path);
    return 0;
}

/* The files that judging needs: tests are no part of what is built in. */
static void without_tests(struct pe_files *files, struct pe_arena *arena)
{
    struct pe_file *items = pe_arena_array(arena, files->count + 1, sizeof *items);
    size_t count = 0;

    for (size_t i = 0; items != NULL && i < files->count; i++)
        if (strncmp(files->items[i].name, "tests/", 6) != 0)
            items[count++] = files->items[i];
    *files = (struct pe_files){items, count, NULL};
}

static int prepare(struct pe_pack *source, const char *output, struct pe_arena *arena,
                   struct pe_err *err)
{
    struct pe_pack_def pack;
    struct pe_script script;
    struct pe_files files = source->files;
    struct writer w = {.files = &files, .pack = &pack};
    int result;

    without_tests(&files, arena);
    if (pe_script_init(&script, &files, arena, err) != 0)
        return -1;
    result = pe_script_load(&script, &pack, err);
    w.model = pack.model;
    if (result == 0)
        result = write_all(&w, &script, source->sha256, err);
    if (result == 0)
        result = save(&w.out, output, err);
    pe_buf_release(&w.out);
    pe_script_release(&script);
    return result;
}

int main(int argc, char **argv)
{
    struct pe_arena arena = {0};
    struct pe_pack *source = NULL;
    struct pe_err err;
    int result;

    if (argc != 3) {
        fputs("usage: prepare_pack FOLDER OUTPUT\n", stderr);
        return 2;
    }
    result = pe_pack_load(argv[1], &source, &err);
    if (result == 0)
        result = prepare(source, argv[2], &arena, &err);
    if (result != 0)
        fprintf(stderr, "%s: %s\n", argv[1], err.text);
    pe_pack_free(source);
    pe_arena_release(&arena);
    return result == 0 ? 0 : 1;
}
