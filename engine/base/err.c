/* err.c: fills a struct pe_err. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

int pe_err_set(struct pe_err *err, enum pe_err_kind kind, const char *format, ...)
{
    va_list args;

    if (err == NULL)
        return -1;
    err->kind = kind;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    return -1;
}

int pe_err_memory(struct pe_err *err)
{
    return pe_err_set(err, PE_ERR_MEMORY, "out of memory");
}
