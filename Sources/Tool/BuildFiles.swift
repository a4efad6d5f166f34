/// What `nnc help cmake` prints: a file for CMake to include.
let cmakeFile = #"""
  # nnc_add_network(TARGET NETWORK [OPTION...]): compiles a network to C, again whenever it changes, and adds the code
  # to TARGET, whose sources may then say #include "NETWORK.h". Options are those of `nnc compile`; files that they
  # name are looked for beside CMakeLists.txt:
  #
  #   nnc_add_network(app net.nn --real f32 --weights net.safetensors --weights-in source)
  #
  # Needs CMake 3.15. Made by `nnc help cmake`.
  find_program(NNC_COMMAND nnc DOC "the tool nnc, which compiles networks")

  function(nnc_add_network target network)
    if(NOT NNC_COMMAND)
      message(FATAL_ERROR "nnc is not in PATH: put it there, or give its path by -DNNC_COMMAND=PATH")
    endif()
    get_filename_component(source "${network}" ABSOLUTE)
    get_filename_component(name "${network}" NAME_WE)
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/${target}.networks")
    set(code "${folder}/${name}.c" "${folder}/${name}.h")
    set(dependencies "${source}" "${NNC_COMMAND}")
    foreach(word IN LISTS ARGN)
      string(REGEX REPLACE "^--[a-z-]+=" "" value "${word}")
      get_filename_component(file "${value}" ABSOLUTE)
      if(EXISTS "${file}" AND NOT IS_DIRECTORY "${file}")
        list(APPEND dependencies "${file}")
      endif()
    endforeach()
    if("${ARGN}" MATCHES "--weights-in[=;]header")
      list(APPEND code "${folder}/${name}_weights.h")
    endif()
    add_custom_command(
      OUTPUT ${code}
      COMMAND ${CMAKE_COMMAND} -E make_directory "${folder}"
      COMMAND "${NNC_COMMAND}" compile "${source}" --emit c --diagnostics gcc
              --output "${folder}/${name}.c" ${ARGN}
      DEPENDS ${dependencies}
      WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
      COMMENT "Compiling network ${network}"
      VERBATIM)
    target_sources(${target} PRIVATE ${code})
    target_include_directories(${target} PRIVATE "${folder}")
    # Without contraction, as in ISO C, the bits are those of every other form of the network.
    set_source_files_properties("${folder}/${name}.c" PROPERTIES COMPILE_OPTIONS
      "$<$<OR:$<C_COMPILER_ID:GNU>,$<C_COMPILER_ID:Clang>,$<C_COMPILER_ID:AppleClang>>:-ffp-contract=off>")
    if(UNIX AND NOT APPLE)
      set_property(TARGET ${target} APPEND PROPERTY LINK_LIBRARIES m)
    endif()
  endfunction()

  """#

/// What `nnc help make` prints: a file for GNU make to include.
let makeFile = #"""
  # Compiles networks to C, again whenever they change. For GNU make; made by `nnc help make`.
  #
  #   NETWORKS = net.nn
  #   include nnc.mk
  #   app: main.o $(NETWORK_OBJECTS)
  #   	$(CC) $^ -lm -o $@
  #   main.o: $(NETWORK_HEADERS)
  #
  # NETWORKS      the networks, in this folder
  # NNC           the tool (default nnc)
  # NNCFLAGS      options of `nnc compile` for all networks; NNCFLAGS_net those for net.nn
  # NETWORK_DIR   where the code goes (default networks)
  NNC ?= nnc
  NETWORK_DIR ?= networks
  NETWORK_SOURCES := $(NETWORKS:%.nn=$(NETWORK_DIR)/%.c)
  NETWORK_HEADERS := $(NETWORKS:%.nn=$(NETWORK_DIR)/%.h)
  NETWORK_OBJECTS := $(NETWORKS:%.nn=$(NETWORK_DIR)/%.o)
  CPPFLAGS += -I$(NETWORK_DIR)

  $(NETWORK_DIR)/%.c $(NETWORK_DIR)/%.h: %.nn $(wildcard nnc.json *.safetensors *.npz)
  	@mkdir -p $(NETWORK_DIR)
  	$(NNC) compile $< --emit c --diagnostics gcc --output $(NETWORK_DIR)/$*.c \
  	  $(if $(wildcard nnc.json),--options nnc.json) $(NNCFLAGS) $(NNCFLAGS_$*)

  # Without contraction, as in ISO C, the bits are those of every other form of the network.
  $(NETWORK_DIR)/%.o: $(NETWORK_DIR)/%.c $(NETWORK_DIR)/%.h
  	$(CC) $(CPPFLAGS) $(CFLAGS) -ffp-contract=off -c $< -o $@

  .SECONDARY: $(NETWORK_SOURCES) $(NETWORK_HEADERS)

  """#
