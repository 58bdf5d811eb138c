/* fuzz_pack.c: whatever pack.lua and model.lua say, they are refused or make a pack. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char control[] =
    "return { title = 'Accounts', severity = 'low', owner = 'customer', rules = { "
    "{ id = 'on', title = 'One is on', fix = 'Switch it on', when = { service = 'iad', "
    "option = 'mfa' }, check = function(s) ensure(s.accounts[1].enabled, s.accounts) "
    "ensure(s.half < 1) ensure(is_null(s, 'none')) end } } }";

static const char separator[] = "\n----\n";

/* pack.lua, and behind a line of four hyphens model.lua. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    const char *cut = memmem(text, size, separator, sizeof separator - 1);
    size_t first = cut == NULL ? size : (size_t)(cut - text);
    size_t second = cut == NULL ? size : first + sizeof separator - 1;
    const struct pe_file files[] = {
        {"1.1.lua", control, sizeof control - 1},
        {"model.lua", text + second, size - second},
        {"pack.lua", text, first},
    };
    const struct pe_file without_model[] = {files[0], files[2]};

    if (cut == NULL)
        fuzz_judge(without_model, 2);
    else
        fuzz_judge(files, 3);
    return 0;
}
