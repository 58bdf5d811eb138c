/* test_changes.c: which values of a document are not as they were in another. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "json_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "changes.h"

/* want: a letter for each node of the new document, x for a changed one. */
static void check(const char *old_text, const char *new_text, const char *want)
{
    struct pe_json old = read_json(old_text), new = read_json(new_text);
    bool *changed = pe_changes_of(&old, &new);

    assert_non_null(changed);
    assert_int_equal(new.count, strlen(want));
    for (uint32_t i = 0; i < new.count; i++)
        if (changed[i] != (want[i] == 'x'))
            fail_msg("%s -> %s: node %u", old_text, new_text, i);
    free(changed);
    pe_json_release(&old);
    pe_json_release(&new);
}

static void test_what_is_the_same_is_not_changed(void **state)
{
    (void)state;
    check("{\"a\":[1,\"x\"],\"b\":null}", "{ \"b\": null, \"a\": [ 1, \"x\" ] }", "-------");
}

static void test_a_scalar_is_changed_when_it_is_written_otherwise(void **state)
{
    (void)state;
    check("[1,true,\"a\",2]", "[2,false,\"b\",2]", "-xxx-");
    check("[1]", "[1.0]", "-x");
}

static void test_a_value_of_another_type_is_changed_with_all_below(void **state)
{
    (void)state;
    check("{\"a\":1}", "{\"a\":{\"b\":[2]}}", "--xxxx");
    check("{}", "{\"a\":[1]}", "x-xx"); /* the object too: it has more members */
}

static void test_a_container_is_changed_by_its_number_of_children(void **state)
{
    (void)state;
    check("{\"a\":[1,2]}", "{\"a\":[1]}", "--x-");
    check("[1,2]", "[1,3]", "--x");
}

static void test_an_element_is_compared_with_the_one_of_its_id(void **state)
{
    (void)state;
    check("[{\"id\":\"a\",\"n\":1},{\"id\":\"b\",\"n\":2}]",
          "[{\"id\":\"b\",\"n\":2},{\"id\":\"a\",\"n\":3}]", "----------x");
    check("[{\"id\":\"a\"}]", "[{\"id\":\"c\"}]", "-xxx");
}

static void test_an_element_without_an_id_is_compared_with_the_one_at_its_place(void **state)
{
    (void)state;
    check("[{\"n\":1},{\"n\":2}]", "[{\"n\":1},{\"n\":3}]", "------x");
    check("[{\"id\":1}]", "[{\"id\":2}]", "---x"); /* a number is no id */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_the_same_is_not_changed),
        cmocka_unit_test(test_a_scalar_is_changed_when_it_is_written_otherwise),
        cmocka_unit_test(test_a_value_of_another_type_is_changed_with_all_below),
        cmocka_unit_test(test_a_container_is_changed_by_its_number_of_children),
        cmocka_unit_test(test_an_element_is_compared_with_the_one_of_its_id),
        cmocka_unit_test(test_an_element_without_an_id_is_compared_with_the_one_at_its_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
