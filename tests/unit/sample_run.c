/* sample_run.c: a judgement made by hand, for the tests of reports. */
/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample_run.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { CONTROLS = 6, RULES = 4, FINDINGS = 6, EVIDENCE = 4 };

struct sample {
    struct pe_run run;
    struct pe_result result;
    struct pe_input *input;
    struct pe_control_result controls[CONTROLS];
    struct pe_rule_result rules[CONTROLS][RULES];
    struct pe_finding findings[CONTROLS][RULES][FINDINGS];
    struct pe_evidence evidence[CONTROLS][RULES][EVIDENCE];
    struct pe_problem problems[2];
    struct pe_span secrets[1];
    struct pe_claim_result claims[3];
    struct pe_unread unread[2];
};

struct pe_place sample_place(const struct sample *sample, const char *after, const char *text)
{
    size_t length;
    const unsigned char *bytes = pe_input_bytes(sample->input, &length);
    const unsigned char *from = memmem(bytes, length, after, strlen(after)), *found;
    struct pe_place place = {.line = 1, .column = 1};

    assert_non_null(from);
    found = memmem(from, length - (size_t)(from - bytes), text, strlen(text));
    assert_non_null(found);
    place.offset = (uint64_t)(found - bytes);
    for (size_t i = 0; i < place.offset; i++) {
        place.column += (bytes[i + 1] & 0xC0) != 0x80;
        if (bytes[i] == '\n') {
            place.line++;
            place.column = 1;
        }
    }
    return place;
}

static struct pe_finding *add_finding(struct sample *sample, size_t control, size_t rule,
                                      struct pe_finding finding)
{
    struct pe_rule_result *result = &sample->rules[control][rule];

    assert_true(result->finding_count < FINDINGS);
    sample->findings[control][rule][result->finding_count] = finding;
    result->finding_total++;
    return &sample->findings[control][rule][result->finding_count++];
}

static void add_evidence(struct sample *sample, size_t control, size_t rule,
                         struct pe_evidence evidence)
{
    struct pe_rule_result *result = &sample->rules[control][rule];

    assert_true(result->evidence_count < EVIDENCE);
    sample->evidence[control][rule][result->evidence_count++] = evidence;
    result->evidence_total++;
}

static void set_rule(struct sample *sample, size_t control, size_t rule, enum pe_status status,
                     struct pe_text reason)
{
    sample->rules[control][rule].status = status;
    sample->rules[control][rule].original = status;
    sample->rules[control][rule].reason = reason;
}

static void judge_allow_list(struct sample *sample)
{
    struct pe_place enabled = sample_place(sample, "\"ip_allowlist\"", "false");

    set_rule(sample, 0, 0, PE_FAIL,
             (struct pe_text){"2 findings, the first: the allow-list is switched off",
                              "指摘事項 2 件（先頭：許可リストが無効です）"});
    add_finding(
        sample, 0, 0,
        (struct pe_finding){.status = PE_FAIL,
                            .message = {"the allow-list is switched off", "許可リストが無効です"},
                            .area = "portals",
                            .pointer = "/portals/customer_portal/ip_allowlist/enabled",
                            .value = "false",
                            .place = enabled});
    add_finding(sample, 0, 0,
                (struct pe_finding){
                    .status = PE_FAIL,
                    .message = {"the entry covers 2147483648 addresses, more than 65536",
                                "登録範囲が 2147483648 アドレスあり、上限の 65536 を超えています"},
                    .subject = {"portals.customer_portal.ip_allowlist.entries[any]",
                                "portals.customer_portal.ip_allowlist.entries[any]"},
                    .area = "portals",
                    .pointer = "/portals/customer_portal/ip_allowlist/entries/1/address",
                    .value = "\"0.0.0.0/1\"",
                    .place = sample_place(sample, "", "\"0.0.0.0/1\"")});
    add_evidence(sample, 0, 0,
                 (struct pe_evidence){.pointer = "/portals/customer_portal/ip_allowlist/enabled",
                                      .value = "false",
                                      .count = -1,
                                      .place = enabled});
    add_evidence(sample, 0, 0,
                 (struct pe_evidence){.pointer = "/portals/customer_portal/ip_allowlist/entries",
                                      .count = 2,
                                      .place = sample_place(sample, "\"entries\"", "[")});
}

static void judge_mfa(struct sample *sample)
{
    static const char *const ids[] = {"adm1", "adm2", "adm4", "adm5"};
    static const char *const pointers[] = {
        "/identities/accounts/0/mfa/enforced", "/identities/accounts/1/mfa/enforced",
        "/identities/accounts/3/mfa/enforced", "/identities/accounts/4/mfa/enforced"};
    static char subjects[COUNT(ids)][64], needles[COUNT(ids)][64];

    set_rule(sample, 0, 1, PE_FAIL,
             (struct pe_text){"4 findings, the first: multi-factor authentication is not enforced",
                              "指摘事項 4 件（先頭：多要素認証が強制適用されていません）"});
    for (size_t i = 0; i < COUNT(ids); i++) {
        struct pe_place place;
        snprintf(subjects[i], sizeof subjects[i], "identities.accounts[%s]", ids[i]);
        snprintf(needles[i], sizeof needles[i], "{ \"id\": \"%s\"", ids[i]);
        place = sample_place(sample, needles[i], "false");
        add_finding(sample, 0, 1,
                    (struct pe_finding){.status = PE_FAIL,
                                        .message = {"multi-factor authentication is not enforced",
                                                    "多要素認証が強制適用されていません"},
                                        .subject = {subjects[i], subjects[i]},
                                        .area = "identities",
                                        .pointer = pointers[i],
                                        .value = "false",
                                        .place = place});
    }
    add_finding(sample, 0, 1,
                (struct pe_finding){
                    .status = PE_UNKNOWN,
                    .message = {"identities.accounts[adm3].mfa.enforced cannot be used: expected a "
                                "boolean, found a string",
                                "identities.accounts[adm3].mfa.enforced の値は使用できません"
                                "（真偽値が必要ですが、文字列です）"},
                    .area = "identities",
                    .pointer = "/identities/accounts/2/mfa/enforced",
                    .value = "\"no\"",
                    .place = sample_place(sample, "", "\"no\"")});
    add_evidence(sample, 0, 1,
                 (struct pe_evidence){.pointer = "/identities/accounts/0/mfa/enforced",
                                      .value = "false",
                                      .count = -1,
                                      .place = sample->findings[0][1][0].place});
    sample->rules[0][1].evidence_total = 15;
}

static void judge_methods(struct sample *sample)
{
    static char messages[3][2][96];
    static const char *const pointers[] = {"/identities/accounts/0", "/identities/accounts/1",
                                           "/identities/accounts/2"};

    set_rule(sample, 0, 2, PE_UNKNOWN,
             (struct pe_text){"identities.accounts[adm1].mfa_methods is missing (and 2 more)",
                              "identities.accounts[adm1].mfa_methods がありません（ほか 2 件）"});
    for (size_t i = 0; i < COUNT(pointers); i++) {
        char needle[32];
        snprintf(messages[i][0], sizeof messages[i][0],
                 "identities.accounts[adm%zu].mfa_methods is missing", i + 1);
        snprintf(messages[i][1], sizeof messages[i][1],
                 "identities.accounts[adm%zu].mfa_methods がありません", i + 1);
        snprintf(needle, sizeof needle, "{ \"id\": \"adm%zu\"", i + 1);
        add_finding(sample, 0, 2,
                    (struct pe_finding){
                        .status = PE_UNKNOWN,
                        .message = {messages[i][0], messages[i][1]},
                        .hint = {"did you mean mfa_method?", "mfa_method の誤りではありませんか"},
                        .area = "identities",
                        .pointer = pointers[i],
                        .place = sample_place(sample, "", needle)});
    }
    add_evidence(sample, 0, 2,
                 (struct pe_evidence){.pointer = "/identities/accounts/0/mfa_methods",
                                      .count = -1,
                                      .absent = true,
                                      .place = sample->findings[0][2][0].place});
}

static void judge_9_2_3(struct sample *sample)
{
    judge_allow_list(sample);
    judge_mfa(sample);
    judge_methods(sample);
    set_rule(sample, 0, 3, PE_NOT_APPLICABLE,
             (struct pe_text){"applies with the option admin_console, which is not contracted",
                              "オプション admin_console の契約がある場合のみ対象です（契約なし）"});
}

static void judge_cld_9_5_1(struct sample *sample)
{
    static const struct pe_text notes[] = {
        {"management 10.200.0.0/16 is wider than needed: 3 hosts",
         "管理ネットワーク 10.200.0.0/16 が必要以上に広く設定されています（ホスト 3 台）"}};

    set_rule(
        sample, 1, 0, PE_PASS,
        (struct pe_text){"2 assertions held, on what was read", "2 件の条件がすべて成立しました"});
    add_evidence(sample, 1, 0,
                 (struct pe_evidence){.pointer = "/networks/zones/0/cidrs/0",
                                      .value = "\"10.10.0.0/16\"",
                                      .count = -1,
                                      .place = sample_place(sample, "", "\"10.10.0.0/16\"")});
    sample->rules[1][0].evidence_total = 12;
    sample->rules[1][0].notes = notes;
    sample->rules[1][0].note_count = COUNT(notes);
    set_rule(sample, 1, 1, PE_PASS,
             (struct pe_text){"one assertion held, on what was read", "1 件の条件が成立しました"});
    sample->rules[1][1].basis = PE_ACCEPTED_CLAIM;
    add_evidence(sample, 1, 1,
                 (struct pe_evidence){.pointer = "/identities/sync/client_secret",
                                      .value = "\"[secret]\"",
                                      .count = -1,
                                      .place = sample_place(sample, "", "\"example-Passw0rd")});
}

static void judge_10_1_1(struct sample *sample)
{
    set_rule(
        sample, 3, 0, PE_FAIL,
        (struct pe_text){"one finding: TLSv1 is accepted", "指摘事項 1 件（TLSv1 が有効です）"});
    add_finding(
        sample, 3, 0,
        (struct pe_finding){.status = PE_FAIL,
                            .message = {"TLSv1 is accepted", "TLSv1 が有効です"},
                            .subject = {"portals.customer_portal", "portals.customer_portal"},
                            .area = "portals",
                            .pointer = "/portals/customer_portal/tls/versions/0",
                            .value = "\"TLSv1\"",
                            .place = sample_place(sample, "", "\"TLSv1\"")});
    set_rule(sample, 3, 1, PE_UNKNOWN,
             (struct pe_text){"portals.customer_portal.tls.certificate.not_after is null",
                              "portals.customer_portal.tls.certificate.not_after が null です"});
    add_finding(sample, 3, 1,
                (struct pe_finding){.status = PE_UNKNOWN,
                                    .message = sample->rules[3][1].reason,
                                    .area = "portals",
                                    .pointer = "/portals/customer_portal/tls/certificate/not_after",
                                    .value = "null",
                                    .place = sample_place(sample, "", "null }")});
}

static void judge_others(struct sample *sample)
{
    struct pe_text raised = {"the policy raised an error: CLD.9.5.2.lua:41: attempt to compare "
                             "number with string",
                             "ポリシーの実行中にエラーが発生しました：CLD.9.5.2.lua:41: attempt to "
                             "compare number with string"};

    set_rule(sample, 2, 0, PE_ERROR, raised);
    add_finding(sample, 2, 0, (struct pe_finding){.status = PE_ERROR, .message = raised});
    set_rule(
        sample, 4, 0, PE_UNKNOWN,
        (struct pe_text){"the parameter max_offset_seconds was not given and has no safe default",
                         "パラメータ max_offset_seconds が指定されていません"});
    set_rule(sample, 5, 0, PE_NOT_APPLICABLE,
             (struct pe_text){"applies to ctx; this tenant has iad",
                              "対象サービスは ctx です（このテナントは iad）"});
}

/* ---- the whole ---- */

static void set_problems(struct sample *sample)
{
    sample->problems[0] = (struct pe_problem){
        .pointer = "/identities/accounts/2/mfa/enforced",
        .message = {"expected a boolean, found a string", "真偽値が必要ですが、文字列です"},
        .place = sample_place(sample, "", "\"no\"")};
    sample->problems[1] = (struct pe_problem){
        .warning = true,
        .pointer = "/portals/customer_portal/ip_alowlist_note",
        .message = {"the field ip_alowlist_note is not in the model",
                    "ip_alowlist_note はモデルにない項目です"},
        .hint = {"did you mean ip_allowlist_note?", "ip_allowlist_note の誤りではありませんか"},
        .place = sample_place(sample, "", "\"ip_alowlist_note")};
    sample->secrets[0] =
        (struct pe_span){sample_place(sample, "", "\"example-Passw0rd").offset, 27};
}

static const char *const clock_pointers[] = {"/clocks"};
static const struct pe_area clocks = {.word = "clocks",
                                      .pointers = {clock_pointers, 1},
                                      .title = {"Clocks", "時計"},
                                      .collect = {"run w32tm /query /status on each host",
                                                  "各ホストで w32tm /query /status を実行する"},
                                      .known_to = PE_CUSTOMER,
                                      .link = "docs/collect.md#clocks"};
static const struct pe_area_result areas[] = {{&clocks, 1}};

/* Of a document that is accepted, of one whose acceptance does not count, and of one that nobody
 * accepts. */
static void set_claims(struct sample *sample)
{
    static const struct pe_claim_set paper = {
        .doc = "paper",
        .version = "1.1",
        .title = {"White paper", "ホワイトペーパー"},
        .sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"};
    static const struct pe_claim_set other = {
        .doc = "other",
        .version = "2.0",
        .title = {"Another paper", "別のホワイトペーパー"},
        .sha256 = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"};
    struct pe_place place = sample_place(sample, "", "{");

    sample->claims[0] = (struct pe_claim_result){.state = PE_CLAIM_ACCEPTED,
                                                 .doc = "paper",
                                                 .version = "1.1",
                                                 .set = &paper,
                                                 .rules = 1,
                                                 .pointer = "/accepted_claims/0",
                                                 .place = place};
    sample->claims[1] = (struct pe_claim_result){
        .state = PE_CLAIM_VOID,
        .doc = "old",
        .version = "1.0",
        .reason = {"the pack knows no such document", "ポリシーパックにこの文書の表明がありません"},
        .hint = {"correct the entry", "この項目を訂正してください"},
        .pointer = "/accepted_claims/1",
        .place = place};
    sample->claims[2] = (struct pe_claim_result){.state = PE_CLAIM_NOT_ACCEPTED,
                                                 .doc = "other",
                                                 .version = "2.0",
                                                 .set = &other,
                                                 .rules = 2};
}

static void set_unread(struct sample *sample)
{
    sample->unread[0] = (struct pe_unread){"/identities/sync/client_secret",
                                           sample_place(sample, "", "\"example-Passw0rd"), 1};
    sample->unread[1] =
        (struct pe_unread){"/identities/accounts/0/id", sample_place(sample, "", "\"adm1\""), 5};
}

/* The clocks were not collected; the rule about them has lost its parameter too. */
static void judge_clocks(struct sample *sample)
{
    add_finding(sample, 4, 0,
                (struct pe_finding){.status = PE_UNKNOWN,
                                    .message = {"/clocks is missing", "/clocks がありません"},
                                    .area = "clocks",
                                    .uncollected = &clocks,
                                    .pointer = "/clocks",
                                    .place = sample_place(sample, "", "{")});
    add_finding(sample, 4, 0,
                (struct pe_finding){.status = PE_UNKNOWN, .message = sample->rules[4][0].reason});
}

static void set_result(struct sample *sample)
{
    static const char *const options[] = {"mfa_option", "entra_connect"};

    set_problems(sample);
    set_claims(sample);
    set_unread(sample);
    judge_clocks(sample);
    sample->result = (struct pe_result){
        .file = "fixtures/iad/realistic.json",
        .sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        .tenant = "example-01",
        .service = "iad",
        .as_of = "2025-06-30T09:00:00+09:00",
        .options = {options, COUNT(options)},
        .packs = &sample_pack,
        .pack_count = 1,
        .problems = sample->problems,
        .problem_count = 2,
        .problem_total = 2,
        .areas = areas,
        .area_count = COUNT(areas),
        .claims = sample->claims,
        .claim_count = COUNT(sample->claims),
        .unread_known = true,
        .unread = sample->unread,
        .unread_count = COUNT(sample->unread),
        .unread_total = COUNT(sample->unread),
        .results = sample->controls,
        .result_count = CONTROLS,
        .input = sample->input,
        .secrets = sample->secrets,
        .secret_count = 1,
    };
    sample->run = (struct pe_run){.results = &sample->result, .count = 1};
}

static void link_up(struct sample *sample)
{
    for (size_t i = 0; i < CONTROLS; i++) {
        sample->controls[i] =
            (struct pe_control_result){.control = &sample_pack.controls[i],
                                       .severity = sample_pack.controls[i].severity,
                                       .owner = sample_pack.controls[i].owner,
                                       .rules = sample->rules[i],
                                       .rule_count = sample_pack.controls[i].rule_count};
        for (size_t j = 0; j < sample_pack.controls[i].rule_count; j++) {
            sample->rules[i][j].rule = &sample_pack.controls[i].rules[j];
            sample->rules[i][j].severity = sample_pack.controls[i].rules[j].severity;
            sample->rules[i][j].owner = sample_pack.controls[i].rules[j].owner;
            sample->rules[i][j].findings = sample->findings[i][j];
            sample->rules[i][j].evidence = sample->evidence[i][j];
        }
    }
}

static void count_control(struct pe_result *result, struct pe_control_result *control)
{
    control->status = PE_NOT_APPLICABLE;
    for (size_t i = 0; i < control->rule_count; i++) {
        const struct pe_rule_result *rule = &control->rules[i];
        if (rule->status >= control->status) {
            control->status = rule->status;
            control->reason = rule->reason;
        }
        result->rules.by_status[rule->status]++;
        result->rules.passed_by_basis[rule->basis] += rule->status == PE_PASS;
    }
    result->controls.by_status[control->status]++;
    result->controls.by_owner[control->owner][control->status]++;
    result->controls.by_severity[control->severity][control->status]++;
}

void sample_run_count(struct sample *sample)
{
    struct pe_counts none = {0};
    const size_t *counts = sample->result.controls.by_status;

    sample->result.controls = sample->result.rules = none;
    for (size_t i = 0; i < sample->result.result_count; i++)
        count_control(&sample->result, &sample->controls[i]);
    sample->result.passed = counts[PE_PASS] > 0 && counts[PE_UNKNOWN] == 0 &&
                            counts[PE_FAIL] == 0 && counts[PE_ERROR] == 0;
    sample->run.passed = sample->result.passed;
}

struct sample *sample_run_new(void)
{
    struct sample *sample = calloc(1, sizeof *sample);
    struct pe_err err;

    assert_non_null(sample);
    if (pe_input_load(PE_TEST_DIR "/unit/data/sample.json", 0, &sample->input, &err) != 0)
        fail_msg("%s", err.text);
    link_up(sample);
    judge_9_2_3(sample);
    judge_cld_9_5_1(sample);
    judge_10_1_1(sample);
    judge_others(sample);
    set_result(sample);
    sample_run_count(sample);
    return sample;
}

void sample_run_free(struct sample *sample)
{
    pe_input_free(sample->input);
    free(sample);
}

struct pe_run *sample_run(struct sample *sample)
{
    return &sample->run;
}

struct pe_result *sample_result(struct sample *sample)
{
    return &sample->result;
}

int sample_set_up(void **state)
{
    *state = sample_run_new();
    return 0;
}

int sample_tear_down(void **state)
{
    sample_run_free(*state);
    return 0;
}

size_t sample_count(const char *text, const char *part)
{
    size_t count = 0;

    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        count++;
    return count;
}
