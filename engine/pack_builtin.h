/* pack_builtin.h: the pack that is built into the binary.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The build writes the array from the Lua files of policies/iso27017 (tests/ aside), sorted by the
 * bytes of their names, so that the program needs no files beside it. Nothing but bytes: whoever
 * loads a pack from a folder reads the same names and bytes.
 */
#ifndef PE_PACK_BUILTIN_H
#define PE_PACK_BUILTIN_H

#include <stddef.h>

struct pe_builtin_file {
    const char *name;          /* relative to the pack: "9.2.3.lua", "lib/zones.lua" */
    const unsigned char *data; /* followed by a NUL that length does not count */
    size_t length;
};

extern const struct pe_builtin_file pe_builtin_pack[];
extern const size_t pe_builtin_pack_count;

#endif
