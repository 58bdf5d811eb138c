/* wire_both.c: a record that is described once, for both of its ends. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "wire_both.h"

void pe_both_u32(struct pe_both *b, uint32_t *value, uint32_t most)
{
    if (b->out != NULL)
        pe_out_u32(b->out, *value);
    else
        *value = pe_in_u32(b->in, most);
}

void pe_both_size(struct pe_both *b, size_t *value)
{
    if (b->out != NULL)
        pe_out_u64(b->out, *value);
    else
        *value = (size_t)pe_in_u64(b->in);
}

void pe_both_flag(struct pe_both *b, bool *value)
{
    uint32_t bit = *value;

    pe_both_u32(b, &bit, 1);
    *value = bit;
}

void pe_both_string(struct pe_both *b, const char **value)
{
    if (b->out != NULL)
        pe_out_string(b->out, *value);
    else
        *value = pe_in_string(b->in);
}

void pe_both_word(struct pe_both *b, const char **value)
{
    if (b->out != NULL)
        pe_out_string(b->out, *value);
    else
        *value = pe_in_word(b->in);
}

void pe_both_text(struct pe_both *b, struct pe_text *value)
{
    if (b->out != NULL)
        pe_out_text(b->out, *value);
    else
        *value = pe_in_text(b->in);
}

void pe_both_strings(struct pe_both *b, struct pe_strings *value)
{
    if (b->out != NULL)
        pe_out_strings(b->out, value);
    else
        *value = pe_in_strings(b->in);
}

void pe_both_place(struct pe_both *b, struct pe_place *value)
{
    if (b->out != NULL)
        pe_out_place(b->out, *value);
    else
        *value = pe_in_place(b->in, UINT32_MAX);
}

void pe_both_sha256(struct pe_both *b, char hex[65])
{
    if (b->out != NULL)
        pe_out_string(b->out, hex);
    else
        pe_in_sha256(b->in, hex);
}

void *pe_both_list(struct pe_both *b, const void *items, size_t *count, size_t least, size_t each)
{
    void *array = (void *)items;
    uint32_t length = (uint32_t)*count;

    if (b->out != NULL) {
        pe_out_u32(b->out, length);
        return array;
    }
    *count = pe_in_count(b->in, least);
    array = pe_arena_array(b->in->arena, *count + 1, each);
    b->in->bad |= array == NULL;
    if (b->in->bad)
        *count = 0;
    return array;
}

bool pe_both_goes_on(const struct pe_both *b)
{
    return b->out != NULL || !b->in->bad;
}
