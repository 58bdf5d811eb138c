/* text_class.h: character classes of patterns; only for text_match.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_LIB_TEXT_CLASS_H
#define PE_LIB_TEXT_CLASS_H

#include <stdbool.h>

/* c belongs to the class of %letter; a letter that names no class stands for itself. ASCII only:
 * a byte above 127 is in no class, and so in every negated one. */
bool pe_text_in_class(unsigned char c, unsigned char letter);

/* c belongs to the set that begins at open '[' and whose ']' is at close. */
bool pe_text_in_set(unsigned char c, const char *open, const char *close);

#endif
