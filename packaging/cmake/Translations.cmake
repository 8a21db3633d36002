# circuitloom_add_translations(TARGET TS…): lrelease makes a .qm of each catalogue, and TARGET holds
# them as resources (:/circuitloom/translations). The target `translations` has lupdate bring the
# catalogues up to date with the sources; tests/rules/catalogues.h says what a complete one is.
find_program(CIRCUITLOOM_LRELEASE NAMES lrelease lrelease6 lrelease-qt6
    HINTS ${QT6_INSTALL_PREFIX}/${QT6_INSTALL_BINS} ${QT6_INSTALL_PREFIX}/lib/qt6/bin REQUIRED)
find_program(CIRCUITLOOM_LUPDATE NAMES lupdate lupdate6 lupdate-qt6
    HINTS ${QT6_INSTALL_PREFIX}/${QT6_INSTALL_BINS} ${QT6_INSTALL_PREFIX}/lib/qt6/bin)

function(circuitloom_add_translations target)
    set(folder ${CMAKE_CURRENT_BINARY_DIR}/translations)
    file(MAKE_DIRECTORY ${folder})
    set(made)
    foreach(ts IN LISTS ARGN)
        cmake_path(GET ts STEM name)
        set(qm ${folder}/${name}.qm)
        add_custom_command(OUTPUT ${qm}
            COMMAND ${CIRCUITLOOM_LRELEASE} -silent ${ts} -qm ${qm}
            DEPENDS ${ts} COMMENT "Translating: ${name}" VERBATIM)
        list(APPEND made ${qm})
    endforeach()
    qt_add_resources(${target} translations PREFIX /circuitloom/translations
        BASE ${folder} FILES ${made}
        OPTIONS ${CMAKE_AUTORCC_OPTIONS}) # without times, as all resources
    if(NOT CIRCUITLOOM_LUPDATE)
        return()
    endif()
    set(update ${CIRCUITLOOM_LUPDATE} -silent -no-obsolete -locations none -I .
        ui app resources/translations)
    set(english ${ARGN})
    list(FILTER english INCLUDE REGEX "_en[.]ts$") # of which only plural forms are needed
    set(others ${ARGN})
    list(FILTER others EXCLUDE REGEX "_en[.]ts$")
    add_custom_target(translations
        COMMAND ${update} -ts ${others}
        COMMAND ${update} -pluralonly -ts ${english}
        WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)
endfunction()
