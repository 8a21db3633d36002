# cmake -DPAGE=… -DPROGRAM=… -DARGUMENTS="…" -P generated_page.cmake: fails where the page of the
# documentation is not what the program prints, and says the command that writes it anew.
set(ENV{QT_QPA_PLATFORM} offscreen)
separate_arguments(words UNIX_COMMAND "${ARGUMENTS}")
execute_process(COMMAND ${PROGRAM} ${words} OUTPUT_VARIABLE printed RESULT_VARIABLE failed)
if(failed OR NOT printed)
    message(FATAL_ERROR "${PROGRAM} ${ARGUMENTS} printed no page (${failed}).")
endif()
set(page)
if(EXISTS ${PAGE})
    file(READ ${PAGE} page)
endif()
if(NOT printed STREQUAL page)
    message(FATAL_ERROR "The page is not what the program prints; this writes it anew:\n"
        "    ${PROGRAM} ${ARGUMENTS} > ${PAGE}")
endif()
