/* support.c: what several fuzzers ask. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"
#include "schema.h"

void fuzz_demand(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "the fuzzer's demand does not hold: %s\n", what);
    abort();
}

/* ---- judging ---- */

static const char snapshot[] =
    "{\"tenant\": \"t1\", \"service\": \"iad\", \"as_of\": \"2026-01-01T00:00:00Z\", "
    "\"options\": [\"mfa\"], \"none\": null, \"half\": 0.5, \"empty\": [], \"token\": \"s3cret\",\n"
    " \"accounts\": [{\"id\": \"a\", \"enabled\": true, \"addresses\": [\"10.0.0.0/8\"]},\n"
    "  {\"id\": \"b\\u00e9\", \"enabled\": false, \"addresses\": []}]}\n";

enum { MOST_RULES = 3 };

static void check_rule(struct pe_judge *judge, const struct pe_control_def *control, size_t rule)
{
    struct pe_text reason = {NULL, NULL};
    enum pe_status status = pe_judge_rule(judge, control, rule, &reason);
    const struct pe_trace *trace = &judge->trace;
    struct pe_evidence *evidence;
    size_t count;

    fuzz_demand(reason.en != NULL && pe_utf8_valid(reason.en, strlen(reason.en)), "a reason");
    if (status == PE_PASS)
        fuzz_demand(trace->asserted > 0 && trace->evidence_total > 0 && trace->finding_total == 0 &&
                        !trace->missing,
                    "a pass stands on something");
    fuzz_demand(pe_trace_evidence(&judge->trace, &evidence, &count) == 0, "evidence");
    pe_arena_release(judge->scratch);
}

static void check_controls(struct pe_judge *judge)
{
    size_t rules = 0;

    for (size_t i = 0; i < judge->pack->face.control_count; i++)
        for (size_t j = 0; j < judge->pack->controls[i].face.rule_count && rules < MOST_RULES; j++)
            check_rule(judge, &judge->pack->controls[i], j), rules++;
}

static void check_schema(const struct pe_pack_def *pack)
{
    struct pe_err err = {0};
    json_t *schema;
    char *text;

    if (pack->model == NULL)
        return;
    fuzz_demand(pe_schema_text(pack, &text, &err) == 0, "a model has a schema");
    schema = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    fuzz_demand(schema != NULL, "a schema is JSON");
    json_decref(schema);
    free(text);
}

static void judge_pack(struct pe_script *script, struct pe_pack_def *pack, struct pe_arena *arena)
{
    struct pe_arena scratch = {0};
    struct pe_judge judge = {.script = script, .pack = pack, .arena = arena, .scratch = &scratch};
    struct pe_err err = {0};

    check_schema(pack);
    if (pe_judge_open(&judge, (const unsigned char *)snapshot, sizeof snapshot - 1, NULL,
                      PE_EVIDENCE_ALL, &err) != 0)
        return;
    check_controls(&judge);
    pe_judge_release(&judge);
}

void fuzz_judge(const struct pe_file *items, size_t count)
{
    struct pe_files files = {items, count, NULL};
    struct pe_arena arena = {0};
    struct pe_script script;
    struct pe_pack_def pack = {0};
    struct pe_err err = {0};

    fuzz_demand(pe_script_init(&script, &files, &arena, &err) == 0, "Lua starts");
    if (pe_script_load(&script, &pack, &err) == 0)
        judge_pack(&script, &pack, &arena);
    else
        fuzz_demand(err.text[0] != '\0' && strchr(err.text, '\n') == NULL &&
                        pe_utf8_valid(err.text, strlen(err.text)),
                    "an error is one line");
    pe_script_release(&script);
    pe_arena_release(&arena);
}

/* ---- reports ---- */

/* The length of what switches a colour on or off; 0 when that is not what is there. */
static size_t colour_length(const char *text)
{
    size_t length = 2;

    if (text[0] != '\033' || text[1] != '[')
        return 0;
    while ((text[length] >= '0' && text[length] <= '9') || text[length] == ';')
        length++;
    return text[length] == 'm' ? length + 1 : 0;
}

static void check_text(const char *text, size_t length, bool colour)
{
    uint32_t code;
    size_t step;

    for (size_t i = 0; i < length; i += step) {
        step = colour ? colour_length(text + i) : 0;
        if (step > 0)
            continue;
        step = pe_utf8_decode(text + i, length - i, &code);
        fuzz_demand(step > 0, "a report is UTF-8");
        fuzz_demand(code == '\n' || pe_escape_harmless(code), "a report does no harm");
    }
    fuzz_demand(length == 0 || text[length - 1] == '\n', "a report ends in a line feed");
}

static void check_json(const char *text, size_t length)
{
    json_error_t error;
    json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);

    fuzz_demand(value != NULL, error.text);
    json_decref(value);
}

/* A statement a line, one for each snapshot. */
static void check_json_lines(const char *text, size_t length)
{
    const char *end = text + length, *feed;

    for (; text < end; text = feed + 1) {
        feed = memchr(text, '\n', (size_t)(end - text));
        check_json(text, (size_t)(feed - text)); /* a report ends in a line feed */
    }
}

/* CSV ends its lines as RFC 4180 wants, and begins with a mark in Japanese. */
static void check_csv(char *text, size_t length)
{
    size_t begin = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0, kept = 0;

    for (size_t i = begin; i < length; i++) {
        if (text[i] != '\r' || text[i + 1] != '\n')
            text[kept++] = text[i];
    }
    check_text(text, kept, false);
}

static void check(char *text, size_t length, const char *name, bool colour)
{
    if (strcmp(name, "csv") == 0)
        check_csv(text, length);
    else
        check_text(text, length, colour);
    if (strcmp(name, "intoto") == 0)
        check_json_lines(text, length);
    else if (text[0] == '{' || text[0] == '[')
        check_json(text, length);
}

static void render(const struct pe_run *run, const char *name, struct pe_style style)
{
    struct pe_err err = {0};
    char *text;
    size_t length;

    if (pe_render(pe_report_find(name), run, &style, &text, &length, &err) != 0) {
        fuzz_demand(strcmp(name, "oscal") == 0 && err.kind == PE_ERR_USAGE, err.text);
        return; /* without a time */
    }
    check(text, length, name, style.colour);
    free(text);
}

void fuzz_render(const struct pe_run *run, unsigned style)
{
    static const struct pe_style styles[] = {
        {.lang = PE_EN},
        {.lang = PE_JA, .colour = true, .width = 40},
        {.lang = PE_JA, .quiet = true, .width = 1},
        {.lang = PE_EN, .colour = true, .width = 200},
    };

    size_t count;
    const struct pe_report *const *reports = pe_reports(&count);

    for (size_t i = 0; i < count; i++)
        render(run, pe_report_name(reports[i]),
               (struct pe_style){.lang = style % 2 == 0 ? PE_EN : PE_JA});
    render(run, "text", styles[style % (sizeof styles / sizeof styles[0])]);
}
