# The parser, its grammars and GNU libiconv, as pinned by deps/package-lock.json, and the system's
# libraries.
#
# -DTREE_SITTER_DIR=…         the core: a folder with lib/src/lib.c (packagers)
# -DTREE_SITTER_PYTHON_DIR=…  the grammar: a folder with src/parser.c and src/scanner.c
# -DTREE_SITTER_TOML_DIR=…    likewise
# -DLIBICONV_DIR=…            a folder with deps/libiconv/lib and support, as the package iconv has them

set(TREE_SITTER_DIR "" CACHE PATH "tree-sitter core sources")
set(TREE_SITTER_PYTHON_DIR "" CACHE PATH "tree-sitter-python sources")
set(TREE_SITTER_TOML_DIR "" CACHE PATH "tree-sitter-toml sources")
set(LIBICONV_DIR "" CACHE PATH "libiconv sources")
# $ASYNCLINT_DEPS_DIR names a folder with sources that were fetched before.
set(kept ${CMAKE_SOURCE_DIR}/build/deps)
if(DEFINED ENV{ASYNCLINT_DEPS_DIR})
    set(kept $ENV{ASYNCLINT_DEPS_DIR})
endif()
set(ASYNCLINT_DEPS_DIR ${kept} CACHE PATH "Where fetched sources are kept, for all presets")

# Runs npm once for each state of the lockfile. Integrity hashes are npm's to check.
function(fetch_npm_sources)
    file(SHA256 ${CMAKE_SOURCE_DIR}/deps/package-lock.json wanted)
    set(stamp ${ASYNCLINT_DEPS_DIR}/fetched)
    if(EXISTS ${stamp})
        file(READ ${stamp} present)
        if(present STREQUAL wanted)
            return()
        endif()
    endif()
    find_program(NPM npm REQUIRED)
    file(MAKE_DIRECTORY ${ASYNCLINT_DEPS_DIR})
    foreach(name package.json package-lock.json)
        file(COPY_FILE ${CMAKE_SOURCE_DIR}/deps/${name} ${ASYNCLINT_DEPS_DIR}/${name})
    endforeach()
    message(STATUS "Fetching sources")
    execute_process(
        COMMAND ${NPM} ci --ignore-scripts --legacy-peer-deps --no-audit --no-fund --loglevel=error
        WORKING_DIRECTORY ${ASYNCLINT_DEPS_DIR} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
    file(WRITE ${stamp} ${wanted})
endfunction()

if(NOT TREE_SITTER_DIR OR NOT TREE_SITTER_PYTHON_DIR OR NOT TREE_SITTER_TOML_DIR OR NOT LIBICONV_DIR)
    fetch_npm_sources()
endif()
set(packages ${ASYNCLINT_DEPS_DIR}/node_modules)
set(core ${TREE_SITTER_DIR})
if(NOT core)
    set(core ${packages}/tree-sitter/vendor/tree-sitter)
endif()
set(python ${TREE_SITTER_PYTHON_DIR})
if(NOT python)
    set(python ${packages}/tree-sitter-python)
endif()
set(toml ${TREE_SITTER_TOML_DIR})
if(NOT toml)
    set(toml ${packages}/@tree-sitter-grammars/tree-sitter-toml)
endif()
set(iconv ${LIBICONV_DIR})
if(NOT iconv)
    set(iconv ${packages}/iconv)
endif()

add_library(tree_sitter STATIC ${core}/lib/src/lib.c)
target_include_directories(tree_sitter SYSTEM PUBLIC ${core}/lib/include PRIVATE ${core}/lib/src)
target_compile_definitions(tree_sitter PRIVATE _DEFAULT_SOURCE _POSIX_C_SOURCE=200112L)

foreach(language python toml)
    set(name tree_sitter_${language})
    add_library(${name} STATIC ${${language}}/src/parser.c ${${language}}/src/scanner.c)
    target_include_directories(${name} SYSTEM PRIVATE ${${language}}/src)
    target_compile_options(${name} PRIVATE -w)
endforeach()
target_compile_options(tree_sitter PRIVATE -w)

# The C library's own iconv loads its tables from the system as shared objects.
add_library(iconv STATIC ${iconv}/deps/libiconv/lib/iconv.c ${iconv}/support/localcharset.c)
target_include_directories(iconv SYSTEM PUBLIC ${iconv}/support)
target_compile_definitions(iconv PRIVATE ENABLE_EXTRA=1 PUBLIC ICONV_CONST=const)
target_compile_options(iconv PRIVATE -w)

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)
pkg_check_modules(XXHASH REQUIRED libxxhash) # its header is all of it

# A library that is linked in need not be loaded and bound at every start.
find_library(PCRE2_ARCHIVE libpcre2-8.a HINTS ${PCRE2_LIBRARY_DIRS})
if(PCRE2_ARCHIVE)
    set_target_properties(PkgConfig::PCRE2 PROPERTIES INTERFACE_LINK_LIBRARIES ${PCRE2_ARCHIVE})
endif()
