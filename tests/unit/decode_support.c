/* decode_support.c: records as a worker would send them, and lies. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "decode_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { HEAD_BYTES = 5, FILE_BYTES = 1000 };

static const struct pe_text title = {"title", "名称"};
static const struct pe_strings none = {NULL, 0};

static const struct pe_finding one_fail[] = {
    {.status = PE_FAIL, .message = {"no", "いいえ"}, .pointer = "/a/b", .place = {1, 2, 3}}};

const struct told told_pass = {.status = PE_PASS};
const struct told told_fail = {.status = PE_FAIL, .findings = one_fail, .finding_count = 1};
const struct told told_unknown = {.status = PE_UNKNOWN};
const struct told told_error = {.status = PE_ERROR};

/* ---- the pack ---- */

static void write_pack_rule(struct pe_out *out, const char *id, bool selected)
{
    pe_out_string(out, id);
    pe_out_string(out, "R1");
    pe_out_text(out, title);
    pe_out_text(out, title);
    pe_out_u32(out, PE_HIGH);
    pe_out_u32(out, PE_CUSTOMER);
    pe_out_u32(out, id[0] == 'a');
    pe_out_u32(out, selected);
}

static void write_pack_control(struct pe_out *out, const char *id, uint32_t rules)
{
    pe_out_string(out, id);
    pe_out_text(out, title);
    pe_out_u32(out, PE_HIGH);
    pe_out_u32(out, PE_CUSTOMER);
    pe_out_strings(out, &none);
    pe_out_strings(out, &none);
    pe_out_u32(out, 0);
    pe_out_u32(out, rules);
}

static void write_claim_set(struct pe_out *out, const char *doc)
{
    pe_out_string(out, doc);
    pe_out_string(out, "1.0");
    pe_out_string(out, "2024-01-01");
    pe_out_string(out, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    pe_out_text(out, title);
    pe_out_strings(out, &none);
    pe_out_u32(out, 1);
    pe_out_string(out, "1.1");
    pe_out_text(out, title);
}

/* Of an area: "/WORD". */
static void write_area(struct pe_out *out, const char *word)
{
    char pointer[20] = "/";
    const char *pointers[] = {pointer};

    strcat(pointer, word);
    pe_out_string(out, word);
    pe_out_strings(out, &(struct pe_strings){pointers, 1});
    pe_out_text(out, title);
    pe_out_text(out, title);
    pe_out_u32(out, PE_CUSTOMER);
    pe_out_string(out, "");
}

static void write_pack(struct pe_out *out)
{
    pe_out_begin(out, PE_RECORD_PACK);
    pe_out_string(out, "sample");
    pe_out_string(out, "1");
    pe_out_string(out, "");
    pe_out_text(out, title);
    pe_out_u32(out, 1);
    pe_out_strings(out, &none);
    pe_out_u32(out, 3);
    write_pack_control(out, "1.1", 3);
    write_pack_rule(out, "a", true);
    write_pack_rule(out, "b", false);
    write_pack_rule(out, "c", true);
    write_pack_control(out, "1.2", 1);
    write_pack_rule(out, "d", false);
    write_pack_control(out, "1.3", 1);
    write_pack_rule(out, "e", true);
    pe_out_string(out, "/claims");
    pe_out_u32(out, 2);
    write_claim_set(out, "first");
    write_claim_set(out, "second");
    pe_out_u32(out, 2);
    write_area(out, "ad");
    write_area(out, "hosts");
    pe_out_end(out);
}

static int decode_pack(struct pe_in *in, struct pe_decoded *decoded, const char **lie)
{
    return pe_decode_pack(in, (struct pe_decoded_pack *)decoded->pack, lie);
}

struct teller *teller_of_pack(void)
{
    struct teller *teller = calloc(1, sizeof *teller);
    struct pe_out out = {.fd = -1};

    assert_non_null(teller);
    teller->decoded = (struct pe_decoded){.pack = &teller->pack,
                                          .arena = &teller->arena,
                                          .file_bytes = FILE_BYTES,
                                          .evidence_limit = PE_EVIDENCE_DEFAULT};
    write_pack(&out);
    assert_true(tell(teller, &out, decode_pack));
    pe_buf_release(&out.buf);
    return teller;
}

struct teller *teller_new(void)
{
    struct teller *teller = teller_of_pack();

    assert_true(tell_snapshot(teller));
    return teller;
}

struct teller *teller_in_control(void)
{
    struct teller *teller = teller_new();

    assert_true(tell_control(teller, 0));
    return teller;
}

void teller_free(struct teller *teller)
{
    pe_arena_release(&teller->arena);
    free(teller);
}

/* ---- records ---- */

bool tell(struct teller *teller, const struct pe_out *record, decoder *decode)
{
    const unsigned char *bytes = (const unsigned char *)record->buf.data;
    struct pe_in in = {bytes + HEAD_BYTES, bytes + record->buf.length, &teller->arena, false};
    int result;

    teller->lie = NULL;
    result = decode(&in, &teller->decoded, &teller->lie);
    assert_int_equal(result, teller->lie == NULL ? 0 : -1);
    return result == 0;
}

static void write_acceptance(struct pe_out *out, uint32_t counts, uint32_t set)
{
    pe_out_u32(out, counts);
    pe_out_u32(out, set);
    pe_out_string(out, "first");
    pe_out_string(out, "1.0");
    pe_out_text(out, counts ? (struct pe_text){NULL, NULL} : title);
    pe_out_text(out, (struct pe_text){NULL, NULL});
    pe_out_string(out, "/claims/0");
    pe_out_place(out, (struct pe_place){1, 2, 3});
}

bool tell_snapshot(struct teller *teller)
{
    return tell_accepting(teller, 1, 1);
}

bool tell_accepting(struct teller *teller, uint32_t counts, uint32_t set)
{
    struct pe_out out = {.fd = -1};
    bool taken;

    pe_out_begin(&out, PE_RECORD_SNAPSHOT);
    pe_out_string(&out, "tenant");
    pe_out_string(&out, NULL);
    pe_out_strings(&out, &none);
    pe_out_string(&out, NULL);
    pe_out_u32(&out, 0);
    pe_out_u32(&out, 0);
    pe_out_u64(&out, 0);
    pe_out_u32(&out, 0);
    pe_out_u32(&out, 1);
    write_acceptance(&out, counts, set);
    pe_out_u64(&out, 2); /* "hosts" was not collected */
    pe_out_end(&out);
    taken = tell(teller, &out, pe_decode_snapshot);
    pe_buf_release(&out.buf);
    return taken;
}

bool tell_control(struct teller *teller, uint32_t number)
{
    struct pe_out out = {.fd = -1};
    bool taken;

    pe_out_begin(&out, PE_RECORD_CONTROL);
    pe_out_u32(&out, number);
    pe_out_u32(&out, PE_HIGH);
    pe_out_u32(&out, PE_CUSTOMER);
    pe_out_end(&out);
    taken = tell(teller, &out, pe_decode_control);
    pe_buf_release(&out.buf);
    return taken;
}

bool tell_finish(struct teller *teller)
{
    teller->lie = NULL;
    return pe_decode_finish(&teller->decoded, &teller->lie) == 0;
}

/* ---- rules ---- */

static void write_finding(struct pe_out *out, const struct pe_finding *finding)
{
    pe_out_u32(out, finding->status);
    pe_out_u32(out, finding->of_policy);
    pe_out_text(out, finding->message);
    pe_out_text(out, finding->subject);
    pe_out_text(out, finding->hint);
    pe_out_string(out, finding->pointer);
    pe_out_string(out, finding->value);
    pe_out_place(out, finding->place);
}

static void write_evidence(struct pe_out *out, const struct pe_evidence *evidence)
{
    pe_out_string(out, evidence->pointer);
    pe_out_string(out, evidence->value);
    pe_out_u64(out, (uint64_t)evidence->count);
    pe_out_u32(out, evidence->absent);
    pe_out_place(out, evidence->place);
}

void write_rule(struct pe_out *out, uint32_t control, uint32_t rule, const struct told *told)
{
    static const struct pe_evidence one = {.pointer = "/a", .value = "1", .count = -1};
    const struct pe_evidence *evidence = told->evidence == NULL ? &one : told->evidence;
    size_t count = told->evidence == NULL ? !told->no_evidence : told->evidence_count;

    pe_out_begin(out, PE_RECORD_RULE);
    pe_out_u32(out, control);
    pe_out_u32(out, rule);
    pe_out_u32(out, told->status);
    pe_out_u32(out, told->basis);
    pe_out_u32(out, PE_HIGH);
    pe_out_u32(out, PE_CUSTOMER);
    pe_out_text(out, told->no_reason ? (struct pe_text){NULL, NULL} : title);
    pe_out_u64(out, told->finding_count + told->finding_more);
    pe_out_u32(out, (uint32_t)told->finding_count);
    for (size_t i = 0; i < told->finding_count; i++)
        write_finding(out, &told->findings[i]);
    pe_out_u64(out, count + told->evidence_more);
    pe_out_u32(out, (uint32_t)count);
    for (size_t i = 0; i < count; i++)
        write_evidence(out, &evidence[i]);
    pe_out_u32(out, 0);
    pe_out_u32(out, told->claim_sets);
    pe_out_end(out);
}

bool tell_rule(struct teller *teller, uint32_t control, uint32_t rule, const struct told *told)
{
    struct pe_out out = {.fd = -1};
    bool taken;

    write_rule(&out, control, rule, told);
    taken = tell(teller, &out, pe_decode_rule);
    pe_buf_release(&out.buf);
    return taken;
}
