/* clause.c: one spelling and one order for clause numbers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lib/clause.h"

#include <string.h>

#include "lib/text.h"

enum { MAX_BYTES = 64 }; /* of a clause's text, as it comes */

_Static_assert(sizeof "CLD.999.999.999.999" <= PE_CLAUSE_BYTES, "four parts of three digits");

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Moves *text over word (lower case) when it begins with it. */
static bool take(const char **text, const char *word)
{
    size_t length = strlen(word);

    if (strncmp(*text, word, length) != 0)
        return false;
    *text += length;
    return true;
}

/* 1 to 999 without a leading zero. */
static int take_number(const char **text, uint16_t *number)
{
    unsigned value = 0, digits = 0;

    if (**text == '0')
        return -1;
    for (; is_digit(**text) && digits < 4; digits++)
        value = value * 10 + (unsigned)(*(*text)++ - '0');
    if (digits == 0 || digits > 3)
        return -1;
    *number = (uint16_t)value;
    return 0;
}

static int take_parts(const char *text, struct pe_clause *clause)
{
    do {
        if (clause->count == PE_CLAUSE_PARTS || take_number(&text, &clause->parts[clause->count]))
            return -1;
        clause->count++;
    } while (take(&text, "."));
    return *text == '\0' && clause->count >= 2 ? 0 : -1;
}

/* Of the standard, and of its translation JIS Q 27017. */
static void take_year(const char **text)
{
    const char *next = *text;

    if ((take(&next, ":2015") || take(&next, ":2016")) && !is_digit(*next) && *next != '.')
        *text = next;
}

/* "iso/iec 27017:2015 9.2.3", "jis q 27017:9.2.3": which standard, when it is this one. */
static void take_standard(const char **text)
{
    const char *next = *text;

    if (take(&next, "iso/iec") || take(&next, "iso") || take(&next, "jis q"))
        take(&next, " ");
    if (!take(&next, "27017"))
        return;
    take_year(&next);
    if (take(&next, ":") || take(&next, " "))
        *text = next;
    take(text, " ");
}

int pe_clause_parse(const char *text, size_t length, struct pe_clause *clause)
{
    struct pe_clause found = {0};
    char folded[MAX_BYTES + 1];
    const char *next = folded;

    if (length > MAX_BYTES || memchr(text, '\0', length) != NULL)
        return -1;
    folded[pe_text_fold(text, length, PE_TEXT_ID, folded)] = '\0';
    take_standard(&next);
    found.cld = take(&next, "cld");
    if (found.cld) {
        if (!take(&next, "."))
            take(&next, " ");
    } else {
        take(&next, "a.");
    }
    if (take_parts(next, &found) != 0)
        return -1;
    *clause = found;
    return 0;
}

/* 1 to 999; returns what follows its digits. */
static char *put_number(char *to, unsigned number)
{
    if (number >= 100)
        *to++ = (char)('0' + number / 100);
    if (number >= 10)
        *to++ = (char)('0' + number / 10 % 10);
    *to++ = (char)('0' + number % 10);
    return to;
}

/* By hand: the clauses of attestations are compared with one asked for, thousands in a run. */
static void print(const struct pe_clause *clause, char text[PE_CLAUSE_BYTES])
{
    char *to = text;

    if (clause->cld) {
        memcpy(to, "CLD", 3);
        to += 3;
    }
    for (unsigned i = 0; i < clause->count; i++) {
        if (i > 0 || clause->cld)
            *to++ = '.';
        to = put_number(to, clause->parts[i]);
    }
    *to = '\0';
}

int pe_clause_normalise(const char *text, size_t length, char canonical[PE_CLAUSE_BYTES])
{
    struct pe_clause clause;

    if (pe_clause_parse(text, length, &clause) != 0)
        return -1;
    print(&clause, canonical);
    return 0;
}

/* Parts from..to; those beyond count are 0, and so come first. */
static int compare_parts(const struct pe_clause *a, const struct pe_clause *b, unsigned from,
                         unsigned to)
{
    for (; from < to; from++)
        if (a->parts[from] != b->parts[from])
            return a->parts[from] < b->parts[from] ? -1 : 1;
    return 0;
}

int pe_clause_compare(const struct pe_clause *a, const struct pe_clause *b)
{
    int by_section = compare_parts(a, b, 0, 2);

    if (by_section != 0)
        return by_section;
    if (a->cld != b->cld)
        return a->cld ? 1 : -1;
    return compare_parts(a, b, 2, PE_CLAUSE_PARTS);
}

/* ---- any ids ---- */

static size_t count_digits(const char *text)
{
    size_t count = 0;

    while (is_digit(text[count]))
        count++;
    return count;
}

/* Runs of digits as numbers of any length; moves both behind them. */
static int compare_numbers(const char **a, const char **b)
{
    size_t a_digits, b_digits;
    int order;

    while (**a == '0' && is_digit((*a)[1]))
        ++*a;
    while (**b == '0' && is_digit((*b)[1]))
        ++*b;
    a_digits = count_digits(*a);
    b_digits = count_digits(*b);
    if (a_digits != b_digits)
        return a_digits < b_digits ? -1 : 1;
    order = memcmp(*a, *b, a_digits);
    *a += a_digits;
    *b += b_digits;
    return order;
}

static int compare_text(const char *a, const char *b)
{
    int order;

    while (*a != '\0' && *b != '\0') {
        if (is_digit(*a) && is_digit(*b)) {
            order = compare_numbers(&a, &b);
            if (order != 0)
                return order;
        } else if (*a != *b) {
            break;
        } else {
            a++;
            b++;
        }
    }
    return (int)(unsigned char)*a - (int)(unsigned char)*b;
}

int pe_clause_order(const char *a, const char *b)
{
    struct pe_clause a_clause, b_clause;
    bool a_is = pe_clause_parse(a, strlen(a), &a_clause) == 0;
    bool b_is = pe_clause_parse(b, strlen(b), &b_clause) == 0;
    int order = 0;

    if (a_is != b_is)
        return a_is ? -1 : 1;
    order = a_is ? pe_clause_compare(&a_clause, &b_clause) : compare_text(a, b);
    return order != 0 ? order : strcmp(a, b);
}
