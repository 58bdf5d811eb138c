/* test_areas_load.c: areas with a mistake in them are refused. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "area.h"
#include "pack_support.h"
#include "snapshot_support.h"

#define PACK(more) "return { id='p', version='1', title='t', " more " }"
#define AREA(word) "{ word='" word "', title='T', known_to='customer', collect='c' }"

static void refused(const char *more, const char *why)
{
    check_file("pack.lua", more, why);
}

static void test_an_area_says_what_it_is_and_who_knows_it(void **state)
{
    (void)state;
    refused(PACK("collected='c', areas={ " AREA("a") " }"),
            "pack.lua:1: collected: a JSON Pointer begins with '/'");
    refused(PACK("collected='/c'"), "pack.lua: areas is missing");
    refused(PACK("areas={ " AREA("a") " }"),
            "pack.lua:1: areas: collected = \"/...\" must say where a snapshot lists them");
    refused(PACK("collected='/c', areas={}"), "pack.lua:1: areas: a pack has 1 to 64");
    refused(PACK("collected='/c', areas={ 5 }"), "pack.lua:1: areas: area 1 is no table");
    refused(PACK("collected='/c', areas={ { word='a', titel='T' } }"),
            "pack.lua:1: an area has no key 'titel' (did you mean 'title'?)");
    refused(PACK("collected='/c', areas={ { word='a', title='T', collect='c' } }"),
            "pack.lua: known_to is missing");
    refused(PACK("collected='/c', areas={ { word='a', title='T', collect='c', known_to='me' } }"),
            "pack.lua:1: known_to:...");
    refused(PACK("collected='/c', areas={ { word='a', at='b', title='T', known_to='customer' } }"),
            "pack.lua:1: at: a JSON Pointer begins with '/'");
    refused(PACK("collected='/c', areas={ " AREA("a") ", " AREA("a") " }"),
            "pack.lua:1: areas: two are called a");
}

static void test_the_areas_are_the_words_of_the_model(void **state)
{
    static const char model[] = "return record{ { 'c', list(enum{ 'hosts', 'ad' }) } }";
    static const struct {
        const char *pack, *why;
    } cases[] = {
        {PACK("collected='/c', areas={ " AREA("host") " }"),
         "pack.lua: areas: the model knows no area 'host' (did you mean 'hosts'?)"},
        {PACK("collected='/c', areas={ " AREA("hosts") " }"),
         "pack.lua: areas: the model's ad is missing"},
    };
    struct packed *packed;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        packed = pack_of("pack.lua", cases[i].pack, "model.lua", model, NULL);
        assert_false(packed->loaded);
        assert_string_equal(packed->err.text, cases[i].why);
        pack_free(packed);
    }
    packed =
        pack_of("pack.lua", PACK("collected='/c', areas={ " AREA("ad") ", " AREA("hosts") " }"),
                "model.lua", model, NULL);
    assert_true(packed->loaded);
    pack_free(packed);
}

static void test_a_pointer_leads_into_an_area_step_by_step(void **state)
{
    static const char *const pointers[] = {"/ad", "/dns/zones"};
    static const struct pe_area area = {.pointers = {pointers, 2}};

    (void)state;
    assert_true(pe_area_holds(&area, "/ad"));
    assert_true(pe_area_holds(&area, "/ad/forest"));
    assert_true(pe_area_holds(&area, "/dns/zones/0"));
    assert_false(pe_area_holds(&area, "/adx"));
    assert_false(pe_area_holds(&area, "/dns"));
    assert_false(pe_area_holds(&area, ""));
}

static uint64_t uncollected(const char *json)
{
    struct packed *packed = pack_of(
        "pack.lua", PACK("collected='/c', areas={ " AREA("ad") ", " AREA("hosts") " }"), NULL);
    struct pe_snapshot snapshot = snapshot_of(json);
    struct pe_buf scratch = {0};
    uint64_t areas;

    assert_true(packed->loaded);
    areas = pe_area_uncollected(&packed->pack, &snapshot, &scratch);
    assert_false(pe_buf_failed(&scratch));
    pe_buf_release(&scratch);
    pe_snapshot_release(&snapshot);
    pack_free(packed);
    return areas;
}

static void test_what_is_not_listed_was_not_collected(void **state)
{
    (void)state;
    assert_int_equal(uncollected("{\"c\": [\"ad\"]}"), 2);
    assert_int_equal(uncollected("{\"c\": [\"hosts\", \"ad\"]}"), 0);
    assert_int_equal(uncollected("{\"c\": [], \"ad\": {}}"), 3);
    assert_int_equal(uncollected("{\"c\": [5, null]}"), 3);
    assert_int_equal(uncollected("{\"ad\": {}}"), 2); /* no list: what is there was */
    assert_int_equal(uncollected("{\"c\": \"ad\", \"hosts\": null}"), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_area_says_what_it_is_and_who_knows_it),
        cmocka_unit_test(test_the_areas_are_the_words_of_the_model),
        cmocka_unit_test(test_a_pointer_leads_into_an_area_step_by_step),
        cmocka_unit_test(test_what_is_not_listed_was_not_collected),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
