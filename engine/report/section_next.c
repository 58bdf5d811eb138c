/* section_next.c: the counts once more, who has what to do, and the next command. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/section.h"

#include <string.h>

#include "base/escape.h"
#include "base/quote.h"
#include "base/width.h"
#include "report/faults.h"

#define BUILT_IN "iso27017"

enum { POLICY = PE_OWNER_COUNT }; /* whose author has something to do, besides the owners */

static bool is_open(enum pe_status status)
{
    return status == PE_UNKNOWN || status == PE_FAIL || status == PE_ERROR;
}

/* Whether a rule waits for its owner: a fault of the policy does not. */
static bool is_open_for(const struct pe_rule_result *rule, int owner)
{
    if (owner == POLICY)
        return pe_faults_has(rule);
    return (int)rule->owner == owner && (pe_faults_failed(rule) || pe_faults_lacks_data(rule));
}

static bool has_open_for(const struct pe_control_result *control, int owner)
{
    for (size_t i = 0; i < control->rule_count; i++)
        if (is_open_for(&control->rules[i], owner))
            return true;
    return false;
}

/* "open, customer's side: 9.2.3, 10.1.1". Returns whether anything is. */
static bool add_open_for(struct pe_page *page, const struct pe_result *result, int owner)
{
    struct pe_buf *ids = pe_page_scratch(page);
    bool found = false;

    for (size_t i = 0; i < result->result_count; i++) {
        if (!has_open_for(&result->results[i], owner))
            continue;
        if (found)
            pe_buf_adds(ids, pe_words(page->lang, PE_W_COMMA));
        pe_escape_adds(ids, result->results[i].control->id);
        found = true;
    }
    if (found)
        pe_page_wrap(page, 2, pe_words(page->lang, PE_W_OPEN_PROVIDER + owner), PE_PLAIN,
                     pe_page_text(page));
    return found;
}

/* How much an explanation of the control would help: what failed can be put right, an error is
 * not the tenant's. */
static int rank(enum pe_status status)
{
    return status == PE_FAIL ? 3 : status == PE_UNKNOWN ? 2 : status == PE_ERROR ? 1 : 0;
}

/* The first control by rank, then severity, then order; NULL when nothing is open. */
static const struct pe_control_result *find_worst(const struct pe_result *result)
{
    const struct pe_control_result *worst = NULL;

    for (size_t i = 0; i < result->result_count; i++) {
        const struct pe_control_result *control = &result->results[i];
        if (!is_open(control->status))
            continue;
        if (worst == NULL || rank(control->status) > rank(worst->status) ||
            (control->status == worst->status && control->severity > worst->severity))
            worst = control;
    }
    return worst;
}

static bool lacks_data(const struct pe_result *result)
{
    for (size_t i = 0; i < result->result_count; i++)
        for (size_t j = 0; j < result->results[i].rule_count; j++)
            if (pe_faults_lacks_data(&result->results[i].rules[j]))
                return true;
    return false;
}

static void add_step(struct pe_page *page, const char *text)
{
    pe_page_wrap(page, 2, pe_words(page->lang, PE_W_NEXT_IS), PE_BOLD, text);
}

/* The pack of a control as --pack named it; NULL: it did not. */
static const char *named(const struct pe_page *page, const struct pe_result *result,
                         const char *pack)
{
    for (size_t i = 0; page->packs.count == result->pack_count && i < result->pack_count; i++)
        if (strcmp(result->packs[i].id, pack) == 0)
            return page->packs.items[i];
    return NULL;
}

/* For a POSIX shell. A line that is wrapped could not be pasted, so this one is not. */
static void add_command(struct pe_page *page, const char *id, const char *folder)
{
    struct pe_buf quoted = {0};

    pe_buf_adds(&quoted, "policyeval explain ");
    pe_quote_add(&quoted, id);
    pe_buf_adds(&quoted, " --pack ");
    pe_quote_add(&quoted, folder);
    pe_buf_fill(page->out, ' ', 4);
    pe_escape_adds(page->out, quoted.data);
    pe_page_end(page);
    pe_page_drop(page->out, &quoted);
}

/* A command that works as it stands, or what is lacking for one. */
static void add_explain(struct pe_page *page, const struct pe_result *result,
                        const struct pe_control *control)
{
    const char *folder = named(page, result, control->pack);
    bool built_in = strcmp(folder == NULL ? control->pack : folder, BUILT_IN) == 0;
    enum pe_word word = built_in         ? PE_W_NEXT_EXPLAIN
                        : folder != NULL ? PE_W_NEXT_EXPLAIN_AS
                                         : PE_W_NEXT_EXPLAIN_PACK;
    struct pe_buf id = {0}, pack = {0};

    pe_escape_adds(&id, control->id);
    pe_escape_adds(&pack, control->pack);
    pe_words_add(pe_page_scratch(page), page->lang, word, (const char *[]){id.data, pack.data}, 2);
    pe_page_drop(page->out, &id);
    pe_page_drop(page->out, &pack);
    add_step(page, pe_page_text(page));
    if (word == PE_W_NEXT_EXPLAIN_AS)
        add_command(page, control->id, folder);
}

static void add_steps(struct pe_page *page, const struct pe_result *result)
{
    const struct pe_control_result *worst = find_worst(result);

    if (worst != NULL)
        add_explain(page, result, worst->control);
    if (lacks_data(result))
        add_step(page, pe_words(page->lang, PE_W_NEXT_COLLECT));
    if (pe_faults_count(result) > 0)
        add_step(page, pe_words(page->lang, PE_W_NEXT_ERROR));
}

static void add_verdict(struct pe_page *page, const struct pe_result *result)
{
    struct pe_buf lead = {0};
    enum pe_word word = result->passed ? PE_W_VERDICT_PASS : PE_W_VERDICT_FAIL;

    pe_buf_adds(&lead, pe_words(page->lang, word));
    pe_buf_adds(&lead, "  ");
    pe_section_add_counts(pe_page_scratch(page), page->lang, PE_W_OF_CONTROLS, &result->controls);
    pe_page_wrap(page, 0, lead.data, result->passed ? PE_GREEN : PE_RED, pe_page_text(page));
    pe_page_drop(page->out, &lead);
}

/* Nothing is open: why it passed, or not. */
static enum pe_word closing(const struct pe_result *result)
{
    if (result->passed)
        return PE_W_CLOSE_PASSED;
    return result->gate_remark_count > 0 ? PE_W_CLOSE_GATE : PE_W_CLOSE_NOTHING;
}

void pe_section_next(struct pe_page *page, const struct pe_result *result)
{
    bool any = false;

    pe_page_end(page);
    add_verdict(page, result);
    for (int owner = 0; owner <= POLICY; owner++)
        any = add_open_for(page, result, owner) || any;
    if (any && result->passed)
        pe_page_wrap(page, 2, "", PE_PLAIN, pe_words(page->lang, PE_W_CLOSE_IGNORED));
    if (any)
        add_steps(page, result);
    else
        pe_page_wrap(page, 2, "", PE_PLAIN, pe_words(page->lang, closing(result)));
}
