/* folder_support.h: a folder of its own for each test, gone afterwards.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FOLDER_SUPPORT_H
#define FOLDER_SUPPORT_H

/* Setup and teardown of cmocka: the working directory is a new folder, and all of it is removed. */
int folder_enter(void **state);
int folder_leave(void **state);

/* Writes a file, with the folders on the way to it. */
void folder_put(const char *path, const char *text);

#endif
