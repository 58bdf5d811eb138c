/* file.h: the bytes of a file, which nobody can change any more.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Bytes come from outside and are read once: into a memory file that is then sealed
 * (memfd_create(2), F_SEAL_WRITE) and mapped read-only and shared. A process that is forked later
 * sees the same pages, and no call of its own can make them writable.
 */
#ifndef PE_BASE_FILE_H
#define PE_BASE_FILE_H

#include "base/err.h"

/* {0} is a valid empty one. */
struct pe_bytes {
    const unsigned char *data; /* NULL when length is 0 */
    size_t length;
};

/* Reads a regular file, or standard input for "-" until it ends. Never waits for anything else: a
 * pipe, device, socket or folder is refused (PE_ERR_INPUT), as are more than max_bytes and a file
 * that changes its size meanwhile; what the operating system refuses is PE_ERR_IO. Messages quote
 * the path, with control characters escaped. */
int pe_file_read(const char *path, size_t max_bytes, struct pe_bytes *out, struct pe_err *err);

/* Puts a copy of given bytes into such a mapping. */
int pe_bytes_seal(const void *data, size_t length, struct pe_bytes *out, struct pe_err *err);

void pe_bytes_release(struct pe_bytes *bytes);

#endif
