/* ndlines.c: cuts a stream of bytes into lines. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ndlines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK_BYTES = 64 * 1024, KEPT_BYTES = 1024 * 1024 };

bool pe_ndlines_hungry(const struct pe_ndlines *lines)
{
    return !lines->ended && lines->taken == lines->chunk.length;
}

int pe_ndlines_read(struct pe_ndlines *lines, struct pe_err *err)
{
    char *end;
    ssize_t got;

    pe_buf_clear(&lines->chunk);
    lines->taken = 0;
    end = pe_buf_reserve(&lines->chunk, CHUNK_BYTES);
    if (end == NULL)
        return pe_err_memory(err);
    got = read(lines->fd, end, CHUNK_BYTES);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return 0;
    if (got < 0)
        return pe_err_set(err, PE_ERR_IO, "cannot read lines: %s", strerror(errno));
    lines->ended = got == 0;
    lines->chunk.length = (size_t)got;
    return 0;
}

static int add(struct pe_ndlines *lines, struct pe_ndline *line, const char *bytes, size_t length,
               struct pe_err *err)
{
    if (!lines->midway)
        pe_sha256_init(&line->hash);
    lines->midway = true;
    pe_sha256_add(&line->hash, bytes, length);
    if (!line->too_long && length > lines->max_bytes - line->bytes.length) {
        pe_ndline_clear(line);
        line->too_long = true;
    }
    if (!line->too_long)
        pe_buf_add(&line->bytes, bytes, length);
    return pe_buf_failed(&line->bytes) ? pe_err_memory(err) : 0;
}

int pe_ndlines_take(struct pe_ndlines *lines, struct pe_ndline *line, struct pe_err *err)
{
    size_t left = lines->chunk.length - lines->taken, length;
    const char *at, *end;

    if (left > 0) {
        at = lines->chunk.data + lines->taken;
        end = memchr(at, '\n', left);
        length = end == NULL ? left : (size_t)(end - at);
        if (add(lines, line, at, length, err) != 0)
            return -1;
        lines->taken += length + (end != NULL);
        if (end == NULL && !lines->ended)
            return 0;
    } else if (!lines->ended || !lines->midway) {
        return 0;
    }
    lines->midway = false;
    pe_sha256_end(&line->hash, line->sha256);
    return 1;
}

bool pe_ndline_blank(const struct pe_ndline *line)
{
    for (size_t i = 0; i < line->bytes.length; i++)
        if (strchr(" \t\r", line->bytes.data[i]) == NULL || line->bytes.data[i] == '\0')
            return false;
    return !line->too_long;
}

void pe_ndline_clear(struct pe_ndline *line)
{
    pe_buf_clear(&line->bytes);
    if (line->bytes.room > KEPT_BYTES)
        pe_buf_release(&line->bytes);
    line->too_long = false;
}

void pe_ndlines_release(struct pe_ndlines *lines)
{
    pe_buf_release(&lines->chunk);
}
