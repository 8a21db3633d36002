# Run by cpack before it packs: the files below /usr/share/doc that a Debian package has. changelog.gz
# is made from CHANGELOG.md, of which every heading is "## VERSION (YYYY-MM-DD)" and every change an
# item "- …".
# Files in the package are of the day of the release: who builds the same again gets the same package.
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
    execute_process(COMMAND date -u -d ${CPACK_CIRCUITLOOM_DATE} +%s OUTPUT_VARIABLE day
        OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    set(ENV{SOURCE_DATE_EPOCH} ${day})
endif()
set(folder ${CPACK_TEMPORARY_DIRECTORY}/usr/share/doc/circuitloom)
set(changelog "")
set(signed "")
file(STRINGS ${CPACK_CIRCUITLOOM_SOURCE}/CHANGELOG.md lines)
foreach(line IN LISTS lines)
    if(line MATCHES "^## ([0-9.]+) [(]([0-9-]+)[)]$")
        set(version ${CMAKE_MATCH_1})
        execute_process(COMMAND date -u -R -d ${CMAKE_MATCH_2} OUTPUT_VARIABLE day
            OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
        string(APPEND changelog
            "${signed}circuitloom (${version}) unstable; urgency=medium\n\n")
        set(signed "\n -- ${CPACK_PACKAGE_CONTACT}  ${day}\n\n")
    elseif(signed AND line MATCHES "^- (.*)$")
        string(APPEND changelog "  * ${CMAKE_MATCH_1}\n")
    elseif(signed AND line MATCHES "^  (.*)$")
        string(APPEND changelog "    ${CMAKE_MATCH_1}\n")
    endif()
endforeach()
string(APPEND changelog "${signed}")
file(WRITE ${folder}/changelog "${changelog}")
execute_process(COMMAND gzip -9nf ${folder}/changelog COMMAND_ERROR_IS_FATAL ANY)
# The licence is in /usr/share/common-licenses.
file(REMOVE ${folder}/LICENSE ${folder}/CHANGELOG.md)
file(COPY ${CPACK_CIRCUITLOOM_SOURCE}/packaging/debian/copyright DESTINATION ${folder})
file(CHMOD ${folder}/copyright ${folder}/changelog.gz
    PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
# What it is made of; without Python or Ninja there is a package, but no such list in it.
find_program(python python3)
if(python AND EXISTS ${CPACK_CIRCUITLOOM_BUILD}/build.ninja)
    execute_process(COMMAND ${python} ${CPACK_CIRCUITLOOM_SOURCE}/packaging/sbom.py
            ${CPACK_TEMPORARY_DIRECTORY} ${CPACK_CIRCUITLOOM_BUILD} ${CPACK_PACKAGE_VERSION}
            ${CPACK_CIRCUITLOOM_DATE}
        OUTPUT_FILE ${folder}/sbom.spdx.json COMMAND_ERROR_IS_FATAL ANY)
    file(CHMOD ${folder}/sbom.spdx.json
        PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
else()
    message(WARNING "The package gets no sbom.spdx.json, for which python3 and a build by Ninja are needed.")
endif()
