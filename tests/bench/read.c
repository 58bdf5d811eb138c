/* read.c: reads JSON and does nothing with it: what the reader alone costs.
 * SPDX-License-Identifier: Apache-2.0
 *
 * usage: bench_read FILE
 */
#include <stdio.h>

#include "base/file.h"
#include "json.h"

int main(int argc, char **argv)
{
    struct pe_bytes bytes = {0};
    struct pe_json json = {0};
    struct pe_err err = {0};
    int result = -1;

    if (argc == 2 && pe_file_read(argv[1], SIZE_MAX, &bytes, &err) == 0)
        result = pe_json_read((const char *)bytes.data, bytes.length, &json, &err);
    if (result != 0)
        fprintf(stderr, "bench_read: %s\n", argc == 2 ? err.text : "usage: bench_read FILE");
    pe_json_release(&json);
    pe_bytes_release(&bytes);
    return result == 0 ? 0 : 1;
}
