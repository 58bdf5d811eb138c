/* lint.c: loads and checks a pack without a snapshot. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "base/escape.h"
#include "cmd/command.h"
#include "report/page.h"

/* One line each, so that an editor finds what is before the first colon. */
static void add_warning(struct pe_buf *out, enum pe_lang lang, const struct pe_problem *warning)
{
    struct pe_buf where = {0}, what = {0};

    pe_escape_adds(&where, warning->pointer);
    pe_escape_add_prose(&what, pe_text_in(warning->message, lang));
    pe_words_add(out, lang, PE_W_LINT_WARNING, (const char *[]){where.data, what.data}, 2);
    pe_buf_addc(out, '\n');
    pe_page_drop(out, &where);
    pe_page_drop(out, &what);
}

static size_t count_rules(const struct pe_pack_info *info)
{
    size_t count = 0;

    for (size_t i = 0; i < info->control_count; i++)
        count += info->controls[i].rule_count;
    return count;
}

static void add_total(struct pe_buf *out, enum pe_lang lang, const struct pe_pack_info *info,
                      size_t warnings)
{
    struct pe_buf id = {0}, version = {0};

    pe_escape_adds(&id, info->id);
    pe_escape_adds(&version, info->version);
    pe_words_add(out, lang, PE_W_LINT_TOTAL,
                 (const char *[]){id.data, version.data, pe_page_number(info->control_count).text,
                                  pe_page_number(count_rules(info)).text,
                                  pe_page_number(warnings).text},
                 5);
    pe_buf_addc(out, '\n');
    pe_page_drop(out, &id);
    pe_page_drop(out, &version);
}

static int print(const struct pe_args *args, const struct pe_catalogue *catalogue)
{
    struct pe_buf out = {0};
    size_t count;
    const struct pe_problem *warnings = pe_catalogue_warnings(catalogue, &count);

    for (size_t i = 0; i < count; i++)
        add_warning(&out, args->lang, &warnings[i]);
    add_total(&out, args->lang, pe_catalogue_info(catalogue), count);
    return pe_print_all(&out) != 0 ? PE_EXIT_TROUBLE : PE_EXIT_PASS;
}

static int run_lint(const struct pe_args *args)
{
    struct pe_pack *pack;
    struct pe_catalogue *catalogue;
    unsigned missing = 0;
    struct pe_job job = {.sandbox = args->sandbox, .walls_missing = &missing};
    struct pe_err err = {0};
    int result;

    if (pe_load_one_pack(args, &pack) != 0)
        return PE_EXIT_TROUBLE;
    result = pe_catalogue_load(pack, &job, &catalogue, &err);
    pe_tell_walls(args, missing);
    if (result == 0) {
        result = print(args, catalogue);
        pe_catalogue_free(catalogue);
    } else {
        result = pe_complain("%s", err.text);
    }
    pe_pack_free(pack);
    return result;
}

static const char *const options[] = {"--pack", "--sandbox", NULL};

const struct pe_command pe_command_lint = {
    "lint", "[PACK]", "Load and check a pack without a snapshot; warnings leave the status at 0.",
    options, run_lint};
