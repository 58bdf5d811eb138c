/* html_style.h: the style sheet of the HTML report, html.css, which the build puts in the program.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PE_REPORT_HTML_STYLE_H
#define PE_REPORT_HTML_STYLE_H

#include <stddef.h>

extern const char pe_html_style[]; /* ends in a NUL that the length does not count */
extern const size_t pe_html_style_length;

#endif
