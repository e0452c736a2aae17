package diagnostics

import (
	"aiolens/diagnostics/python"
)

// A Rewrite says what a statement does in another way. It is no remedy for a finding: whoever wants it asks for it.
type Rewrite struct {
	Title string // imperative
	// Of is how to rewrite a statement; ok is false where that cannot be done rightly.
	Of func(p *Pass, stmt python.Node) (fix Fix, ok bool)
}

// Rewritten are the ways to rewrite the innermost statement at a byte offset of a file. memo is that of the last check of the file.
func (c *Checker) Rewritten(file *python.File, memo *Memo, offset int, rewrites []*Rewrite) []Fix {
	pass, start := c.Look(file, memo, offset)
	if pass == nil {
		return nil
	}
	stmt := pass.Block.At(offset - start)
	for !stmt.Parent().Is(python.BlockStmt, python.Module) {
		if stmt = stmt.Parent(); !stmt.Valid() {
			return nil
		}
	}
	if !stmt.Live() {
		return nil
	}
	var found []Fix
	for _, r := range rewrites {
		fix, ok := r.Of(pass, stmt)
		if !ok {
			continue
		}
		fix.Title = r.Title
		if fix, ok = place(file, fix, start); ok {
			found = append(found, fix)
		}
	}
	return found
}
