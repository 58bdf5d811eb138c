/* coverage_item.h: one thing that tests can reach, as a worker tells it to the parent.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_COVERAGE_ITEM_H
#define PE_COVERAGE_ITEM_H

/* A rule has both marks when it is covered, anything else when it was reached. */
enum { PE_REACHED_PASS = 1, PE_REACHED_OTHER = 2, PE_REACHED = 3 };

struct pe_coverage_item {
    const char *file;
    unsigned line;
    const char *what; /* "9.2.3/portal-allow-list", "contacts[].phone"; "" for a line */
    unsigned marks;
};

#endif
