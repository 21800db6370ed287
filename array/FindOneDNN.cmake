# The imported target neartile::onednn. By its files: Debian's CMake package wants OpenCL's development
# files, which nothing here needs. Its OpenMP library is asked for one thread (array/one_thread.h). This file
# is part of the installed package.
find_path(ONEDNN_INCLUDE_DIR dnnl.h)
find_library(ONEDNN_LIBRARY dnnl)
mark_as_advanced(ONEDNN_INCLUDE_DIR ONEDNN_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OneDNN REQUIRED_VARS ONEDNN_LIBRARY ONEDNN_INCLUDE_DIR)
if(OneDNN_FOUND AND NOT TARGET neartile::onednn)
  add_library(neartile::onednn INTERFACE IMPORTED GLOBAL)
  target_include_directories(neartile::onednn SYSTEM INTERFACE ${ONEDNN_INCLUDE_DIR})
  target_link_libraries(neartile::onednn INTERFACE ${ONEDNN_LIBRARY} gomp)
endif()
