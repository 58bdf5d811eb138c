/* pack_builtin.h: the pack that is built into the program.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The build loads policies/iso27017 (tests/ aside) and writes what came of it, so that the program
 * needs no files beside it, and need not load what it brings. Whoever gives the folder as a pack
 * gets the same verdicts and the same digest.
 */
#ifndef PE_PACK_BUILTIN_H
#define PE_PACK_BUILTIN_H

#include "pack.h"

extern const struct pe_prepared pe_pack_builtin;

#endif
