/* test_say.c: the engine's sentences, in both languages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/utf8.h"
#include "say.h"

static const struct {
    const char *name, *en, *ja;
} sentences[] = {
#define PE_SENTENCE(name, en, ja) {#name, en, ja},
#include "say.def"
#undef PE_SENTENCE
};

static void test_every_sentence_is_there_in_both_languages(void **state)
{
    (void)state;
    assert_int_equal(sizeof sentences / sizeof sentences[0], PE_SAY_COUNT);
    for (size_t i = 0; i < PE_SAY_COUNT; i++) {
        assert_true(strlen(sentences[i].en) > 3 && strlen(sentences[i].ja) > 3);
        assert_true(pe_utf8_valid(sentences[i].ja, strlen(sentences[i].ja)));
        if (strcmp(sentences[i].en, sentences[i].ja) == 0)
            fail_msg("%s is not translated", sentences[i].name);
    }
}

static unsigned placeholders(const char *name, const char *text)
{
    unsigned found = 0;

    for (; *text != '\0'; text++) {
        if (*text != '{')
            continue;
        if (text[1] < '1' || text[1] > '3' || text[2] != '}')
            fail_msg("%s has an odd placeholder: %s", name, text);
        found |= 1u << (text[1] - '0');
    }
    return found;
}

static void test_both_languages_name_the_same_things(void **state)
{
    (void)state;
    for (size_t i = 0; i < PE_SAY_COUNT; i++)
        if (placeholders(sentences[i].name, sentences[i].en) !=
            placeholders(sentences[i].name, sentences[i].ja))
            fail_msg("%s names other things in Japanese", sentences[i].name);
}

static void test_what_is_named_stands_in_its_place(void **state)
{
    struct pe_arena arena = {0};
    struct pe_text text = pe_say(&arena, PE_SAY_UNKNOWN_MORE, "2", "/a is missing", NULL);

    (void)state;
    assert_string_equal(text.en, "/a is missing (and 2 more)");
    assert_non_null(strstr(text.ja, "/a is missing"));
    assert_non_null(strstr(text.ja, "2"));
    pe_arena_release(&arena);
}

static void test_arguments_may_differ_by_language(void **state)
{
    struct pe_arena arena = {0};
    struct pe_text text =
        pe_say_texts(&arena, PE_SAY_BAD_FORMAT, (struct pe_text){"a date", "日付"},
                     (struct pe_text){NULL, NULL}, (struct pe_text){NULL, NULL});

    (void)state;
    assert_string_equal(text.en, "expected a date");
    assert_non_null(strstr(text.ja, "日付"));
    assert_null(strstr(text.ja, "date"));
    text = pe_say_texts(&arena, PE_SAY_BAD_FORMAT, (struct pe_text){"a date", NULL},
                        (struct pe_text){NULL, NULL}, (struct pe_text){NULL, NULL});
    assert_non_null(strstr(text.ja, "a date"));
    pe_arena_release(&arena);
}

static void test_spaces_part_letters_from_japanese_and_not_japanese_from_itself(void **state)
{
    struct pe_arena arena = {0};
    struct pe_text host = {"a system log of SYNC01", "SYNC01 のシステムログ"};
    struct pe_text letters = {"x", "DC01"}, none = {NULL, NULL};
    struct pe_text text = pe_say_texts(&arena, PE_SAY_NONE_SELECTED,
                                       (struct pe_text){"/logging", "/logging"}, host, none);

    (void)state;
    assert_string_equal(text.ja, "/logging に SYNC01 のシステムログが 1 件もありません");
    text = pe_say_texts(&arena, PE_SAY_NONE_SELECTED, (struct pe_text){"/記録", "/記録"}, letters,
                        none);
    assert_string_equal(text.ja, "/記録 に DC01 が 1 件もありません"); /* a pointer is no word */
    text = pe_say(&arena, PE_SAY_UNKNOWN_NAME, "params.a", NULL, NULL);
    assert_string_equal(text.ja, "ポリシーで未定義の名前 params.a が使用されています");
    pe_arena_release(&arena);
}

static void test_what_is_named_is_not_looked_into(void **state)
{
    struct pe_arena arena = {0};

    (void)state;
    assert_string_equal(pe_say(&arena, PE_SAY_ABSENT, "{1}{2}%s", NULL, NULL).en,
                        "{1}{2}%s is missing");
    assert_string_equal(pe_say(&arena, PE_SAY_ABSENT, NULL, NULL, NULL).en, " is missing");
    pe_arena_release(&arena);
}

static void test_without_memory_a_sentence_is_absent(void **state)
{
    struct pe_arena arena = {.limit_bytes = 8};
    struct pe_text text = pe_say(&arena, PE_SAY_ABSENT, "/a", NULL, NULL);

    (void)state;
    assert_null(text.en);
    assert_null(text.ja);
    assert_true(pe_arena_failed(&arena));
    pe_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_sentence_is_there_in_both_languages),
        cmocka_unit_test(test_both_languages_name_the_same_things),
        cmocka_unit_test(test_what_is_named_stands_in_its_place),
        cmocka_unit_test(test_arguments_may_differ_by_language),
        cmocka_unit_test(test_spaces_part_letters_from_japanese_and_not_japanese_from_itself),
        cmocka_unit_test(test_what_is_named_is_not_looked_into),
        cmocka_unit_test(test_without_memory_a_sentence_is_absent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
