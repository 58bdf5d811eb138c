/* test_uuid.c: UUIDs of version 5, by examples of others. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/uuid.h"

/* RFC 9562 6.6: the namespace for names of hosts. */
static const struct pe_uuid dns = {{0x6B, 0xA7, 0xB8, 0x10, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4,
                                    0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8}};

static void check(const char *name, const char *expected)
{
    char text[PE_UUID_SIZE];

    pe_uuid_text(pe_uuid_v5(dns, name, strlen(name)), text);
    assert_string_equal(text, expected);
}

static void test_names_give_the_uuids_of_the_standard(void **state)
{
    char text[PE_UUID_SIZE];

    (void)state;
    pe_uuid_text(dns, text);
    assert_string_equal(text, "6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    check("www.example.com", "2ed6657d-e927-568b-95e1-2665a8aea6a2"); /* RFC 9562 A.4 */
    check("python.org", "886313e1-3b8a-5372-9b90-0c9aee199e5d");      /* Python's documentation */
    check("", "4ebd0208-8328-5d69-8c44-ec50939c0967");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_give_the_uuids_of_the_standard),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
