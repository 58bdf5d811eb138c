/* limits.c: what a rule may use, within what a pack may ask for. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lua/limits.h"

static int64_t read_limit(struct pe_reader *reader, const char *key, int64_t least, int64_t most,
                          int64_t otherwise)
{
    double number;

    if (!pe_reader_number(reader, -1, key, &number))
        return otherwise;
    if (number >= (double)least && number <= (double)most && number == (double)(int64_t)number)
        return (int64_t)number;
    pe_reader_fail(reader, key, "limits: %s is a whole number from %lld to %lld", key,
                   (long long)least, (long long)most);
    return otherwise;
}

void pe_limits_read(struct pe_reader *reader, int index, struct pe_limits *limits)
{
    static const char *const keys[] = {"instructions", "memory_mib", "findings", NULL};

    if (!pe_reader_push_table(reader, index, "limits", false))
        return;
    pe_reader_keys(reader, -1, keys, false, "limits");
    limits->instructions = read_limit(reader, "instructions", PE_MIN_INSTRUCTIONS,
                                      PE_MAX_INSTRUCTIONS, limits->instructions);
    limits->memory_mib =
        read_limit(reader, "memory_mib", PE_MIN_MEMORY_MIB, PE_MAX_MEMORY_MIB, limits->memory_mib);
    limits->findings = read_limit(reader, "findings", 1, PE_MAX_FINDINGS, limits->findings);
    lua_pop(reader->vm->L, 1);
}
