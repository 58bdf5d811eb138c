/* test_saved.c: a saved result comes back as the run it was, or not at all. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "sample_run.h"
#include "saved.h"

enum { HEAD_BYTES = 5 };

static int setup(void **state)
{
    *state = sample_run_new();
    return 0;
}

static int teardown(void **state)
{
    sample_run_free(*state);
    return 0;
}

static char *saved_text(void **state)
{
    return sample_render(sample_run(*state), "json", (struct pe_style){0});
}

static struct pe_saved read_back(const char *text, struct pe_arena *arena)
{
    struct pe_saved saved;
    struct pe_err err = {0};

    if (pe_saved_read((const unsigned char *)text, strlen(text), arena, &saved, &err) != 0)
        fail_msg("%s", err.text);
    assert_true(saved.is_result);
    return saved;
}

static void test_what_was_saved_is_rendered_the_same_but_for_frames(void **state)
{
    static const char *const names[] = {"json", "csv", "gitlab", "markdown", "oscal", "intoto"};
    char *text = saved_text(state);
    struct pe_arena arena = {0};
    struct pe_saved saved = read_back(text, &arena);

    assert_int_equal(saved.strange, 0);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *first = sample_render(sample_run(*state), names[i], (struct pe_style){.lang = PE_JA});
        char *second = sample_render(&saved.run, names[i], (struct pe_style){.lang = PE_JA});
        assert_string_equal(first, second);
        free(first);
        free(second);
    }
    pe_arena_release(&arena);
    free(text);
}

static void test_a_text_that_is_cut_anywhere_is_refused(void **state)
{
    char *text = saved_text(state);
    size_t length = strlen(text) - 1; /* without its line feed */
    struct pe_saved saved;
    struct pe_err err;

    for (size_t i = 0; i < length; i += 7) {
        struct pe_arena arena = {0};
        assert_int_equal(pe_saved_read((unsigned char *)text, i, &arena, &saved, &err), -1);
        assert_int_equal(err.kind, PE_ERR_INPUT);
        pe_arena_release(&arena);
    }
    free(text);
}

static void test_running_out_of_memory_is_told_wherever_it_happens(void **state)
{
    char *text = saved_text(state);
    struct pe_saved saved;
    struct pe_err err;
    size_t limit = 0;
    int result;

    do {
        struct pe_arena arena = {.limit_bytes = ++limit};
        limit += limit / 16;
        result = pe_saved_read((unsigned char *)text, strlen(text), &arena, &saved, &err);
        assert_true(result == 0 || err.kind == PE_ERR_MEMORY);
        pe_arena_release(&arena);
    } while (result != 0);
    assert_true(limit > 1000);
    free(text);
}

/* ---- records ---- */

struct stream {
    struct pe_out out;
    struct pe_arena arena, parent;
    struct pe_saved saved;
    size_t file_bytes;
};

static struct stream stream_of(void **state)
{
    struct stream s = {.out = {.fd = -1}};
    char *text = saved_text(state);

    s.saved = read_back(text, &s.arena);
    s.file_bytes = strlen(text);
    pe_saved_send(&s.saved, &s.out);
    assert_false(s.out.failed);
    free(text);
    return s;
}

static void stream_release(struct stream *s)
{
    pe_arena_release(&s->arena);
    pe_arena_release(&s->parent);
    pe_buf_release(&s->out.buf);
}

/* 0, or -1 when a record or the end is a lie; `skip` is left out, SIZE_MAX: none. */
static int take_all(struct stream *s, size_t skip, size_t file_bytes, struct pe_run *run)
{
    struct pe_saved_in in = pe_saved_begin(&s->parent, file_bytes);
    const unsigned char *at = (unsigned char *)s->out.buf.data, *end = at + s->out.buf.length;
    const char *lie = NULL;
    uint32_t length;

    for (size_t i = 0; at < end; i++, at += HEAD_BYTES + length) {
        memcpy(&length, at + 1, sizeof length);
        struct pe_in record = {at + HEAD_BYTES, at + HEAD_BYTES + length, &s->parent, false};
        assert_int_equal(at[0], PE_RECORD_SAVED);
        if (i != skip && pe_saved_take(&in, &record, &lie) != 0)
            return -1;
    }
    if (pe_saved_end(&in, &lie) != 0)
        return -1;
    *run = in.saved.run;
    return 0;
}

static void test_records_carry_all_of_it(void **state)
{
    struct stream s = stream_of(state);
    char *first = saved_text(state), *second;
    struct pe_run run;

    assert_int_equal(take_all(&s, SIZE_MAX, s.file_bytes, &run), 0);
    second = sample_render(&run, "json", (struct pe_style){0});
    assert_string_equal(first, second);
    free(first);
    free(second);
    stream_release(&s);
}

static void test_no_record_can_be_left_out(void **state)
{
    struct stream s = stream_of(state);
    size_t count = 0;
    struct pe_run run;
    uint32_t length;

    for (size_t at = 0; at < s.out.buf.length; at += HEAD_BYTES + length, count++)
        memcpy(&length, s.out.buf.data + at + 1, sizeof length);
    assert_true(count > 5);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(take_all(&s, i, s.file_bytes, &run), -1);
    stream_release(&s);
}

static void test_more_than_the_file_can_hold_is_a_lie(void **state)
{
    struct stream s = stream_of(state);
    struct pe_run run;

    assert_int_equal(take_all(&s, SIZE_MAX, 256, &run), -1);
    stream_release(&s);
}

/* Whatever byte is changed: it is refused, or still holds together. */
static void test_a_changed_byte_makes_no_pass_without_evidence(void **state)
{
    struct stream s = stream_of(state);
    size_t refused = 0, tried = 0;

    for (size_t i = 0; i < s.out.buf.length; i += 3) {
        struct pe_run run;
        if (i % 5 == 0) { /* heads are the pipe's business, and checked where it is read */
            s.out.buf.data[i] ^= 0x11;
            size_t at = 0;
            uint32_t length = 0;
            bool whole = true;
            while (whole && at + HEAD_BYTES <= s.out.buf.length) {
                memcpy(&length, s.out.buf.data + at + 1, sizeof length);
                whole = s.out.buf.data[at] == PE_RECORD_SAVED &&
                        length <= s.out.buf.length - at - HEAD_BYTES;
                at += HEAD_BYTES + length;
            }
            if (whole && at == s.out.buf.length) {
                tried++;
                if (take_all(&s, SIZE_MAX, s.file_bytes, &run) != 0) {
                    refused++;
                } else {
                    for (size_t c = 0; c < run.results[0].result_count; c++)
                        for (size_t k = 0; k < run.results[0].results[c].rule_count; k++)
                            assert_null(pe_saved_flaw(&run.results[0].results[c].rules[k]));
                }
                pe_arena_release(&s.parent);
                s.parent = (struct pe_arena){0};
            }
            s.out.buf.data[i] ^= 0x11;
        }
    }
    assert_true(tried > 100 && refused > 10);
    stream_release(&s);
}

/* ---- rules ---- */

static void test_statuses_need_what_they_rest_on(void **state)
{
    struct pe_finding fail = {.status = PE_FAIL}, unknown = {.status = PE_UNKNOWN};
    static const struct pe_waiver waivers[2];
    const struct pe_waiver *covers = &waivers[0], *by[] = {&waivers[1], &waivers[0]};
    struct pe_rule_waiver waiver = {true, 1, &covers, &by[1], 1};
    struct pe_rule_result rule = {.evidence_total = 1};

    (void)state;
    rule.status = rule.original = PE_PASS;
    assert_null(pe_saved_flaw(&rule));
    rule.evidence_total = 0;
    assert_non_null(pe_saved_flaw(&rule));
    rule.status = rule.original = PE_FAIL;
    assert_non_null(pe_saved_flaw(&rule));
    rule.findings = &fail;
    rule.finding_count = rule.finding_total = 1;
    assert_null(pe_saved_flaw(&rule));
    rule.status = PE_WAIVED; /* by nothing */
    assert_non_null(pe_saved_flaw(&rule));
    rule.waiver = &waiver;
    assert_null(pe_saved_flaw(&rule));
    waiver.by = by; /* which is not the one that covers it */
    assert_non_null(pe_saved_flaw(&rule));
    waiver.by_count = 2; /* not in the order of the file */
    assert_non_null(pe_saved_flaw(&rule));
    waiver = (struct pe_rule_waiver){true, 1, &covers, &by[1], 1};
    waiver.covered = 2;
    assert_non_null(pe_saved_flaw(&rule));
    waiver.covered = 1;
    waiver.whole = false;
    assert_non_null(pe_saved_flaw(&rule));
    waiver.whole = true;
    fail.status = PE_ERROR;
    assert_non_null(pe_saved_flaw(&rule));
    fail.status = PE_FAIL;
    rule.original = PE_WAIVED;
    assert_non_null(pe_saved_flaw(&rule));
    rule.original = PE_ERROR; /* nobody waives an error */
    assert_non_null(pe_saved_flaw(&rule));
    rule.waiver = NULL;
    rule.status = PE_PASS;
    rule.original = PE_FAIL;
    assert_non_null(pe_saved_flaw(&rule));
    rule.status = rule.original = PE_UNKNOWN;
    assert_non_null(pe_saved_flaw(&rule));
    rule.findings = &unknown;
    assert_null(pe_saved_flaw(&rule));
    rule.status = rule.original = PE_NOT_APPLICABLE;
    assert_non_null(pe_saved_flaw(&rule));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_was_saved_is_rendered_the_same_but_for_frames,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_text_that_is_cut_anywhere_is_refused, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_running_out_of_memory_is_told_wherever_it_happens,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_records_carry_all_of_it, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_record_can_be_left_out, setup, teardown),
        cmocka_unit_test_setup_teardown(test_more_than_the_file_can_hold_is_a_lie, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_changed_byte_makes_no_pass_without_evidence, setup,
                                        teardown),
        cmocka_unit_test(test_statuses_need_what_they_rest_on),
    };

    return cmocka_run_group_tests_name("saved", tests, NULL, NULL);
}
