# Part of the installation: the manual page and the completions of PROGRAM, which it prints itself.
# Set before: program (its file), share (the folder below the prefix), zsh (zsh's folder below share).
set(root "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/${share}")
cmake_path(GET program FILENAME name)

function(write file)
    execute_process(COMMAND ${program} ${ARGN} OUTPUT_FILE ${file}.part RESULT_VARIABLE failed)
    if(failed)
        message(FATAL_ERROR "${program} ${ARGN} does not print what ${file} is made of: ${failed}")
    endif()
    file(RENAME ${file}.part ${file})
    file(CHMOD ${file} PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
    message(STATUS "Installing: ${file}")
endfunction()

set(man ${root}/man/man1)
set(bash ${root}/bash-completion/completions)
set(fish ${root}/fish/vendor_completions.d)
foreach(folder IN ITEMS ${man} ${bash} ${root}/${zsh} ${fish})
    file(MAKE_DIRECTORY ${folder})
endforeach()
write(${bash}/${name} completion bash)
write(${root}/${zsh}/_${name} completion zsh)
write(${fish}/${name}.fish completion fish)
write(${man}/${name}.1 man)
# Without the time, so that the same program makes the same file.
execute_process(COMMAND gzip -9nf ${man}/${name}.1 COMMAND_ERROR_IS_FATAL ANY)
file(CHMOD ${man}/${name}.1.gz PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
