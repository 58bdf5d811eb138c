/* test_lua_attested.c: attested() as policies see it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "lua_harness.h"

/* The parts of an attestation that counts. */
#define AT_HEAD "{\"id\": \"at1\", \"controls\": [\"9.2.1\", \"CLD8.1.5\"], "
#define AT_SCOPE "\"scope\": [\"iad\"], "
#define AT_PARTY "\"subject_party\": \"provider\", \"issuer_party\": \"provider\", "
#define AT_DATES "\"issued\": \"2024-08-31\", \"reviewed_at\": \"2026-04-10T11:00:00+09:00\", "
#define AT_EVIDENCE                                                                                \
    "\"evidence\": [{\"uri\": \"https://docs.example.jp/a.pdf\", \"sha256\": \"x\"}]"
#define AT_GOOD AT_HEAD AT_SCOPE AT_PARTY AT_DATES AT_EVIDENCE "}"

#define CALL                                                                                       \
    "local a = attested(s.list, { clause = 'CLD.8.1.5', party = 'provider', service = 'iad', "     \
    "as_of = as_of, zone = 'Asia/Tokyo' })"

static struct harness_result run(const char *list, const char *check)
{
    struct pe_arena arena = {0};
    struct harness_result result = harness_run(
        pe_arena_printf(&arena, "{\"as_of\": \"2026-12-01T09:00:00+09:00\", \"list\": [%s]}", list),
        check);

    pe_arena_release(&arena);
    return result;
}

/* There is no such statement of the provider: nothing is known, at the list. */
static void lacks(const char *list, const char *words)
{
    struct harness_result result = run(list, CALL);

    assert_int_equal(result.status, PE_UNKNOWN);
    assert_string_equal(result.findings[0].pointer, "/list");
    if (strstr(result.findings[0].message.en, words) == NULL)
        fail_msg("expected '%s', got '%s'", words, result.findings[0].message.en);
    assert_string_not_equal(result.findings[0].message.ja, result.findings[0].message.en);
    harness_release(&result);
}

/* The statement fails at a member, with these words. */
static void fails(const char *list, const char *pointer, const char *words)
{
    struct harness_result result = run(list, CALL);

    if (result.status != PE_FAIL)
        fail_msg("%s: got %s: %s", list, pe_status_word(result.status), result.reason.en);
    assert_string_equal(result.findings[0].pointer, pointer);
    if (strstr(result.findings[0].message.en, words) == NULL)
        fail_msg("expected '%s', got '%s'", words, result.findings[0].message.en);
    assert_string_not_equal(result.findings[0].message.ja, result.findings[0].message.en);
    assert_int_equal(result.basis, PE_ATTESTED);
    harness_release(&result);
}

static void passes(const char *list, const char *check)
{
    struct harness_result result = run(list, check);

    if (result.status != PE_PASS)
        fail_msg("%s: got %s: %s", list, pe_status_word(result.status), result.reason.en);
    assert_int_equal(result.basis, PE_ATTESTED);
    harness_release(&result);
}

static void unknown(const char *list, const char *check, const char *words)
{
    struct harness_result result = run(list, check);

    if (result.status != PE_UNKNOWN || strstr(result.reason.en, words) == NULL)
        fail_msg("%s: got %s: %s", list, pe_status_word(result.status), result.reason.en);
    harness_release(&result);
}

static void test_a_statement_in_force_with_evidence_counts(void **state)
{
    struct harness_result result = run(AT_GOOD, CALL " note(a.id)");

    (void)state;
    assert_int_equal(result.status, PE_PASS);
    assert_int_equal(result.basis, PE_ATTESTED);
    assert_string_equal(result.notes[0].en, "at1");
    assert_true(harness_has_read(&result, "/list/0/controls/1"));
    assert_true(harness_has_read(&result, "/list/0/issued"));
    assert_true(harness_has_read(&result, "/list/0/reviewed_at"));
    assert_true(harness_has_read(&result, "/list/0/evidence/0/uri"));
    assert_true(harness_has_read(&result, "/as_of"));
    harness_release(&result);
}

static void test_a_clause_or_service_that_nobody_lists_is_unknown_of_the_provider(void **state)
{
    (void)state;
    lacks("{\"id\": \"at1\", \"controls\": [\"9.2.1\"]}",
          "no attestation of the provider's practice lists CLD.8.1.5 for iad");
    lacks(AT_HEAD "\"scope\": [\"ctx\"], " AT_PARTY AT_DATES AT_EVIDENCE "}", "lists");
    passes(AT_HEAD "\"scope\": [\"*\"], " AT_PARTY AT_DATES AT_EVIDENCE "}", CALL);
}

static void test_a_customer_that_states_nothing_fails_at_the_list(void **state)
{
    struct harness_result result =
        run("{\"id\": \"at1\", \"controls\": [\"9.2.1\"]}",
            "attested(s.list, { clause = 'CLD.8.1.5', party = 'customer', service = 'iad', "
            "as_of = as_of, zone = 'UTC' })");

    (void)state;
    assert_int_equal(result.status, PE_FAIL);
    assert_string_equal(result.findings[0].pointer, "/list");
    harness_release(&result);
}

static void test_a_contract_for_both_services_needs_both_in_the_scope(void **state)
{
    const char *check = "attested(s.list, { clause = 'CLD.8.1.5', party = 'provider', service = "
                        "'both', as_of = as_of, zone = 'UTC' })";
    struct harness_result result = run(AT_GOOD, check);

    (void)state;
    assert_int_equal(result.status, PE_UNKNOWN);
    harness_release(&result);
    passes(AT_HEAD "\"scope\": [\"ctx\", \"iad\"], " AT_PARTY AT_DATES AT_EVIDENCE "}", check);
}

static void test_nobody_vouches_for_the_other_side(void **state)
{
    (void)state;
    fails(AT_HEAD AT_SCOPE
          "\"subject_party\": \"provider\", \"issuer_party\": \"customer\", " AT_DATES AT_EVIDENCE
          "}",
          "/list/0/issuer_party", "the customer cannot attest");
    passes(
        AT_HEAD AT_SCOPE
        "\"subject_party\": \"provider\", \"issuer_party\": \"third_party\", " AT_DATES AT_EVIDENCE
        "}",
        CALL);
    lacks(AT_HEAD AT_SCOPE
          "\"subject_party\": \"customer\", \"issuer_party\": \"customer\", " AT_DATES AT_EVIDENCE
          "}",
          "no attestation of the provider's");
    passes(AT_HEAD AT_SCOPE
           "\"subject_party\": \"customer\", \"issuer_party\": \"customer\", " AT_DATES AT_EVIDENCE
           "}",
           "attested(s.list, { clause = '9.2.1', party = 'shared', service = 'iad', as_of = as_of, "
           "zone = 'UTC' })");
}

/* as_of is 1 December 2026 in Japan. */
static void test_dates_are_civil_days_of_the_zone(void **state)
{
    static const char *const good[] = {
        "\"issued\": \"2026-12-01\", \"reviewed_at\": \"2026-12-01T00:00:00+09:00\", ",
        "\"issued\": \"2024-08-31\", \"reviewed_at\": \"2025-12-01T00:00:00+09:00\", ",
        "\"issued\": \"2024-08-31\", \"expires\": \"2026-12-01\", ",
        "\"issued\": \"2024-08-31\", \"expires\": null, \"reviewed_at\": \"2025-12-01\", ",
    };
    static const char *const bad[][3] = {
        {"\"issued\": \"2026-12-02\", ", "/list/0/issued", "dated 2026-12-02"},
        {"\"issued\": \"2024-08-31\", \"reviewed_at\": \"2026-12-01T15:00:00Z\", ",
         "/list/0/reviewed_at", "dated 2026-12-02"},
        {"\"issued\": \"2024-08-31\", \"reviewed_at\": \"2025-11-30T23:59:59+09:00\", ",
         "/list/0/reviewed_at", "confirmed on 2025-11-30, more than 365 days ago"},
        {"\"issued\": \"2024-08-31\", \"expires\": \"2026-11-30\", ", "/list/0/expires",
         "expired on 2026-11-30"},
        {"\"issued\": \"2024-08-31\", \"expires\": \"2024-08-30\", ", "/list/0/expires",
         "before it was issued"},
    };
    char list[1000];

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        snprintf(list, sizeof list, "%s%s%s}", AT_HEAD AT_SCOPE AT_PARTY, good[i], AT_EVIDENCE);
        passes(list, CALL);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        snprintf(list, sizeof list, "%s%s%s}", AT_HEAD AT_SCOPE AT_PARTY, bad[i][0], AT_EVIDENCE);
        fails(list, bad[i][1], bad[i][2]);
    }
}

static void test_the_age_counts_from_the_confirmation_and_can_be_chosen(void **state)
{
    const char *check = "attested(s.list, { clause = 'CLD.8.1.5', party = 'provider', service = "
                        "'iad', as_of = as_of, zone = 'Asia/Tokyo', max_age_days = 30 })";
    struct harness_result result = run(AT_GOOD, check);

    (void)state;
    assert_int_equal(result.status, PE_FAIL);
    assert_string_equal(result.findings[0].pointer, "/list/0/reviewed_at");
    harness_release(&result);
}

static void test_evidence_needs_a_place(void **state)
{
    static const char *const bad[] = {
        "[]",
        "[{\"uri\": \"\"}]",
        "[{\"uri\": \" \"}]",
        "[{\"uri\": \"https://\"}]",
        "[{\"uri\": \"/etc/passwd\"}]",
        "[{\"uri\": \"../x\"}]",
    };
    static const char *const damaged[][2] = {
        {"[{\"uri\": \"a.pdf\"}, {\"title\": \"t\"}]", "/list/0/evidence/1"},
        {"[null]", "/list/0/evidence/0"},
        {"[{\"uri\": 5}]", "/list/0/evidence/0/uri"},
    };
    char list[1000];

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        snprintf(list, sizeof list, "%s\"evidence\": %s}", AT_HEAD AT_SCOPE AT_PARTY AT_DATES,
                 bad[i]);
        fails(list, "/list/0/evidence", "has 0 usable pieces of evidence; 1 needed");
    }
    for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
        snprintf(list, sizeof list, "%s\"evidence\": %s}, " AT_GOOD,
                 AT_HEAD AT_SCOPE AT_PARTY AT_DATES, damaged[i][0]);
        unknown(list, CALL, damaged[i][1]);
    }
    passes(AT_HEAD AT_SCOPE AT_PARTY AT_DATES "\"evidence\": [{\"uri\": \"docs/a.pdf\"}]}", CALL);
}

static void with_evidence(char list[1000], const char *uri)
{
    snprintf(list, 1000, "%s\"evidence\": [{\"uri\": \"%s\"}]}", AT_HEAD AT_SCOPE AT_PARTY AT_DATES,
             uri);
}

/* RFC 3986 3.1: a scheme is a letter, then letters, digits, "+", "-" and "."; anything else before
 * a colon is part of a path. */
static void test_a_place_is_a_uri_or_a_path_within_its_folder(void **state)
{
    static const char *const good[] = {"a:b",   "Z1+-.z:b", "urn:isbn:1", "1a:b",
                                       "a_b:c", ":b",       "a b:c",      "a/.../b..",
                                       "..a/b", "a[:x",     "mailto:x",   "`a:b"};
    static const char *const bad[] = {"a:",   "Z9+-.a:///", "a/../b", "../a:b",
                                      "/a:b", "..",         "a/..",   "\\t\\r\\n "};
    char list[1000];

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        with_evidence(list, good[i]);
        passes(list, CALL);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        with_evidence(list, bad[i]);
        fails(list, "/list/0/evidence", "has 0 usable pieces of evidence; 1 needed");
    }
}

static void test_what_cannot_be_read_may_be_what_was_looked_for(void **state)
{
    static const char end[] = AT_PARTY AT_DATES AT_EVIDENCE "}";
    static const char *const damaged[][2] = {
        {"{\"controls\": [\"9.9.9\", null], " AT_SCOPE, "/list/0/controls/1"},
        {"{\"controls\": [\"CLD.8.1.5\"], \"scope\": [null, \"ctx\"], ", "/list/0/scope/0"},
        {"{\"controls\": [\"CLD.8.1.5\"], \"scope\": \"iad\", ", "/list/0/scope"},
        {"{\"controls\": [\"CLD.8.1.5\"], \"scope\": null, ", "/list/0/scope"},
        {"{\"controls\": [\"CLD.8.1.5\"], ", "/list/0/scope"},
        {"{\"controls\": \"CLD.8.1.5\", " AT_SCOPE, "/list/0/controls"},
        {AT_HEAD AT_SCOPE "\"expires\": 5, ", "/list/0/expires"},
        {AT_HEAD AT_SCOPE "\"expires\": \"soon\", ", "/list/0/expires"},
    };
    char list[1000];

    (void)state;
    for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
        snprintf(list, sizeof list, "%s%s", damaged[i][0], end);
        unknown(list, CALL, damaged[i][1]);
    }
    snprintf(list, sizeof list, "{\"controls\": [null, 5, \"CLD.8.1.5\"], %s%s",
             "\"scope\": [null, 5, \"*\"], ", end);
    passes(list, CALL);
}

static void test_what_is_too_long_is_none_of_what_is_looked_for(void **state)
{
    char list[3000], text[1001];

    (void)state;
    memset(text, '9', sizeof text);
    text[1000] = '\0';
    snprintf(list, sizeof list,
             "{\"controls\": [\"%s\"], " AT_SCOPE AT_PARTY AT_DATES AT_EVIDENCE "}", text);
    lacks(list, "CLD.8.1.5");
    snprintf(list, sizeof list, AT_HEAD AT_SCOPE AT_PARTY "\"issued\": \"%s\", " AT_EVIDENCE "}",
             text);
    unknown(list, CALL, "/list/0/issued");
    snprintf(list, sizeof list, "%s\"evidence\": [{\"uri\": \"%s\"}]}",
             AT_HEAD AT_SCOPE AT_PARTY AT_DATES, text);
    fails(list, "/list/0/evidence", "has 0 usable pieces of evidence; 1 needed");
    text[999] = '\0';
    snprintf(list, sizeof list, "%s\"evidence\": [{\"uri\": \"%s\"}]}",
             AT_HEAD AT_SCOPE AT_PARTY AT_DATES, text);
    passes(list, CALL);
}

static void test_evidence_without_a_digest_is_noted(void **state)
{
    struct harness_result result =
        run(AT_HEAD AT_SCOPE AT_PARTY AT_DATES "\"evidence\": [{\"uri\": \"docs/a.pdf\"}]}", CALL);

    (void)state;
    assert_int_equal(result.note_count, 1);
    assert_non_null(strstr(result.notes[0].en, "has no sha256"));
    harness_release(&result);
}

static void test_what_a_rule_asks_twice_is_noted_once(void **state)
{
    struct harness_result result =
        run(AT_HEAD AT_SCOPE AT_PARTY AT_DATES "\"evidence\": [{\"uri\": \"docs/a.pdf\"}]}",
            CALL "\n" CALL);

    (void)state;
    assert_int_equal(result.status, PE_PASS);
    assert_int_equal(result.note_count, 1);
    harness_release(&result);
}

static void test_what_rules_a_statement_out_is_told_once_for_two_services(void **state)
{
    struct harness_result result =
        run(AT_HEAD "\"scope\": [\"*\"], " AT_PARTY "\"issued\": \"2027-01-01\"}, " AT_HEAD
                    "\"scope\": [\"*\"], " AT_PARTY "\"issued\": \"2027-01-01\"}",
            "for _, one in ipairs({ 'iad', 'ctx' }) do attested(s.list, { clause = 'CLD.8.1.5', "
            "party = 'provider', service = one, as_of = as_of, zone = 'UTC' }) end");

    (void)state;
    assert_int_equal(result.status, PE_FAIL);
    assert_int_equal(result.finding_count, 2);
    assert_string_equal(result.findings[0].pointer, "/list/0/issued");
    assert_string_equal(result.findings[1].pointer, "/list/1/issued");
    harness_release(&result);
}

static void test_a_superseded_statement_is_ignored(void **state)
{
    (void)state;
    fails(AT_GOOD ", {\"id\": \"at2\", \"supersedes\": \"at1\", \"issued\": \"2026-01-01\", "
                  "\"controls\": [\"9.9.9\"]}",
          "/list/0/id", "was superseded by list[at2]");
    passes(AT_GOOD ", {\"id\": \"at2\", \"supersedes\": \"at1\", \"issued\": \"2027-01-01\", "
                   "\"controls\": [\"9.9.9\"]}",
           CALL);
}

/* Of which statement a damaged member speaks is not known: it may be of any. */
static void test_what_may_supersede_it_must_be_readable(void **state)
{
    static const char next[] = ", {\"id\": \"at2\", \"controls\": [\"9.9.9\"], \"issued\": ";
    char list[1000];

    (void)state;
    snprintf(list, sizeof list, "%s%s%s", AT_GOOD, next,
             "\"2026-01-01\", \"supersedes\": [\"at1\"]}");
    unknown(list, CALL, "/list/1/supersedes cannot be used: expected a string");
    snprintf(list, sizeof list, "%s%s%s", AT_GOOD, next,
             "\"2027-01-01\", \"supersedes\": [\"at1\"]}");
    passes(list, CALL);
    snprintf(list, sizeof list, "%s%s%s", AT_GOOD, next, "\"2026-01-01\", \"supersedes\": null}");
    passes(list, CALL);
}

static void test_a_statement_without_an_id_may_be_the_superseded_one(void **state)
{
    static const char nameless[] =
        "{\"controls\": [\"CLD.8.1.5\"], " AT_SCOPE AT_PARTY AT_DATES AT_EVIDENCE "}";
    char list[1000];

    (void)state;
    passes(nameless, CALL);
    snprintf(list, sizeof list, "%s%s", nameless,
             ", {\"id\": \"at2\", \"controls\": [\"9.9.9\"], \"supersedes\": \"at1\", "
             "\"issued\": \"2026-01-01\"}");
    unknown(list, CALL, "/list/0/id is missing");
}

static void test_a_document_that_is_named_twice_is_one_piece_of_evidence(void **state)
{
    static const char twice[] = AT_HEAD AT_SCOPE AT_PARTY AT_DATES
        "\"evidence\": [{\"uri\": \"a.pdf\"}, "
        "{\"uri\": \"a.pdf\", \"title\": \"t\"}, {\"uri\": \"%s\"}]}";
    static const char two[] =
        "attested(s.list, { clause = 'CLD.8.1.5', party = 'provider', service = 'iad', "
        "as_of = as_of, zone = 'UTC', min_evidence = 2 })";
    struct harness_result result;
    char list[1000];

    (void)state;
    snprintf(list, sizeof list, twice, "a.pdf");
    result = run(list, two);
    assert_int_equal(result.status, PE_FAIL);
    assert_string_equal(result.findings[0].pointer, "/list/0/evidence");
    harness_release(&result);
    snprintf(list, sizeof list, twice, "b.pdf");
    passes(list, two);
}

static void test_every_service_that_is_asked_for_is_needed(void **state)
{
    struct pe_arena arena = {0};
    const char *ask = "attested(s.list, { clause = 'CLD.8.1.5', party = 'provider', as_of = as_of, "
                      "zone = 'UTC', service = %s })";
    static const char many[] = "{ 'iad','iad','iad','iad','iad','iad','iad','iad','iad','iad',"
                               "'iad','iad','iad','iad','iad','iad'%s }";

    (void)state;
    unknown(AT_GOOD, pe_arena_printf(&arena, ask, "{}"), "service");
    passes(AT_GOOD, pe_arena_printf(&arena, ask, pe_arena_printf(&arena, many, "")));
    harness_error("{\"as_of\": \"2026-12-01T09:00:00+09:00\", \"list\": [" AT_GOOD "]}",
                  pe_arena_printf(&arena, ask, pe_arena_printf(&arena, many, ", 'ctx'")),
                  "takes 16 services at most");
    pe_arena_release(&arena);
}

static void test_one_that_counts_is_enough_and_the_others_are_noted(void **state)
{
    struct harness_result result =
        run("{\"id\": \"old\", \"controls\": [\"CLD 8.1.5\"], " AT_SCOPE AT_PARTY
            "\"issued\": \"2020-01-01\", \"expires\": \"2021-01-01\", " AT_EVIDENCE "}, " AT_GOOD,
            CALL);

    (void)state;
    assert_int_equal(result.status, PE_PASS);
    assert_string_equal(result.notes[0].en,
                        "list[old] does not count: the attestation expired on 2021-01-01");
    assert_false(harness_has_read(&result, "/list/0/expires"));
    harness_release(&result);
}

static void test_every_candidate_is_a_finding_when_none_counts(void **state)
{
    struct harness_result result =
        run(AT_HEAD AT_SCOPE AT_PARTY AT_DATES "\"evidence\": []}, " AT_HEAD AT_SCOPE AT_PARTY
                                               "\"issued\": \"2027-01-01\"}",
            CALL);

    (void)state;
    assert_int_equal(result.status, PE_FAIL);
    assert_int_equal(result.finding_count, 2);
    assert_string_equal(result.findings[1].pointer, "/list/1/issued");
    harness_release(&result);
}

static void test_what_is_missing_makes_the_answer_unknown_also_when_another_counts(void **state)
{
    const char *no_evidence = AT_HEAD AT_SCOPE AT_PARTY AT_DATES "\"x\": 1}";
    const char *wrong_date =
        AT_HEAD AT_SCOPE AT_PARTY "\"issued\": \"soon\", \"reviewed_at\": null}";
    char list[1500];

    (void)state;
    unknown(no_evidence, CALL, "/list/0/evidence is missing");
    unknown(wrong_date, CALL, "/list/0/issued cannot be used");
    unknown(AT_HEAD AT_SCOPE AT_PARTY "\"issued\": \"2024-01-01\", \"reviewed_at\": null}", CALL,
            "/list/0/reviewed_at is null");
    unknown("{\"id\": \"x\"}", CALL, "/list/0/controls is missing");
    unknown("5", CALL, "/list/0 cannot be used");
    unknown("", CALL, "no attestation of the provider");
    snprintf(list, sizeof list, "%s, %s, {\"id\": \"y\"}, %s", no_evidence, wrong_date, AT_GOOD);
    unknown(list, CALL, "/list/0/evidence is missing");
    snprintf(list, sizeof list, "%s, %s%s", no_evidence, AT_HEAD AT_SCOPE AT_PARTY,
             "\"issued\": \"2027-01-01\"}");
    unknown(list, CALL, "/list/0/evidence is missing");
}

static void test_a_table_of_statements_is_taken_too(void **state)
{
    (void)state;
    passes(AT_GOOD, "local t = {} for _, a in ipairs(s.list) do t[#t + 1] = a end "
                    "attested(t, { clause = '9.2.1', party = 'provider', service = { 'iad' }, "
                    "as_of = as_of, zone = 'UTC' })");
}

static void test_what_the_policy_gives_is_checked(void **state)
{
    static const char *const bad[][2] = {
        {"attested(s.list, { claus = '9.2.1' })", "did you mean clause?"},
        {"attested(s.list, { 'x' })", "no option without a name"},
        {"attested(s.list, { clause = 'x' })", "needs clause"},
        {"attested(s.list, { clause = '9.2.1', party = 'we' })", "needs party"},
        {"attested({ 1 }, { clause = '9.2.1', party = 'shared', service = 'iad', as_of = as_of, "
         "zone = 'UTC' })",
         "not of the snapshot"},
        {"attested(s.list, { clause = '9.2.1', party = 'shared', min_evidence = 'x' })",
         "min_evidence is a whole number"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        harness_error("{\"as_of\": \"2026-12-01T00:00:00Z\", \"list\": [1]}", bad[i][0], bad[i][1]);
    unknown(AT_GOOD,
            "attested(s.list, { clause = '9.2.1', party = 'provider', service = 'iad', "
            "as_of = as_of })",
            "a time zone");
    unknown(AT_GOOD,
            "attested(s.list, { clause = '9.2.1', party = 'provider', service = s.service, "
            "as_of = as_of, zone = 'UTC' })",
            "/service is missing");
    harness_unknown("{\"list\": [" AT_GOOD "]}", CALL, NULL, "no evaluation time");
    harness_unknown("{}", CALL, "/list", "is missing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_statement_in_force_with_evidence_counts),
        cmocka_unit_test(test_a_clause_or_service_that_nobody_lists_is_unknown_of_the_provider),
        cmocka_unit_test(test_a_customer_that_states_nothing_fails_at_the_list),
        cmocka_unit_test(test_a_contract_for_both_services_needs_both_in_the_scope),
        cmocka_unit_test(test_nobody_vouches_for_the_other_side),
        cmocka_unit_test(test_dates_are_civil_days_of_the_zone),
        cmocka_unit_test(test_the_age_counts_from_the_confirmation_and_can_be_chosen),
        cmocka_unit_test(test_evidence_needs_a_place),
        cmocka_unit_test(test_a_place_is_a_uri_or_a_path_within_its_folder),
        cmocka_unit_test(test_what_cannot_be_read_may_be_what_was_looked_for),
        cmocka_unit_test(test_what_is_too_long_is_none_of_what_is_looked_for),
        cmocka_unit_test(test_evidence_without_a_digest_is_noted),
        cmocka_unit_test(test_what_a_rule_asks_twice_is_noted_once),
        cmocka_unit_test(test_what_rules_a_statement_out_is_told_once_for_two_services),
        cmocka_unit_test(test_a_superseded_statement_is_ignored),
        cmocka_unit_test(test_what_may_supersede_it_must_be_readable),
        cmocka_unit_test(test_a_statement_without_an_id_may_be_the_superseded_one),
        cmocka_unit_test(test_a_document_that_is_named_twice_is_one_piece_of_evidence),
        cmocka_unit_test(test_every_service_that_is_asked_for_is_needed),
        cmocka_unit_test(test_one_that_counts_is_enough_and_the_others_are_noted),
        cmocka_unit_test(test_every_candidate_is_a_finding_when_none_counts),
        cmocka_unit_test(test_what_is_missing_makes_the_answer_unknown_also_when_another_counts),
        cmocka_unit_test(test_a_table_of_statements_is_taken_too),
        cmocka_unit_test(test_what_the_policy_gives_is_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
