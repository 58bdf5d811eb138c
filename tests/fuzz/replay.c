/* replay.c: runs a fuzzer's target once over each file of the folders given, without libFuzzer.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = NULL;
    long size = -1;
    int rc = -1;

    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0)
        goto done;
    rewind(file);
    data = malloc(size > 0 ? (size_t)size : 1);
    if (data == NULL || fread(data, 1, (size_t)size, file) != (size_t)size)
        goto done;
    LLVMFuzzerTestOneInput(data, (size_t)size);
    rc = 0;
done:
    if (rc != 0)
        perror(path);
    free(data);
    if (file != NULL)
        fclose(file);
    return rc;
}

static int run_entry(const char *folder, const char *name)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return run_file(path);
}

/* The number of files run, or -1. */
static int run_folder(const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);
    int run = 0;

    if (count < 0)
        perror(folder);
    for (int i = 0; i < count; i++) {
        if (run >= 0 && entries[i]->d_name[0] != '.')
            run = run_entry(folder, entries[i]->d_name) == 0 ? run + 1 : -1;
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return count < 0 ? -1 : run;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        int run = run_folder(argv[i]);
        if (run <= 0) {
            fprintf(stderr, "%s: no input was run\n", argv[i]);
            return 1;
        }
        printf("%s: %d inputs\n", argv[i], run);
    }
    return 0;
}
