/* pack_files.c: reads the files of a pack, without looking into them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api.h"
#include "base/err.h"
#include "pack_builtin.h"

enum {
    MAX_FILES = 10000,
    MAX_DEPTH = 6,
    MAX_FILE_BYTES = 16 * 1024 * 1024,  /* one: a test's base may be a large snapshot */
    MAX_PACK_BYTES = 256 * 1024 * 1024, /* all of them */
};

struct scan {
    struct pe_arena *arena;
    struct pe_buf bytes; /* of all files so far */
    struct found {
        const char *name;
        size_t offset, length;
    } * files;
    size_t count, room, seen; /* seen: entries, files or not */
    struct pe_err *err;
};

static int refuse(struct scan *scan, const char *name, const char *why)
{
    return pe_err_set(scan->err, PE_ERR_PACK, "%.200s: %s", name, why);
}

static int io_error(struct scan *scan, const char *name)
{
    return pe_err_set(scan->err, PE_ERR_IO, "cannot read '%.200s': %s", name, strerror(errno));
}

/* ---- one file ---- */

static int read_all(struct scan *scan, int fd, const char *name, size_t size)
{
    size_t start = scan->bytes.length;
    ssize_t got;
    char *end;

    do {
        end = pe_buf_reserve(&scan->bytes, 65536);
        if (end == NULL)
            return pe_err_memory(scan->err);
        got = read(fd, end, 65536);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return io_error(scan, name);
        scan->bytes.length += (size_t)got;
        if (scan->bytes.length - start > size)
            break;
    } while (got != 0);
    if (scan->bytes.length - start != size)
        return refuse(scan, name, "changed while it was read");
    if (scan->bytes.length > MAX_PACK_BYTES)
        return refuse(scan, name, "the pack is larger than 256 MiB");
    return 0;
}

static int keep(struct scan *scan, const char *name, size_t offset)
{
    struct found *files =
        pe_arena_grow(scan->arena, scan->files, scan->count, &scan->room, sizeof *files);

    if (files == NULL)
        return pe_err_memory(scan->err);
    scan->files = files;
    files[scan->count++] = (struct found){name, offset, scan->bytes.length - offset};
    return 0;
}

static int read_file(struct scan *scan, int folder, const char *entry, const char *name)
{
    int fd = openat(folder, entry, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
    size_t offset = scan->bytes.length;
    struct stat st;
    int result;

    if (fd < 0)
        return io_error(scan, name);
    if (fstat(fd, &st) != 0)
        result = io_error(scan, name);
    else if (!S_ISREG(st.st_mode))
        result = refuse(scan, name, "is not a regular file");
    else if (st.st_size > MAX_FILE_BYTES)
        result = refuse(scan, name, "is larger than 16 MiB");
    else
        result = read_all(scan, fd, name, (size_t)st.st_size);
    close(fd);
    return result != 0 ? -1 : keep(scan, name, offset);
}

/* ---- folders ---- */

static bool ends_in(const char *name, const char *ending)
{
    size_t length = strlen(name), tail = strlen(ending);

    return length > tail && strcmp(name + length - tail, ending) == 0;
}

/* Of a pack its Lua, and the JSON of its tests; of fixtures the JSON. */
static bool wanted(const char *name, bool only_json)
{
    if (ends_in(name, ".json"))
        return only_json || strncmp(name, "tests/", 6) == 0;
    return !only_json && ends_in(name, ".lua");
}

static int scan_folder(struct scan *scan, int fd, const char *prefix, unsigned depth,
                       bool only_json);

static int scan_entry(struct scan *scan, int folder, const char *entry, const char *prefix,
                      unsigned depth, bool only_json)
{
    const char *name = pe_arena_printf(scan->arena, "%s%s", prefix, entry);
    struct stat st;
    int fd;

    if (name == NULL)
        return pe_err_memory(scan->err);
    if (fstatat(folder, entry, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return io_error(scan, name);
    if (S_ISLNK(st.st_mode))
        return refuse(scan, name, "is a symbolic link, which a pack may not hold");
    if (S_ISREG(st.st_mode))
        return wanted(name, only_json) ? read_file(scan, folder, entry, name) : 0;
    if (!S_ISDIR(st.st_mode) || depth >= MAX_DEPTH)
        return S_ISDIR(st.st_mode) ? refuse(scan, name, "folders are nested too deeply")
                                   : refuse(scan, name, "is not a regular file");
    fd = openat(folder, entry, O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW);
    if (fd < 0)
        return io_error(scan, name);
    return scan_folder(scan, fd, pe_arena_printf(scan->arena, "%s/", name), depth + 1, only_json);
}

/* Takes the descriptor. */
static int scan_folder(struct scan *scan, int fd, const char *prefix, unsigned depth,
                       bool only_json)
{
    DIR *dir = fdopendir(fd);
    struct dirent *entry;
    int result = 0;

    if (dir == NULL || prefix == NULL) {
        if (dir == NULL)
            close(fd);
        else
            closedir(dir);
        return pe_err_memory(scan->err);
    }
    while (result == 0 && (errno = 0, entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        if (++scan->seen > MAX_FILES)
            result = refuse(scan, "the pack", "has more than 10,000 files");
        else
            result = scan_entry(scan, dirfd(dir), entry->d_name, prefix, depth, only_json);
    }
    if (result == 0 && errno != 0)
        result = io_error(scan, prefix);
    closedir(dir);
    return result;
}

/* ---- sorted, sealed ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct found *)a)->name, ((const struct found *)b)->name);
}

static int seal(struct scan *scan, struct pe_files *files, struct pe_bytes *bytes)
{
    struct pe_file *items = pe_arena_array(scan->arena, scan->count + 1, sizeof *items);

    if (items == NULL)
        return pe_err_memory(scan->err);
    if (pe_bytes_seal(scan->bytes.data, scan->bytes.length, bytes, scan->err) != 0)
        return -1;
    if (scan->count > 0)
        qsort(scan->files, scan->count, sizeof *scan->files, by_name);
    for (size_t i = 0; i < scan->count; i++) {
        items[i].name = scan->files[i].name;
        items[i].length = scan->files[i].length;
        items[i].data =
            items[i].length == 0 ? "" : (const char *)bytes->data + scan->files[i].offset;
    }
    *files = (struct pe_files){items, scan->count, NULL};
    return 0;
}

static int read_folder(const char *path, bool only_json, struct pe_arena *arena,
                       struct pe_files *files, struct pe_bytes *bytes, struct pe_err *err)
{
    struct scan scan = {.arena = arena, .err = err};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY), result;

    if (fd < 0)
        return pe_err_set(err, errno == ENOENT || errno == ENOTDIR ? PE_ERR_USAGE : PE_ERR_IO,
                          "cannot open the folder '%.200s': %s", path, strerror(errno));
    result = scan_folder(&scan, fd, "", 0, only_json);
    if (result == 0)
        result = seal(&scan, files, bytes);
    pe_buf_release(&scan.bytes);
    return result;
}

/* ---- the built-in pack ---- */

static void built_in(struct pe_pack *pack)
{
    pack->files =
        (struct pe_files){pe_pack_builtin.files, pe_pack_builtin.file_count, &pe_pack_builtin};
    memcpy(pack->sha256, pe_pack_builtin.pack.face.sha256, sizeof pack->sha256);
}

int pe_pack_load(const char *path, struct pe_pack **pack, struct pe_err *err)
{
    struct pe_pack *p = calloc(1, sizeof *p);

    if (p == NULL)
        return pe_err_memory(err);
    p->name = pe_arena_str(&p->arena, path == NULL ? "iso27017" : path);
    if (path == NULL || strcmp(path, "iso27017") == 0) {
        built_in(p);
    } else if (read_folder(path, false, &p->arena, &p->files, &p->bytes, err) == 0) {
        pe_files_digest(&p->files, p->sha256);
    } else {
        pe_pack_free(p);
        return -1;
    }
    *pack = p;
    return 0;
}

void pe_pack_free(struct pe_pack *pack)
{
    if (pack == NULL)
        return;
    pe_bytes_release(&pack->bytes);
    pe_bytes_release(&pack->fixture_bytes);
    pe_arena_release(&pack->arena);
    free(pack);
}

int pe_pack_add_fixtures(struct pe_pack *pack, const char *path, struct pe_err *err)
{
    if (pack->fixtures.count > 0)
        return pe_err_set(err, PE_ERR_USAGE, "--fixtures is given twice");
    return read_folder(path, true, &pack->arena, &pack->fixtures, &pack->fixture_bytes, err);
}
