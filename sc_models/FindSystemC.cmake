# The imported target neartile::systemc: SystemC with TLM-2.0, from its CMake package (source builds) or
# from pkg-config (Debian). Debian's library is built as C++17, and its headers check that users agree on it:
# SC_CPLUSPLUS states the library's standard to code that is compiled as C++20. This file is part of the
# installed package; NEARTILE_SYSTEMC_MODULES are the pkg-config modules, if those were used.
if(TARGET neartile::systemc)
  set(SystemC_FOUND TRUE)
  return()
endif()

set(NEARTILE_SYSTEMC_MODULES "")
set(neartile_systemc_target "")
set(neartile_systemc_definitions "")
find_package(SystemCLanguage CONFIG QUIET GLOBAL)
if(SystemCLanguage_FOUND)
  set(neartile_systemc_target SystemC::systemc)
else()
  find_package(PkgConfig QUIET)
  if(PkgConfig_FOUND)
    pkg_check_modules(NEARTILE_SYSTEMC QUIET IMPORTED_TARGET GLOBAL systemc tlm)
    if(NEARTILE_SYSTEMC_FOUND)
      set(NEARTILE_SYSTEMC_MODULES systemc tlm)
      set(neartile_systemc_target PkgConfig::NEARTILE_SYSTEMC)
      set(neartile_systemc_definitions SC_CPLUSPLUS=201703L)
    endif()
  endif()
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(SystemC REQUIRED_VARS neartile_systemc_target
  REASON_FAILURE_MESSAGE "Neither its CMake package SystemCLanguage nor pkg-config's systemc and tlm are there")
if(SystemC_FOUND)
  add_library(neartile::systemc INTERFACE IMPORTED GLOBAL)
  target_link_libraries(neartile::systemc INTERFACE ${neartile_systemc_target})
  target_compile_definitions(neartile::systemc INTERFACE ${neartile_systemc_definitions})
endif()
