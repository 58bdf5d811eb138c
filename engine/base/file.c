/* file.c: the bytes of a file, which nobody can change any more. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create, F_ADD_SEALS */
#endif
#include "base/file.h"

#include "base/buf.h"
#include "base/escape.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_BYTES = 512, CHUNK_BYTES = 64 * 1024 };

/* One thing to be read. */
struct source {
    int fd;
    size_t max_bytes;
    size_t expected;       /* the size that fstat told; SIZE_MAX: none, as for a pipe */
    char name[NAME_BYTES]; /* as messages show it */
};

/* ---- names ---- */

/* 'path', made safe and cut when it is long. */
static void show_name(char out[NAME_BYTES], const char *path)
{
    struct pe_buf safe = {0};
    size_t fit;

    pe_escape_adds(&safe, path);
    fit = safe.length < NAME_BYTES - 8 ? safe.length
                                       : pe_utf8_valid_prefix(safe.data, NAME_BYTES - 8);
    snprintf(out, NAME_BYTES, "'%.*s%s'", (int)fit, safe.data == NULL ? "" : safe.data,
             fit < safe.length ? "..." : "");
    pe_buf_release(&safe);
}

static int cannot_read(const struct source *source, int error, struct pe_err *err)
{
    return pe_err_set(err, PE_ERR_IO, "cannot read %s: %s", source->name, strerror(error));
}

static int too_large(const struct source *source, struct pe_err *err)
{
    return pe_err_set(err, PE_ERR_INPUT, "cannot read %s: it is larger than the limit of %zu bytes",
                      source->name, source->max_bytes);
}

static int changed(const struct source *source, struct pe_err *err)
{
    return pe_err_set(err, PE_ERR_INPUT, "cannot read %s: its size changed while it was read",
                      source->name);
}

/* ---- sealed memory ---- */

static int seal_failed(struct pe_err *err)
{
    return pe_err_set(err, errno == ENOMEM ? PE_ERR_MEMORY : PE_ERR_IO,
                      "cannot keep the bytes in memory: %s", strerror(errno));
}

static int new_memory(struct pe_err *err)
{
    int fd = memfd_create("policyeval", MFD_CLOEXEC | MFD_ALLOW_SEALING);

    if (fd < 0)
        return seal_failed(err);
    return fd;
}

static int write_all(int fd, const unsigned char *bytes, size_t length, struct pe_err *err)
{
    ssize_t written;

    while (length > 0) {
        written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return seal_failed(err);
        bytes += written;
        length -= (size_t)written;
    }
    return 0;
}

/* Makes the memory file immutable, then maps it. */
static int seal(int fd, size_t length, struct pe_bytes *out, struct pe_err *err)
{
    void *data = NULL;

    if (fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0)
        return seal_failed(err);
    if (length > 0)
        data = mmap(NULL, length, PROT_READ, MAP_SHARED, fd, 0);
    if (data == MAP_FAILED)
        return seal_failed(err);
    *out = (struct pe_bytes){.data = data, .length = length};
    return 0;
}

int pe_bytes_seal(const void *data, size_t length, struct pe_bytes *out, struct pe_err *err)
{
    int memory = new_memory(err), result;

    if (memory < 0)
        return -1;
    result = write_all(memory, data, length, err);
    if (result == 0)
        result = seal(memory, length, out, err);
    close(memory);
    return result;
}

void pe_bytes_release(struct pe_bytes *bytes)
{
    if (bytes->length > 0)
        munmap((void *)(uintptr_t)bytes->data, bytes->length);
    *bytes = (struct pe_bytes){0};
}

/* ---- reading ---- */

/* read(2) that waits on a non-blocking standard input and is not ended by signals. A named file
 * that has nothing to give yet (/proc/kmsg says it is a regular one) is not waited for. */
static ssize_t read_some(int fd, unsigned char *bytes, size_t room)
{
    ssize_t got;

    for (;;) {
        got = read(fd, bytes, room);
        if (got >= 0)
            return got;
        if (errno == EAGAIN && fd == STDIN_FILENO)
            poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, -1);
        else if (errno != EINTR)
            return -1;
    }
}

/* Copies until the end of the file. */
static int copy(const struct source *source, int memory, size_t *length, struct pe_err *err)
{
    unsigned char chunk[CHUNK_BYTES];
    ssize_t got;

    for (;;) {
        got = read_some(source->fd, chunk, sizeof chunk);
        if (got < 0)
            return cannot_read(source, errno, err);
        if (got == 0)
            return 0;
        if ((size_t)got > source->max_bytes - *length)
            return source->expected == SIZE_MAX ? too_large(source, err) : changed(source, err);
        if (write_all(memory, chunk, (size_t)got, err) != 0)
            return -1;
        *length += (size_t)got;
    }
}

static bool size_changed(const struct source *source, size_t length)
{
    struct stat after;

    return source->expected != SIZE_MAX &&
           (length != source->expected || fstat(source->fd, &after) != 0 ||
            (uintmax_t)after.st_size != source->expected);
}

static int read_source(const struct source *source, struct pe_bytes *out, struct pe_err *err)
{
    int memory = new_memory(err), result;
    size_t length = 0;

    if (memory < 0)
        return -1;
    result = copy(source, memory, &length, err);
    if (result == 0 && size_changed(source, length))
        result = changed(source, err);
    if (result == 0)
        result = seal(memory, length, out, err);
    close(memory);
    return result;
}

static int refuse_kind(const struct source *source, mode_t mode, struct pe_err *err)
{
    const char *kind = S_ISDIR(mode)    ? "it is a folder"
                       : S_ISFIFO(mode) ? "it is a pipe; use - to read standard input"
                       : S_ISSOCK(mode) ? "it is a socket"
                                        : "it is a device; use - to read standard input";

    return pe_err_set(err, PE_ERR_INPUT, "cannot read %s: %s", source->name, kind);
}

static int read_regular(struct source *source, struct pe_bytes *out, struct pe_err *err)
{
    struct stat before;

    if (fstat(source->fd, &before) != 0)
        return cannot_read(source, errno, err);
    if (!S_ISREG(before.st_mode))
        return refuse_kind(source, before.st_mode, err);
    if ((uintmax_t)before.st_size > source->max_bytes)
        return too_large(source, err);
    source->expected = (size_t)before.st_size;
    return read_source(source, out, err);
}

/* A socket cannot be opened at all; say what it is instead of ENXIO's "no such device". */
static int open_failed(const struct source *source, const char *path, struct pe_err *err)
{
    int error = errno;
    struct stat info;

    if (error == ENXIO && stat(path, &info) == 0)
        return refuse_kind(source, info.st_mode, err);
    return cannot_read(source, error, err);
}

int pe_file_read(const char *path, size_t max_bytes, struct pe_bytes *out, struct pe_err *err)
{
    struct source source = {.max_bytes = max_bytes, .expected = SIZE_MAX};
    int result;

    if (strcmp(path, "-") == 0) {
        strcpy(source.name, "standard input");
        return read_source(&source, out, err);
    }
    show_name(source.name, path);
    source.fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (source.fd < 0)
        return open_failed(&source, path, err);
    result = read_regular(&source, out, err);
    close(source.fd);
    return result;
}
