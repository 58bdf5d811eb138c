/* job_digest.c: a name for all that an answer depends on besides the snapshot. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "api.h"
#include "base/sha256.h"

/* Lengths go first, so that no two jobs are the same text. */
static void add(struct pe_sha256 *hash, const char *key, const char *value)
{
    char head[80];
    int length = snprintf(head, sizeof head, "%.40s %zu ", key, strlen(value));

    pe_sha256_add(hash, head, (size_t)length);
    pe_sha256_add(hash, value, strlen(value));
    pe_sha256_add(hash, "\n", 1);
}

static void add_list(struct pe_sha256 *hash, const char *key, const struct pe_strings *values)
{
    for (size_t i = 0; i < values->count; i++)
        add(hash, key, values->items[i]);
}

void pe_job_digest(const struct pe_job *job, char sha256[65])
{
    struct pe_sha256 hash;
    char evidence[24];

    pe_sha256_init(&hash);
    add(&hash, "policyeval", PE_VERSION);
    for (size_t i = 0; i < job->pack_count; i++)
        add(&hash, "pack", job->packs[i]->sha256);
    add_list(&hash, "only", &job->only);
    add_list(&hash, "skip", &job->skip);
    add_list(&hash, "param", &job->params);
    add_list(&hash, "expect", &job->expect);
    if (job->as_of != NULL)
        add(&hash, "as-of", job->as_of);
    if (job->require_basis != NULL)
        add(&hash, "require-basis", job->require_basis);
    snprintf(evidence, sizeof evidence, "%d", job->evidence);
    add(&hash, "evidence", evidence);
    pe_sha256_end(&hash, sha256);
}
