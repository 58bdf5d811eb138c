/* test_claims_load.c: claims with a mistake in them are refused, and those without have a digest.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "pack_support.h"

#define PACK(more)                                                                                 \
    "return { id='p', version='1', title='t', service='/s', services={'iad','ctx'}" more " }"
#define WHOLE PACK(", claims='/c', zone='/z', as_of='/a'")
#define TITLE " title={en='T', ja='題'},"
#define SAID " statements={{ clause='1.1', en='e', ja='j' }}"
#define HEAD "doc='d', version='1', issued='2024-08-31', services={'iad'},"

static void check_claims(const char *pack, const char *claims, const char *why)
{
    struct packed *packed = pack_of("pack.lua", pack, "claims.lua", claims, NULL);
    size_t length = strlen(why);

    assert_false(packed->loaded);
    if (length > 3 && strcmp(why + length - 3, "...") == 0)
        assert_memory_equal(packed->err.text, why, length - 3);
    else
        assert_string_equal(packed->err.text, why);
    pack_free(packed);
}

static void refused(const char *claims, const char *why)
{
    check_claims(WHOLE, claims, why);
}

static void test_a_set_says_what_document_it_is_of(void **state)
{
    (void)state;
    refused("return { { version='1' } }", "claims.lua: doc is missing");
    refused("return { { doc='d', versoin='1' } }",
            "claims.lua:1: a set of claims has no key 'versoin' (did you mean 'version'?)");
    refused("return { { doc='', version='1' } }", "claims.lua:1: doc: is empty");
    refused("return { { doc='d', version='1',\n issued='2024-13-01' } }",
            "claims.lua:2: issued: expected a date such as 2024-08-31");
    refused("return { { doc='d', version='1', issued='2024-08-31', services={'iaad'} } }",
            "claims.lua:1: services: pack.lua knows no service 'iaad' (did you mean 'iad'?)");
    refused("return { { doc='d', version='1', issued='2024-08-31' } }",
            "claims.lua: services is missing");
    refused("return { { " HEAD " title={en='T'}," SAID " } }", "claims.lua: ja is missing");
    refused("return { { " HEAD TITLE " } }", "claims.lua: statements is missing");
    refused("return {}", "claims.lua: is a list of 1 to 32 sets of claims");
    refused("return { 5 }", "claims.lua: set 1 is no table");
    refused("return { { " HEAD TITLE SAID " }, { " HEAD TITLE SAID " } }",
            "claims.lua: two sets are version 1 of d");
    refused("return { { " HEAD TITLE SAID " }, { doc='d', version='2', issued='2024-08-31', "
            "services={'iad'}," TITLE SAID " } }",
            "claims.lua: two versions of d were issued on 2024-08-31");
}

static void test_a_statement_is_of_one_clause_in_both_languages(void **state)
{
    (void)state;
    refused("return { { " HEAD TITLE " statements={} } }",
            "claims.lua:1: statements: a set has 1 to 500 of them");
    refused("return { { " HEAD TITLE " statements={{ clause='1.1', en='e' }} } }",
            "claims.lua: ja is missing");
    refused("return { { " HEAD TITLE " statements={{ clause='1.1', en='a\\nb', ja='j' }} } }",
            "claims.lua:1: en: a claim has no control characters or line ends");
    refused("return { { " HEAD TITLE " statements={{ clause='CLD9.5.1', en='e', ja='j' },"
            "{ clause='CLD.9.5.1', en='e', ja='j' }} } }",
            "claims.lua:1: statements: two are about clause CLD.9.5.1");
}

static void test_a_pack_with_claims_says_where_they_are_accepted(void **state)
{
    static const char claims[] = "return { { " HEAD TITLE SAID " } }";
    static const char why[] = "claims.lua: pack.lua must say where a snapshot accepts claims, and "
                              "when: claims, zone, as_of";

    (void)state;
    check_claims(PACK(", zone='/z', as_of='/a'"), claims, why);
    check_claims(PACK(", claims='/c', as_of='/a'"), claims, why);
    check_claims(PACK(", claims='/c', zone='/z'"), claims, why);
    check_file("pack.lua", WHOLE, "pack.lua:1: claims: there is no claims.lua beside pack.lua");
}

static void test_a_set_is_digested_in_the_form_of_rfc_8785(void **state)
{
    struct packed *packed = pack_of(
        "pack.lua", WHOLE, "claims.lua",
        "return { { doc='d', version='1', issued='2024-08-31', services={'ctx','iad'},"
        " title={en='A \"T\"', ja='題\\\\'}, statements={{ clause='CLD9.5.1', en='b', ja='い' },"
        " { clause='9.2.3', en='a', ja='あ' }} } }",
        NULL);
    const struct pe_claim_set *set;
    /* printf '%s'
     * '{"doc":"d","issued":"2024-08-31","services":["ctx","iad"],"statements":[{"clause":
     * "9.2.3","en":"a","ja":"あ"},{"clause":"CLD.9.5.1","en":"b","ja":"い"}],"title":{"en":"A
     * \"T\"", "ja":"題\\"},"version":"1"}' (without the line ends) | sha256sum */
    static const char digest[] = "2a4b2d92042b44adcef582fc70b29539a2d24c3bbb74c6b7774342abacb46fdb";

    (void)state;
    assert_true(packed->loaded);
    assert_int_equal(packed->pack.face.claim_set_count, 1);
    set = &packed->pack.face.claim_sets[0];
    assert_string_equal(set->claims[0].clause, "9.2.3"); /* by clause, whatever the order */
    assert_string_equal(set->claims[1].clause, "CLD.9.5.1");
    assert_string_equal(set->sha256, digest);
    pack_free(packed);
}

static uint32_t sets_of(const char *service, const char *control_when, const char *rule_when)
{
    struct packed *packed;
    char control[400];
    uint32_t sets;

    snprintf(control, sizeof control,
             "return { title='t', severity='low', owner='provider', %s rules={ { id='r', %s"
             "title='r', claimable=true, check=function() end } } }",
             control_when, rule_when);
    packed = pack_of(
        "pack.lua", WHOLE, "1.1.lua", control, "claims.lua",
        "return { { doc='i', version='1', issued='2024-01-01', services={'iad'}," TITLE SAID " },"
        "{ doc='i', version='2', issued='2024-02-01', services={'iad'}," TITLE SAID " },"
        "{ doc='c', version='1', issued='2024-01-01', services={'ctx'}," TITLE SAID " } }",
        NULL);
    assert_true(packed->loaded);
    sets = pe_claim_sets(&packed->pack, service, &packed->pack.controls[0],
                         &packed->pack.controls[0].rules[0]);
    pack_free(packed);
    return sets;
}

static void test_a_rule_needs_the_newest_set_of_every_service_it_is_for(void **state)
{
    (void)state;
    assert_int_equal(sets_of("iad", "", ""), 2);
    assert_int_equal(sets_of("ctx", "", ""), 4);
    assert_int_equal(sets_of("both", "", ""), 6);
    assert_int_equal(sets_of("both", "when={service='ctx'},", ""), 4);
    assert_int_equal(sets_of("both", "", "when={service='iad'},"), 2);
    assert_int_equal(sets_of("other", "", ""), 0);
    assert_int_equal(sets_of(NULL, "", ""), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_set_says_what_document_it_is_of),
        cmocka_unit_test(test_a_statement_is_of_one_clause_in_both_languages),
        cmocka_unit_test(test_a_pack_with_claims_says_where_they_are_accepted),
        cmocka_unit_test(test_a_set_is_digested_in_the_form_of_rfc_8785),
        cmocka_unit_test(test_a_rule_needs_the_newest_set_of_every_service_it_is_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
