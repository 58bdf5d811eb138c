/* fuzz_json.c: the reader and jansson accept the same texts and find the same values. */
/* SPDX-License-Identifier: Apache-2.0 */

/* jansson is asked with duplicate keys refused and any value as root. The differences that are
 * accepted, all of them texts that jansson takes and the reader refuses:
 *
 *   more than 128 levels (jansson: 2048)
 *   a NUL behind a number, which jansson swallows (akheron/jansson#331): any text with a NUL byte
 *
 * Byte order marks and UTF-16 are no difference here: encoding.h takes them off before the reader
 * sees a text. Reals too small for a double are 0 and long ones rounded by both. */
#include "crosscheck.h"
#include "encoding.h"
#include "json.h"
#include "place.h"

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "fuzz_json: %s\n", what);
    abort();
}

/* ---- what must hold of any text that was read ---- */

static void check_child(const struct pe_json *json, const struct pe_node *parent,
                        const struct pe_node *value, uint32_t position)
{
    struct pe_buf scratch = {0};
    const struct pe_node *key = pe_json_key(json, value);
    const char *bytes;
    size_t length;

    demand(pe_json_parent(json, value) == parent, "a child has another parent");
    demand(pe_json_ordinal(json, value) == position, "a child has another position");
    if (pe_node_type(parent) == PE_LIST) {
        demand(pe_json_element(json, parent, position) == value, "an element is not found");
    } else {
        demand(pe_json_ordinal(json, key) == position, "a key has another position");
        demand(pe_json_string(json, key, &bytes, &length, &scratch), "no memory");
        demand(pe_json_member(json, parent, bytes, length) == value, "a member is not found");
    }
    pe_buf_release(&scratch);
}

static void check_children(const struct pe_json *json, const struct pe_node *parent)
{
    const bool keyed = pe_node_type(parent) == PE_OBJECT;
    const struct pe_node *at = pe_json_first(json, parent);
    uint32_t position = 0;

    for (; at != NULL; at = pe_json_next(json, at + keyed))
        check_child(json, parent, at + keyed, position++);
    demand(position == pe_node_count(parent), "another number of children");
}

static void check_places(const struct pe_json *json)
{
    struct pe_places places;
    uint32_t line, column, other_line, other_column;

    pe_place_init(&places, json->text, json->length);
    for (uint32_t i = 0; i < json->count; i += 7) {
        pe_place_find(&places, pe_node_offset(&json->nodes[i]), &line, &column);
        pe_place_count(json->text, pe_node_offset(&json->nodes[i]), &other_line, &other_column);
        demand(line == other_line && column == other_column, "another place");
    }
    pe_place_release(&places);
}

static void check_nodes(const struct pe_json *json)
{
    for (uint32_t i = 0; i < json->count; i++)
        if (pe_node_holds(&json->nodes[i]))
            check_children(json, &json->nodes[i]);
    check_places(json);
}

/* ---- the referee ---- */

static bool jansson_accepts(const char *text, size_t length)
{
    json_error_t error;
    json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);

    json_decref(value);
    return value != NULL;
}

static bool difference_is_accepted(const char *text, size_t length, const struct pe_err *err)
{
    return memchr(text, '\0', length) != NULL || strstr(err->text, "more than 128") != NULL;
}

static void check_text(const char *text, size_t length)
{
    struct pe_json json;
    struct pe_err err = {0};

    if (pe_json_read(text, length, &json, &err) != 0) {
        demand(!jansson_accepts(text, length) || difference_is_accepted(text, length, &err),
               "jansson takes what the reader refuses");
        return;
    }
    demand(jansson_accepts(text, length), "jansson refuses what the reader takes");
    if (pe_crosscheck(&json, &err) != 0)
        demand(false, err.text);
    check_nodes(&json);
    pe_json_release(&json);
}

static void check_encoding(const uint8_t *data, size_t size)
{
    struct pe_encoded encoded;
    uint64_t offset;

    if (pe_encoding_to_utf8(data, size, 4 * size, &encoded, NULL) != 0)
        return;
    for (size_t i = 0; i <= encoded.length; i += encoded.length / 5 + 1) {
        offset = pe_encoding_offset(&encoded, data, size, i);
        demand(offset <= size, "an offset outside the bytes");
    }
    if (encoded.kind != PE_UTF8)
        check_text(encoded.text, encoded.length);
    pe_encoding_release(&encoded);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size == 0 ? 1 : size); /* exact, so that reading too far shows */

    if (text == NULL)
        return 0;
    memcpy(text, data, size);
    check_text(text, size);
    check_encoding(data, size);
    free(text);
    return 0;
}
