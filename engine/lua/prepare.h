/* prepare.h: packs that were loaded when the program was built (struct pe_prepared).
 * SPDX-License-Identifier: Apache-2.0
 *
 * Code that was compiled before is Lua's own business and is not checked when it is loaded, so it
 * comes from the build alone, and runs only with the release of Lua that compiled it.
 */
#ifndef PE_LUA_PREPARE_H
#define PE_LUA_PREPARE_H

#include "lua/script.h"

/* For the build: the code of a file of a pack that was loaded, with its lines, and without names
 * that only messages of Lua's own would have (dump.h). */
int pe_prepare_code(struct pe_script *script, const struct pe_file *file, struct pe_buf *code,
                    struct pe_err *err);

/* Takes what files->prepared declares, instead of loading it. PE_ERR_PACK: it is for another
 * release of Lua. */
int pe_prepare_adopt(struct pe_script *script, struct pe_pack_def *pack, struct pe_err *err);

#endif
