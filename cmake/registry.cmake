# The list of checks, made from the folder: one check is one file, and its stem is its symbol.

file(GLOB ASYNCLINT_RULE_FILES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/rules/*/*.c)
list(SORT ASYNCLINT_RULE_FILES)
set(declarations "")
set(entries "")
foreach(file ${ASYNCLINT_RULE_FILES})
    get_filename_component(stem ${file} NAME_WE)
    get_filename_component(folder ${file} DIRECTORY)
    get_filename_component(family ${folder} NAME)
    string(APPEND declarations "extern const Check ${stem};\n")
    string(APPEND entries "    {\"${family}\", \"${stem}\", &${stem}},\n")
endforeach()
set(ASYNCLINT_REGISTRY ${CMAKE_BINARY_DIR}/registry.c)
file(CONFIGURE OUTPUT ${ASYNCLINT_REGISTRY} CONTENT
"#include \"rule/registry.h\"

@declarations@
const RegistryEntry registry[] = {
@entries@};
const uint32_t registry_count = sizeof registry / sizeof registry[0];
" @ONLY)
