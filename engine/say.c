/* say.c: the engine's own sentences about a rule, in both languages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "say.h"

#include <string.h>

#include "base/buf.h"
#include "base/spacing.h"

static const struct pe_text sentences[PE_SAY_COUNT] = {
#define PE_SENTENCE(name, en, ja) {en, ja},
#include "say.def"
#undef PE_SENTENCE
};

/* Returns where the format goes on. A pointer keeps the spaces around it, whatever its letters. */
static const char *add_argument(struct pe_buf *buf, const char *argument, const char *rest)
{
    size_t start = buf->length;

    pe_buf_adds(buf, argument == NULL ? "" : argument);
    if (argument == NULL || argument[0] == '/')
        return rest;
    pe_spacing_before(buf, start);
    return pe_spacing_behind(buf, rest, rest + strlen(rest));
}

static const char *fill(struct pe_arena *arena, const char *format, const char *const args[3])
{
    struct pe_buf buf = {0};
    size_t plain;

    while (*format != '\0') {
        plain = strcspn(format, "{");
        pe_buf_add(&buf, format, plain);
        format += plain;
        if (format[0] == '{' && format[1] >= '1' && format[1] <= '3' && format[2] == '}') {
            format = add_argument(&buf, args[format[1] - '1'], format + 3);
        } else if (*format != '\0') {
            pe_buf_addc(&buf, *format++);
        }
    }
    return pe_arena_take(arena, &buf);
}

struct pe_text pe_say_texts(struct pe_arena *arena, enum pe_sentence sentence, struct pe_text one,
                            struct pe_text two, struct pe_text three)
{
    const char *en[3] = {one.en, two.en, three.en};
    const char *ja[3] = {one.ja == NULL ? one.en : one.ja, two.ja == NULL ? two.en : two.ja,
                         three.ja == NULL ? three.en : three.ja};

    return (struct pe_text){fill(arena, sentences[sentence].en, en),
                            fill(arena, sentences[sentence].ja, ja)};
}

struct pe_text pe_say(struct pe_arena *arena, enum pe_sentence sentence, const char *one,
                      const char *two, const char *three)
{
    return pe_say_texts(arena, sentence, (struct pe_text){one, one}, (struct pe_text){two, two},
                        (struct pe_text){three, three});
}
