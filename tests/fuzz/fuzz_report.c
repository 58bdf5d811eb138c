/* fuzz_report.c: whatever the strings of a run hold, its reports are clean text and JSON. */
/* SPDX-License-Identifier: Apache-2.0 */

/* The first bytes are the numbers of the run, the rest its strings, with a NUL behind each; both
 * begin anew when they run out. All of it is the snapshot too, from which code frames are cut. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "api.h"
#include "support.h"
#include "verdict.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { NUMBERS = 24, CONTROLS = 2, RULES = 1, EACH = 2, MOST_BYTES = 400 };

struct source {
    const uint8_t *numbers;
    size_t next_number;
    const char *strings; /* a NUL ends the last one as well */
    size_t length, next_string, file_bytes;
};

static unsigned number(struct source *from, unsigned below)
{
    return from->numbers[from->next_number++ % NUMBERS] % below;
}

static const char *string(struct source *from)
{
    const char *text = from->strings + from->next_string;

    from->next_string += strlen(text) + 1;
    if (from->next_string >= from->length)
        from->next_string = 0;
    return text;
}

static const char *string_or_null(struct source *from)
{
    return number(from, 8) == 0 ? NULL : string(from);
}

static const char *time_or_string(struct source *from)
{
    return number(from, 2) == 0 ? "2026-11-20T09:00:00+09:00" : string_or_null(from);
}

static struct pe_text text(struct source *from)
{
    const char *en = string(from);

    return (struct pe_text){en, number(from, 2) == 0 ? en : string(from)};
}

/* As decode.c lets it through: in the file, and with a column when there is a line. */
static struct pe_place place(struct source *from)
{
    struct pe_place where = {0};

    where.offset = number(from, 256) * from->file_bytes / 256;
    if (number(from, 4) == 0)
        return where;
    where.line = 1 + number(from, (unsigned)(from->file_bytes < 100 ? from->file_bytes + 1 : 100));
    where.column =
        1 + number(from, (unsigned)(from->file_bytes < 100 ? from->file_bytes + 1 : 100));
    return where;
}

/* ---- what a pack holds ---- */

struct made {
    struct pe_pack_info pack;
    struct pe_control controls[CONTROLS];
    struct pe_param params[CONTROLS];
    struct pe_rule rules[CONTROLS][RULES];
    const char *words[EACH];
    struct pe_control_result results[CONTROLS];
    struct pe_rule_result rule_results[CONTROLS][RULES];
    struct pe_finding findings[CONTROLS][RULES][EACH];
    struct pe_evidence evidence[CONTROLS][RULES][EACH];
    struct pe_text notes[EACH];
    struct pe_problem problems[EACH];
    struct pe_span secret;
    struct pe_input input;
    struct pe_result result;
};

static struct pe_param make_param(struct source *from)
{
    return (struct pe_param){.name = string(from),
                             .type = "list",
                             .unit = text(from),
                             .source = text(from),
                             .doc = text(from),
                             .value = string_or_null(from),
                             .default_ = string_or_null(from),
                             .min = string_or_null(from),
                             .max = string_or_null(from)};
}

static void make_control(struct source *from, struct made *made, size_t i)
{
    struct pe_control *control = &made->controls[i];

    *control = (struct pe_control){.id = string(from),
                                   .pack = string(from),
                                   .title = text(from),
                                   .severity = (enum pe_severity)number(from, PE_SEVERITY_COUNT),
                                   .owner = (enum pe_owner)number(from, PE_OWNER_COUNT),
                                   .references = {made->words, EACH},
                                   .tags = {made->words, EACH},
                                   .params = &made->params[i],
                                   .param_count = 1,
                                   .rules = made->rules[i],
                                   .rule_count = RULES};
    made->params[i] = make_param(from);
    for (size_t j = 0; j < RULES; j++)
        made->rules[i][j] = (struct pe_rule){.id = string(from),
                                             .ref = string(from),
                                             .title = text(from),
                                             .fix = text(from),
                                             .severity = control->severity,
                                             .owner = control->owner};
}

static void make_pack(struct source *from, struct made *made)
{
    made->pack = (struct pe_pack_info){.id = string(from),
                                       .version = string(from),
                                       .edition = string(from),
                                       .title = text(from),
                                       .controls = made->controls,
                                       .control_count = CONTROLS};
    memset(made->pack.sha256, 'a', sizeof made->pack.sha256 - 1);
    for (size_t i = 0; i < EACH; i++)
        made->words[i] = string(from);
    for (size_t i = 0; i < CONTROLS; i++)
        make_control(from, made, i);
}

/* ---- what a judgement holds ---- */

static struct pe_finding make_finding(struct source *from)
{
    return (struct pe_finding){.status = (enum pe_status)(PE_UNKNOWN + number(from, 3)),
                               .message = text(from),
                               .subject = text(from),
                               .hint = text(from),
                               .area = string(from),
                               .pointer = string_or_null(from),
                               .value = string_or_null(from),
                               .place = place(from)};
}

static struct pe_evidence make_evidence(struct source *from)
{
    struct pe_evidence evidence = {.pointer = string(from), .count = -1, .place = place(from)};

    switch (number(from, 3)) {
    case 0:
        evidence.value = string(from);
        break;
    case 1:
        evidence.count = number(from, 256);
        break;
    default:
        evidence.absent = true;
    }
    return evidence;
}

static void make_rule(struct source *from, struct made *made, size_t i, size_t j)
{
    struct pe_rule_result *rule = &made->rule_results[i][j];

    *rule = (struct pe_rule_result){.rule = &made->rules[i][j],
                                    .severity = made->controls[i].severity,
                                    .owner = made->controls[i].owner,
                                    .status = (enum pe_status)number(from, PE_STATUS_COUNT),
                                    .basis = (enum pe_basis)number(from, PE_BASIS_COUNT),
                                    .reason = text(from),
                                    .findings = made->findings[i][j],
                                    .finding_count = number(from, EACH + 1),
                                    .evidence = made->evidence[i][j],
                                    .evidence_count = number(from, EACH + 1),
                                    .notes = made->notes,
                                    .note_count = number(from, EACH + 1)};
    rule->original = rule->status;
    rule->finding_total = rule->finding_count + number(from, 3);
    rule->evidence_total = rule->evidence_count + number(from, 3);
    for (size_t k = 0; k < EACH; k++) {
        made->findings[i][j][k] = make_finding(from);
        made->evidence[i][j][k] = make_evidence(from);
    }
}

static void make_head(struct source *from, struct made *made)
{
    made->result = (struct pe_result){.file = string(from),
                                      .tenant = string_or_null(from),
                                      .service = string_or_null(from),
                                      .as_of = time_or_string(from),
                                      .as_of_given = number(from, 2),
                                      .options = {made->words, EACH},
                                      .packs = &made->pack,
                                      .pack_count = 1,
                                      .problems = made->problems,
                                      .problem_count = EACH,
                                      .problem_total = EACH + number(from, 3),
                                      .results = made->results,
                                      .result_count = CONTROLS,
                                      .input = &made->input,
                                      .secrets = &made->secret,
                                      .secret_count = 1};
    memset(made->result.sha256, 'b', sizeof made->result.sha256 - 1);
    for (size_t i = 0; i < EACH; i++) {
        made->notes[i] = text(from);
        made->problems[i] = (struct pe_problem){.warning = number(from, 2),
                                                .pointer = string(from),
                                                .message = text(from),
                                                .hint = text(from),
                                                .place = place(from)};
    }
    made->secret.offset = number(from, 256) * from->file_bytes / 256;
    made->secret.length = (from->file_bytes - made->secret.offset) * number(from, 256) / 255;
}

static void make_results(struct source *from, struct made *made)
{
    for (size_t i = 0; i < CONTROLS; i++) {
        made->results[i] = (struct pe_control_result){.control = &made->controls[i],
                                                      .severity = made->controls[i].severity,
                                                      .owner = made->controls[i].owner,
                                                      .rules = made->rule_results[i],
                                                      .rule_count = RULES};
        for (size_t j = 0; j < RULES; j++)
            make_rule(from, made, i, j);
        pe_verdict_control(&made->results[i]);
    }
    pe_verdict_result(&made->result);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct source from = {.numbers = data};
    struct made made = {0};
    struct pe_run run = {.results = &made.result, .count = 1};
    char *strings;

    if (size <= NUMBERS || size > MOST_BYTES) /* long ones are only slow: each is shown often */
        return 0;
    if ((strings = malloc(size - NUMBERS + 1)) == NULL)
        return 0;
    memcpy(strings, data + NUMBERS, size - NUMBERS);
    strings[size - NUMBERS] = '\0';
    from.strings = strings;
    from.length = size - NUMBERS;
    from.file_bytes = size - NUMBERS;
    made.input = (struct pe_input){.bytes = {(const unsigned char *)strings, size - NUMBERS},
                                   .name = strings};
    make_pack(&from, &made);
    make_head(&from, &made);
    make_results(&from, &made);
    run.passed = made.result.passed;
    fuzz_render(&run, data[0]);
    free(strings);
    return 0;
}
