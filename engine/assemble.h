/* assemble.h: puts together what workers found out about one snapshot, one for each pack.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_ASSEMBLE_H
#define PE_ASSEMBLE_H

#include "decode.h"

/* Said where --strict-model is given and no pack has a model: it would close nothing. */
#define PE_NO_MODEL                                                                                \
    "--strict-model: no pack has a model, so no field could be unknown; add a model.lua "          \
    "(docs/model.md), or leave it out"

/* Whether the job makes sense before anything is started: PE_ERR_USAGE. */
int pe_assemble_check(const struct pe_job *job, struct pe_err *err);

/* The result but for what is of the input (file, sha256, input) and its verdict: before any waiver,
 * which hides neither what is claimed nor what nobody collected or looked at. packs and decoded are
 * by pack of the job, and borrowed. */
int pe_assemble(const struct pe_job *job, const struct pe_decoded_pack *packs,
                const struct pe_decoded *const *decoded, struct pe_arena *arena,
                struct pe_result *result, struct pe_err *err);

/* Waivers, verdicts and the gate, for all results of a run together: a waiver that one of them
 * needs is not said to be unused by another. */
int pe_assemble_verdicts(const struct pe_job *job, struct pe_result *results, size_t count,
                         struct pe_arena *arena, struct pe_err *err);

/* PE_ERR_USAGE when the snapshot is of another profile than expected; file is named. */
int pe_assemble_expect(const struct pe_result *result, const struct pe_strings *expect,
                       struct pe_err *err);

#endif
