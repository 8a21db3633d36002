# circuitloom_find_nccl(OUT TARGET FOLDER): sets OUT to the include folders with which a program
# that links TARGET, the LibTorch in FOLDER (CIRCUITLOOM_TORCH), can use its ProcessGroupNCCL; to
# nothing where it cannot. Only headers that lie beside that LibTorch are taken, as PyPI's nvidia-*
# wheels bring them: those of another NCCL would describe other objects than LibTorch makes.
include(CheckCXXSourceCompiles)
include(CMakePushCheckState)

function(circuitloom_find_nccl out target folder)
    set(${out} "" PARENT_SCOPE)
    file(GLOB nccl_header
        ${folder}/nvidia/nccl/include/nccl.h ${folder}/../nvidia/nccl/include/nccl.h)
    if(NOT nccl_header)
        message(STATUS "NCCL: no headers beside this LibTorch, so processes exchange through Gloo")
        return()
    endif()
    cmake_path(GET nccl_header PARENT_PATH nccl_include)
    cmake_path(SET wheels NORMALIZE ${nccl_include}/../..)
    # One folder for all of CUDA 13, one for each library before.
    file(GLOB cuda_runtime ${wheels}/*/include/cuda_runtime_api.h)
    if(cuda_runtime)
        file(GLOB includes LIST_DIRECTORIES true ${wheels}/*/include)
    endif()
    cmake_push_check_state(RESET)
    # What TARGET asks for, word by word: a check does not see the targets of the project.
    get_target_property(CMAKE_REQUIRED_INCLUDES ${target} INTERFACE_INCLUDE_DIRECTORIES)
    get_target_property(CMAKE_REQUIRED_LIBRARIES ${target} INTERFACE_LINK_LIBRARIES)
    get_target_property(CMAKE_REQUIRED_LINK_OPTIONS ${target} INTERFACE_LINK_OPTIONS)
    list(PREPEND CMAKE_REQUIRED_INCLUDES ${includes})
    set(CMAKE_CXX_STANDARD 20)
    set(CMAKE_REQUIRED_QUIET ON)
    # Another LibTorch is another question.
    string(MD5 asked "${includes}")
    check_cxx_source_compiles("
        #define USE_C10D_NCCL
        #include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
        int main()
        {
            auto end = &c10d::ProcessGroupNCCL::abort;
            return end && c10d::getNcclVersion().empty();
        }" CIRCUITLOOM_NCCL_${asked})
    cmake_pop_check_state()
    if(CIRCUITLOOM_NCCL_${asked})
        message(STATUS "NCCL: ${nccl_include}")
        set(${out} ${includes} PARENT_SCOPE)
    else()
        message(STATUS "NCCL: its headers in ${nccl_include} do not compile with this LibTorch's, "
            "so processes exchange through Gloo")
    endif()
endfunction()
