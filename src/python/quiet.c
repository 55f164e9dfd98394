#include "python/quiet.h"

enum { NO_RUN = UINT32_MAX };

// A suite or the module, and its last statement as far as it is known.
typedef struct Block {
    uint32_t run;         // the one that the statement would go on with, or NO_RUN
    uint32_t first;       // the statement's first token
    uint32_t runs_before; // how many there were when it began
    bool has_statement, had_statements;
    bool is_heard;  // somebody looks at a part of the statement
    bool is_whole;  // somebody looks at all of it
    bool any_heard; // of all statements of the block
} Block;

typedef struct Search {
    Arena *arena;
    const Lines *lines;
    const Token *tokens;
    TreeUse use;
    uint32_t last;     // the last token that the grammar sees of the lines so far
    uint32_t levels;   // of its line
    VEC(Block) blocks; // from the module to the innermost open one
    VEC(QuietRun) runs;
} Search;

// ---- Statements ----

static void add_to_run(Search *self, Block *block) {
    if (block->run == NO_RUN) {
        block->run = self->runs.len;
        vec_push(self->arena, &self->runs, (QuietRun){.first = block->first});
    }
    QuietRun *run = &self->runs.at[block->run];
    run->last = self->last;
    run->open_blocks = self->levels - self->blocks.len;
}

// Runs inside a statement are dropped where all of it is quiet, or none.
static void end_statement(Search *self) {
    Block *block = &vec_last(&self->blocks);
    if (!block->has_statement) return;
    if (!block->is_heard || block->is_whole) self->runs.len = block->runs_before;
    if (block->is_heard)
        block->run = NO_RUN;
    else
        add_to_run(self, block);
    block->any_heard |= block->is_heard;
    block->has_statement = false;
    block->had_statements = true;
}

static void begin_statement(Search *self, uint32_t first) {
    Block *block = &vec_last(&self->blocks);
    block->has_statement = true;
    block->first = first;
    block->runs_before = self->runs.len;
    block->is_heard = block->is_whole = false;
}

static void begin_block(Search *self) {
    vec_push(self->arena, &self->blocks, (Block){.run = NO_RUN});
}

static void end_block(Search *self) {
    end_statement(self);
    bool any_heard = vec_last(&self->blocks).any_heard;
    self->blocks.len--;
    vec_last(&self->blocks).is_heard |= any_heard;
}

// ---- Lines ----

static uint32_t next_of_line(const Search *self, uint32_t token) {
    do
        token++;
    while (!token_is_significant(&self->tokens[token]));
    return token;
}

// Inside a match statement the grammar takes clauses and nothing else.
static bool may_belong_to_match(const Search *self, const Token *token) {
    if (!token_is_name(token)) return false;
    Str name = token_text(self->lines, token);
    return str_is(name, "match") || str_is(name, "case");
}

static bool begins_definition(const Search *self, uint32_t first) {
    switch (self->tokens[first].word) {
    case KEYWORD_CLASS:
    case KEYWORD_DEF:
    case OP_AT: return true;
    case KEYWORD_ASYNC: return self->tokens[next_of_line(self, first)].word == KEYWORD_DEF;
    default: return false;
    }
}

static bool may_be_docstring(const Token *token) {
    return token->kind == TOKEN_STRING || token->word == OP_LEFT_PAREN;
}

static bool names_all(const Search *self, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++)
        if (str_is(token_text(self->lines, &self->tokens[i]), "__all__")) return true;
    return false;
}

// `except:` and `except* …`
static bool catches_all(const Search *self, uint32_t first) {
    if (self->tokens[first].word != KEYWORD_EXCEPT) return false;
    uint8_t next = self->tokens[next_of_line(self, first)].word;
    return next == OP_COLON || next == OP_STAR;
}

static bool is_clause(uint8_t word) {
    return word == KEYWORD_ELIF || word == KEYWORD_ELSE || word == KEYWORD_EXCEPT ||
           word == KEYWORD_FINALLY;
}

static bool is_heard(const Search *self, const Block *block, uint32_t first, uint32_t end) {
    const Token *token = &self->tokens[first];
    if (begins_definition(self, first) || may_belong_to_match(self, token)) return true;
    if (!block->had_statements && may_be_docstring(token)) return true;
    return self->blocks.len == 1 && names_all(self, first, end);
}

static void look_at_line(Search *self, uint32_t first, uint32_t end) {
    if (!is_clause(self->tokens[first].word)) {
        end_statement(self);
        begin_statement(self, first);
    }
    Block *block = &vec_last(&self->blocks);
    if (self->use == TREE_CATCH_ALL && catches_all(self, first)) block->is_whole = true;
    block->is_heard |= block->is_whole || is_heard(self, block, first, end);
}

static uint32_t end_of_line(const Search *self, uint32_t first) {
    uint32_t end = first;
    while (self->tokens[end].kind != TOKEN_NEWLINE && self->tokens[end].kind != TOKEN_END)
        end++;
    return end;
}

// Returns the token that ends the line which starts with token `first`.
static uint32_t pass_line(Search *self, uint32_t first) {
    uint32_t end = end_of_line(self, first);
    look_at_line(self, first, end);
    self->last = end - 1;
    while (!token_is_significant(&self->tokens[self->last]))
        self->last--;
    self->levels = self->blocks.len;
    return end;
}

QuietRuns quiet_find(Arena *arena, const Lines *lines, const Tokens *tokens, TreeUse use) {
    if (use == TREE_WHOLE) return (QuietRuns){0};
    Search search = {.arena = arena, .lines = lines, .tokens = tokens->at, .use = use};
    begin_block(&search);
    for (uint32_t i = 0; i + 1 < tokens->count; i++) {
        switch (tokens->at[i].kind) {
        case TOKEN_INDENT: begin_block(&search); break;
        case TOKEN_DEDENT: end_block(&search); break;
        case TOKEN_COMMENT:
        case TOKEN_NL:
        case TOKEN_NEWLINE: break; // behind a comment that ends the text
        default: i = pass_line(&search, i);
        }
    }
    end_statement(&search);
    return (QuietRuns){search.runs.at, search.runs.len};
}
