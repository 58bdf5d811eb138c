# flags.cmake: the language, warnings, hardening and sanitizers that every target has (pe_flags).
# SPDX-License-Identifier: Apache-2.0

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS ON) # gnu11: POSIX and Linux interfaces
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Debug CACHE STRING "Debug or Release" FORCE)
endif()

add_library(pe_flags INTERFACE)
# Empty, so that a source may say `#define _GNU_SOURCE` as well.
target_compile_definitions(pe_flags INTERFACE _GNU_SOURCE=)
target_compile_options(pe_flags INTERFACE
    -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wvla
    -Wpointer-arith -Wwrite-strings -Wundef -Wformat-security
    -fno-common -fstack-protector-strong)
if(PE_WERROR)
    target_compile_options(pe_flags INTERFACE -Werror)
endif()

if(CMAKE_BUILD_TYPE STREQUAL "Release")
    # The same bytes from any folder. The build's folder comes last: gcc takes the last match.
    target_compile_options(pe_flags INTERFACE
        -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-clash-protection
        -ffile-prefix-map=${PROJECT_SOURCE_DIR}=. -ffile-prefix-map=${PROJECT_BINARY_DIR}=.)
    target_link_options(pe_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()

if(PE_SANITIZE)
    set(sanitize -fsanitize=${PE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_compile_definitions(pe_flags INTERFACE PE_SANITIZED) # engine/wall.h
    target_compile_options(pe_flags INTERFACE ${sanitize})
    target_link_options(pe_flags INTERFACE ${sanitize})
endif()
if(PE_FUZZ)
    target_compile_options(pe_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(PE_COVERAGE)
    # A worker leaves through _exit(), which would lose its counters, and behind a wall through
    # which no file can be written: tools/coverage_exit.c. Conditions (MC/DC) are clang's alone.
    if(CMAKE_C_COMPILER_ID STREQUAL "Clang")
        # The place is the program's own: a test that runs it with no environment still counts,
        # and finds no default.profraw where it looks for files that nobody asked for.
        set(coverage "-fprofile-instr-generate=${PROJECT_BINARY_DIR}/profiles/%8m.profraw"
            -fcoverage-mapping -fcoverage-mcdc)
    else()
        set(coverage --coverage)
        target_compile_options(pe_flags INTERFACE -fprofile-update=atomic)
    endif()
    target_compile_options(pe_flags INTERFACE ${coverage})
    target_link_options(pe_flags INTERFACE ${coverage} -Wl,--wrap=_exit,--wrap=fork)
    add_library(pe_coverage_exit STATIC "${PROJECT_SOURCE_DIR}/tools/coverage_exit.c")
    target_link_libraries(pe_flags INTERFACE pe_coverage_exit)
endif()
