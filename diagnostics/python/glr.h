#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flatten.h"

// What parsers need of a grammar. It is immutable and safe for concurrent use.
typedef struct aiolens_grammar aiolens_grammar;

// A parser of correct text. It is not safe for concurrent use.
typedef struct aiolens_parser aiolens_parser;

typedef struct {
  const aiolens_node *nodes;
  int32_t count;
  bool chance;
} aiolens_nodes;

// language is a TSLanguage. Returns NULL when its layout is another than the one that glr.c knows.
aiolens_grammar *aiolens_grammar_new(const void *language);

aiolens_parser *aiolens_parser_new(const aiolens_grammar *);
void aiolens_parser_free(aiolens_parser *);

// Gives back the memory that the parser keeps for the next text, and the nodes.
void aiolens_parser_trim(aiolens_parser *);

// Parses a text. The count is -1 when there is a syntax error in it, or something else that this parser leaves to
// tree-sitter. chance says that of two readings of a part the one was kept that happened to be first: what stands around
// it may decide that. kinds and fields are as for aiolens_flatten, and so are the nodes; they stay until the next call.
aiolens_nodes aiolens_parse(aiolens_parser *, const char *text, size_t length, const uint16_t *kinds,
                            const uint8_t *fields);

// Says whether aiolens_parse can parse a text. The nodes of the last call stay.
bool aiolens_reads(aiolens_parser *, const char *text, size_t length);
