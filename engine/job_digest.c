/* job_digest.c: a name for all that an answer depends on besides the snapshot. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "api.h"
#include "base/sha256.h"
#include "waiver_list.h"

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

static void add_word(struct pe_sha256 *hash, const char *key, const char *value)
{
    if (value != NULL)
        add(hash, key, value);
}

static void add_number(struct pe_sha256 *hash, const char *key, int number)
{
    char text[24];

    snprintf(text, sizeof text, "%d", number);
    add(hash, key, text);
}

static void add_gate(struct pe_sha256 *hash, const struct pe_gate *gate)
{
    add_number(hash, "fail-on", gate->fail_on);
    add_number(hash, "owners", (int)gate->owners);
    add_number(hash, "strict-model", gate->strict_model);
    add_word(hash, "max-age", gate->max_age);
    add_word(hash, "now", gate->now);
}

/* Names of files too: a result tells them. */
static void add_files(struct pe_sha256 *hash, const struct pe_job *job)
{
    if (job->waivers != NULL) {
        add(hash, "waivers", job->waivers->file);
        add(hash, "waivers", job->waivers->sha256);
    }
    if (job->settings != NULL) {
        add(hash, "settings", pe_settings_file(job->settings));
        add(hash, "settings", pe_settings_sha256(job->settings));
    }
}

void pe_job_digest(const struct pe_job *job, char sha256[65])
{
    struct pe_sha256 hash;

    pe_sha256_init(&hash);
    add(&hash, "policyeval", PE_VERSION);
    for (size_t i = 0; i < job->pack_count; i++)
        add(&hash, "pack", job->packs[i]->sha256);
    add_list(&hash, "only", &job->only);
    add_list(&hash, "skip", &job->skip);
    add_list(&hash, "param", &job->params);
    add_list(&hash, "expect", &job->expect);
    add_word(&hash, "as-of", job->as_of);
    add_word(&hash, "require-basis", job->require_basis);
    add_number(&hash, "evidence", job->evidence);
    add_number(&hash, "cross-check", job->cross_check);
    add_gate(&hash, &job->gate);
    add_files(&hash, job);
    pe_sha256_end(&hash, sha256);
}
