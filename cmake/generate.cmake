# generate.cmake: the C files that the build writes: lists of plug-ins, and the built-in pack.
# SPDX-License-Identifier: Apache-2.0
#
# Each comes from a manifest, which names the files; it changes when one is added or removed, so
# that the C file is written anew then, and when a file changes.

set(PE_GENERATED "${PROJECT_BINARY_DIR}/generated")

function(pe_generate output script)
    cmake_parse_arguments(arg "" "" "FILES;DEFINE" ${ARGN})
    set(manifest "${PE_GENERATED}/${output}.files")
    list(JOIN arg_FILES "\n" lines)
    file(CONFIGURE OUTPUT "${manifest}" CONTENT "${lines}\n" @ONLY)
    add_custom_command(
        OUTPUT "${PE_GENERATED}/${output}"
        COMMAND ${CMAKE_COMMAND} ${arg_DEFINE} -DMANIFEST=${manifest}
                -DOUTPUT=${PE_GENERATED}/${output} -P "${script}"
        DEPENDS "${manifest}" "${script}" ${arg_FILES}
        COMMENT "Writing ${output}"
        VERBATIM)
endfunction()

# pe_plugin_list(OUTPUT FOLDER dir HEADER header STRUCT pe_KIND ARRAY name [FIRST names...])
# A plug-in is a file FOLDER/NAME.c that defines `const struct pe_KIND pe_KIND_NAME`.
function(pe_plugin_list output)
    cmake_parse_arguments(arg "" "FOLDER;HEADER;STRUCT;ARRAY" "FIRST" ${ARGN})
    file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${arg_FOLDER}/*.c")
    list(JOIN arg_FIRST "," first)
    pe_generate(${output} "${PROJECT_SOURCE_DIR}/cmake/plugin_list.cmake" FILES ${files}
        DEFINE -DHEADER=${arg_HEADER} -DSTRUCT=${arg_STRUCT} -DARRAY=${arg_ARRAY} -DFIRST=${first})
endfunction()

# pe_prepare_pack(OUTPUT dir TOOL target): the pack, loaded by the tool and written as constants
# (engine/pack_builtin.h). A manifest names its files, so that it is written anew when one is added
# or removed, too. The tool runs while building: to build for another machine, CMake needs an
# emulator (CMAKE_CROSSCOMPILING_EMULATOR), for compiled Lua is of the machine that compiled it.
function(pe_prepare_pack output folder tool)
    set(root "${PROJECT_SOURCE_DIR}/${folder}")
    set(manifest "${PE_GENERATED}/${output}.files")
    file(GLOB_RECURSE files CONFIGURE_DEPENDS "${root}/*.lua")
    list(FILTER files EXCLUDE REGEX "/${folder}/tests/")
    list(JOIN files "\n" lines)
    file(CONFIGURE OUTPUT "${manifest}" CONTENT "${lines}\n" @ONLY)
    add_custom_command(
        OUTPUT "${PE_GENERATED}/${output}"
        COMMAND ${tool} "${root}" "${PE_GENERATED}/${output}"
        DEPENDS "${manifest}" ${tool} ${files}
        COMMENT "Preparing the pack ${folder}"
        VERBATIM)
endfunction()
