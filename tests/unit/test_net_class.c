/* test_net_class.c: what ranges of addresses are there for. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "net_support.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static unsigned classes_of(const char *text)
{
    struct pe_net_entry entry = parse(text);

    return pe_net_classes(&entry.range);
}

static void test_special_blocks_have_their_class(void **state)
{
    static const struct {
        const char *text;
        unsigned classes;
    } cases[] = {
        {"8.8.8.8", PE_NET_PUBLIC},
        {"10.0.0.0/8", PE_NET_PRIVATE},
        {"172.16.0.0/12", PE_NET_PRIVATE},
        {"172.32.0.0", PE_NET_PUBLIC},
        {"192.168.1.1", PE_NET_PRIVATE},
        {"127.0.0.1", PE_NET_LOOPBACK},
        {"169.254.169.254", PE_NET_LINK_LOCAL},
        {"100.64.0.0/10", PE_NET_SHARED},
        {"100.128.0.0", PE_NET_PUBLIC},
        {"224.0.0.1", PE_NET_MULTICAST},
        {"239.255.255.255", PE_NET_MULTICAST},
        {"192.0.2.0/24", PE_NET_DOCUMENTATION},
        {"198.51.100.7", PE_NET_DOCUMENTATION},
        {"203.0.113.0/24", PE_NET_DOCUMENTATION},
        {"0.0.0.0", PE_NET_UNSPECIFIED},
        {"240.0.0.0/4", PE_NET_RESERVED},
        {"255.255.255.255", PE_NET_RESERVED},
        {"198.18.0.0/15", PE_NET_RESERVED},
        {"192.88.99.1", PE_NET_6TO4},
        {"::ffff:10.1.2.3", PE_NET_PRIVATE},
        {"::", PE_NET_UNSPECIFIED},
        {"::1", PE_NET_LOOPBACK},
        {"::2", PE_NET_RESERVED},
        {"::203.0.113.5", PE_NET_RESERVED},
        {"64:ff9b::/96", PE_NET_NAT64},
        {"64:ff9b::192.0.2.1", PE_NET_NAT64},
        {"64:ff9b:1::/48", PE_NET_NAT64},
        {"64:ff9b:0:0:1::", PE_NET_RESERVED},
        {"2002::/16", PE_NET_6TO4},
        {"2001:db8::1", PE_NET_DOCUMENTATION},
        {"3fff:0fff::", PE_NET_DOCUMENTATION},
        {"3fff:1000::", PE_NET_PUBLIC},
        {"2001::/32", PE_NET_RESERVED},
        {"2001:200::1", PE_NET_PUBLIC},
        {"2400:cb00::/32", PE_NET_PUBLIC},
        {"4000::", PE_NET_RESERVED},
        {"fc00::/7", PE_NET_UNIQUE_LOCAL},
        {"fe80::/10", PE_NET_LINK_LOCAL},
        {"fec0::1", PE_NET_RESERVED},
        {"ff02::1", PE_NET_MULTICAST},
        {"::/127", PE_NET_UNSPECIFIED | PE_NET_LOOPBACK},
        {"::1-::2", PE_NET_LOOPBACK | PE_NET_RESERVED},
        {"9.255.255.255-10.0.0.0", PE_NET_PUBLIC | PE_NET_PRIVATE},
        {"8.0.0.0/7", PE_NET_PUBLIC},
        {"10.0.0.0/7", PE_NET_PUBLIC | PE_NET_PRIVATE},
        {"fe00::/8", PE_NET_RESERVED | PE_NET_LINK_LOCAL},
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(cases); i++)
        if (classes_of(cases[i].text) != cases[i].classes)
            fail_msg("%s: %x and not %x", cases[i].text, classes_of(cases[i].text),
                     cases[i].classes);
}

static void test_classes_have_words(void **state)
{
    (void)state;
    assert_string_equal(pe_net_class_word(PE_NET_SHARED), "shared");
    assert_string_equal(pe_net_class_word(PE_NET_LINK_LOCAL), "link_local");
    assert_string_equal(pe_net_class_word(PE_NET_UNIQUE_LOCAL), "unique_local");
    assert_string_equal(pe_net_class_word(PE_NET_RESERVED), "reserved");
    assert_string_equal(pe_net_class_word(PE_NET_PUBLIC | PE_NET_PRIVATE), "mixed");
}

static void test_all_of_a_family_is_of_many_classes(void **state)
{
    (void)state;
    assert_string_equal(pe_net_class_word(classes_of("0.0.0.0/0")), "mixed");
    assert_true((classes_of("::/0") & PE_NET_NAT64) != 0);
    assert_true((classes_of("::/0") & PE_NET_LOOPBACK) != 0);
    assert_true((classes_of("::/0") & PE_NET_PRIVATE) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_special_blocks_have_their_class),
        cmocka_unit_test(test_classes_have_words),
        cmocka_unit_test(test_all_of_a_family_is_of_many_classes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
