# deps.cmake: the libraries that are linked (pe_deps), from archives if the program can be static.
# SPDX-License-Identifier: Apache-2.0

include(CheckCSourceCompiles)
find_package(PkgConfig REQUIRED)
pkg_search_module(LUA REQUIRED IMPORTED_TARGET lua5.4 lua-5.4 lua54)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson>=2.13)
pkg_check_modules(NETTLE REQUIRED IMPORTED_TARGET nettle>=3.4)
if(BUILD_TESTING)
    pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET cmocka>=1.1.5)
endif()

# Do the archives, libc's among them, link into a static program?
function(pe_check_static)
    set(CMAKE_REQUIRED_INCLUDES ${LUA_INCLUDE_DIRS} ${JANSSON_INCLUDE_DIRS} ${NETTLE_INCLUDE_DIRS})
    set(CMAKE_REQUIRED_LIBRARIES ${PE_LUA_ARCHIVE} ${PE_JANSSON_ARCHIVE} ${PE_NETTLE_ARCHIVE} m)
    set(CMAKE_REQUIRED_LINK_OPTIONS -static)
    check_c_source_compiles("
        #include <jansson.h>
        #include <lauxlib.h>
        #include <nettle/sha2.h>
        int main(void)
        {
            struct sha256_ctx hash;
            sha256_init(&hash);
            return luaL_newstate() == NULL || json_object() == NULL;
        }" PE_STATIC_WORKS)
endfunction()

set(PE_LINK_STATIC OFF)
if(PE_STATIC)
    find_library(PE_LUA_ARCHIVE NAMES liblua5.4.a liblua-5.4.a liblua54.a
                 HINTS ${LUA_LIBRARY_DIRS})
    find_library(PE_JANSSON_ARCHIVE NAMES libjansson.a HINTS ${JANSSON_LIBRARY_DIRS})
    find_library(PE_NETTLE_ARCHIVE NAMES libnettle.a HINTS ${NETTLE_LIBRARY_DIRS})
    if(PE_LUA_ARCHIVE AND PE_JANSSON_ARCHIVE AND PE_NETTLE_ARCHIVE)
        pe_check_static()
    endif()
    if(PE_STATIC_WORKS)
        set(PE_LINK_STATIC ON)
    else()
        message(STATUS "The archives of Lua, jansson, nettle or libc are not all there: "
                       "the program is linked dynamically")
    endif()
endif()

add_library(pe_deps INTERFACE)
if(PE_LINK_STATIC)
    target_include_directories(pe_deps SYSTEM INTERFACE
        ${LUA_INCLUDE_DIRS} ${JANSSON_INCLUDE_DIRS} ${NETTLE_INCLUDE_DIRS})
    target_link_libraries(pe_deps INTERFACE
        ${PE_LUA_ARCHIVE} ${PE_JANSSON_ARCHIVE} ${PE_NETTLE_ARCHIVE} m)
else()
    target_link_libraries(pe_deps INTERFACE
        PkgConfig::LUA PkgConfig::JANSSON PkgConfig::NETTLE m)
endif()
