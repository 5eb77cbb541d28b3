# SPDX-License-Identifier: EUPL-1.2
# How a room is built. One function, releve_module(), makes the library, its test and its edge in the plan.
include(GNUInstallDirs)
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

option(RELEVE_WERROR "Warnings are errors" OFF)
option(RELEVE_BENCH "Build the benchmarks" OFF)
option(RELEVE_TESTS "Build the tests" ON)
option(RELEVE_FUZZ "With the tests, build the readers for libFuzzer and its sanitizers (clang)" OFF)
set(RELEVE_SANITIZE "" CACHE STRING "Sanitizers, for example address,undefined")

# -ffp-contract=off: the engine gives the same bits on every machine, so no fused multiply-add.
add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow
  -Wnon-virtual-dtor -Woverloaded-virtual -ffp-contract=off -fstack-protector-strong
  -Wno-missing-field-initializers)  # designated initialisers leave the rest at their defaults, on purpose
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-restrict)  # false alarms of g++ 12 on std::string (GCC bug 105651)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_compile_options(-Wno-deprecated-declarations)  # std::stable_sort() of g++ 12 calls what C++17 deprecated
endif()
if(RELEVE_WERROR)
  add_compile_options(-Werror)
endif()
if(RELEVE_FUZZ)
  set(RELEVE_SANITIZE address,undefined)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(RELEVE_SANITIZE)
  # Without NDEBUG: the assertions of the libraries join in. RapidJSON's stack adds an offset to a null pointer, which
  # is not ours to mend: hence no pointer-overflow.
  set(CMAKE_CXX_FLAGS_RELEASE "-O1 -gline-tables-only")
  add_compile_options(-fsanitize=${RELEVE_SANITIZE} -fno-sanitize=pointer-overflow -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  add_compile_definitions(RELEVE_SANITIZED)  # for tests that measure: a sanitizer takes time and memory of its own
  add_link_options(-fsanitize=${RELEVE_SANITIZE})
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_definitions(_FORTIFY_SOURCE=2)
endif()
add_link_options(-Wl,-z,relro,-z,now)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

if(RELEVE_TESTS)
  enable_testing()
  find_package(GTest REQUIRED)
  include(GoogleTest)
endif()

# releve_package(soci libsoci): an interface target releve::pkg::NAME for a Debian package with a .pc file.
function(releve_package name)
  pkg_check_modules(PKG_${name} REQUIRED IMPORTED_TARGET ${ARGN})
  add_library(pkg_${name} INTERFACE IMPORTED GLOBAL)
  # System headers: their warnings are not ours.
  target_link_libraries(pkg_${name} INTERFACE PkgConfig::PKG_${name})
endfunction()

# RapidJSON is headers only. Its document.h of version 1.1 assigns to a const member in a function that nobody calls,
# which clang refuses to parse before it is used.
add_library(pkg_rapidjson INTERFACE)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(pkg_rapidjson INTERFACE -fdelayed-template-parsing -Wno-delayed-template-parsing-in-cxx20)
endif()

# releve_module(NAME SOURCES a.cpp TESTS a_test.cpp DEPENDS base describe LIBRARIES pkg_xml)
#
# module = directory = namespace = CMake target = test label. SOURCES may be empty (headers only).
# DEPENDS are other rooms and are the plan of the house; LIBRARIES are third-party and private to this room.
function(releve_module name)
  cmake_parse_arguments(M "" "" "SOURCES;TESTS;DEPENDS;LIBRARIES;PUBLIC_LIBRARIES;TEST_LIBRARIES" ${ARGN})
  file(RELATIVE_PATH place ${CMAKE_SOURCE_DIR}/src ${CMAKE_CURRENT_SOURCE_DIR})
  if(M_SOURCES)
    add_library(${name} STATIC ${M_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(${name} PRIVATE ${M_LIBRARIES})
  else()
    add_library(${name} INTERFACE)
    set(scope INTERFACE)
    target_link_libraries(${name} INTERFACE ${M_LIBRARIES})
  endif()
  target_include_directories(${name} ${scope} ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(${name} ${scope} ${M_DEPENDS} ${M_PUBLIC_LIBRARIES} Threads::Threads)
  list(JOIN M_DEPENDS " " depends)  # a semicolon would end the item
  set_property(GLOBAL APPEND PROPERTY RELEVE_EDGES "${place}: ${depends}")
  if(RELEVE_TESTS AND M_TESTS)
    add_executable(${name}_test ${M_TESTS})
    target_compile_options(${name}_test PRIVATE -O1)  # a test is compiled more often than it runs; what it tests stays at -O2
    target_link_libraries(${name}_test PRIVATE ${name} ${M_LIBRARIES} ${M_TEST_LIBRARIES} GTest::gtest_main GTest::gmock)
    target_compile_definitions(${name}_test PRIVATE RELEVE_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
      RELEVE_SHARED_DATA="${CMAKE_SOURCE_DIR}/../shared/data")
    gtest_discover_tests(${name}_test DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
      PROPERTIES LABELS ${name} TIMEOUT 600)
  endif()
endfunction()

# releve_embed(TARGET namespace BASE dir FILES...): the files' bytes as
#   std::span<const releve::EmbeddedFile> releve::NAMESPACE::embedded_files();
# through the assembler's .incbin, so that a large file costs no compile time.
function(releve_embed target namespace base)
  set(asm "${CMAKE_CURRENT_BINARY_DIR}/${target}_embedded.S")
  set(cpp "${CMAKE_CURRENT_BINARY_DIR}/${target}_embedded.cpp")
  set(asm_text "    .section .rodata\n")
  set(decls "")
  set(rows "")
  set(i 0)
  foreach(file ${ARGN})
    file(RELATIVE_PATH shown ${base} ${file})
    set(sym "releve_embed_${target}_${i}")
    string(APPEND asm_text "    .global ${sym}\n    .global ${sym}_end\n    .balign 16\n${sym}:\n    .incbin \"${file}\"\n${sym}_end:\n    .byte 0\n")
    string(APPEND decls "extern \"C\" const char ${sym}[];\nextern \"C\" const char ${sym}_end[];\n")
    string(APPEND rows "      EmbeddedFile{\"${shown}\", std::string_view(${sym}, static_cast<std::size_t>(${sym}_end - ${sym}))},\n")
    math(EXPR i "${i} + 1")
  endforeach()
  string(APPEND asm_text "    .section .note.GNU-stack,\"\",@progbits\n")
  file(CONFIGURE OUTPUT ${asm} CONTENT "${asm_text}" @ONLY)
  file(CONFIGURE OUTPUT ${cpp} CONTENT "#include \"foundation/base/embedded.hpp\"\n\n#include <array>\n\n${decls}
namespace releve::${namespace} {
std::span<const EmbeddedFile> embedded_files();
std::span<const EmbeddedFile> embedded_files() {
  static const std::array<EmbeddedFile, ${i}> files{\n${rows}  };
  return files;
}
}  // namespace releve::${namespace}
" @ONLY)
  set_source_files_properties(${asm} PROPERTIES OBJECT_DEPENDS "${ARGN}")
  target_sources(${target} PRIVATE ${asm} ${cpp})
endfunction()

function(releve_write_edges)
  get_property(edges GLOBAL PROPERTY RELEVE_EDGES)
  list(JOIN edges "\n" text)
  file(WRITE ${CMAKE_BINARY_DIR}/edges.txt "${text}\n")
  if(RELEVE_TESTS)
    find_package(Python3 COMPONENTS Interpreter REQUIRED)
    add_test(NAME layers COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/check_layers.py
      ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/edges.txt)
    set_tests_properties(layers PROPERTIES LABELS house)
  endif()
endfunction()
