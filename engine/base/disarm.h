/* disarm.h: text for a log that takes parts of it for commands.
 * SPDX-License-Identifier: Apache-2.0
 *
 * CI systems read what a program prints: GitHub's runner takes "::name ...::" at the begin of a
 * line, blanks before it left aside, and "##[name]" anywhere (actions/runner, ActionCommand.cs);
 * the agent of Azure DevOps takes "##vso[" and "##[" anywhere, TeamCity "##teamcity[". The names of
 * a snapshot must not get there.
 */
#ifndef PE_BASE_DISARM_H
#define PE_BASE_DISARM_H

#include "base/buf.h"

/* Adds lines of text, with the first character of what would be such a command as \u{0023} or
 * \u{003A}. */
void pe_disarm_add(struct pe_buf *buf, const char *text, size_t length);

#endif
