# embed_text.cmake: writes a text as an array of bytes (cmake -P; see generate.cmake).
# SPDX-License-Identifier: Apache-2.0
#
# Given: MANIFEST (of the one file) OUTPUT HEADER NAME. The array ends in a NUL that its length
# does not count.
cmake_policy(VERSION 3.25)

file(STRINGS "${MANIFEST}" file)
file(READ "${file}" hex HEX)
string(LENGTH "${hex}" length)
math(EXPR length "${length} / 2")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
file(WRITE "${OUTPUT}" "/* Written by the build from cmake/embed_text.cmake. */
#include \"${HEADER}\"

const char ${NAME}[] = {${bytes}0};
const size_t ${NAME}_length = ${length};
")
