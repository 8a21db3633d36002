# Sets CIRCUITLOOM_RELEASE_DATE, the day (YYYY-MM-DD) that CHANGELOG.md names for this version.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/CHANGELOG.md)
string(REPLACE "." "[.]" version_pattern "${PROJECT_VERSION}")
file(STRINGS ${PROJECT_SOURCE_DIR}/CHANGELOG.md release_heading
    REGEX "^## ${version_pattern} [(][0-9-]+[)]$" LIMIT_COUNT 1)
if(NOT release_heading)
    message(FATAL_ERROR "CHANGELOG.md has no heading \"## ${PROJECT_VERSION} (YYYY-MM-DD)\": the "
        "version in CMakeLists.txt needs one.")
endif()
string(REGEX MATCH "[0-9]+-[0-9]+-[0-9]+" CIRCUITLOOM_RELEASE_DATE "${release_heading}")
