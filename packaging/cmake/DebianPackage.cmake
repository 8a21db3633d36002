# `cpack -G DEB` in the build folder makes a .deb; see resources/docs/packaging.md.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME circuitloom)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CIRCUITLOOM_MAINTAINER "The Circuitloom authors <maintainers@circuitloom.invalid>" CACHE STRING
    "Name and address of who answers for the package")
set(CPACK_PACKAGE_CONTACT ${CIRCUITLOOM_MAINTAINER})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "fine-tune a language model inside its circuit and watch it learn")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

file(READ ${PROJECT_SOURCE_DIR}/packaging/debian/description CPACK_DEBIAN_PACKAGE_DESCRIPTION)
string(STRIP "${CPACK_DEBIAN_PACKAGE_DESCRIPTION}" CPACK_DEBIAN_PACKAGE_DESCRIPTION)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS OFF)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION TRUE)
# LibTorch is content with any BLAS, and the reference one is slow.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-dejavu-core, libopenblas0-openmp")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "openssh-client, qt6-wayland")
# changelog.gz, copyright and sbom.spdx.json, which no other installation has.
set(CPACK_CIRCUITLOOM_SOURCE ${PROJECT_SOURCE_DIR})
set(CPACK_CIRCUITLOOM_BUILD ${PROJECT_BINARY_DIR})
set(CPACK_CIRCUITLOOM_DATE ${CIRCUITLOOM_RELEASE_DATE})
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/packaging/cmake/DebianFiles.cmake)
include(CPack)
