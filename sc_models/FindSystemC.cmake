# The target neartile::systemc: SystemC with TLM-2.0, from its CMake package (source builds) or from
# pkg-config (Debian). Debian's library is built as C++17, and its headers check that users agree on it:
# SC_CPLUSPLUS states the library's standard to code that is compiled as C++20.
add_library(neartile_systemc INTERFACE)
add_library(neartile::systemc ALIAS neartile_systemc)
set_target_properties(neartile_systemc PROPERTIES EXPORT_NAME systemc)

find_package(SystemCLanguage CONFIG QUIET)
if(SystemCLanguage_FOUND)
  target_link_libraries(neartile_systemc INTERFACE SystemC::systemc)
else()
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(SYSTEMC REQUIRED IMPORTED_TARGET systemc tlm)
  target_link_libraries(neartile_systemc INTERFACE PkgConfig::SYSTEMC)
  target_compile_definitions(neartile_systemc INTERFACE SC_CPLUSPLUS=201703L)
endif()
