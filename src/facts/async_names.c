#include "facts/async_names.h"

enum { NOT_ASKED, HAS_NONE, HAS_SOME };

// The libraries are those whose context managers facts/withs.c knows.
static bool is_async_name(Str name) {
    switch (name.at[0]) {
    case 'B': return str_starts_with(name, STR("BaseException"));
    case 'C': return str_starts_with(name, STR("Cancelled"));
    case 'E': return str_is(name, "ExceptionGroup");
    case '_': return str_is(name, "__import__");
    case 'a':
        return str_starts_with(name, STR("async")) || str_is(name, "anyio") ||
               str_is(name, "apscheduler") || str_is(name, "asgi_lifespan");
    case 'i': return str_is(name, "import_module");
    case 'm': return str_is(name, "mcp");
    case 'q': return str_is(name, "qtrio");
    case 't': return str_starts_with(name, STR("trio"));
    default: return false;
    }
}

static bool look_for_names(const File *file) {
    for (uint32_t i = 0; i < file->tokens.count; i++) {
        const Token *token = &file->tokens.at[i];
        if (token->word == KEYWORD_ASYNC || token->word == KEYWORD_AWAIT) return true;
        if (token_is_name(token) && is_async_name(token_text(&file->lines, token))) return true;
    }
    return file->tokens.count == 0;
}

bool has_async_names(File *file) {
    if (file->async_names == NOT_ASKED)
        file->async_names = look_for_names(file) ? HAS_SOME : HAS_NONE;
    return file->async_names == HAS_SOME;
}
