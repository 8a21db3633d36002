# Every library the project uses, found once. packaging/bootstrap.sh installs the Debian packages.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(doctest REQUIRED)
find_package(ZLIB REQUIRED)
find_package(mimalloc QUIET)
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(CGRAPH REQUIRED IMPORTED_TARGET libgvc libcgraph)
if(CIRCUITLOOM_FUZZ)
    return()
endif()

# LibTorch's headers are not written for our warnings, so they count as system headers.
add_library(circuitloom_torch INTERFACE)
if(CIRCUITLOOM_TORCH)
    set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON) # what was installed still finds that folder
    include(TorchFolder)
    circuitloom_take_torch(circuitloom_torch ${CIRCUITLOOM_TORCH})
    include(Nccl)
    circuitloom_find_nccl(CIRCUITLOOM_NCCL_INCLUDES circuitloom_torch ${CIRCUITLOOM_TORCH})
else()
    find_package(Torch REQUIRED)
    if(TORCH_CXX_FLAGS MATCHES "_GLIBCXX_USE_CXX11_ABI=0")
        message(FATAL_ERROR "This LibTorch was built with the old C++ ABI; take a build with the cxx11 ABI.")
    endif()
    # One LibTorch's headers with another one's library would link and then crash.
    cmake_path(IS_PREFIX TORCH_INSTALL_PREFIX "${TORCH_LIBRARY}" NORMALIZE torch_is_whole)
    if(NOT torch_is_whole)
        message(FATAL_ERROR "Headers of the LibTorch in ${TORCH_INSTALL_PREFIX}, but the library "
            "${TORCH_LIBRARY}: set CMAKE_PREFIX_PATH to the folder that holds its lib and share.")
    endif()
    target_include_directories(circuitloom_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
    target_link_libraries(circuitloom_torch INTERFACE ${TORCH_LIBRARIES})
    # Debian's LibTorch uses oneDNN and a BLAS of one's choice; PyPI's has both inside, and MKL.
    # oneDNN's own CMake files ask for OpenCL's headers, which nothing here needs.
    find_path(CIRCUITLOOM_ONEDNN_INCLUDE dnnl.h)
    find_library(CIRCUITLOOM_ONEDNN_LIBRARY dnnl)
    mark_as_advanced(CIRCUITLOOM_ONEDNN_INCLUDE CIRCUITLOOM_ONEDNN_LIBRARY)
    if(CIRCUITLOOM_ONEDNN_INCLUDE AND CIRCUITLOOM_ONEDNN_LIBRARY)
        add_library(circuitloom_onednn INTERFACE)
        target_include_directories(circuitloom_onednn SYSTEM INTERFACE ${CIRCUITLOOM_ONEDNN_INCLUDE})
        target_link_libraries(circuitloom_onednn INTERFACE ${CIRCUITLOOM_ONEDNN_LIBRARY})
    endif()
endif()

if(CIRCUITLOOM_GUI)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui OpenGL Widgets Svg PrintSupport Test)
    find_package(QCustomPlotQt6 REQUIRED)
    pkg_check_modules(LIBAV REQUIRED IMPORTED_TARGET
        libavcodec libavfilter libavformat libavutil libswscale)
    set(CMAKE_AUTOMOC ON)
    # Qt 6.4's moc cannot parse libstdc++ 12's <concepts>, and needs nothing from it.
    set(CMAKE_AUTOMOC_MOC_OPTIONS -D_GLIBCXX_CONCEPTS)
    set(CMAKE_AUTORCC ON)
    # Later versions hold when each file was last changed, so that two clones build two programs.
    set(CMAKE_AUTORCC_OPTIONS --format-version 1)
endif()
