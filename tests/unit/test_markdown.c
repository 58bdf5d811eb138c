/* test_markdown.c: text of others as plain words of Markdown. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/markdown.h"

static void check(const char *text, const char *expected)
{
    struct pe_buf buf = {0};

    pe_markdown_adds(&buf, text);
    pe_buf_adds(&buf, "");
    assert_string_equal(buf.data, expected);
    pe_buf_release(&buf);
}

static void test_plain_words_stay(void **state)
{
    (void)state;
    check(NULL, "");
    check("", "");
    check("a b (c), d: e; 100%", "a b (c), d: e; 100%");
    check("9.2.3 Management", "9.2.3 Management");
    check("max_addresses = 4096", "max_addresses = 4096");
    check("許可リスト（無効）", "許可リスト（無効）");
}

static void test_nothing_begins_markup(void **state)
{
    (void)state;
    check("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))");
    check("<img src=x>", "\\<img src=x\\>");
    check("a|b `c` *d* ~e~ ^f^", "a\\|b \\`c\\` \\*d\\* \\~e\\~ \\^f\\^");
    check("_a_ b_c _", "\\_a\\_ b_c \\_");
    check("&lt; #1 @me", "\\&lt; \\#1 \\@me");
    check("{{ insert: param }} $x$", "\\{\\{ insert: param }} \\$x\\$");
    check("http://evil www.evil", "http\\://evil www\\.evil");
    check("\\", "\\\\");
}

static void test_nothing_begins_a_block(void **state)
{
    (void)state;
    check("- a - b", "\\- a - b");
    check("+ a", "\\+ a");
    check("+1", "+1");
    check("--- x", "\\--- x");
    check("=== x", "\\=== x");
    check("1. a 2. b", "1\\. a 2. b");
    check("12) a", "12\\) a");
    check("> a", "\\> a");
    check("# a", "\\# a");
    check("    code", "code");
    check("a\n\n    - b", "a - b");
}

static void test_what_harms_is_escaped_first(void **state)
{
    (void)state;
    check("\x1B[2J", "\\\\u\\{001B}\\[2J");
    check("a\u202Eb", "a\\\\u\\{202E}b");
    check("caf\xE9", "caf\\\\x\\{E9}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_words_stay),
        cmocka_unit_test(test_nothing_begins_markup),
        cmocka_unit_test(test_nothing_begins_a_block),
        cmocka_unit_test(test_what_harms_is_escaped_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
