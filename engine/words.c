/* words.c: the words of reports, in both languages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "words.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct pe_text words[PE_WORD_COUNT] = {
#define PE_WORD(name, en, ja) {en, ja},
#include "words.def"
#undef PE_WORD
};

static const char *const statuses[] = {"not_applicable", "pass", "waived",
                                       "unknown",        "fail", "error"};
static const char *const severities[] = {"low", "medium", "high", "critical"};
static const char *const owners[] = {"provider", "customer", "shared"};
static const char *const bases[] = {"measured", "attested", "accepted_claim"};

_Static_assert(COUNT(statuses) == PE_STATUS_COUNT, "a word for every status");
_Static_assert(COUNT(severities) == PE_SEVERITY_COUNT, "a word for every severity");
_Static_assert(COUNT(owners) == PE_OWNER_COUNT, "a word for every owner");
_Static_assert(COUNT(bases) == PE_BASIS_COUNT, "a word for every basis");

const char *pe_text_in(struct pe_text text, enum pe_lang lang)
{
    if (lang == PE_JA && text.ja != NULL)
        return text.ja;
    return text.en == NULL ? "" : text.en;
}

const char *pe_status_word(enum pe_status status)
{
    assert((size_t)status < PE_STATUS_COUNT);
    return statuses[status];
}

const char *pe_severity_word(enum pe_severity severity)
{
    assert((size_t)severity < PE_SEVERITY_COUNT);
    return severities[severity];
}

const char *pe_owner_word(enum pe_owner owner)
{
    assert((size_t)owner < PE_OWNER_COUNT);
    return owners[owner];
}

const char *pe_basis_word(enum pe_basis basis)
{
    assert((size_t)basis < PE_BASIS_COUNT);
    return bases[basis];
}

/* The index of the word, or count. */
static size_t find(const char *word, const char *const *list, size_t count)
{
    size_t i = 0;

    while (i < count && strcmp(word, list[i]) != 0)
        i++;
    return i;
}

bool pe_words_find_status(const char *word, enum pe_status *status)
{
    size_t i = find(word, statuses, COUNT(statuses));

    if (i < COUNT(statuses))
        *status = (enum pe_status)i;
    return i < COUNT(statuses);
}

bool pe_words_find_severity(const char *word, enum pe_severity *severity)
{
    size_t i = find(word, severities, COUNT(severities));

    if (i < COUNT(severities))
        *severity = (enum pe_severity)i;
    return i < COUNT(severities);
}

bool pe_words_find_owner(const char *word, enum pe_owner *owner)
{
    size_t i = find(word, owners, COUNT(owners));

    if (i < COUNT(owners))
        *owner = (enum pe_owner)i;
    return i < COUNT(owners);
}

bool pe_words_find_basis(const char *word, enum pe_basis *basis)
{
    size_t i = find(word, bases, COUNT(bases));

    if (i < COUNT(bases))
        *basis = (enum pe_basis)i;
    return i < COUNT(bases);
}

const char *pe_words(enum pe_lang lang, enum pe_word word)
{
    assert((size_t)word < PE_WORD_COUNT);
    return pe_text_in(words[word], lang);
}

const char *pe_words_status(enum pe_lang lang, enum pe_status status)
{
    return pe_words(lang, PE_W_STATUS_NOT_APPLICABLE + status);
}

const char *pe_words_severity(enum pe_lang lang, enum pe_severity severity)
{
    return pe_words(lang, PE_W_SEVERITY_LOW + severity);
}

const char *pe_words_owner(enum pe_lang lang, enum pe_owner owner)
{
    return pe_words(lang, PE_W_OWNER_PROVIDER + owner);
}

const char *pe_words_basis(enum pe_lang lang, enum pe_basis basis)
{
    return pe_words(lang, PE_W_BASIS_MEASURED + basis);
}

/* What stands between { and }: "1", or "1|rule|rules". */
static void add_placeholder(struct pe_buf *buf, const char *inner, size_t length, const char *arg)
{
    const char *end = inner + length;
    const char *one = memchr(inner, '|', length);
    const char *many = one == NULL ? NULL : memchr(one + 1, '|', (size_t)(end - one - 1));

    if (many == NULL)
        pe_buf_adds(buf, arg);
    else if (strcmp(arg, "1") == 0)
        pe_buf_add(buf, one + 1, (size_t)(many - one - 1));
    else
        pe_buf_add(buf, many + 1, (size_t)(end - many - 1));
}

void pe_words_add(struct pe_buf *buf, enum pe_lang lang, enum pe_word word,
                  const char *const args[], size_t count)
{
    const char *next = pe_words(lang, word), *open, *close;

    while ((open = strchr(next, '{')) != NULL && (close = strchr(open, '}')) != NULL) {
        size_t index = (size_t)(open[1] - '1');
        pe_buf_add(buf, next, (size_t)(open - next));
        add_placeholder(buf, open + 1, (size_t)(close - open - 1),
                        index < count && args[index] != NULL ? args[index] : "");
        next = close + 1;
    }
    pe_buf_adds(buf, next);
}

void pe_words_add_counts(struct pe_buf *buf, enum pe_lang lang,
                         const size_t by_status[PE_STATUS_COUNT])
{
    size_t shown = 0;
    char number[24];

    for (size_t i = PE_STATUS_COUNT; i-- > 0;) {
        if (by_status[i] == 0)
            continue;
        snprintf(number, sizeof number, "%zu", by_status[i]);
        if (shown++ > 0)
            pe_buf_adds(buf, pe_words(lang, PE_W_COMMA));
        pe_words_add(buf, lang, PE_W_COUNT_NOT_APPLICABLE + i, (const char *[]){number}, 1);
    }
    if (shown == 0)
        pe_buf_adds(buf, pe_words(lang, PE_W_COUNT_NONE));
}

enum pe_word pe_words_param_type(const char *type)
{
    static const struct {
        const char *type;
        enum pe_word word;
    } types[] = {{"integer", PE_W_TYPE_INTEGER},
                 {"number", PE_W_TYPE_NUMBER},
                 {"boolean", PE_W_TYPE_BOOLEAN},
                 {"list", PE_W_TYPE_LIST}};

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].type, type) == 0)
            return types[i].word;
    return PE_W_TYPE_STRING;
}
