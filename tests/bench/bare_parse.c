// What tree-sitter alone costs: reads every file named on standard input, one a line, parses it
// with one parser and drops the tree. The same build of the same grammar as asynclint's.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_python(void);

static char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return NULL;
    fseek(file, 0, SEEK_END);
    long length = ftell(file);
    rewind(file);
    char *bytes = malloc((size_t)length + 1);
    *size = bytes == NULL ? 0 : fread(bytes, 1, (size_t)length, file);
    fclose(file);
    return bytes;
}

int main(void) {
    TSParser *parser = ts_parser_new();
    ts_parser_set_language(parser, tree_sitter_python());
    char path[4096];
    while (fgets(path, sizeof path, stdin) != NULL) {
        path[strcspn(path, "\n")] = '\0';
        size_t size = 0;
        char *bytes = read_file(path, &size);
        if (bytes == NULL) continue;
        ts_tree_delete(ts_parser_parse_string(parser, NULL, bytes, (uint32_t)size));
        free(bytes);
    }
    ts_parser_delete(parser);
    return 0;
}
