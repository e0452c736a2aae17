// One C call copies a whole tree, where a call for each step of a node would cost a crossing from Go each.
//
// The functions are those of tree_sitter/api.h, which the binding compiles into the program but does not let other
// packages include. They are declared weak, so that this package links by itself as well.
#include "flatten.h"
#include <stdbool.h>
#include <stddef.h>

#define API __attribute__((weak)) extern

typedef struct TSTree TSTree;
typedef struct {
  uint32_t context[4];
  const void *id;
  const TSTree *tree;
} TSNode;
typedef struct {
  const void *tree;
  const void *id;
  uint32_t context[3];
} TSTreeCursor;

API TSNode ts_tree_root_node(const TSTree *);
API TSTreeCursor ts_tree_cursor_new(TSNode);
API void ts_tree_cursor_delete(TSTreeCursor *);
API TSNode ts_tree_cursor_current_node(const TSTreeCursor *);
API uint16_t ts_tree_cursor_current_field_id(const TSTreeCursor *);
API bool ts_tree_cursor_goto_first_child(TSTreeCursor *);
API bool ts_tree_cursor_goto_next_sibling(TSTreeCursor *);
API bool ts_tree_cursor_goto_parent(TSTreeCursor *);
API uint16_t ts_node_symbol(TSNode);
API uint32_t ts_node_start_byte(TSNode);
API uint32_t ts_node_end_byte(TSNode);
API bool ts_node_is_missing(TSNode);
API bool ts_node_has_error(TSNode);

// Tokens that carry nothing have kind 0, as have nodes whose insides nobody asks for.
int32_t aiolens_flatten(const void *tree, const uint16_t *kinds, const uint8_t *fields, aiolens_node *out, int32_t cap) {
  TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
  int32_t n = 0, parent = -1;
  for (;;) {
    TSNode node = ts_tree_cursor_current_node(&cursor);
    uint16_t symbol = ts_node_symbol(node);
    uint16_t kind = symbol == 0xFFFF ? 1 : kinds[symbol];
    if (kind != 0) {
      if (n == cap) {
        ts_tree_cursor_delete(&cursor);
        return -1;
      }
      aiolens_node *o = &out[n];
      o->kind = kind;
      o->field = fields[ts_tree_cursor_current_field_id(&cursor)];
      o->flags = (ts_node_is_missing(node) ? 1 : 0) | (ts_node_has_error(node) ? 2 : 0);
      o->start = (int32_t)ts_node_start_byte(node);
      o->end = (int32_t)ts_node_end_byte(node);
      o->parent = parent;
      o->last = n + 1;
      if (ts_tree_cursor_goto_first_child(&cursor)) {
        parent = n++;
        continue;
      }
      n++;
    }
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      if (parent < 0 || !ts_tree_cursor_goto_parent(&cursor)) {
        ts_tree_cursor_delete(&cursor);
        return n;
      }
      out[parent].last = n;
      parent = out[parent].parent;
    }
  }
}
