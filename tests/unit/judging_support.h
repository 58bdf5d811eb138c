/* judging_support.h: packs and snapshots in files, judged through the API.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef JUDGING_SUPPORT_H
#define JUDGING_SUPPORT_H

#include "policyeval.h"

#define TEXTS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define WORDS(...)                                                                                 \
    ((struct pe_strings){(const char *const[]){__VA_ARGS__},                                       \
                         sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)})

extern const char judging_pack_lua[]; /* with the services iad and ctx and the option vpn */
extern const char judging_passes[];   /* a control with one rule: "a" must be 1 */
extern const char judging_good[];     /* a snapshot that passes it, with the service iad and vpn */
extern const char judging_bad[];      /* one that fails it, with the service ctx */

/* One judgement and all it needs. */
struct judging {
    struct pe_pack *packs[2];
    struct pe_input *inputs[8];
    struct pe_job job;
    struct pe_run *run;
    struct pe_err err;
};

/* Writes that pack with that control, 1.1, into the folder p. */
void judging_put_pack(void);
struct pe_pack *judging_pack(const char *path);

/* The pack in the folder p, and a snapshot (0.json, 1.json, ...) for each text; NULL ends them. */
struct judging judging_of(const char *const *texts);
int judging_run(struct judging *judging);
struct judging judging_texts(const char *const *texts); /* both */
void judging_release(struct judging *judging);

#endif
