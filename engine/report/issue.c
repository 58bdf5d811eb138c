/* issue.c: what a run leaves to be put right, one entry a finding. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/issue.h"

#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "words.h"

/* ---- the list ---- */

static void add(struct pe_arena *arena, struct pe_issues *issues, struct pe_issue issue)
{
    struct pe_issue *items =
        pe_arena_grow(arena, issues->items, issues->count, &issues->room, sizeof *items);

    if (items == NULL)
        return;
    issue.order = issues->count;
    issues->items = items;
    issues->items[issues->count++] = issue;
}

static bool is_told(enum pe_status status)
{
    return status == PE_WAIVED || status == PE_UNKNOWN || status == PE_FAIL || status == PE_ERROR;
}

/* What was cut may be of either status; a rule without findings is unknown. */
static bool covers_rest(const struct pe_waiver *waiver, const struct pe_rule_result *rule)
{
    return waiver->pointer == NULL && waiver->subject == NULL && waiver->value == NULL &&
           waiver->unknown && (waiver->fail || rule->finding_count == 0);
}

const struct pe_waiver *pe_issue_waiver(const struct pe_rule_result *rule, size_t finding)
{
    const struct pe_rule_waiver *cover = rule->waiver;

    if (cover == NULL)
        return NULL;
    if (finding < rule->finding_count)
        return cover->of_finding[finding];
    for (size_t i = 0; cover->whole && i < cover->by_count; i++)
        if (covers_rest(cover->by[i], rule))
            return cover->by[i];
    return NULL;
}

static void add_rule(struct pe_arena *arena, struct pe_issues *issues, struct pe_issue issue)
{
    const struct pe_rule_result *rule = issue.rule;

    for (size_t i = 0; i < rule->finding_count; i++) {
        issue.finding = &rule->findings[i];
        issue.status = issue.finding->status;
        issue.waiver = pe_issue_waiver(rule, i);
        add(arena, issues, issue);
    }
    issue.finding = NULL;
    issue.status = rule->status == PE_WAIVED ? rule->original : rule->status;
    issue.waiver = pe_issue_waiver(rule, rule->finding_count);
    if (rule->finding_total > rule->finding_count)
        issue.uncounted = rule->finding_total - rule->finding_count;
    if (rule->finding_count == 0 || issue.uncounted > 0)
        add(arena, issues, issue);
}

static void add_result(struct pe_arena *arena, struct pe_issues *issues,
                       const struct pe_result *result, size_t *rules)
{
    struct pe_issue issue = {.result = result};

    for (size_t i = 0; i < result->result_count; i++) {
        issue.control = &result->results[i];
        for (size_t j = 0; j < issue.control->rule_count; j++) {
            issue.rule = &issue.control->rules[j];
            issue.rule_number = (*rules)++;
            if (is_told(issue.rule->status))
                add_rule(arena, issues, issue);
        }
    }
}

/* A finding without a pointer is like no other place. */
static int compare_pointers(const struct pe_issue *a, const struct pe_issue *b)
{
    const char *left = pe_issue_pointer(a), *right = pe_issue_pointer(b);

    if (left == NULL || right == NULL)
        return (left != NULL) - (right != NULL);
    return strcmp(left, right);
}

static int compare_places(const struct pe_issue *a, const struct pe_issue *b)
{
    if (a->rule_number != b->rule_number)
        return a->rule_number < b->rule_number ? -1 : 1;
    return compare_pointers(a, b);
}

static int compare_twins(const void *left, const void *right)
{
    const struct pe_issue *a = left, *b = right;
    int places = compare_places(a, b);

    if (places != 0)
        return places;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void number_twins(struct pe_issues *issues)
{
    if (issues->count == 0)
        return;
    qsort(issues->items, issues->count, sizeof *issues->items, compare_twins);
    for (size_t i = 1; i < issues->count; i++) {
        struct pe_issue *issue = &issues->items[i];
        if (compare_places(issue, issue - 1) == 0)
            issue->twin = issue[-1].twin + 1;
    }
}

static int compare_weights(const void *left, const void *right)
{
    const struct pe_issue *a = left, *b = right;

    if ((a->waiver == NULL) != (b->waiver == NULL))
        return a->waiver == NULL ? -1 : 1;
    if ((a->status == PE_UNKNOWN) != (b->status == PE_UNKNOWN))
        return a->status == PE_UNKNOWN ? 1 : -1;
    if (a->rule->severity != b->rule->severity)
        return a->rule->severity > b->rule->severity ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

struct pe_issues pe_issues_collect(struct pe_arena *arena, const struct pe_run *run)
{
    struct pe_issues issues = {0};
    size_t rules = 0;

    for (size_t i = 0; i < run->count; i++)
        add_result(arena, &issues, &run->results[i], &rules);
    number_twins(&issues);
    if (issues.count > 0)
        qsort(issues.items, issues.count, sizeof *issues.items, compare_weights);
    return issues;
}

/* ---- one of them ---- */

void pe_issue_add_rule_name(struct pe_buf *buf, const struct pe_result *result,
                            const struct pe_control_result *control,
                            const struct pe_rule_result *rule)
{
    const char *pack = control->control->pack;

    if (result->pack_count > 0 && strcmp(pack, result->packs[0].id) != 0) {
        pe_buf_adds(buf, pack);
        pe_buf_addc(buf, ':');
    }
    pe_buf_adds(buf, control->control->id);
    pe_buf_addc(buf, '/');
    pe_buf_adds(buf, rule->rule->id);
}

static void add_uncounted(struct pe_buf *buf, size_t count, enum pe_lang lang)
{
    struct pe_buf number = {0};

    pe_buf_printf(&number, "%zu", count);
    pe_words_add(buf, lang, PE_W_MORE_FINDINGS, (const char *[]){number.data}, 1);
    buf->failed = buf->failed || number.failed;
    pe_buf_release(&number);
}

void pe_issue_add_message(struct pe_buf *buf, const struct pe_issue *issue, enum pe_lang lang)
{
    const struct pe_finding *finding = issue->finding;

    if (issue->uncounted > 0) {
        add_uncounted(buf, issue->uncounted, lang);
    } else if (finding == NULL) {
        pe_buf_adds(buf, pe_text_in(issue->rule->reason, lang));
    } else {
        pe_buf_adds(buf, pe_text_in(finding->subject, lang));
        if (pe_text_in(finding->subject, lang)[0] != '\0')
            pe_buf_adds(buf, pe_words(lang, PE_W_COLON));
        pe_buf_adds(buf, pe_text_in(finding->message, lang));
        if (pe_text_in(finding->hint, lang)[0] != '\0')
            pe_buf_adds(buf, lang == PE_JA ? "。" : "; ");
        pe_buf_adds(buf, pe_text_in(finding->hint, lang));
    }
}

void pe_issue_add_waiver(struct pe_buf *buf, const struct pe_waiver *waiver, enum pe_lang lang)
{
    const char *const texts[] = {waiver->reason, waiver->owner, waiver->approver, waiver->expires,
                                 waiver->zone};

    pe_words_add(buf, lang, PE_W_WAIVED_BY, &waiver->id, 1);
    pe_words_add(buf, lang, PE_W_WAIVED_UNTIL, texts, 5);
}

void pe_issue_add_weight(struct pe_buf *buf, const struct pe_rule_result *rule, enum pe_lang lang)
{
    struct pe_buf words = {0};

    pe_buf_adds(&words, pe_words_severity(lang, rule->severity));
    pe_buf_adds(&words, pe_words(lang, PE_W_COMMA));
    pe_buf_adds(&words, pe_words_owner(lang, rule->owner));
    pe_words_add(buf, lang, PE_W_IN_PARENTHESES, (const char *[]){words.data}, 1);
    buf->failed = buf->failed || words.failed;
    pe_buf_release(&words);
}

struct pe_place pe_issue_place(const struct pe_issue *issue)
{
    return issue->finding == NULL ? (struct pe_place){0} : issue->finding->place;
}

const char *pe_issue_pointer(const struct pe_issue *issue)
{
    return issue->finding == NULL ? NULL : issue->finding->pointer;
}

/* Each part ends in NUL, which none holds. */
static void hash_part(struct pe_sha256 *hash, const char *text)
{
    pe_sha256_add(hash, text, strlen(text) + 1);
}

void pe_issue_fingerprint(const struct pe_issue *issue, char hex[65])
{
    const char *pointer = pe_issue_pointer(issue);
    struct pe_sha256 hash;

    pe_sha256_init(&hash);
    hash_part(&hash, pe_issue_path(issue->result->file));
    hash_part(&hash, issue->control->control->pack);
    hash_part(&hash, issue->control->control->id);
    hash_part(&hash, issue->rule->rule->id);
    hash_part(&hash, pointer == NULL ? "no pointer" : pointer); /* a pointer begins with a slash */
    for (size_t i = 0; i < sizeof issue->twin; i++)             /* not as the machine keeps it */
        pe_sha256_add(&hash, &(unsigned char){(unsigned char)(issue->twin >> (8 * i))}, 1);
    pe_sha256_end(&hash, hex);
}

/* ---- files ---- */

const char *pe_issue_path(const char *file)
{
    const char *path = file;

    while (path[0] == '/' || (path[0] == '.' && path[1] == '/'))
        path++;
    return path[0] == '\0' ? file : path;
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~/", c) != NULL);
}

void pe_issue_add_uri(struct pe_buf *buf, const char *file)
{
    for (const char *c = pe_issue_path(file); *c != '\0'; c++) {
        if (is_unreserved(*c))
            pe_buf_addc(buf, *c);
        else
            pe_buf_printf(buf, "%%%02X", (unsigned)(unsigned char)*c);
    }
}
