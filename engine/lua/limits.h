/* limits.h: what a rule may use, within what a pack may ask for.
 * SPDX-License-Identifier: Apache-2.0
 *
 * pack.lua may lower the limits of its rules, or raise them up to a ceiling:
 *
 *     limits = { instructions = 50 * 1000 * 1000, memory_mib = 128, findings = 500 }
 */
#ifndef PE_LUA_LIMITS_H
#define PE_LUA_LIMITS_H

#include "lua/reader.h"

/* Reads the member `limits` of the table at index; what it does not name stays. Fails for anything
 * that is no whole number within the bounds of vm.h. */
void pe_limits_read(struct pe_reader *reader, int index, struct pe_limits *limits);

#endif
