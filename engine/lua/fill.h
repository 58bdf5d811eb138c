/* fill.h: string.format: a format with its values filled in, whatever the locale.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Known are %s (any value, as order.h makes it text), %d %i %x %X (whole numbers), %g %f and %%,
 * with flags, and a width and a precision of two digits at most. Nothing is coerced, and nil
 * raises "... was given a nil value".
 */
#ifndef PE_LUA_FILL_H
#define PE_LUA_FILL_H

#include "lua/vm.h"

/* Arguments: the format, its values. Pushes the text and returns 1. */
int pe_fill(lua_State *L);

#endif
