/* doc_reads.c: which controls read a field, by the evidence of judgements. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "cmd/command.h"
#include "cmd/doc_page.h"

/* A step of paths: the name of a member, "[]" or "*". Steps that are no field themselves, such as
 * the elements of a list, stand for the field above them. */
struct step {
    const char *name;
    size_t field;
    struct step *children, *next;
};

struct pe_reads {
    struct pe_arena arena;
    struct step root;
    const struct pe_pack_info *pack;
    size_t fields, controls;
    unsigned char *has; /* fields rows of controls */
};

enum { NO_FIELD = -1 };

/* ---- the tree of paths ---- */

static struct step *find(struct step *parent, const char *name, size_t length)
{
    for (struct step *step = parent->children; step != NULL; step = step->next)
        if (strncmp(step->name, name, length) == 0 && step->name[length] == '\0')
            return step;
    return NULL;
}

static struct step *enter(struct pe_reads *reads, struct step *parent, const char *name,
                          size_t length)
{
    struct step *step = find(parent, name, length);

    if (step != NULL || (step = pe_arena_alloc(&reads->arena, sizeof *step)) == NULL)
        return step;
    step->name = pe_arena_strn(&reads->arena, name, length);
    step->field = parent->field;
    step->next = parent->children;
    parent->children = step;
    return step->name == NULL ? NULL : step;
}

/* "hosts[].listening[].port" has five steps. */
static void add_path(struct pe_reads *reads, const char *path, size_t field)
{
    struct step *step = &reads->root;

    while (*path != '\0' && step != NULL) {
        size_t length = *path == '[' ? 2 : strcspn(path, ".[");
        step = enter(reads, step, path, length);
        path += length;
        path += *path == '.';
    }
    if (step != NULL)
        step->field = field;
}

/* ---- pointers ---- */

/* One reference token (RFC 6901), its escapes undone; the next one begins at the result. */
static const char *take_token(const char *pointer, struct pe_buf *token)
{
    pe_buf_clear(token);
    for (; *pointer != '\0' && *pointer != '/'; pointer++) {
        if (pointer[0] == '~' && (pointer[1] == '0' || pointer[1] == '1'))
            pe_buf_addc(token, *++pointer == '0' ? '~' : '/');
        else
            pe_buf_addc(token, *pointer);
    }
    pe_buf_adds(token, "");
    return pointer;
}

/* The step below one that a token leads to: the member of that name, else a free key, else an
 * element. NULL: the model has none. */
static struct step *follow(struct step *step, const struct pe_buf *token)
{
    struct step *next = find(step, token->data, token->length);

    if (next == NULL)
        next = find(step, "*", 1);
    if (next == NULL && strspn(token->data, "0123456789") == token->length)
        next = find(step, "[]", 2);
    return next;
}

/* The field that a pointer is about, or NO_FIELD. What lies below a field without steps (the
 * elements of a list of words) is that field's. */
static size_t field_at(struct pe_reads *reads, const char *pointer, struct pe_buf *token)
{
    struct step *step = &reads->root;

    while (*pointer == '/' && step->children != NULL) {
        pointer = take_token(pointer + 1, token);
        if (pe_buf_failed(token) || (step = follow(step, token)) == NULL)
            return (size_t)NO_FIELD;
    }
    return step->field;
}

/* ---- judgements ---- */

/* The place in the pack of the control that a judgement is about. */
static size_t place_of(const struct pe_reads *reads, const struct pe_control_result *result,
                       size_t guess)
{
    for (size_t i = 0; i < reads->controls; i++) {
        size_t at = (guess + i) % reads->controls;
        if (strcmp(reads->pack->controls[at].id, result->control->id) == 0)
            return at;
    }
    return reads->controls;
}

static void note_rule(struct pe_reads *reads, const struct pe_rule_result *rule, size_t control,
                      struct pe_buf *token)
{
    for (size_t i = 0; i < rule->evidence_count; i++) {
        size_t field = field_at(reads, rule->evidence[i].pointer, token);
        if (field != (size_t)NO_FIELD)
            reads->has[field * reads->controls + control] = 1;
    }
}

/* A rule that ended in an error may not have come to all that it reads. */
static int check_rules(const struct pe_result *result)
{
    for (size_t i = 0; i < result->result_count; i++) {
        const struct pe_control_result *control = &result->results[i];
        for (size_t j = 0; j < control->rule_count; j++)
            if (control->rules[j].status == PE_ERROR)
                return pe_complain("--reads %.300s: %.100s/%.100s ended in an error, so not all "
                                   "that it reads is known",
                                   result->file, control->control->id, control->rules[j].rule->id),
                       -1;
    }
    return 0;
}

static int note_result(struct pe_reads *reads, const struct pe_result *result)
{
    struct pe_buf token = {0};
    bool failed;

    for (size_t i = 0; i < result->result_count; i++) {
        const struct pe_control_result *control = &result->results[i];
        size_t place = place_of(reads, control, i);
        for (size_t j = 0; place < reads->controls && j < control->rule_count; j++)
            note_rule(reads, &control->rules[j], place, &token);
    }
    failed = pe_buf_failed(&token);
    pe_buf_release(&token);
    return failed ? (pe_complain("out of memory"), -1) : 0;
}

static int judge(struct pe_reads *reads, struct pe_pack *pack, const struct pe_job *how,
                 const char *file)
{
    struct pe_job job = *how;
    struct pe_input *input;
    struct pe_run *run;
    struct pe_err err = {0};
    int result = -1;

    if (pe_input_load(file, 0, &input, &err) != 0)
        return pe_complain("%s", err.text), -1;
    job.packs = &pack;
    job.pack_count = 1;
    job.inputs = &input;
    job.input_count = 1;
    job.evidence = PE_EVIDENCE_ALL;
    job.jobs = 1;
    if (pe_judge(&job, &run, &err) != 0) {
        pe_complain("%s", err.text);
    } else {
        result = check_rules(&run->results[0]);
        if (result == 0)
            result = note_result(reads, &run->results[0]);
        pe_run_free(run);
    }
    pe_input_free(input);
    return result;
}

/* ---- the whole ---- */

static struct pe_reads *make(const struct pe_pack_info *pack, const struct pe_field_info *fields,
                             size_t count)
{
    struct pe_reads *reads = calloc(1, sizeof *reads);

    if (reads == NULL)
        return NULL;
    reads->pack = pack;
    reads->fields = count;
    reads->controls = pack->control_count;
    reads->root.field = (size_t)NO_FIELD;
    reads->has = pe_arena_array(&reads->arena, count, reads->controls);
    for (size_t i = 0; i < count; i++)
        add_path(reads, fields[i].path, i);
    if (!pe_arena_failed(&reads->arena))
        return reads;
    pe_reads_free(reads);
    return NULL;
}

int pe_reads_load(struct pe_pack *pack, const struct pe_pack_info *info, const struct pe_job *how,
                  const struct pe_strings *files, const struct pe_field_info *fields, size_t count,
                  struct pe_reads **reads)
{
    struct pe_reads *made = make(info, fields, count);

    if (made == NULL)
        return pe_complain("out of memory"), -1;
    for (size_t i = 0; i < files->count; i++)
        if (judge(made, pack, how, files->items[i]) != 0) {
            pe_reads_free(made);
            return -1;
        }
    *reads = made;
    return 0;
}

void pe_reads_free(struct pe_reads *reads)
{
    if (reads == NULL)
        return;
    pe_arena_release(&reads->arena);
    free(reads);
}

bool pe_reads_has(const struct pe_reads *reads, size_t field, size_t control)
{
    return field < reads->fields && control < reads->controls &&
           reads->has[field * reads->controls + control] != 0;
}
