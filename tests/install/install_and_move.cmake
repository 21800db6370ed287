# cmake -DBUILD=.. -DPREFIX=.. -P: installs BUILD, then moves what was installed to PREFIX.
file(REMOVE_RECURSE ${PREFIX} ${PREFIX}.first)
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX}.first
                OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(RENAME ${PREFIX}.first ${PREFIX})

# No text that was installed may name the place where it first was.
file(GLOB_RECURSE texts ${PREFIX}/*.cmake ${PREFIX}/*.pc ${PREFIX}/*.h)
foreach(path IN LISTS texts)
  file(READ ${path} text)
  string(FIND "${text}" "${PREFIX}.first" place)
  if(NOT place EQUAL -1)
    message(FATAL_ERROR "${path} names the prefix")
  endif()
  string(FIND "${text}" "${BUILD}" place)
  if(NOT place EQUAL -1)
    message(FATAL_ERROR "${path} names the build tree")
  endif()
endforeach()
