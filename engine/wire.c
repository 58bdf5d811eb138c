/* wire.c: how a worker answers: records over one pipe. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "wire.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/utf8.h"

/* With the record that ends a batch it still fits into an empty pipe, which has 64 KiB: the worker
 * need not wait. */
enum { HEAD_BYTES = 5, FLUSH_BYTES = 48 * 1024 };

/* ---- writing ---- */

void pe_out_begin(struct pe_out *out, enum pe_record type)
{
    static const char room_for_length[4];

    out->start = out->buf.length;
    pe_buf_addc(&out->buf, (char)type);
    pe_buf_add(&out->buf, room_for_length, sizeof room_for_length);
}

void pe_out_u32(struct pe_out *out, uint32_t number)
{
    pe_buf_add(&out->buf, &number, sizeof number);
}

void pe_out_u64(struct pe_out *out, uint64_t number)
{
    pe_buf_add(&out->buf, &number, sizeof number);
}

/* A policy can make strings that are no UTF-8: what is not is U+FFFD. */
static void add_clean(struct pe_buf *buf, const char *bytes, size_t length)
{
    size_t good = pe_utf8_valid_prefix(bytes, length);

    pe_buf_add(buf, bytes, good);
    while (good < length) {
        bytes += good + 1;
        length -= good + 1;
        pe_buf_adds(buf, "\xEF\xBF\xBD");
        good = pe_utf8_valid_prefix(bytes, length);
        pe_buf_add(buf, bytes, good);
    }
}

void pe_out_string(struct pe_out *out, const char *string)
{
    size_t at = out->buf.length;
    uint32_t length;

    pe_out_u32(out, UINT32_MAX);
    if (string == NULL)
        return;
    add_clean(&out->buf, string, strlen(string));
    length = (uint32_t)(out->buf.length - at - sizeof length);
    if (!pe_buf_failed(&out->buf))
        memcpy(out->buf.data + at, &length, sizeof length);
}

void pe_out_text(struct pe_out *out, struct pe_text text)
{
    bool same =
        text.en != NULL && text.ja != NULL && (text.en == text.ja || strcmp(text.en, text.ja) == 0);

    pe_out_string(out, text.en);
    pe_out_string(out, same ? NULL : text.ja); /* which is read as the English one */
}

void pe_out_strings(struct pe_out *out, const struct pe_strings *strings)
{
    pe_out_u32(out, (uint32_t)strings->count);
    for (size_t i = 0; i < strings->count; i++)
        pe_out_string(out, strings->items[i]);
}

void pe_out_place(struct pe_out *out, struct pe_place place)
{
    _Static_assert(sizeof place == 16, "two numbers of 32 bits and one of 64, side by side");
    pe_buf_add(&out->buf, &place, sizeof place);
}

void pe_out_flush(struct pe_out *out)
{
    const char *at = out->buf.data;
    size_t left = out->buf.length;
    ssize_t written;

    while (!out->failed && left > 0) {
        written = write(out->fd, at, left);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            out->failed = true;
            break;
        }
        at += written;
        left -= (size_t)written;
    }
    pe_buf_clear(&out->buf);
}

void pe_out_end(struct pe_out *out)
{
    size_t length = out->buf.length - out->start - HEAD_BYTES;
    uint32_t size = (uint32_t)length;

    if (pe_buf_failed(&out->buf) || length > PE_RECORD_BYTES) {
        out->failed = true;
        return;
    }
    memcpy(out->buf.data + out->start + 1, &size, sizeof size);
    if (out->buf.length >= FLUSH_BYTES)
        pe_out_flush(out);
}

/* ---- reading ---- */

static const unsigned char *take(struct pe_in *in, size_t size)
{
    const unsigned char *bytes = in->at;

    if (in->bad || (size_t)(in->end - in->at) < size) {
        in->bad = true;
        return NULL;
    }
    in->at += size;
    return bytes;
}

uint32_t pe_in_u32(struct pe_in *in, uint32_t most)
{
    const unsigned char *bytes = take(in, 4);
    uint32_t number = 0;

    if (bytes == NULL)
        return 0;
    memcpy(&number, bytes, sizeof number);
    if (number <= most)
        return number;
    in->bad = true;
    return 0;
}

uint64_t pe_in_u64(struct pe_in *in)
{
    const unsigned char *bytes = take(in, 8);
    uint64_t number = 0;

    if (bytes != NULL)
        memcpy(&number, bytes, sizeof number);
    return number;
}

const char *pe_in_string(struct pe_in *in)
{
    uint32_t length = pe_in_u32(in, UINT32_MAX);
    const char *bytes, *copy;

    if (in->bad || length == UINT32_MAX)
        return NULL;
    bytes = (const char *)take(in, length);
    if (bytes == NULL || memchr(bytes, '\0', length) != NULL || !pe_utf8_valid(bytes, length)) {
        in->bad = true;
        return NULL;
    }
    copy = pe_arena_strn(in->arena, bytes, length);
    in->bad |= copy == NULL;
    return copy;
}

const char *pe_in_word(struct pe_in *in)
{
    const char *word = pe_in_string(in);

    in->bad |= word == NULL;
    return word == NULL ? "" : word;
}

void pe_in_sha256(struct pe_in *in, char hex[65])
{
    const char *word = pe_in_word(in);

    in->bad |= strspn(word, "0123456789abcdef") != 64 || word[64] != '\0';
    if (!in->bad)
        memcpy(hex, word, 65);
}

struct pe_text pe_in_text(struct pe_in *in)
{
    struct pe_text text;

    text.en = pe_in_string(in);
    text.ja = pe_in_string(in);
    in->bad |= text.en == NULL && text.ja != NULL;
    if (text.ja == NULL || in->bad)
        text.ja = text.en;
    return text;
}

size_t pe_in_count(struct pe_in *in, size_t bytes)
{
    uint32_t count = pe_in_u32(in, UINT32_MAX);

    if (in->bad || count > (size_t)(in->end - in->at) / bytes) {
        in->bad = true;
        return 0;
    }
    return count;
}

struct pe_strings pe_in_strings(struct pe_in *in)
{
    size_t count = pe_in_count(in, 4);
    const char **items = pe_arena_array(in->arena, count + 1, sizeof *items);

    for (size_t i = 0; items != NULL && i < count; i++)
        items[i] = pe_in_word(in);
    in->bad |= items == NULL;
    return (struct pe_strings){items, in->bad ? 0 : count};
}

struct pe_place pe_in_place(struct pe_in *in, uint64_t file_bytes)
{
    struct pe_place place;

    place.line = pe_in_u32(in, UINT32_MAX);
    place.column = pe_in_u32(in, UINT32_MAX);
    place.offset = pe_in_u64(in);
    in->bad |= place.offset > file_bytes || place.line > file_bytes + 1 ||
               place.column > file_bytes + 1 || (place.line == 0) != (place.column == 0);
    return place;
}

const char *pe_in_value(struct pe_in *in)
{
    const char *value = pe_in_string(in);
    struct pe_buf safe = {0};
    size_t length;

    if (value == NULL)
        return NULL;
    length = strlen(value);
    if (pe_escape_json_safe(value, length) == length)
        return value;
    pe_escape_add_json(&safe, value, length);
    value = pe_arena_take(in->arena, &safe);
    in->bad |= value == NULL;
    return value;
}

bool pe_in_done(const struct pe_in *in)
{
    return !in->bad && in->at == in->end;
}
