# cmake -DROOT=… -DVERSION=… -DDATE=… -P version.cmake: fails where CITATION.cff, which nothing
# generates because citation tools read it from the repository, names another version or day.
file(STRINGS ${ROOT}/CITATION.cff lines REGEX "^(version|date-released):")
if(NOT lines STREQUAL "version: ${VERSION};date-released: ${DATE}")
    message(FATAL_ERROR "CITATION.cff says [${lines}], but this is version ${VERSION} of ${DATE}.")
endif()
