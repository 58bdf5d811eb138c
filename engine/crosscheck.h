/* crosscheck.h: the referee: jansson reads the same text and has to find the same values.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A verdict rests on one reader (json.h). Who does not trust it alone has each snapshot read by
 * jansson too, with duplicate keys rejected; a value that differs, or a text that jansson refuses,
 * is an error. jansson must never see an allocation fail: it would go on with another document
 * (akheron/jansson#362). Its memory is an arena that leaves the whole reading at once instead.
 * For the worker process: needs no system calls but those for anonymous memory. Not for threads:
 * jansson's allocator is one for all.
 */
#ifndef PE_CROSSCHECK_H
#define PE_CROSSCHECK_H

#include "base/err.h"
#include "json.h"

enum { PE_CROSSCHECK_MAX_BYTES = 64 * 1024 * 1024 };

/* Errors: PE_ERR_INPUT for a difference ("line 3, column 14: ...") and for a text above
 * PE_CROSSCHECK_MAX_BYTES, PE_ERR_MEMORY when jansson needs more than there is (at most 4 GiB). */
int pe_crosscheck(const struct pe_json *json, struct pe_err *err);

#endif
