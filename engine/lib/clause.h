/* clause.h: one spelling and one order for clause numbers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * White papers write CLD8.1.5, "CLD 9.5.2", CLD.9.5.1, A.9.2.3 and 27017:9.2.3; the standard may be
 * named before it, as "JIS Q 27017:2016" (its translation) too. Canonical are
 * "9.2.3" (numbering of ISO/IEC 27002:2013, which 27017 keeps) and "CLD.9.5.1" (its additions).
 * Whether such a clause exists is the pack's to know.
 */
#ifndef PE_LIB_CLAUSE_H
#define PE_LIB_CLAUSE_H

#include "policyeval.h"

enum { PE_CLAUSE_PARTS = 4, PE_CLAUSE_BYTES = 24 };

struct pe_clause {
    bool cld;
    unsigned count;                  /* of parts, 2 to 4 */
    uint16_t parts[PE_CLAUSE_PARTS]; /* 1 to 999; 0 beyond count */
};

/* Full-width forms, case and white space at the ends do not matter. 0, or -1 when text is not a
 * clause number: a bare 27017 is not, nor is 09.2.3. */
int pe_clause_parse(const char *text, size_t length, struct pe_clause *clause);

/* Its one spelling. 0 or -1. */
int pe_clause_normalise(const char *text, size_t length, char canonical[PE_CLAUSE_BYTES]);

/* By numbers: 12.1.2, 12.1.3, 12.3.1. A CLD clause comes after the plain ones that share its
 * first two numbers: 12.1.9, CLD.12.1.5, 12.2.1. */
int pe_clause_compare(const struct pe_clause *a, const struct pe_clause *b);

/* Orders any two ids: clauses as above and before all others; others by their text, in which runs
 * of digits count as numbers ("a2" before "a10"); then by their bytes. 0 only for equal bytes. */
int pe_clause_order(const char *a, const char *b);

#endif
