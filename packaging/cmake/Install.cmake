# What `cmake --install` puts where. core/base/program_files.h finds the programs and modules at
# PREFIX/bin and PREFIX/lib/circuitloom, whatever the system calls its folder of libraries. Models,
# presets, pages and samples lie inside the programs.
include(GNUInstallDirs)
set(parts lib/circuitloom)

install(TARGETS circuitloom-cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS circuitloom-cli-engine RUNTIME DESTINATION ${parts})
install(FILES LICENSE README.md CHANGELOG.md CITATION.cff 
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/circuitloom)

if(CIRCUITLOOM_GUI)
    install(TARGETS circuitloom RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
    install(TARGETS circuitloom-engine circuitloom-film LIBRARY DESTINATION ${parts})

    set(linux ${PROJECT_SOURCE_DIR}/packaging/linux)
    set(share ${CMAKE_INSTALL_DATADIR})
    set(icons ${share}/icons/hicolor/scalable)
    install(FILES ${linux}/circuitloom.desktop DESTINATION ${share}/applications)
    install(FILES resources/icons/circuitloom.svg DESTINATION ${icons}/apps)
    install(FILES resources/icons/circuitloom.svg DESTINATION ${icons}/mimetypes
        RENAME application-x-circuitloom.svg)
    install(FILES ${linux}/circuitloom-mime.xml DESTINATION ${share}/mime/packages
        RENAME circuitloom.xml)
    install(FILES ${linux}/circuitloom.thumbnailer DESTINATION ${share}/thumbnailers)
    set(metainfo ${PROJECT_BINARY_DIR}/packaging/io.github.circuitloom.Circuitloom.metainfo.xml)
    configure_file(${linux}/circuitloom.metainfo.xml.in ${metainfo} @ONLY)
    install(FILES ${metainfo} DESTINATION ${share}/metainfo)
endif()

# Debian's zsh looks elsewhere than others.
set(zsh zsh/site-functions)
if(EXISTS /etc/debian_version)
    set(zsh zsh/vendor-completions)
endif()
foreach(program IN ITEMS circuitloom-cli circuitloom)
    if(TARGET ${program})
        install(CODE "set(program \"$<TARGET_FILE:${program}>\")
            set(share \"${CMAKE_INSTALL_DATADIR}\")
            set(zsh \"${zsh}\")
            include(\"${PROJECT_SOURCE_DIR}/packaging/cmake/WriteReference.cmake\")")
    endif()
endforeach()

# The package has both programs, and depends on Debian's own LibTorch.
if(CIRCUITLOOM_GUI AND NOT CIRCUITLOOM_TORCH)
    include(DebianPackage)
endif()
