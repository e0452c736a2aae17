// A second driver for the grammar's tables, for text without syntax errors: nearly all that is ever parsed.
//
// tree-sitter's own spends most of its time on what such a parse has no use for: trees that several threads and versions
// may share, so that each step is an atomic count, an allocation for each node, and the search of tables that are packed.
// This one keeps plain arrays, and looks things up. It runs the grammar's lexer and scanner, and where the grammar is
// ambiguous it follows the readings that tree-sitter follows, in the same order, and prefers what it prefers: functions
// say which one of lib/src/parser.c, stack.c or subtree.c they follow. So the trees are the same, node for node; the
// tests of this package compare them. At the first syntax error, and at the little that is left out, it gives up, and
// the caller turns to tree-sitter.
//
// What it knows of tree-sitter is the interface between generated grammars and the library (tree_sitter/parser.h), which
// has a version, and no private structure.
#include "glr.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// From tree_sitter/parser.h.

enum { LANGUAGE_VERSION = 14, SERIALIZATION_SIZE = 1024, NO_LEX_STATE = 0xFFFF };

typedef uint16_t Symbol;
typedef uint16_t State;

typedef struct TSLexer TSLexer;
struct TSLexer {
  int32_t lookahead;
  Symbol result_symbol;
  void (*advance)(TSLexer *, bool skip);
  void (*mark_end)(TSLexer *);
  uint32_t (*get_column)(TSLexer *);
  bool (*is_at_included_range_start)(const TSLexer *);
  bool (*eof)(const TSLexer *);
  void (*log)(const TSLexer *, const char *, ...);
};

enum { SHIFT, REDUCE, ACCEPT, RECOVER };

typedef union {
  struct {
    uint8_t type;
    State state;
    bool extra;
    bool repetition;
  } shift;
  struct {
    uint8_t type;
    uint8_t child_count;
    Symbol symbol;
    int16_t dynamic_precedence;
    uint16_t production_id;
  } reduce;
  uint8_t type;
} Action;

// A count, and behind it as many actions.
typedef union {
  Action action;
  struct {
    uint8_t count;
    bool reusable;
  } entry;
} Actions;

typedef struct {
  uint16_t lex_state;
  uint16_t external_lex_state;
} LexMode;

typedef struct {
  uint16_t field_id;
  uint8_t child_index;
  bool inherited;
} FieldMapEntry;

typedef struct {
  uint16_t index;
  uint16_t length;
} FieldMapSlice;

typedef struct {
  bool visible;
  bool named;
  bool supertype;
} Metadata;

typedef struct {
  uint32_t version;
  uint32_t symbol_count;
  uint32_t alias_count;
  uint32_t token_count;
  uint32_t external_token_count;
  uint32_t state_count;
  uint32_t large_state_count;
  uint32_t production_id_count;
  uint32_t field_count;
  uint16_t max_alias_sequence_length;
  const uint16_t *parse_table;
  const uint16_t *small_parse_table;
  const uint32_t *small_parse_table_map;
  const Actions *parse_actions;
  const char *const *symbol_names;
  const char *const *field_names;
  const FieldMapSlice *field_map_slices;
  const FieldMapEntry *field_map_entries;
  const Metadata *symbol_metadata;
  const Symbol *public_symbol_map;
  const uint16_t *alias_map;
  const Symbol *alias_sequences;
  const LexMode *lex_modes;
  bool (*lex_fn)(TSLexer *, State);
  bool (*keyword_lex_fn)(TSLexer *, State);
  Symbol keyword_capture_token;
  struct {
    const bool *states;
    const Symbol *symbol_map;
    void *(*create)(void);
    void (*destroy)(void *);
    bool (*scan)(void *, TSLexer *, const bool *valid);
    unsigned (*serialize)(void *, char *);
    void (*deserialize)(void *, const char *, unsigned);
  } external_scanner;
  const State *primary_state_ids;
} Language;

struct aiolens_grammar {
  const Language *language;
  uint16_t *table;  // the parse table, of all states by all symbols
  bool *words;      // lexer states by ASCII: see learn_words
};

// What a parse makes are elements of arrays, and refer to each other by their index.

// Tree is a token or a rule. The children of a rule are kids[first:first+count]. A token has none; first is then the
// state that it leaves the scanner in, if it comes from there.
typedef struct {
  uint32_t start, end;
  uint32_t first;
  uint32_t count : 31;
  uint32_t extra : 1;  // allowed anywhere: a comment, for instance
  int32_t precedence;
  Symbol symbol;
  uint16_t production;
} Tree;

// Entry is a place on the stack, and links to the one below by the tree between them. Where readings that differ came to
// the same state they share an entry, which has more links then: links[more:].
typedef struct {
  uint32_t below;
  uint32_t tree;
  uint32_t more;
  uint32_t at;  // in the text
  int32_t precedence;
  State state;
  uint16_t count;  // of links
} Entry;

typedef struct {
  uint32_t below;
  uint32_t tree;
} Link;

// Head is the top of the stack in one reading of the text.
typedef struct {
  uint32_t top;
  uint32_t scanner;  // the state of the scanner
  enum { ACTIVE, STUCK, DONE } status;
} Head;

// Path is a way down the stack: the entry that it has come to, and the trees on it as a list, the lowest first.
typedef struct {
  uint32_t entry;
  uint32_t cell;
  uint32_t count;
  uint32_t seen;  // trees on it that are not extra
  uint32_t head;  // the new head, when it is at its end
} Path;

typedef struct {
  uint32_t tree, next;
} Cell;

typedef struct {
  uint32_t left, right;
} Pair;

typedef struct {
  uint32_t at, length;
} Bytes;

typedef struct {
  uint32_t start, end;
  uint32_t scanner;
  Symbol symbol;
  State state;    // in which it was read
  bool keyword;   // it looks like one
  bool external;  // the scanner read it
} Token;

// Frame is a rule of which the children are being written.
typedef struct {
  uint32_t kid, end;
  uint32_t index;  // among the children that are not extra
  int32_t parent;
  uint16_t production;
  uint16_t field;
  bool visible;
} Frame;

typedef struct {
  TSLexer base;
  const uint8_t *text;
  uint32_t length;
  uint32_t at;
  uint32_t size;        // of the character there
  uint32_t start, end;  // of the token
  bool odd;             // the text is not UTF-8, or this lexer was asked for what it does not do
} Lexer;

// The first four as in the library, for they decide which readings are given up.
enum { MAX_LINKS = 8, MAX_PATHS = 64, MAX_HEADS = 6, MAX_NEW_HEADS = 10, NONE = -1 };

#define ARRAY(type, name) \
  type *name;             \
  uint32_t name##_count, name##_cap

struct aiolens_parser {
  const aiolens_grammar *grammar;
  Lexer lexer;
  void *scanner;
  uint32_t scanner_state;  // the one that it is in

  Head heads[MAX_NEW_HEADS + 1 + MAX_PATHS];
  uint32_t head_count;
  uint32_t keep;  // entries below may be linked to from anywhere
  uint32_t root;  // the tree of the whole text, or 0
  bool failed;
  bool chance;    // see aiolens_parse

  Token token;  // the last one that was read, from where and in which state of the scanner; other heads may use it
  uint32_t token_at, token_scanner;
  bool token_valid;

  Path ends[MAX_PATHS];  // what find_paths found
  uint32_t end_count;

  ARRAY(Tree, trees);
  ARRAY(uint32_t, kids);
  ARRAY(Entry, stack);
  ARRAY(Link, links);
  ARRAY(Bytes, states);  // of the scanner, as bytes[at:at+length]; the first is that of the start
  ARRAY(char, bytes);
  ARRAY(Cell, cells);
  ARRAY(Pair, pairs);
  ARRAY(Frame, frames);
  ARRAY(aiolens_node, nodes);
};

static void *allocate(void *old, size_t size) {
  void *p = realloc(old, size);
  if (p == NULL) {
    fprintf(stderr, "aiolens: out of memory\n");
    abort();
  }
  return p;
}

static void *grow(void *array, uint32_t *cap, uint64_t need, size_t size) {
  uint64_t to = *cap * 2ull;
  if (to < need) to = need;
  if (to < 256) to = 256;
  *cap = (uint32_t)to;
  return allocate(array, to < UINT32_MAX ? to * size : SIZE_MAX);
}

// ROOM makes room for n more elements.
#define ROOM(array, n)                                   \
  if ((uint64_t)p->array##_count + (n) > p->array##_cap) \
  p->array = grow(p->array, &p->array##_cap, (uint64_t)p->array##_count + (n), sizeof *p->array)

// The lexer that the grammar's functions see: lexer.c for a text in one piece.

static inline bool is_tail(uint8_t c) { return (c & 0xC0) == 0x80; }

static void lexer_decode(Lexer *l) {
  const uint8_t *s = l->text + l->at;
  uint32_t left = l->length - l->at;
  int32_t c = -1;
  l->size = 1;
  if (s[0] >= 0xC2 && s[0] < 0xE0 && left > 1 && is_tail(s[1])) {
    c = (s[0] & 0x1F) << 6 | (s[1] & 0x3F);
    l->size = 2;
  } else if (s[0] >= 0xE0 && s[0] < 0xF0 && left > 2 && is_tail(s[1]) && is_tail(s[2])) {
    c = (s[0] & 0x0F) << 12 | (s[1] & 0x3F) << 6 | (s[2] & 0x3F);
    if (c < 0x800 || (c >= 0xD800 && c < 0xE000)) c = -1;
    l->size = 3;
  } else if (s[0] >= 0xF0 && s[0] < 0xF5 && left > 3 && is_tail(s[1]) && is_tail(s[2]) && is_tail(s[3])) {
    c = (s[0] & 0x07) << 18 | (s[1] & 0x3F) << 12 | (s[2] & 0x3F) << 6 | (s[3] & 0x3F);
    if (c < 0x10000 || c >= 0x110000) c = -1;
    l->size = 4;
  }
  l->base.lookahead = c;
  if (c < 0) l->odd = true;
}

static inline void lexer_look(Lexer *l) {
  if (l->at < l->length && l->text[l->at] >= 0x80) {
    lexer_decode(l);
    return;
  }
  l->base.lookahead = l->at < l->length ? l->text[l->at] : 0;
  l->size = 1;
}

static void lexer_advance(TSLexer *base, bool skip) {
  Lexer *l = (Lexer *)base;
  if (l->at >= l->length) return;
  l->at += l->size;
  if (skip) l->start = l->at;
  lexer_look(l);
}

static void lexer_mark_end(TSLexer *base) {
  Lexer *l = (Lexer *)base;
  l->end = l->at;
}

static uint32_t lexer_column(TSLexer *base) {
  ((Lexer *)base)->odd = true;
  return 0;
}

static bool lexer_at_range_start(const TSLexer *base) {
  const Lexer *l = (const Lexer *)base;
  return l->at == 0 && l->length > 0;
}

static bool lexer_eof(const TSLexer *base) {
  const Lexer *l = (const Lexer *)base;
  return l->at >= l->length;
}

static Lexer lexer_new(const char *text, size_t length) {
  return (Lexer){
    .base = {0, 0, lexer_advance, lexer_mark_end, lexer_column, lexer_at_range_start, lexer_eof, NULL},
    .text = (const uint8_t *)text,
    .length = (uint32_t)length,
  };
}

static void lexer_start(Lexer *l, uint32_t at) {
  l->at = l->start = at;
  l->end = UINT32_MAX;
  l->base.result_symbol = 0;
  lexer_look(l);
}

static void lexer_finish(Lexer *l) {
  if (l->end == UINT32_MAX) l->end = l->at;
  if (l->end < l->start) l->start = l->end;
}

// The grammar.

// unpack writes the parse table out. For all but a few states it is a list of the symbols that each value is for:
// ts_language_lookup.
static uint16_t *unpack(const Language *g) {
  size_t size = (size_t)g->state_count * g->symbol_count * sizeof(uint16_t);
  uint16_t *table = allocate(NULL, size);
  memset(table, 0, size);
  memcpy(table, g->parse_table, (size_t)g->large_state_count * g->symbol_count * sizeof *table);
  for (uint32_t state = g->large_state_count; state < g->state_count; state++) {
    uint16_t *row = table + state * g->symbol_count;
    const uint16_t *data = &g->small_parse_table[g->small_parse_table_map[state - g->large_state_count]];
    for (uint16_t groups = *data++; groups > 0; groups--) {
      uint16_t value = *data++;
      for (uint16_t symbols = *data++; symbols > 0; symbols--) row[*data++] = value;
    }
  }
  return table;
}

static inline bool is_letter(uint8_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

static inline bool is_word(uint8_t c) { return is_letter(c) || (c >= '0' && c <= '9'); }

// lexes_word says whether the grammar's lexer finds in a text of some spaces and a word and more an identifier that is
// the word.
static bool lexes_word(const Language *g, State lex_state, const char *text) {
  size_t start = strspn(text, " "), end = start;
  while (is_word((uint8_t)text[end])) end++;
  Lexer l = lexer_new(text, strlen(text));
  lexer_start(&l, 0);
  bool ok = g->lex_fn(&l.base, lex_state);
  lexer_finish(&l);
  return ok && l.base.result_symbol == g->keyword_capture_token && l.start == start && l.end == end;
}

// learn_words asks the grammar's lexer in which of its states a word of ASCII is an identifier, by the letter that it
// starts with, for nearly half of all tokens are such words, and the lexer looks up each of their letters in a table of
// Unicode. (Keywords are found in a second step.) Letters that start a token which is not an identifier are left out.
static void learn_words(aiolens_grammar *grammar) {
  const Language *g = grammar->language;
  uint32_t states = 0;
  for (uint32_t i = 0; i < g->state_count; i++) {
    uint16_t s = g->lex_modes[i].lex_state;
    if (s != NO_LEX_STATE && s >= states) states = s + 1u;
  }
  grammar->words = allocate(NULL, states * 128);
  memset(grammar->words, 0, states * 128);
  for (uint32_t i = 0; i < g->state_count; i++) {
    State s = g->lex_modes[i].lex_state;
    if (s == NO_LEX_STATE) continue;
    bool *words = grammar->words + s * 128, *seen = words;
    if (*seen) continue;
    *seen = true;  // there is room for it, as no word starts with a NUL
    for (char c = 'A'; c <= 'z'; c++) {
      if (!is_letter((uint8_t)c)) continue;
      char two[] = "  cZ_a09z ", one[] = " c(";
      two[2] = one[1] = c;
      words[(uint8_t)c] = lexes_word(g, s, two) && lexes_word(g, s, one) && lexes_word(g, s, two + 2);
    }
    for (uint32_t k = 0; k < g->token_count; k++) {
      const char *name = g->symbol_names[k];
      if (is_letter((uint8_t)name[0]) && !lexes_word(g, s, name)) words[(uint8_t)name[0]] = false;
    }
  }
  for (uint32_t s = 0; s < states; s++) grammar->words[s * 128] = false;
}

aiolens_grammar *aiolens_grammar_new(const void *language) {
  const Language *g = language;
  if (g->version != LANGUAGE_VERSION) return NULL;
  aiolens_grammar *grammar = allocate(NULL, sizeof *grammar);
  grammar->language = g;
  grammar->table = unpack(g);
  learn_words(grammar);
  return grammar;
}

static inline uint16_t lookup(const aiolens_parser *p, State state, Symbol symbol) {
  return p->grammar->table[state * p->grammar->language->symbol_count + symbol];
}

static inline const Actions *actions_for(const aiolens_parser *p, State state, Symbol symbol) {
  return &p->grammar->language->parse_actions[lookup(p, state, symbol)];
}

// Tokens.

static bool same_scanner(const aiolens_parser *p, uint32_t a, uint32_t b) {
  Bytes x = p->states[a], y = p->states[b];
  return a == b || (x.length == y.length && memcmp(p->bytes + x.at, p->bytes + y.at, x.length) == 0);
}

// scan asks the scanner for a token. The scanner of Python is in the same state as before when it finds none, so it need
// not be told where it was for each token.
static bool scan(aiolens_parser *p, uint16_t mode, uint32_t state, uint32_t at, Token *t) {
  const Language *g = p->grammar->language;
  if (p->scanner_state != state) {
    g->external_scanner.deserialize(p->scanner, p->bytes + p->states[state].at, p->states[state].length);
    p->scanner_state = state;
  }
  lexer_start(&p->lexer, at);
  if (!g->external_scanner.scan(p->scanner, &p->lexer.base, g->external_scanner.states + g->external_token_count * mode)) {
    return false;
  }
  lexer_finish(&p->lexer);
  ROOM(bytes, SERIALIZATION_SIZE);
  char *bytes = p->bytes + p->bytes_count;
  uint32_t n = g->external_scanner.serialize(p->scanner, bytes);
  // tree-sitter goes on with what the bytes say, and they may say less than the scanner knows: an indentation is one byte,
  // and a long state is cut off.
  bool changed = n != p->states[state].length || memcmp(bytes, p->bytes + p->states[state].at, n) != 0;
  if (changed) {
    ROOM(states, 1);
    p->states[p->states_count] = (Bytes){p->bytes_count, n};
    p->bytes_count += n;
    p->scanner_state = state = p->states_count++;
  }
  if (changed || n >= UINT8_MAX) g->external_scanner.deserialize(p->scanner, bytes, n);
  *t = (Token){
    .start = p->lexer.start,
    .end = p->lexer.end,
    .scanner = state,
    .symbol = g->external_scanner.symbol_map[p->lexer.base.result_symbol],
    .external = true,
  };
  return true;
}

// lex_word reads an identifier of ASCII where learn_words found that this is right.
static bool lex_word(const aiolens_parser *p, State lex_state, uint32_t at, Token *t) {
  const Lexer *l = &p->lexer;
  while (at < l->length && l->text[at] == ' ') at++;
  if (at >= l->length || l->text[at] >= 0x80 || !p->grammar->words[lex_state * 128 + l->text[at]]) return false;
  t->start = at;
  do {
    at++;
  } while (at < l->length && is_word(l->text[at]));
  t->end = at;
  t->symbol = p->grammar->language->keyword_capture_token;
  return at == l->length || l->text[at] < 0x80;
}

// lex reads a token: ts_parser__lex. Where there is none that the state allows, it reads one as if all were allowed; other
// heads may go on with that.
static bool lex(aiolens_parser *p, State state, uint32_t scanner, uint32_t at, Token *t) {
  const Language *g = p->grammar->language;
  Lexer *l = &p->lexer;
  LexMode mode = g->lex_modes[state];
  if (mode.lex_state == NO_LEX_STATE) return false;
  for (bool any = false;; any = true, mode = g->lex_modes[0]) {
    if (mode.external_lex_state != 0 && scan(p, mode.external_lex_state, scanner, at, t) &&
        !(any && t->end <= at && t->scanner == scanner)) {
      break;
    }
    *t = (Token){0};
    if (!lex_word(p, mode.lex_state, at, t)) {
      lexer_start(l, at);
      if (!g->lex_fn(&l->base, mode.lex_state)) {
        if (any) return false;
        continue;
      }
      lexer_finish(l);
      t->start = l->start;
      t->end = l->end;
      t->symbol = l->base.result_symbol;
    }
    if (t->symbol == g->keyword_capture_token && t->symbol != 0) {
      lexer_start(l, t->start);
      t->keyword = g->keyword_lex_fn(&l->base, 0);
      if (t->keyword && l->end == t->end && lookup(p, state, l->base.result_symbol) != 0) {
        t->symbol = l->base.result_symbol;
      }
    }
    break;
  }
  t->state = state;
  return !l->odd;
}

// reusable says whether a token that was read in one state is what would be read in another:
// ts_parser__can_reuse_first_leaf.
static bool reusable(const aiolens_parser *p, State state, const Token *t) {
  const Language *g = p->grammar->language;
  const Actions *actions = actions_for(p, state, t->symbol);
  LexMode now = g->lex_modes[state], then = g->lex_modes[t->state];
  if (now.lex_state == NO_LEX_STATE) return false;
  if (actions->entry.count > 0 && now.lex_state == then.lex_state && now.external_lex_state == then.external_lex_state &&
      (t->symbol != g->keyword_capture_token || (!t->keyword && t->state == state))) {
    return true;
  }
  if (t->start == t->end && t->symbol != 0) return false;
  return now.external_lex_state == 0 && actions->entry.reusable;
}

// The stack.

// ts_stack_push
static inline uint32_t push(aiolens_parser *p, uint32_t below, uint32_t tree, State state) {
  ROOM(stack, 1);
  p->stack[p->stack_count] = (Entry){
    .below = below,
    .tree = tree,
    .at = p->trees[tree].end,
    .precedence = p->stack[below].precedence + p->trees[tree].precedence,
    .state = state,
    .count = 1,
  };
  return p->stack_count++;
}

static inline Link link_of(const aiolens_parser *p, const Entry *e, uint32_t i) {
  return i == 0 ? (Link){e->below, e->tree} : p->links[e->more + i - 1];
}

// stack__subtree_is_equivalent
static bool equivalent(const aiolens_parser *p, Link x, Link y) {
  if (x.tree == y.tree) return true;
  const Tree *a = &p->trees[x.tree], *b = &p->trees[y.tree];
  return a->symbol == b->symbol && a->start - p->stack[x.below].at == b->start - p->stack[y.below].at &&
         a->end - a->start == b->end - b->start && a->count == b->count && a->extra == b->extra &&
         (a->count > 0 || same_scanner(p, a->first, b->first));
}

// stack_node_add_link
static void add_link(aiolens_parser *p, uint32_t entry, Link link) {
  if (link.below == entry) return;
  Entry *e = &p->stack[entry];
  const Entry *below = &p->stack[link.below];
  int32_t precedence = below->precedence + p->trees[link.tree].precedence;
  for (uint32_t i = 0; i < e->count; i++) {
    Link old = link_of(p, e, i);
    if (!equivalent(p, old, link)) continue;
    if (old.below == link.below) {
      if (link.tree != old.tree && p->trees[link.tree].precedence == p->trees[old.tree].precedence) p->chance = true;
      if (p->trees[link.tree].precedence > p->trees[old.tree].precedence) {
        *(i == 0 ? &e->tree : &p->links[e->more + i - 1].tree) = link.tree;
        e->precedence = precedence;
      }
      return;
    }
    if (p->stack[old.below].state == below->state && p->stack[old.below].at == below->at) {
      for (uint32_t j = 0; j < below->count; j++) add_link(p, old.below, link_of(p, below, j));
      if (precedence > e->precedence) e->precedence = precedence;
      return;
    }
  }
  if (e->count == MAX_LINKS) return;
  if (e->count == 1) {
    ROOM(links, MAX_LINKS - 1);
    e->more = p->links_count;
    p->links_count += MAX_LINKS - 1;
  }
  p->links[e->more + e->count++ - 1] = link;
  if (precedence > e->precedence) e->precedence = precedence;
}

static void remove_head(aiolens_parser *p, uint32_t i) {
  p->head_count--;
  memmove(&p->heads[i], &p->heads[i + 1], (p->head_count - i) * sizeof(Head));
}

// merge makes one head of two, if they are in the same state: ts_stack_merge.
static bool merge(aiolens_parser *p, uint32_t i, uint32_t j) {
  const Head *a = &p->heads[i], *b = &p->heads[j];
  const Entry *x = &p->stack[a->top], *y = &p->stack[b->top];
  if (a->status != ACTIVE || b->status != ACTIVE || x->state != y->state || x->at != y->at ||
      !same_scanner(p, a->scanner, b->scanner)) {
    return false;
  }
  for (uint32_t k = 0; k < y->count; k++) add_link(p, a->top, link_of(p, y, k));
  p->keep = p->stack_count;
  remove_head(p, j);
  return true;
}

// end_path adds a path to those found. Paths that end at one entry stand together, and share a new head:
// ts_stack__add_slice.
static void end_path(aiolens_parser *p, uint32_t head, Path path) {
  if (p->end_count == MAX_PATHS) {
    p->failed = true;
    return;
  }
  uint32_t i = p->end_count++;
  while (i > 0 && p->heads[p->ends[i - 1].head].top != path.entry) i--;
  if (i > 0) {
    path.head = p->ends[i - 1].head;
    memmove(&p->ends[i + 1], &p->ends[i], (p->end_count - 1 - i) * sizeof(Path));
    p->ends[i] = path;
    return;
  }
  path.head = p->head_count;
  p->heads[p->head_count++] = (Head){path.entry, p->heads[head].scanner, ACTIVE};
  p->ends[p->end_count - 1] = path;
}

// find_paths finds the ways down the stack that pass count trees which are not extra: stack__iter.
static void find_paths(aiolens_parser *p, uint32_t head, uint32_t count) {
  Path paths[MAX_PATHS];
  uint32_t n = 1;
  paths[0] = (Path){.entry = p->heads[head].top};
  p->end_count = p->cells_count = 0;
  while (n > 0) {
    for (uint32_t i = 0, size = n; i < size; i++) {
      Path path = paths[i];
      const Entry *e = &p->stack[path.entry];
      if (path.seen == count) end_path(p, head, path);
      if (path.seen == count || e->count == 0) {
        n--;
        memmove(&paths[i], &paths[i + 1], (n - i) * sizeof(Path));
        i--, size--;
        continue;
      }
      ROOM(cells, e->count);
      for (uint32_t j = 1; j <= e->count; j++) {
        // The first link goes on with this path, and last.
        Link link = link_of(p, e, j == e->count ? 0 : j);
        if (j < e->count && n == MAX_PATHS) continue;
        p->cells[p->cells_count] = (Cell){link.tree, path.cell};
        paths[j == e->count ? i : n++] = (Path){
          .entry = link.below,
          .cell = p->cells_count++,
          .count = path.count + 1,
          .seen = path.seen + !p->trees[link.tree].extra,
        };
      }
    }
  }
}

// Rules. The candidates for the children of one are the trees behind kids, kids[kids_count:].

// gather lists the trees of a path as candidates.
static void gather(aiolens_parser *p, const Path *path) {
  ROOM(kids, path->count);
  uint32_t *kids = p->kids + p->kids_count;
  for (uint32_t i = 0, c = path->cell; i < path->count; i++, c = p->cells[c].next) kids[i] = p->cells[c].tree;
}

// join makes a rule of n candidates, but for the extra ones at the end: ts_subtree_new_node.
static uint32_t join(aiolens_parser *p, const Action *a, uint32_t base, uint32_t n) {
  const uint32_t *kids = p->kids + p->kids_count;
  while (n > 0 && p->trees[kids[n - 1]].extra) n--;
  ROOM(trees, 1);
  Tree *t = &p->trees[p->trees_count];
  *t = (Tree){.symbol = a->reduce.symbol, .production = a->reduce.production_id, .count = n};
  if (n > 0) {
    t->first = p->kids_count;
    t->start = p->trees[kids[0]].start;
    t->end = p->trees[kids[n - 1]].end;
    for (uint32_t i = 0; i < n; i++) t->precedence += p->trees[kids[i]].precedence;
  } else {
    t->start = t->end = p->stack[base].at;
  }
  return p->trees_count++;
}

// put pushes a rule, and the candidates that were not taken for it.
static uint32_t put(aiolens_parser *p, const Action *a, uint32_t base, uint32_t tree, const uint32_t *rest, uint32_t n) {
  State state = lookup(p, p->stack[base].state, a->reduce.symbol);
  p->trees[tree].precedence += a->reduce.dynamic_precedence;
  uint32_t top = push(p, base, tree, state);
  for (uint32_t i = 0; i < n; i++) top = push(p, top, rest[i], state);
  return top;
}

// better says whether of two readings of a stretch of the text the second is the better one: ts_parser__select_tree,
// ts_subtree_compare.
static bool better(aiolens_parser *p, uint32_t left, uint32_t right) {
  if (p->trees[left].precedence != p->trees[right].precedence) {
    return p->trees[left].precedence < p->trees[right].precedence;
  }
  p->pairs_count = 0;
  for (;;) {
    const Tree *a = &p->trees[left], *b = &p->trees[right];
    if (a->symbol != b->symbol) return a->symbol > b->symbol;
    if (a->count != b->count) return a->count > b->count;
    ROOM(pairs, a->count);
    for (uint32_t i = a->count; i > 0; i--) {
      p->pairs[p->pairs_count++] = (Pair){p->kids[a->first + i - 1], p->kids[b->first + i - 1]};
    }
    if (p->pairs_count == 0) return false;
    p->pairs_count--;
    left = p->pairs[p->pairs_count].left;
    right = p->pairs[p->pairs_count].right;
  }
}

// reduce_only is reduce where there is one head, which the action replaces: nobody links to what is above the base then,
// so the stack shrinks. It returns false when there is more than one way down to the base.
static bool reduce_only(aiolens_parser *p, const Action *a) {
  uint32_t top = p->heads[0].top, base = top, n = 0;
  for (uint32_t seen = 0; seen < a->reduce.child_count; n++) {
    const Entry *e = &p->stack[base];
    if (e->count != 1) return false;
    seen += !p->trees[e->tree].extra;
    base = e->below;
  }
  ROOM(kids, n);
  uint32_t *kids = p->kids + p->kids_count;
  for (uint32_t i = n; i > 0; top = p->stack[top].below) kids[--i] = p->stack[top].tree;
  uint32_t tree = join(p, a, base, n), count = p->trees[tree].count;
  p->kids_count += count;
  p->stack_count = base < p->keep ? p->keep : base + 1;
  p->heads[0].top = put(p, a, base, tree, kids + count, n - count);
  return true;
}

// reduce appends a head for each base that there is, unless it can merge with one of the others or there are too many:
// ts_parser__reduce.
static void reduce(aiolens_parser *p, uint32_t head, const Action *a) {
  uint32_t removed = 0;
  find_paths(p, head, a->reduce.child_count);
  for (uint32_t i = 0; i < p->end_count && !p->failed;) {
    const Path *path = &p->ends[i], *end = &p->ends[p->end_count];
    uint32_t new_head = path->head, base = path->entry, now = new_head - removed;
    uint32_t first = p->kids_count, n = path->count;
    gather(p, path);
    uint32_t tree = join(p, a, base, n);
    p->kids_count += n;
    for (path++; path < end && path->head == new_head; path++) {
      gather(p, path);
      uint32_t other = join(p, a, base, path->count);
      if (better(p, tree, other)) {
        tree = other;
        first = p->kids_count;
        n = path->count;
        p->kids_count += n;
      }
    }
    i = (uint32_t)(path - p->ends);
    if (now > MAX_NEW_HEADS) {
      remove_head(p, now);
      removed++;
      continue;
    }
    uint32_t count = p->trees[tree].count;
    p->heads[now].top = put(p, a, base, tree, p->kids + first + count, n - count);
    for (uint32_t j = 0; j < now; j++) {
      if (j != head && merge(p, j, now)) {
        removed++;
        break;
      }
    }
  }
}

static void shift(aiolens_parser *p, Head *h, const Token *t, State state, bool extra) {
  ROOM(trees, 1);
  p->trees[p->trees_count] = (Tree){
    .start = t->start,
    .end = t->end,
    .first = t->scanner,
    .symbol = t->symbol,
    .extra = extra,
  };
  h->top = push(p, h->top, p->trees_count++, state);
  if (t->external) h->scanner = t->scanner;
}

// complete makes the tree of the whole text: the module with all trees on the stack, for comments may stand around it. It
// returns false when there is more than one way down the stack. ts_parser__accept.
static bool complete(aiolens_parser *p, Head *h, const Token *end) {
  shift(p, h, end, 1, true);
  h->status = DONE;
  uint32_t n = 0, module = 0;
  for (uint32_t e = h->top; e != 0; e = p->stack[e].below) {
    if (p->stack[e].count != 1) return false;
    if (module == 0 && !p->trees[p->stack[e].tree].extra) module = e;
    n++;
  }
  if (module == 0) return false;
  Tree root = p->trees[p->stack[module].tree];
  n += root.count - 1;
  ROOM(kids, n);
  uint32_t *kids = p->kids + p->kids_count, i = n;
  for (uint32_t e = h->top; e != 0; e = p->stack[e].below) {
    if (e == module) {
      i -= root.count;
      memcpy(kids + i, p->kids + root.first, root.count * sizeof *kids);
    } else {
      kids[--i] = p->stack[e].tree;
    }
  }
  ROOM(trees, 1);
  p->trees[p->trees_count] = (Tree){
    .start = p->trees[kids[0]].start,
    .end = p->trees[kids[n - 1]].end,
    .first = p->kids_count,
    .count = n,
    .precedence = p->stack[h->top].precedence,
    .symbol = root.symbol,
    .production = root.production,
  };
  p->kids_count += n;
  if (p->root == 0 || better(p, p->root, p->trees_count)) p->root = p->trees_count;
  p->trees_count++;
  return true;
}

// advance takes a head past one token: ts_parser__advance.
static void advance(aiolens_parser *p, uint32_t head) {
  const Symbol word = p->grammar->language->keyword_capture_token;
  uint32_t at = p->stack[p->heads[head].top].at, scanner = p->heads[head].scanner;
  State state = p->stack[p->heads[head].top].state;
  Token t;
  if (p->token_valid && p->token_at == at && same_scanner(p, p->token_scanner, scanner) && reusable(p, state, &p->token)) {
    t = p->token;
  } else {
    if (!lex(p, state, scanner, at, &t)) {
      p->failed = true;
      return;
    }
    p->token = t;
    p->token_at = at;
    p->token_scanner = scanner;
    p->token_valid = true;
  }
  const Actions *actions = actions_for(p, state, t.symbol);
  for (;;) {
    uint32_t n = actions->entry.count, heads = p->head_count;
    int64_t reduced = NONE;
    bool only = heads == 1 && (n == 1 || (n == 2 && actions[2].action.type == SHIFT && actions[2].action.shift.repetition));
    for (uint32_t i = 1; i <= n; i++) {
      const Action *a = &actions[i].action;
      switch (a->type) {
        case SHIFT:
          if (a->shift.repetition) break;
          shift(p, &p->heads[head], &t, a->shift.extra ? state : a->shift.state, a->shift.extra);
          return;
        case REDUCE:
          if (only && reduce_only(p, a)) {
            reduced = head;
            break;
          }
          heads = p->head_count;
          reduce(p, head, a);
          if (p->failed) return;
          if (p->head_count > heads) reduced = heads;
          break;
        case ACCEPT:
          p->failed = !complete(p, &p->heads[head], &t);
          return;
        default:
          p->failed = true;
          return;
      }
    }
    if (reduced != NONE) {
      // The last action's head goes on in place of this one: ts_stack_renumber_version.
      if (reduced != head) {
        p->heads[head] = p->heads[reduced];
        remove_head(p, (uint32_t)reduced);
      }
      state = p->stack[p->heads[head].top].state;
      actions = actions_for(p, state, t.symbol);
      continue;
    }
    if (t.keyword && t.symbol != word && actions_for(p, state, word)->entry.count > 0) {
      t.symbol = word;
      actions = actions_for(p, state, word);
      continue;
    }
    p->heads[head].status = STUCK;
    return;
  }
}

// condense drops heads that are done, and those that are stuck while others are not, and puts the better ones first:
// ts_parser__condense_stack. It returns whether there is one that can go on.
static bool condense(aiolens_parser *p) {
  for (uint32_t i = 0; i < p->head_count; i++) {
    if (p->heads[i].status == DONE) {
      remove_head(p, i--);
      continue;
    }
    bool stuck = p->heads[i].status == STUCK;
    int32_t precedence = p->stack[p->heads[i].top].precedence;
    for (uint32_t j = 0; j < i; j++) {
      bool other = p->heads[j].status == STUCK;
      if (stuck && !other) {
        remove_head(p, i--);
        j = i;
      } else if (other && !stuck) {
        remove_head(p, j--);
        i--;
      } else if (merge(p, j, i)) {
        j = --i;
      } else if (precedence > p->stack[p->heads[j].top].precedence) {
        Head h = p->heads[i];
        p->heads[i] = p->heads[j];
        p->heads[j] = h;
      }
    }
  }
  if (p->head_count > MAX_HEADS) p->head_count = MAX_HEADS;
  for (uint32_t i = 0; i < p->head_count; i++) {
    if (p->heads[i].status == ACTIVE) return true;
  }
  return false;
}

// parse_all is ts_parser_parse: each head takes its turn until it is as far in the text as the first.
static bool parse_all(aiolens_parser *p) {
  uint32_t last = 0;
  do {
    for (uint32_t i = 0; i < p->head_count; i++) {
      while (p->heads[i].status == ACTIVE) {
        advance(p, i);
        if (p->failed) return false;
        uint32_t at = p->stack[p->heads[i].top].at;
        if (at > last || (i > 0 && at == last)) {
          last = at;
          break;
        }
      }
    }
  } while ((p->head_count == 1 && p->heads[0].status == ACTIVE) || condense(p));
  return p->root != 0;
}

// emit writes the nodes of a tree, as aiolens_flatten does: of what is not visible, the children.
static int32_t emit(aiolens_parser *p, const Tree *t, const uint16_t *kinds, const uint8_t *fields) {
  const Language *g = p->grammar->language;
  p->nodes_count = p->frames_count = 0;
  ROOM(nodes, p->trees_count);
  aiolens_node *out = p->nodes;
  int32_t n = 1;
  out[0] = (aiolens_node){
    .kind = kinds[g->public_symbol_map[t->symbol]],
    .field = fields[0],
    .start = (int32_t)t->start,
    .end = (int32_t)t->end,
    .parent = -1,
  };
  Frame f = {.kid = t->first, .end = t->first + t->count, .production = t->production, .visible = true};
  for (;;) {
    if (f.kid == f.end) {
      if (f.visible) out[f.parent].last = n;
      if (p->frames_count == 0) return n;
      f = p->frames[--p->frames_count];
      continue;
    }
    t = &p->trees[p->kids[f.kid++]];
    Symbol symbol = t->symbol;
    bool visible = g->symbol_metadata[symbol].visible;
    uint16_t field = 0;
    if (!t->extra) {
      Symbol alias = f.production == 0 ? 0 : g->alias_sequences[f.production * g->max_alias_sequence_length + f.index];
      if (alias != 0) {
        symbol = alias;
        visible = true;
      }
      field = f.field;  // what stands in for a rule with a field
      FieldMapSlice map = g->field_map_slices[f.production];
      for (uint32_t i = map.index; i < (uint32_t)map.index + map.length; i++) {
        const FieldMapEntry *m = &g->field_map_entries[i];
        if (!m->inherited && m->child_index == f.index) {
          field = m->field_id;
          break;
        }
      }
      f.index++;
    }
    if (visible) {
      uint16_t kind = kinds[g->public_symbol_map[symbol]];
      if (kind == 0) continue;
      out[n] = (aiolens_node){
        .kind = kind,
        .field = fields[field],
        .start = (int32_t)t->start,
        .end = (int32_t)t->end,
        .last = n + 1,
        .parent = f.parent,
      };
      n++;
    }
    if (t->count == 0) continue;
    ROOM(frames, 1);
    p->frames[p->frames_count++] = f;
    f = (Frame){
      .kid = t->first,
      .end = t->first + t->count,
      .parent = visible ? n - 1 : f.parent,
      .production = t->production,
      .field = visible ? 0 : field,
      .visible = visible,
    };
  }
}

bool aiolens_reads(aiolens_parser *p, const char *text, size_t length) {
  const Language *g = p->grammar->language;
  // A byte order mark is not for this lexer, nor a text of which the parts may be too many to count.
  if (length > INT32_MAX / 16 || (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)) return false;
  p->lexer = lexer_new(text, length);
  p->trees_count = p->kids_count = p->stack_count = p->links_count = p->states_count = p->bytes_count = 0;
  p->keep = p->root = p->scanner_state = 0;
  p->failed = p->chance = p->token_valid = false;
  ROOM(bytes, 1);
  ROOM(states, 1);
  p->states[p->states_count++] = (Bytes){0, 0};
  ROOM(stack, 1);
  p->stack[p->stack_count++] = (Entry){.state = 1};
  p->heads[0] = (Head){0, 0, ACTIVE};
  p->head_count = 1;
  p->scanner = g->external_scanner.create();
  bool ok = parse_all(p);
  g->external_scanner.destroy(p->scanner);
  return ok;
}

aiolens_nodes aiolens_parse(aiolens_parser *p, const char *text, size_t length, const uint16_t *kinds,
                            const uint8_t *fields) {
  if (!aiolens_reads(p, text, length)) return (aiolens_nodes){NULL, -1, false};
  int32_t n = emit(p, &p->trees[p->root], kinds, fields);
  return (aiolens_nodes){p->nodes, n, p->chance};
}

aiolens_parser *aiolens_parser_new(const aiolens_grammar *grammar) {
  aiolens_parser *p = allocate(NULL, sizeof *p);
  *p = (aiolens_parser){.grammar = grammar};
  return p;
}

void aiolens_parser_trim(aiolens_parser *p) {
  free(p->trees);
  free(p->kids);
  free(p->stack);
  free(p->links);
  free(p->states);
  free(p->bytes);
  free(p->cells);
  free(p->pairs);
  free(p->frames);
  free(p->nodes);
  *p = (aiolens_parser){.grammar = p->grammar};
}

void aiolens_parser_free(aiolens_parser *p) {
  aiolens_parser_trim(p);
  free(p);
}
