/* applies.h: whether a rule applies to this tenant, as its pack declares.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What the tenant has contracted is data of the tenant, so that it is not trusted to switch rules
 * off quietly: the values must be words that the pack knows, what is absent or unknown makes the
 * rule unknown, and what is there although the contract denies it does too. Reads are evidence.
 */
#ifndef PE_APPLIES_H
#define PE_APPLIES_H

#include "pack.h"
#include "trace.h"

/* Ends the trace as not applicable or unknown when the rule does not run. */
void pe_applies(const struct pe_pack_def *pack, const struct pe_when *when, struct pe_trace *trace);

#endif
