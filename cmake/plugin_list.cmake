# plugin_list.cmake: writes the array of a folder's plug-ins (cmake -P; see generate.cmake).
# SPDX-License-Identifier: Apache-2.0
#
# Given: MANIFEST OUTPUT HEADER STRUCT ARRAY FIRST (names that go first, with commas between).
cmake_policy(VERSION 3.25)

file(STRINGS "${MANIFEST}" files)
set(found)
foreach(file IN LISTS files)
    get_filename_component(name "${file}" NAME_WE)
    file(READ "${file}" text)
    if(text MATCHES "const struct ${STRUCT} ${STRUCT}_${name}[ \t\r\n]*=")
        list(APPEND found "${name}")
    endif()
endforeach()
list(SORT found COMPARE STRING)

string(REPLACE "," ";" ordered "${FIRST}")
set(names)
foreach(name IN LISTS ordered found)
    if(name IN_LIST found AND NOT name IN_LIST names)
        list(APPEND names "${name}")
    endif()
endforeach()

set(declarations "")
set(entries "")
foreach(name IN LISTS names)
    string(APPEND declarations "extern const struct ${STRUCT} ${STRUCT}_${name};\n")
    string(APPEND entries "    &${STRUCT}_${name},\n")
endforeach()
list(LENGTH names count)
file(WRITE "${OUTPUT}" "/* Written by the build from cmake/plugin_list.cmake. */
#include <stddef.h>

#include \"${HEADER}\"

${declarations}
extern const struct ${STRUCT} *const ${ARRAY}[];
extern const size_t ${ARRAY}_count;

const struct ${STRUCT} *const ${ARRAY}[] = {
${entries}    NULL, /* not counted */
};
const size_t ${ARRAY}_count = ${count};
")
