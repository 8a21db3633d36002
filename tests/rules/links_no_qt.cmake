# cmake -DBINARY=… -DREADELF=… -P links_no_qt.cmake: fails where the program links a Qt library, or
# loads one of Qt 6 through another library. (Debian's LibTorch loads OpenCV, and that Qt 5.)
execute_process(COMMAND ${READELF} -d ${BINARY} OUTPUT_VARIABLE dynamic RESULT_VARIABLE failed)
if(failed OR NOT dynamic MATCHES "NEEDED")
    message(FATAL_ERROR "${READELF} -d ${BINARY} names no library, so nothing was checked.")
endif()
execute_process(COMMAND ldd ${BINARY} OUTPUT_VARIABLE loaded RESULT_VARIABLE failed)
if(failed OR NOT loaded MATCHES "libstdc")
    message(FATAL_ERROR "ldd ${BINARY} does not list its libraries:\n${loaded}")
endif()
if(dynamic MATCHES "libQt[0-9]?[A-Z][A-Za-z0-9.]*|lib[Qq][Cc]ustom[Pp]lot[A-Za-z0-9.]*"
        OR loaded MATCHES "libQt6[A-Za-z0-9.]*|lib[Qq][Cc]ustom[Pp]lot[A-Za-z0-9.]*")
    message(FATAL_ERROR "${BINARY} links Qt: ${CMAKE_MATCH_0}")
endif()
