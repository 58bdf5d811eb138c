/* xml.h: text as XML 1.0 takes it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * XML has no way to write most control characters, not even escaped, so what harms a terminal is
 * first made visible (base/escape.h): U+001B becomes \u{1B}.
 */
#ifndef PE_REPORT_XML_H
#define PE_REPORT_XML_H

#include "base/buf.h"

/* Adds text for the inside of an element, or of an attribute in double quotes. */
void pe_xml_add(struct pe_buf *buf, const char *text);

/* Adds ` name="value"`. */
void pe_xml_add_attribute(struct pe_buf *buf, const char *name, const char *value);
void pe_xml_add_number(struct pe_buf *buf, const char *name, size_t value);

#endif
