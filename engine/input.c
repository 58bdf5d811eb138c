/* input.c: the bytes of a snapshot, and their digest. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "api.h"
#include "base/err.h"
#include "base/escape.h"
#include "base/sha256.h"

static char *shown_name(const char *path)
{
    struct pe_buf buf = {0};

    if (strcmp(path, "-") == 0)
        path = "(standard input)";
    pe_escape_add_utf8(&buf, path, strlen(path));
    if (!pe_buf_failed(&buf) && buf.data != NULL)
        return buf.data; /* the caller's now */
    pe_buf_release(&buf);
    return NULL;
}

int pe_input_load(const char *path, size_t max_bytes, struct pe_input **input, struct pe_err *err)
{
    struct pe_input *in = calloc(1, sizeof *in);

    if (in == NULL)
        return pe_err_memory(err);
    if (max_bytes == 0 || max_bytes > PE_MAX_INPUT_BYTES)
        max_bytes = PE_MAX_INPUT_BYTES;
    if (pe_file_read(path, max_bytes, &in->bytes, err) != 0) {
        free(in);
        return -1;
    }
    in->name = shown_name(path);
    if (in->name == NULL) {
        pe_input_free(in);
        return pe_err_memory(err);
    }
    pe_sha256_of(in->bytes.data, in->bytes.length, in->sha256);
    *input = in;
    return 0;
}

void pe_input_free(struct pe_input *input)
{
    if (input == NULL)
        return;
    pe_bytes_release(&input->bytes);
    free(input->name);
    free(input);
}

const unsigned char *pe_input_bytes(const struct pe_input *input, size_t *length)
{
    *length = input->bytes.length;
    return input->bytes.data;
}

const char *pe_input_name(const struct pe_input *input)
{
    return input->name;
}

const char *pe_input_sha256(const struct pe_input *input)
{
    return input->sha256;
}
