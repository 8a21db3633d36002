# The flags of every target of the project, in one place: link to circuitloom_flags.
add_library(circuitloom_flags INTERFACE)
target_compile_features(circuitloom_flags INTERFACE cxx_std_20)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# A JSON value is never turned into a string or a number without get<>(): with some versions of the
# library and the compiler a comparison with one would be ambiguous.
target_compile_definitions(circuitloom_flags INTERFACE JSON_USE_IMPLICIT_CONVERSIONS=0)

target_compile_options(circuitloom_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast
    -Wcast-align -Wformat=2)
# g++ 12 warns falsely about std::string's operator+ at -O2 and above (GCC bug 105651).
target_compile_options(circuitloom_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)

# Headers that most sources of a target read, compiled once. g++ then no longer knows that they are
# the system's, and shows the same kind of false warning about the insides of std::string.
function(circuitloom_precompile target)
    target_precompile_headers(${target} PRIVATE ${ARGN})
    foreach(warning IN ITEMS array-bounds stringop-overflow stringop-overread)
        target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-${warning}>)
    endforeach()
endfunction()

# For what only calls other code: -O3 takes twice as long to compile and saves nobody any time.
function(circuitloom_optimise_lightly target)
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()

if(CIRCUITLOOM_WARNINGS_AS_ERRORS)
    target_compile_options(circuitloom_flags INTERFACE -Werror)
endif()

if(CIRCUITLOOM_SANITIZE)
    target_compile_options(circuitloom_flags INTERFACE
        -fsanitize=${CIRCUITLOOM_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all
        # GCC sees uninitialised members of a variant that the instrumentation hides from it.
        $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    target_link_options(circuitloom_flags INTERFACE -fsanitize=${CIRCUITLOOM_SANITIZE})
else()
    # g++ 12 reports false null dereferences under the sanitizers' instrumentation.
    target_compile_options(circuitloom_flags INTERFACE
        $<$<NOT:$<BOOL:$<TARGET_PROPERTY:CIRCUITLOOM_FALSE_NULL_DEREFERENCES>>>:-Wnull-dereference>)
endif()

# ccache, where it is installed, makes the second build of an unchanged file free.
find_program(CIRCUITLOOM_CCACHE ccache)
if(CIRCUITLOOM_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;CCACHE_BASEDIR=${PROJECT_SOURCE_DIR};CCACHE_NOHASHDIR=1;${CIRCUITLOOM_CCACHE}")
    target_compile_options(circuitloom_flags INTERFACE -fpch-preprocess)
endif()
