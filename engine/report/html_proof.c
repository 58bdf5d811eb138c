/* html_proof.c: changed parameters, the digests that make a report evidence, who signs it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "report/html_out.h"

#include <string.h>

/* ---- parameters ---- */

static bool is_changed(const struct pe_param *param)
{
    return param->value != NULL &&
           (param->default_ == NULL || strcmp(param->value, param->default_) != 0);
}

static void add_parameter(struct pe_html *html, const struct pe_control *control,
                          const struct pe_param *param)
{
    pe_html_raw(html, "<tr><td>");
    pe_html_text(html, control->id);
    pe_html_raw(html, "</td><td><code>");
    pe_html_text(html, param->name);
    pe_html_raw(html, "</code><br>");
    pe_html_prose(html, param->doc);
    pe_html_raw(html, "</td><td><code>");
    pe_html_text(html, param->value);
    pe_html_raw(html, "</code></td><td>");
    if (param->default_ == NULL) {
        pe_html_words(html, PE_W_DEFAULT_NONE, NULL, 0);
    } else {
        pe_html_raw(html, "<code>");
        pe_html_text(html, param->default_);
        pe_html_raw(html, "</code>");
    }
    pe_html_raw(html, "</td></tr>\n");
}

/* Adds those that are changed, or only counts them. */
static size_t walk_parameters(struct pe_html *html, bool count)
{
    size_t found = 0;

    for (size_t i = 0; i < html->result->result_count; i++) {
        const struct pe_control *control = html->result->results[i].control;
        for (size_t j = 0; j < control->param_count; j++) {
            if (!is_changed(&control->params[j]))
                continue;
            if (!count)
                add_parameter(html, control, &control->params[j]);
            found++;
        }
    }
    return found;
}

static void add_head(struct pe_html *html, const enum pe_word *words, size_t count)
{
    pe_html_raw(html, "<thead><tr>");
    for (size_t i = 0; i < count; i++) {
        pe_html_raw(html, "<th scope=\"col\">");
        pe_html_words(html, words[i], NULL, 0);
        pe_html_raw(html, "</th>");
    }
    pe_html_raw(html, "</tr></thead>\n");
}

size_t pe_html_changed(struct pe_html *html)
{
    return walk_parameters(html, true);
}

void pe_html_parameters(struct pe_html *html)
{
    const enum pe_word head[] = {PE_W_CONTROL, PE_W_PARAMETER, PE_W_HTML_VALUE, PE_W_DEFAULT};
    size_t count = pe_html_changed(html);

    pe_html_raw(html, "<section>\n");
    pe_html_heading(html, 3, "parameters", PE_W_HTML_CHANGED, count);
    if (count == 0) {
        pe_html_paragraph(html, NULL, PE_W_HTML_CHANGED_NONE);
    } else {
        pe_html_raw(html, "<table>\n");
        add_head(html, head, sizeof head / sizeof head[0]);
        pe_html_raw(html, "<tbody>\n");
        walk_parameters(html, false);
        pe_html_raw(html, "</tbody>\n</table>\n");
    }
    pe_html_raw(html, "</section>\n");
}

/* ---- digests ---- */

static void add_digest(struct pe_html *html, const char *sha256)
{
    pe_html_raw(html, "<br><code class=\"digest\">sha256:");
    pe_html_text(html, sha256);
    pe_html_raw(html, "</code></dd></div>\n");
}

static void open_fact(struct pe_html *html, enum pe_word label)
{
    pe_html_raw(html, "<div><dt>");
    pe_html_words(html, label, NULL, 0);
    pe_html_raw(html, "</dt><dd>");
}

/* With a digest, which takes a line. */
static void open_wide(struct pe_html *html, enum pe_word label)
{
    pe_html_raw(html, "<div class=\"wide\"><dt>");
    pe_html_words(html, label, NULL, 0);
    pe_html_raw(html, "</dt><dd>");
}

static void add_pack(struct pe_html *html, const struct pe_pack_info *pack)
{
    open_wide(html, PE_W_LABEL_POLICIES);
    pe_html_prose(html, pack->title);
    pe_html_raw(html, " <code>");
    pe_html_text(html, pack->id);
    pe_html_raw(html, " ");
    pe_html_text(html, pack->version);
    pe_html_raw(html, "</code>");
    add_digest(html, pack->sha256);
}

void pe_html_proof(struct pe_html *html)
{
    const struct pe_result *result = html->result;

    pe_html_raw(html, "<section class=\"proof\">\n");
    pe_html_heading(html, 3, "proof", PE_W_HTML_PROOF, 0);
    pe_html_paragraph(html, NULL, PE_W_HTML_PROOF_TEXT);
    pe_html_raw(html, "<dl class=\"facts\">\n");
    open_wide(html, PE_W_LABEL_SNAPSHOT);
    pe_html_text(html, result->file);
    add_digest(html, result->sha256);
    for (size_t i = 0; i < result->pack_count; i++)
        add_pack(html, &result->packs[i]);
    open_fact(html, PE_W_LABEL_AS_OF);
    if (result->as_of == NULL)
        pe_html_words(html, PE_W_AS_OF_NONE, NULL, 0);
    else
        pe_html_text(html, result->as_of);
    pe_html_raw(html, "</dd></div>\n");
    open_fact(html, PE_W_HTML_PROGRAM);
    pe_html_raw(html, "policyeval " PE_VERSION "</dd></div>\n</dl>\n");
    pe_html_paragraph(html, "limit", PE_W_HTML_PROOF_LIMIT);
    pe_html_raw(html, "</section>\n");
}

/* ---- signatures ---- */

void pe_html_sign(struct pe_html *html)
{
    const enum pe_word head[] = {PE_W_HTML_SIGN_ROLE, PE_W_HTML_SIGN_NAME, PE_W_HTML_SIGN_DATE,
                                 PE_W_HTML_SIGN_SIGNATURE};
    const enum pe_word roles[] = {PE_W_HTML_SIGN_PREPARED, PE_W_HTML_SIGN_REVIEWED,
                                  PE_W_HTML_SIGN_APPROVED};

    pe_html_raw(html, "<section class=\"sign\">\n");
    pe_html_heading(html, 3, "sign", PE_W_HTML_SIGN, 0);
    pe_html_raw(html, "<table>\n");
    add_head(html, head, sizeof head / sizeof head[0]);
    pe_html_raw(html, "<tbody>\n");
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        pe_html_raw(html, "<tr><th scope=\"row\">");
        pe_html_words(html, roles[i], NULL, 0);
        pe_html_raw(html, "</th><td></td><td></td><td></td></tr>\n");
    }
    pe_html_raw(html, "</tbody>\n</table>\n</section>\n");
}
