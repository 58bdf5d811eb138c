/* dump.c: reads the code that the compiler made of a policy. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/dump.h"

enum { MAX_DEPTH = 200, MAX_UPVALUES = 256 };

struct dump {
    const unsigned char *at, *end;
    struct pe_arena *arena;
    struct pe_proto *first, *last; /* the functions read so far */
    struct pe_buf *copy;           /* where it goes without names; NULL: nowhere */
    const unsigned char *copied;   /* as far as this */
    bool bad;
};

/* ---- pieces ---- */

static unsigned take_byte(struct dump *d)
{
    if (d->at >= d->end)
        return d->bad = true, 0;
    return *d->at++;
}

static const unsigned char *take(struct dump *d, size_t size)
{
    const unsigned char *bytes = d->at;

    if (d->bad || (size_t)(d->end - d->at) < size)
        return d->bad = true, NULL;
    d->at += size;
    return bytes;
}

/* Seven bits a byte, the most significant first; the last has its top bit set. */
static size_t take_size(struct dump *d)
{
    size_t size = 0;
    unsigned byte;

    do {
        byte = take_byte(d);
        if (size >= SIZE_MAX >> 8)
            d->bad = true;
        size = size << 7 | (byte & 0x7F);
    } while (!(byte & 0x80) && !d->bad);
    return d->bad ? 0 : size;
}

/* A string's size is written plus one; 0 stands for none. */
static struct pe_constant take_string(struct dump *d)
{
    size_t size = take_size(d);

    if (size == 0)
        return (struct pe_constant){"", 0};
    return (struct pe_constant){(const char *)take(d, size - 1), size - 1};
}

static void take_header(struct dump *d)
{
    const unsigned char *head = take(d, 15);

    if (head == NULL || memcmp(head, "\x1bLua\x54\x00\x19\x93\r\n\x1a\n\x04\x08\x08", 15) != 0)
        d->bad = true;
    take(d, 8 + 8); /* a sample of an integer and of a number */
    take_byte(d);   /* upvalues of the main function */
}

/* Arrays of the dump are never larger than what is left of it. */
static void *take_array(struct dump *d, size_t *count, size_t size)
{
    void *array;

    *count = take_size(d);
    if (*count > (size_t)(d->end - d->at)) {
        d->bad = true;
        *count = 0;
    }
    array = pe_arena_array(d->arena, *count + 1, size);
    if (array == NULL)
        d->bad = true;
    return array;
}

/* ---- a function ---- */

static void take_constants(struct dump *d, struct pe_proto *p)
{
    p->constants = take_array(d, &p->constant_count, sizeof *p->constants);
    for (size_t i = 0; i < p->constant_count && !d->bad; i++) {
        switch (take_byte(d)) {
        case 0x03: /* an integer, a float */
        case 0x13:
            take(d, 8);
            break;
        case 0x04: /* a short, a long string */
        case 0x14:
            p->constants[i] = take_string(d);
            break;
        case 0x00: /* nil, false, true */
        case 0x01:
        case 0x11:
            break;
        default:
            d->bad = true;
        }
    }
}

static void take_lines(struct dump *d, struct pe_proto *p)
{
    p->line_count = take_size(d);
    p->lines = take(d, p->line_count);
    p->abs_lines = take_array(d, &p->abs_count, sizeof *p->abs_lines);
    for (size_t i = 0; i < p->abs_count && !d->bad; i++) {
        p->abs_lines[i].pc = (int)take_size(d);
        p->abs_lines[i].line = (int)take_size(d);
    }
}

/* ---- names ---- */

enum { NOTHING = 0x80 }; /* a size of 0 */

static void copy_until(struct dump *d, const unsigned char *end)
{
    if (d->copy != NULL && !d->bad)
        pe_buf_add(d->copy, d->copied, (size_t)(end - d->copied));
    d->copied = end;
}

/* What was read since start is nothing in the copy. */
static void leave_out(struct dump *d, const unsigned char *start)
{
    copy_until(d, start);
    if (d->copy != NULL)
        pe_buf_addc(d->copy, (char)NOTHING);
    d->copied = d->at;
}

static bool is_env(const struct dump *d, struct pe_constant name)
{
    return !d->bad && name.length == 4 && memcmp(name.bytes, "_ENV", 4) == 0;
}

static void take_names(struct dump *d, struct pe_proto *p)
{
    const unsigned char *start = d->at;
    size_t count;

    for (count = take_size(d); count > 0 && !d->bad; count--) {
        if (is_env(d, take_string(d)))
            p->local_env = true;
        take_size(d); /* where it is alive, from and to */
        take_size(d);
    }
    leave_out(d, start);
    for (count = take_size(d); count > 0 && !d->bad; count--) {
        start = d->at;
        if (!is_env(d, take_string(d))) /* of an upvalue */
            leave_out(d, start);
    }
}

/* ---- a function, whole ---- */

static struct pe_proto *new_proto(struct dump *d, const struct pe_proto *parent)
{
    struct pe_proto *p = pe_arena_alloc(d->arena, sizeof *p);

    if (p == NULL)
        return d->bad = true, NULL;
    p->parent = parent;
    if (d->last != NULL)
        d->last->next = p;
    else
        d->first = p;
    return d->last = p;
}

static void take_function(struct dump *d, const struct pe_proto *parent, unsigned depth)
{
    struct pe_proto *p = new_proto(d, parent);
    size_t inner;

    if (p == NULL)
        return;
    take_string(d); /* source */
    p->line_defined = (int)take_size(d);
    take_size(d); /* its last line */
    take(d, 3);   /* parameters, varargs, stack */
    p->code_size = take_size(d);
    p->code = p->code_size < SIZE_MAX / 4 ? take(d, 4 * p->code_size) : NULL;
    take_constants(d, p);
    p->upvalue_count = take_size(d);
    p->upvalues = p->upvalue_count < MAX_UPVALUES ? take(d, 3 * p->upvalue_count) : NULL;
    inner = take_size(d);
    if (p->code == NULL || p->upvalues == NULL || depth > MAX_DEPTH)
        d->bad = true;
    for (; inner > 0 && !d->bad; inner--)
        take_function(d, p, depth + 1);
    take_lines(d, p);
    take_names(d, p);
}

/* ---- the whole ---- */

static const struct pe_proto *take_all(struct dump *d, const char *bytes, size_t length)
{
    d->at = d->copied = (const unsigned char *)bytes;
    d->end = d->at + length;
    take_header(d);
    if (!d->bad)
        take_function(d, NULL, 0);
    copy_until(d, d->at);
    return d->bad || d->at != d->end ? NULL : d->first;
}

const struct pe_proto *pe_dump_read(const char *bytes, size_t length, struct pe_arena *arena)
{
    struct dump d = {.arena = arena};

    return take_all(&d, bytes, length);
}

bool pe_dump_strip(const char *bytes, size_t length, struct pe_buf *out)
{
    struct pe_arena arena = {0};
    struct dump d = {.arena = &arena, .copy = out};
    bool is_read = take_all(&d, bytes, length) != NULL;

    pe_arena_release(&arena);
    return is_read;
}

int pe_proto_line(const struct pe_proto *p, size_t pc)
{
    int line = p->line_defined;
    size_t abs = 0;

    for (size_t i = 0; i <= pc && i < p->line_count; i++) {
        int step = (signed char)p->lines[i];
        if (step == -0x80 && abs < p->abs_count)
            line = p->abs_lines[abs++].line;
        else if (step != -0x80)
            line += step;
    }
    return line;
}
