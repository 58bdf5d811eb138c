/* diff_text.c: a comparison, for a person. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/escape.h"
#include "report/diff.h"
#include "report/section.h"

enum { SHOWN_POINTERS = 3, SHOWN_FINDINGS = 10, DIGEST_CHARS = 16 };

/* ---- one change ---- */

/* "9.2.3 R1 portal-allow-list" */
static void add_name(struct pe_buf *line, const struct pe_change *change)
{
    const struct pe_rule_result *rule = change->after != NULL ? change->after : change->before;
    const char *ref = rule->rule->ref;

    pe_escape_adds(line, change->control->control->id);
    if (ref != NULL && ref[0] != '\0') {
        pe_buf_addc(line, ' ');
        pe_escape_adds(line, ref);
    }
    pe_buf_addc(line, ' ');
    pe_escape_adds(line, rule->rule->id);
}

static const char *status_of(enum pe_lang lang, const struct pe_rule_result *rule)
{
    return rule == NULL ? pe_words(lang, PE_W_DIFF_NOT_JUDGED)
                        : pe_words_status(lang, rule->status);
}

static void add_head(struct pe_page *page, const struct pe_change *change)
{
    const struct pe_rule_result *rule = change->after != NULL ? change->after : change->before;
    struct pe_buf *line = pe_page_scratch(page), lead = {0};

    add_name(line, change);
    pe_buf_adds(line, "  ");
    pe_words_add(line, page->lang, PE_W_DIFF_FILES,
                 (const char *[]){status_of(page->lang, change->before),
                                  status_of(page->lang, change->after)},
                 2);
    pe_buf_adds(line, "  ");
    pe_words_add(line, page->lang, PE_W_SEVERITY_OWNER,
                 (const char *[]){pe_words_severity(page->lang, rule->severity),
                                  pe_words_owner(page->lang, rule->owner)},
                 2);
    pe_buf_printf(&lead, "%s ", change->after == NULL ? " " : pe_page_status_mark(rule->status));
    pe_page_wrap(page, 2, lead.data,
                 change->after == NULL ? PE_DIM : pe_page_status_colour(rule->status),
                 pe_page_text(page));
    pe_page_drop(page->out, &lead);
}

static void add_pointers(struct pe_buf *out, enum pe_lang lang, const struct pe_change *change)
{
    size_t shown =
        change->pointers.count < SHOWN_POINTERS ? change->pointers.count : (size_t)SHOWN_POINTERS;
    struct pe_buf list = {0};

    for (size_t i = 0; i < shown; i++) {
        pe_buf_adds(&list, i == 0 ? "" : ", ");
        pe_escape_adds(&list,
                       change->pointers.items[i][0] == '\0' ? "(root)" : change->pointers.items[i]);
    }
    if (change->pointer_total > shown)
        pe_words_add(
            out, lang, PE_W_AND_MORE,
            (const char *[]){list.data, pe_page_number(change->pointer_total - shown).text}, 2);
    else
        pe_buf_adds(out, list.data == NULL ? "" : list.data);
    pe_page_drop(out, &list);
}

static void add_cause(struct pe_buf *line, enum pe_lang lang, unsigned cause,
                      const struct pe_comparison *comparison, const struct pe_change *change)
{
    struct pe_buf first = {0}, second = {0};

    if (cause == PE_CAUSE_DATA)
        add_pointers(&first, lang, change);
    if (cause == PE_CAUSE_TIME) {
        pe_escape_adds(&first, comparison->before->as_of == NULL ? "-" : comparison->before->as_of);
        pe_escape_adds(&second, comparison->after->as_of == NULL ? "-" : comparison->after->as_of);
    }
    pe_words_add(line, lang,
                 cause == PE_CAUSE_DATA      ? PE_W_DIFF_CAUSE_DATA
                 : cause == PE_CAUSE_CONTROL ? PE_W_DIFF_CAUSE_CONTROL
                 : cause == PE_CAUSE_TIME    ? PE_W_DIFF_CAUSE_TIME
                                             : PE_W_DIFF_CAUSE_WAIVER,
                 (const char *[]){first.data == NULL ? "" : first.data,
                                  second.data == NULL ? "" : second.data},
                 2);
    pe_page_drop(line, &first);
    pe_page_drop(line, &second);
}

static void add_why(struct pe_page *page, const struct pe_comparison *comparison,
                    const struct pe_change *change)
{
    struct pe_buf *line = pe_page_scratch(page);
    bool any = false;

    for (unsigned i = 0; i < PE_CAUSE_COUNT; i++) {
        if (!(change->causes >> i & 1))
            continue;
        if (any)
            pe_buf_adds(line, page->lang == PE_JA ? "、" : "; ");
        add_cause(line, page->lang, 1u << i, comparison, change);
        any = true;
    }
    if (any)
        pe_page_wrap(page, 4, pe_words(page->lang, PE_W_DIFF_WHY), PE_DIM, pe_page_text(page));
}

static void add_finding(struct pe_page *page, const struct pe_result *result,
                        const struct pe_finding *finding)
{
    struct pe_buf *line = pe_page_scratch(page);
    const char *subject = pe_text_in(finding->subject, page->lang);

    if (subject[0] != '\0') {
        pe_escape_add_prose(line, subject);
        pe_buf_adds(line, pe_words(page->lang, PE_W_COLON));
    }
    pe_escape_add_prose(line, pe_text_in(finding->message, page->lang));
    pe_page_wrap(page, 4, pe_words(page->lang, PE_W_DIFF_NEW), PE_PLAIN, pe_page_text(page));
    pe_section_location(page, 6, result, finding->place, finding->pointer);
}

static void add_findings(struct pe_page *page, const struct pe_comparison *comparison,
                         const struct pe_change *change)
{
    for (size_t i = 0; i < change->added_count && i < SHOWN_FINDINGS; i++)
        add_finding(page, comparison->after, change->added[i]);
    if (change->added_count > SHOWN_FINDINGS) {
        pe_words_add(pe_page_scratch(page), page->lang, PE_W_MORE_FINDINGS,
                     (const char *[]){pe_page_number(change->added_count - SHOWN_FINDINGS).text},
                     1);
        pe_page_wrap(page, 4, "", PE_PLAIN, pe_page_text(page));
    }
    if (change->gone == 0 || change->class_ == PE_CHANGE_FIXED)
        return;
    pe_words_add(pe_page_scratch(page), page->lang, PE_W_DIFF_GONE,
                 (const char *[]){pe_page_number(change->gone).text}, 1);
    pe_page_wrap(page, 4, "", PE_PLAIN, pe_page_text(page));
}

static void add_change(struct pe_page *page, const struct pe_comparison *comparison,
                       const struct pe_change *change)
{
    add_head(page, change);
    add_why(page, comparison, change);
    if (change->worse && change->added_count == 0)
        pe_page_paragraph(page, 4, "", PE_PLAIN, pe_text_in(change->after->reason, page->lang));
    if (change->class_ <= PE_CHANGE_FIXED && change->after != NULL)
        add_findings(page, comparison, change);
}

/* ---- a comparison ---- */

static void add_class(struct pe_page *page, const struct pe_comparison *comparison,
                      enum pe_change_class class_)
{
    size_t count = comparison->by_class[class_];

    if (count == 0)
        return;
    pe_page_heading(page, pe_diff_head(class_), (const char *[]){pe_page_number(count).text}, 1);
    for (size_t i = 0; i < comparison->change_count; i++)
        if (comparison->changes[i].class_ == class_)
            add_change(page, comparison, &comparison->changes[i]);
}

/* "tenant (service): 1 regressed, 2 fixed" */
static void add_summary(struct pe_page *page, const struct pe_comparison *comparison)
{
    struct pe_buf lead = {0};
    const struct pe_result *after = comparison->after;

    pe_escape_adds(&lead, after->tenant == NULL ? after->file : after->tenant);
    if (after->service != NULL) {
        pe_buf_adds(&lead, " (");
        pe_escape_adds(&lead, after->service);
        pe_buf_addc(&lead, ')');
    }
    pe_buf_adds(&lead, pe_words(page->lang, PE_W_COLON));
    pe_diff_add_counts(pe_page_scratch(page), page->lang, comparison);
    pe_page_wrap(page, 0, lead.data, PE_BOLD, pe_page_text(page));
    pe_page_drop(page->out, &lead);
}

static void add_packs(struct pe_page *page, const struct pe_comparison *comparison)
{
    for (size_t i = 0; i < comparison->after->pack_count; i++) {
        const struct pe_pack_info *old = &comparison->before->packs[i];
        const struct pe_pack_info *new_ = &comparison->after->packs[i];
        struct pe_buf parts[5] = {{0}};
        if (strcmp(old->sha256, new_->sha256) == 0)
            continue;
        pe_escape_adds(&parts[0], new_->id);
        pe_escape_adds(&parts[1], new_->version);
        pe_buf_printf(&parts[2], "%.*s", DIGEST_CHARS, new_->sha256);
        pe_escape_adds(&parts[3], old->version);
        pe_buf_printf(&parts[4], "%.*s", DIGEST_CHARS, old->sha256);
        pe_words_add(pe_page_scratch(page), page->lang, PE_W_DIFF_PACK,
                     (const char *[]){parts[0].data, parts[1].data, parts[2].data, parts[3].data,
                                      parts[4].data},
                     5);
        pe_page_wrap(page, 2, "", PE_YELLOW, pe_page_text(page));
        for (size_t k = 0; k < 5; k++)
            pe_page_drop(page->out, &parts[k]);
    }
}

static void add_comparison(struct pe_page *page, const struct pe_comparison *comparison, bool brief)
{
    add_summary(page, comparison);
    add_packs(page, comparison);
    for (unsigned i = 0; i < PE_CHANGE_COUNT; i++)
        if (!brief || i <= PE_CHANGE_WAIVER_EXPIRED || i == PE_CHANGE_FIXED)
            add_class(page, comparison, (enum pe_change_class)i);
}

static void add_alone(struct pe_page *page, const struct pe_diff *diff)
{
    for (size_t i = 0; i < diff->alone_count; i++) {
        const struct pe_result *result = diff->alone[i];
        struct pe_buf file = {0}, name = {0};
        pe_escape_adds(&file, i < diff->alone_before ? diff->before_file : diff->after_file);
        pe_escape_adds(&name, result->tenant == NULL ? result->file : result->tenant);
        pe_words_add(pe_page_scratch(page), page->lang, PE_W_DIFF_ALONE,
                     (const char *[]){file.data, name.data}, 2);
        pe_page_wrap(page, 0, "", PE_YELLOW, pe_page_text(page));
        pe_page_drop(page->out, &file);
        pe_page_drop(page->out, &name);
    }
}

/* ---- both faces ---- */

enum pe_word pe_diff_verdict(const struct pe_diff *diff)
{
    if (diff->passed)
        return PE_W_DIFF_PASSED;
    return pe_diff_worse(diff) > 0 ? PE_W_DIFF_FAILED : PE_W_DIFF_GATE;
}

void pe_diff_add_verdict(struct pe_page *page, const struct pe_diff *diff)
{
    struct pe_buf text = {0};

    pe_words_add(&text, page->lang, pe_diff_verdict(diff),
                 (const char *[]){pe_page_number(pe_diff_worse(diff)).text}, 1);
    pe_page_add(page, diff->passed ? PE_GREEN : PE_RED, text.data == NULL ? "" : text.data);
    pe_page_end(page);
    pe_page_drop(page->out, &text);
}

void pe_diff_section(struct pe_page *page, const struct pe_diff *diff)
{
    struct pe_buf file = {0};

    pe_escape_adds(&file, diff->before_file);
    pe_page_heading(page, PE_W_HEAD_BASELINE, (const char *[]){file.data}, 1);
    pe_page_drop(page->out, &file);
    for (size_t i = 0; i < diff->count; i++)
        add_comparison(page, &diff->comparisons[i], true);
    pe_page_end(page);
    pe_diff_add_verdict(page, diff);
    pe_page_wrap(page, 2, "", PE_DIM, pe_words(page->lang, PE_W_BASELINE_NEXT));
}

void pe_diff_text(const struct pe_diff *diff, const struct pe_style *style, struct pe_buf *out)
{
    struct pe_page page;
    struct pe_buf *line;

    pe_page_init(&page, style);
    pe_diff_add_verdict(&page, diff);
    if (!style->quiet) {
        line = pe_page_scratch(&page);
        pe_escape_adds(line, diff->before_file);
        pe_buf_adds(line, style->lang == PE_JA ? " → " : " -> ");
        pe_escape_adds(line, diff->after_file);
        pe_page_wrap(&page, 2, "", PE_DIM, pe_page_text(&page));
        for (size_t i = 0; i < diff->count; i++) {
            pe_page_end(&page);
            add_comparison(&page, &diff->comparisons[i], false);
        }
        if (diff->alone_count > 0)
            pe_page_end(&page);
        add_alone(&page, diff);
    }
    pe_page_finish(&page, out);
}
