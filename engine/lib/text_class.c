/* text_class.c: character classes of patterns. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lib/text_class.h"

#include "base/ascii.h"

static bool within(unsigned char c, char first, char last)
{
    return c >= (unsigned char)first && c <= (unsigned char)last;
}

static bool is_alpha(unsigned char c)
{
    return within(c, 'a', 'z') || within(c, 'A', 'Z');
}

static bool is_alnum(unsigned char c)
{
    return is_alpha(c) || within(c, '0', '9');
}

static bool is_hex(unsigned char c)
{
    return within(c, '0', '9') || within(c, 'a', 'f') || within(c, 'A', 'F');
}

/* *is: whether c is in the class of a lower-case letter. false when there is no such class. */
static bool find_class(unsigned char c, char letter, bool *is)
{
    switch (letter) {
    case 'a':
        *is = is_alpha(c);
        return true;
    case 'c':
        *is = c < 32 || c == 127;
        return true;
    case 'd':
        *is = within(c, '0', '9');
        return true;
    case 'g':
        *is = within(c, '!', '~');
        return true;
    case 'l':
        *is = within(c, 'a', 'z');
        return true;
    case 'p':
        *is = within(c, '!', '~') && !is_alnum(c);
        return true;
    case 's':
        *is = c == ' ' || within(c, '\t', '\r');
        return true;
    case 'u':
        *is = within(c, 'A', 'Z');
        return true;
    case 'w':
        *is = is_alnum(c);
        return true;
    case 'x':
        *is = is_hex(c);
        return true;
    case 'z': /* deprecated, and still there */
        *is = c == 0;
        return true;
    default:
        return false;
    }
}

bool pe_text_in_class(unsigned char c, unsigned char letter)
{
    bool is;

    if (!find_class(c, pe_ascii_lower((char)letter), &is))
        return c == letter;
    return within(letter, 'A', 'Z') ? !is : is;
}

bool pe_text_in_set(unsigned char c, const char *open, const char *close)
{
    bool inside = open[1] != '^';
    const char *p = inside ? open + 1 : open + 2;

    for (; p < close; p++) {
        if (*p == '%') {
            p++;
            if (pe_text_in_class(c, (unsigned char)*p))
                return inside;
        } else if (p + 2 < close && p[1] == '-') {
            if (within(c, p[0], p[2]))
                return inside;
            p += 2;
        } else if ((unsigned char)*p == c) {
            return inside;
        }
    }
    return !inside;
}
