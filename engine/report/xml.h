/* xml.h: text as XML 1.0 takes it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What harms a terminal or changes when it is read (a line break in an attribute becomes a blank)
 * is written as a reference, &#x202E;, so that a parser gives back the same text. XML has no way
 * to write most control characters, not even so: they are made visible (base/escape.h), U+001B as
 * \u{001B}.
 */
#ifndef PE_REPORT_XML_H
#define PE_REPORT_XML_H

#include "base/buf.h"

/* Adds text for the inside of an element, or of an attribute in double quotes. NULL adds nothing.
 */
void pe_xml_add(struct pe_buf *buf, const char *text);

/* The same for one line of a text that has several: line breaks are made visible too. */
void pe_xml_add_line(struct pe_buf *buf, const char *text);

/* Adds ` name="value"`. */
void pe_xml_add_attribute(struct pe_buf *buf, const char *name, const char *value);
void pe_xml_add_number(struct pe_buf *buf, const char *name, size_t value);

#endif
