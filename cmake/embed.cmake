# embed.cmake: writes the files of a pack as arrays of bytes (cmake -P; see generate.cmake).
# SPDX-License-Identifier: Apache-2.0
#
# Given: MANIFEST OUTPUT ROOT. Names are relative to ROOT and sorted by their bytes. Each array
# ends in a NUL that its length does not count.
cmake_policy(VERSION 3.25)

file(STRINGS "${MANIFEST}" files)
set(names)
foreach(file IN LISTS files)
    file(RELATIVE_PATH name "${ROOT}" "${file}")
    list(APPEND names "${name}")
endforeach()
list(SORT names COMPARE STRING)

set(arrays "")
set(entries "")
set(number 0)
foreach(name IN LISTS names)
    file(READ "${ROOT}/${name}" hex HEX)
    string(LENGTH "${hex}" length)
    math(EXPR length "${length} / 2")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
    string(APPEND arrays "static const unsigned char file_${number}[] = {${bytes}0};\n")
    string(APPEND entries "    {\"${name}\", file_${number}, ${length}},\n")
    math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUTPUT}" "/* Written by the build from cmake/embed.cmake. */
#include \"pack_builtin.h\"

${arrays}
const struct pe_builtin_file pe_builtin_pack[] = {
${entries}    {NULL, NULL, 0}, /* not counted */
};
const size_t pe_builtin_pack_count = ${number};
")
