# cmake -DROOT=… -P top_level.cmake: fails where the top level holds more or less than agreed.
set(agreed
    .ci .clang-format .clang-tidy .gitignore CHANGELOG.md CITATION.cff CMakeLists.txt CMakePresets.json
    LICENSE README.md app core packaging resources tests ui)
set(untracked .git .cache build compile_commands.json out)

file(GLOB present RELATIVE ${ROOT} LIST_DIRECTORIES true ${ROOT}/* ${ROOT}/.*)
list(REMOVE_ITEM present . .. ${untracked})
list(FILTER present EXCLUDE REGEX "\\.loom(-wal|-shm)?$")

set(missing ${agreed})
set(extra ${present})
list(REMOVE_ITEM missing ${present})
list(REMOVE_ITEM extra ${agreed})
if(missing OR extra)
    message(FATAL_ERROR "The top level lacks [${missing}] and has [${extra}] too many.")
endif()
