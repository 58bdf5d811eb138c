/* api.h: what is behind the opaque structs of policyeval.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The parent's side: bytes that were read and never looked into, and results that came back.
 */
#ifndef PE_API_H
#define PE_API_H

#include "base/arena.h"
#include "base/file.h"
#include "pack.h"
#include "policyeval.h"

struct pe_pack {
    struct pe_files files, fixtures;
    struct pe_bytes bytes;         /* of all files, one after the other; NULL for the built-in */
    struct pe_bytes fixture_bytes; /* of all fixtures */
    struct pe_arena arena;
    const char *name; /* for messages: the folder, or "iso27017" */
    char sha256[65];
};

/* What a run is in memory of: both pe_judge and pe_run_load make one. */
struct pe_run_memory {
    struct pe_run run; /* first: what the caller holds */
    struct pe_arena arena;
    struct pe_place passed_over; /* of a loaded one */
    char baseline[65];           /* the same: digest of what it was compared with */
};

struct pe_input {
    struct pe_bytes bytes;
    char *name; /* valid UTF-8; who prints it makes it safe */
    char sha256[65];
};

#endif
