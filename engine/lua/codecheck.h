/* codecheck.h: refuses what a release of Lua 5.4 in use compiles wrongly, or dies of.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Debian 12 has Lua 5.4.4, which gives some correct programs a wrong value, without an error. The
 * wrong code has a shape that correct code never has, so it is found after compiling:
 *
 *   index by comparison   t[a > b], t a local of a function around it: the table is loaded between
 *                         the comparison and its value (upstream 782ef85b, fixed in 5.4.8). In
 *                         correct code a JMP stands directly before every LFALSESKIP.
 *   bitwise operators     of a constant and an expression with jumps, in a function with more
 *                         constants than an instruction can name (upstream c764ca71, fixed in
 *                         5.4.5): the operator then takes registers, in a function with more than
 *                         255 constants.
 *   long chains           a.b.c.d...: an error message about the last one recurses down the chain
 *                         on the C stack (upstream 7923dbbf, fixed in 5.4.7). Deeper than
 *                         PE_MAX_CHAIN is refused.
 *
 * The first is refused where the compiler makes it, the other two in every release.
 */
#ifndef PE_LUA_CODECHECK_H
#define PE_LUA_CODECHECK_H

#include "lua/dump.h"
#include "lua/reader.h"

enum { PE_MAX_CHAIN = 200 };

/* Fails the reader, with the line and how to rewrite it. */
void pe_codecheck(struct pe_reader *reader, const struct pe_proto *p);

#endif
