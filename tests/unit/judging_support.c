/* judging_support.c: packs and snapshots in files, judged through the API. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "judging_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "folder_support.h"

const char judging_pack_lua[] =
    "return { id='p', version='1', title='p', tenant='/id', service='/service', "
    "services={'iad','ctx'}, options='/options', option_names={'vpn'}, as_of='/as_of' }";
const char judging_passes[] =
    "return { title='t', severity='low', owner='customer', rules={ { id='ok', title='x', "
    "check=function(s) ensure(s.a == 1, s, 'not 1') end } } }";
const char judging_good[] =
    "{\"id\": \"t1\", \"service\": \"iad\", \"options\": [\"vpn\"], \"a\": 1}";
const char judging_bad[] = "{\"id\": \"t2\", \"service\": \"ctx\", \"options\": [], \"a\": 2}";

void judging_put_pack(void)
{
    folder_put("p/pack.lua", judging_pack_lua);
    folder_put("p/1.1.lua", judging_passes);
}

struct pe_pack *judging_pack(const char *path)
{
    struct pe_pack *pack;
    struct pe_err err;

    if (pe_pack_load(path, &pack, &err) != 0)
        fail_msg("%s", err.text);
    return pack;
}

struct judging judging_of(const char *const *texts)
{
    struct judging j = {.packs = {judging_pack("p"), NULL}};
    char name[32];

    j.job = (struct pe_job){.pack_count = 1, .jobs = 1, .evidence = PE_EVIDENCE_DEFAULT};
    for (; *texts != NULL; texts++) {
        snprintf(name, sizeof name, "%zu.json", j.job.input_count);
        folder_put(name, *texts);
        assert_int_equal(pe_input_load(name, 0, &j.inputs[j.job.input_count++], NULL), 0);
    }
    return j;
}

int judging_run(struct judging *judging)
{
    judging->job.packs = judging->packs;
    judging->job.inputs = judging->inputs;
    return pe_judge(&judging->job, &judging->run, &judging->err);
}

struct judging judging_texts(const char *const *texts)
{
    struct judging j = judging_of(texts);

    if (judging_run(&j) != 0)
        fail_msg("%s", j.err.text);
    return j;
}

void judging_release(struct judging *judging)
{
    pe_run_free(judging->run);
    for (size_t i = 0; i < judging->job.input_count; i++)
        pe_input_free(judging->inputs[i]);
    for (size_t i = 0; i < 2; i++)
        pe_pack_free(judging->packs[i]);
}
