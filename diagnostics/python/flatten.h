#ifndef AIOLENS_FLATTEN_H
#define AIOLENS_FLATTEN_H

#include <stdint.h>

// A node of the flat tree, in preorder. The layout is that of type node in tree.go.
typedef struct {
  uint16_t kind;   // symbol of the grammar; tree.go maps it to a Kind
  uint8_t field;   // field of the grammar
  uint8_t flags;   // 1 missing, 2 has an error in it
  int32_t start;   // byte offset in the parsed text
  int32_t end;
  int32_t last;    // index behind the last node of the subtree
  int32_t parent;  // index, or -1
} aiolens_node;

// Writes the nodes of the tree to out and returns how many there are, or -1 when there are more than cap. kinds and
// fields translate the grammar's symbols and fields; a symbol of kind 0 is left out with all that is in it.
int32_t aiolens_flatten(const void *tree, const uint16_t *kinds, const uint8_t *fields, aiolens_node *out, int32_t cap);

#endif
