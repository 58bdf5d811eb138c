/* buf.c: text under construction. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *pe_buf_reserve(struct pe_buf *buf, size_t length)
{
    size_t room = buf->room == 0 ? 256 : buf->room;
    char *data;

    if (buf->failed || length > SIZE_MAX / 4 || buf->length > SIZE_MAX / 4) {
        buf->failed = true;
        return NULL;
    }
    while (room < buf->length + length + 1)
        room *= 2;
    if (room != buf->room) {
        data = realloc(buf->data, room);
        if (data == NULL) {
            buf->failed = true;
            return NULL;
        }
        buf->data = data;
        buf->room = room;
    }
    return buf->data + buf->length;
}

void pe_buf_adds(struct pe_buf *buf, const char *str)
{
    pe_buf_add(buf, str, strlen(str));
}

void pe_buf_fill(struct pe_buf *buf, char c, size_t count)
{
    char *end = pe_buf_reserve(buf, count);

    if (end == NULL)
        return;
    memset(end, c, count);
    end[count] = '\0';
    buf->length += count;
}

void pe_buf_printf(struct pe_buf *buf, const char *format, ...)
{
    enum { MOST = 128 }; /* what is no longer is written at once */
    va_list args, again;
    int length = -1;
    char *end = pe_buf_reserve(buf, MOST);

    if (end == NULL)
        return;
    va_start(args, format);
    va_copy(again, args);
    length = vsnprintf(end, MOST, format, args);
    va_end(args);
    if (length < 0)
        buf->failed = true;
    else if (length >= MOST) {
        end = pe_buf_reserve(buf, (size_t)length);
        if (end != NULL)
            vsnprintf(end, (size_t)length + 1, format, again);
    }
    if (buf->failed)
        buf->data[buf->length] = '\0';
    else
        buf->length += (size_t)length;
    va_end(again);
}

void pe_buf_clear(struct pe_buf *buf)
{
    buf->length = 0;
    if (buf->data != NULL)
        buf->data[0] = '\0';
}

bool pe_buf_failed(const struct pe_buf *buf)
{
    return buf->failed;
}

void pe_buf_release(struct pe_buf *buf)
{
    free(buf->data);
    *buf = (struct pe_buf){0};
}
