/* buf.h: text under construction.
 * SPDX-License-Identifier: Apache-2.0
 *
 * {0} is a valid empty buffer. Running out of memory is sticky: every later call does nothing, and
 * the builder asks pe_buf_failed once, at its end. data is NUL-terminated after any successful
 * call (NULL before the first).
 */
#ifndef PE_BASE_BUF_H
#define PE_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct pe_buf {
    char *data;
    size_t length; /* bytes, without the final NUL */
    size_t room;
    bool failed;
};

/* Makes room for length more bytes and returns where they go; NULL when out of memory. */
char *pe_buf_reserve(struct pe_buf *buf, size_t length);

/* Here, for nearly all of what is added fits and is short. */
static inline void pe_buf_add(struct pe_buf *buf, const void *bytes, size_t length)
{
    char *end;

    if (!buf->failed && length < buf->room - buf->length)
        end = buf->data + buf->length;
    else if ((end = pe_buf_reserve(buf, length)) == NULL)
        return;
    if (length > 0)
        memcpy(end, bytes, length);
    end[length] = '\0';
    buf->length += length;
}

static inline void pe_buf_addc(struct pe_buf *buf, char c)
{
    pe_buf_add(buf, &c, 1);
}

void pe_buf_adds(struct pe_buf *buf, const char *str);
void pe_buf_fill(struct pe_buf *buf, char c, size_t count);
void pe_buf_printf(struct pe_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void pe_buf_clear(struct pe_buf *buf); /* keeps the memory */
bool pe_buf_failed(const struct pe_buf *buf);
void pe_buf_release(struct pe_buf *buf);

#endif
