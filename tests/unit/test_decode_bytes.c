/* test_decode_bytes.c: every record of a worker, cut short or with any byte changed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "decode_support.h"

enum { HEAD_BYTES = 5 };

#define TEXT                                                                                       \
    {                                                                                              \
        "text", "文"                                                                              \
    } /* clang takes no constant in an initializer */

static const struct pe_text text = TEXT;

/* ---- records with everything in them ---- */

static void write_full_rule(struct pe_out *out)
{
    static const struct pe_finding findings[] = {
        {.status = PE_FAIL, .message = TEXT, .pointer = "/a", .value = "1", .place = {2, 3, 40}},
        {.status = PE_UNKNOWN, .message = TEXT, .subject = TEXT, .hint = TEXT},
    };
    static const struct pe_evidence evidence[] = {
        {.pointer = "/a", .value = "1", .count = -1, .place = {2, 3, 40}},
        {.pointer = "/l", .count = 3, .place = {5, 1, 90}},
        {.pointer = "/b", .count = -1, .absent = true, .place = {1, 1, 0}},
    };
    static const struct told told = {.status = PE_FAIL,
                                     .findings = findings,
                                     .finding_count = 2,
                                     .evidence = evidence,
                                     .evidence_count = 3};

    write_rule(out, 0, 0, &told);
}

static void write_full_snapshot(struct pe_out *out)
{
    static const char *const options[] = {"vpn", "mfa"};

    pe_out_begin(out, PE_RECORD_SNAPSHOT);
    pe_out_string(out, "tenant");
    pe_out_string(out, "iad");
    pe_out_strings(out, &(struct pe_strings){options, 2});
    pe_out_string(out, "2026-11-20T09:00:00+09:00");
    pe_out_u32(out, 1);
    pe_out_u32(out, 2);
    pe_out_u64(out, 10);
    pe_out_u64(out, 20);
    pe_out_u64(out, 10);
    pe_out_u64(out, 990);
    pe_out_u64(out, 5);
    pe_out_u32(out, 1);
    pe_out_u32(out, 0); /* no warning */
    pe_out_u32(out, 1); /* null */
    pe_out_string(out, "/a");
    pe_out_text(out, text);
    pe_out_text(out, text);
    pe_out_place(out, (struct pe_place){1, 2, 3});
    pe_out_u32(out, 1);
    pe_out_u32(out, 1);
    pe_out_u32(out, 1);
    pe_out_string(out, "doc");
    pe_out_string(out, "1.0");
    pe_out_text(out, text);
    pe_out_text(out, text);
    pe_out_string(out, "/claims/0");
    pe_out_place(out, (struct pe_place){1, 2, 3});
    pe_out_u64(out, 3);
    pe_out_end(out);
}

static void write_full_pack(struct pe_out *out)
{
    static const char *const words[] = {"one", "two"};
    const struct pe_strings strings = {words, 2};

    pe_out_begin(out, PE_RECORD_PACK);
    for (int i = 0; i < 3; i++)
        pe_out_string(out, "id");
    pe_out_text(out, text);
    pe_out_u32(out, 1);
    pe_out_strings(out, &strings);
    pe_out_u32(out, 1);
    pe_out_string(out, "1.1");
    pe_out_text(out, text);
    pe_out_u32(out, PE_LOW);
    pe_out_u32(out, PE_SHARED);
    pe_out_u32(out, PE_PROVIDER);
    pe_out_u32(out, PE_OWNER_COUNT);
    pe_out_strings(out, &strings);
    pe_out_strings(out, &strings);
    pe_out_u32(out, 1);
    for (int i = 0; i < 2; i++)
        pe_out_string(out, "param");
    for (int i = 0; i < 3; i++)
        pe_out_text(out, text);
    for (int i = 0; i < 4; i++)
        pe_out_string(out, i == 0 ? NULL : "1");
    pe_out_strings(out, &strings);
    pe_out_u32(out, 1);
    pe_out_string(out, "a");
    pe_out_string(out, "R1");
    pe_out_text(out, text);
    pe_out_text(out, text);
    pe_out_u32(out, PE_CRITICAL);
    pe_out_u32(out, PE_PROVIDER);
    pe_out_u32(out, PE_CUSTOMER);
    pe_out_u32(out, PE_SHARED);
    pe_out_u32(out, 1);
    pe_out_u32(out, 1);
    pe_out_string(out, "/claims");
    pe_out_u32(out, 1);
    pe_out_string(out, "doc");
    pe_out_string(out, "1.0");
    pe_out_string(out, "2024-01-01");
    pe_out_string(out, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    pe_out_text(out, text);
    pe_out_strings(out, &strings);
    pe_out_u32(out, 1);
    pe_out_string(out, "1.1");
    pe_out_text(out, text);
    pe_out_u32(out, 1);
    pe_out_string(out, "area");
    pe_out_strings(out, &strings);
    pe_out_text(out, text);
    pe_out_text(out, text);
    pe_out_u32(out, PE_SHARED);
    pe_out_string(out, "link");
    pe_out_end(out);
}

static int decode_pack(struct pe_in *in, struct pe_decoded *decoded, const char **lie)
{
    return pe_decode_pack(in, (struct pe_decoded_pack *)decoded->pack, lie);
}

/* ---- hearing them ---- */

struct kind {
    void (*write)(struct pe_out *);
    decoder *decode;
    bool in_control;
};

static const struct kind kinds[] = {
    {write_full_pack, decode_pack, false},
    {write_full_snapshot, pe_decode_snapshot, false},
    {write_full_rule, pe_decode_rule, true},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static bool hear(const struct kind *kind, const struct pe_out *record)
{
    struct teller *teller = teller_new();
    bool taken;

    if (kind->in_control)
        assert_true(tell_control(teller, 0));
    taken = tell(teller, record, kind->decode);
    teller_free(teller);
    return taken;
}

/* The record in memory of exactly its size, so that a sanitizer sees a read beyond it. */
static bool hear_bytes(const struct kind *kind, const char *bytes, size_t length)
{
    struct pe_out exact = {.fd = -1};
    bool taken;

    exact.buf.data = malloc(length);
    exact.buf.length = length;
    memcpy(exact.buf.data, bytes, length);
    taken = hear(kind, &exact);
    free(exact.buf.data);
    return taken;
}

static void test_whole_records_are_taken(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        struct pe_out out = {.fd = -1};
        kinds[k].write(&out);
        assert_true(hear_bytes(&kinds[k], out.buf.data, out.buf.length));
        pe_buf_release(&out.buf);
    }
}

static void test_a_record_cut_short_is_a_lie(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        struct pe_out out = {.fd = -1};
        kinds[k].write(&out);
        for (size_t cut = HEAD_BYTES; cut < out.buf.length; cut++)
            assert_false(hear_bytes(&kinds[k], out.buf.data, cut));
        pe_buf_release(&out.buf);
    }
}

static void test_a_record_that_is_too_long_is_a_lie(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        struct pe_out out = {.fd = -1};
        kinds[k].write(&out);
        pe_buf_addc(&out.buf, '\0');
        assert_false(hear_bytes(&kinds[k], out.buf.data, out.buf.length));
        pe_buf_release(&out.buf);
    }
}

static void test_no_changed_byte_does_harm(void **state)
{
    static const unsigned char values[] = {0, 1, 2, 7, 0x7F, 0x80, 0xC0, 0xFE, 0xFF};

    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        struct pe_out out = {.fd = -1};
        kinds[k].write(&out);
        for (size_t at = HEAD_BYTES; at < out.buf.length; at++) {
            char was = out.buf.data[at];
            for (size_t v = 0; v < sizeof values; v++) {
                out.buf.data[at] = (char)values[v];
                hear_bytes(&kinds[k], out.buf.data, out.buf.length);
            }
            out.buf.data[at] = was;
        }
        pe_buf_release(&out.buf);
    }
}

/* ---- secrets ---- */

static bool secrets_are_taken(const struct pe_span *spans, uint32_t count)
{
    struct pe_out out = {.fd = -1};
    bool taken;

    pe_out_begin(&out, PE_RECORD_SNAPSHOT);
    for (int i = 0; i < 2; i++)
        pe_out_string(&out, NULL);
    pe_out_strings(&out, &(struct pe_strings){NULL, 0});
    pe_out_string(&out, NULL);
    pe_out_u32(&out, 0);
    pe_out_u32(&out, count);
    for (uint32_t i = 0; i < count; i++) {
        pe_out_u64(&out, spans[i].offset);
        pe_out_u64(&out, spans[i].length);
    }
    pe_out_u64(&out, 0);
    pe_out_u32(&out, 0);
    pe_out_u32(&out, 0);
    pe_out_u64(&out, 0);
    pe_out_end(&out);
    taken = hear_bytes(&kinds[1], out.buf.data, out.buf.length);
    pe_buf_release(&out.buf);
    return taken;
}

static void test_secrets_lie_in_the_file_and_are_sorted(void **state)
{
    static const struct pe_span sorted[] = {{0, 5}, {10, 0}, {10, 990}, {1000, 0}};
    static const struct pe_span unsorted[] = {{10, 5}, {9, 1}};
    static const struct pe_span outside[] = {{0, 1001}}, beyond[] = {{1001, 0}};
    static const struct pe_span wraps[] = {{999, UINT64_MAX}};

    (void)state;
    assert_true(secrets_are_taken(sorted, 4));
    assert_false(secrets_are_taken(unsorted, 2));
    assert_false(secrets_are_taken(outside, 1));
    assert_false(secrets_are_taken(beyond, 1));
    assert_false(secrets_are_taken(wraps, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_records_are_taken),
        cmocka_unit_test(test_a_record_cut_short_is_a_lie),
        cmocka_unit_test(test_a_record_that_is_too_long_is_a_lie),
        cmocka_unit_test(test_no_changed_byte_does_harm),
        cmocka_unit_test(test_secrets_lie_in_the_file_and_are_sorted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
