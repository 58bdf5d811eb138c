/* fuzz_policy.c: whatever a control file says, it is refused or judged, and nothing breaks. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>

#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char pack[] =
    "return { id = 'tiny', title = 'Tiny', version = '0.1', tenant = '/tenant', "
    "service = '/service', options = '/options', as_of = '/as_of', services = { 'iad', 'ctx' }, "
    "option_names = { 'mfa' } }";

static const char lib[] = "return { enabled = function(list) local n = 0 "
                          "for _, a in ipairs(list) do if a.enabled then n = n + 1 end end "
                          "return n end }";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* sorted, as the files of a pack are */
    const struct pe_file files[] = {
        {"1.1.lua", (const char *)data, size},
        {"lib/count.lua", lib, sizeof lib - 1},
        {"pack.lua", pack, sizeof pack - 1},
    };

    fuzz_judge(files, sizeof files / sizeof files[0]);
    return 0;
}
