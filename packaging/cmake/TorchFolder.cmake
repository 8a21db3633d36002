# circuitloom_take_torch(TARGET FOLDER): TARGET links the LibTorch in FOLDER, which is an unpacked
# `torch` wheel (or the site-packages with it) or PyTorch's LibTorch zip. LibTorch's own CMake files
# are not read: those of a build with CUDA ask for a CUDA toolkit, of which nothing is needed here.
function(circuitloom_take_torch target folder)
    foreach(candidate IN ITEMS ${folder} ${folder}/torch ${folder}/libtorch)
        if(EXISTS ${candidate}/lib/libtorch.so)
            set(torch ${candidate})
            break()
        endif()
    endforeach()
    if(NOT torch OR NOT EXISTS ${torch}/include/torch/csrc/api/include/torch/torch.h)
        message(FATAL_ERROR "CIRCUITLOOM_TORCH is ${folder}, where there is no LibTorch: it must be "
            "the folder with lib/libtorch.so and include/torch, as in an unpacked torch wheel or in "
            "PyTorch's LibTorch zip.")
    endif()
    # PyTorch's builds before 2.6 can have the old C++ ABI, whose programs do not link.
    file(STRINGS ${torch}/lib/libc10.so old_abi LIMIT_COUNT 1
        REGEX "^_ZN3c105ErrorC[12]ENS_14SourceLocationESs$")
    if(old_abi)
        message(FATAL_ERROR "The LibTorch in ${torch} was built with the old C++ ABI; take a build "
            "with the cxx11 ABI.")
    endif()

    set(libraries)
    foreach(name IN ITEMS torch torch_cpu c10 torch_cuda c10_cuda)
        if(EXISTS ${torch}/lib/lib${name}.so)
            list(APPEND libraries ${torch}/lib/lib${name}.so)
        endif()
    endforeach()
    target_include_directories(${target} SYSTEM INTERFACE
        ${torch}/include ${torch}/include/torch/csrc/api/include)
    target_link_libraries(${target} INTERFACE
        # No symbol of ours is in libtorch_cuda; it registers itself when it is loaded.
        -Wl,--push-state,--no-as-needed ${libraries} -Wl,--pop-state)
    # What LibTorch itself links, CUDA's libraries among it, is found by its own run paths.
    target_link_options(${target} INTERFACE -Wl,--allow-shlib-undefined)
    message(STATUS "LibTorch: ${torch}")
endfunction()
