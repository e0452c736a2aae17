package diagnostics

import (
	"path/filepath"
	"strconv"

	"aiolens/diagnostics/python"
)

// Explain returns what the rules know about the name of a function where it is called, or handed to somebody who calls it,
// at a byte offset of a file, each in Markdown, and the span of that name. memo is that of the last check of the file.
func (c *Checker) Explain(file *python.File, memo *Memo, offset int) (facts []string, span python.Span) {
	pass, start := c.Look(file, memo, offset)
	if pass == nil {
		return nil, span
	}
	name := pass.Block.At(offset - start)
	for name.Parent().Kind() == python.Attribute && name.Field() == python.FieldAttribute {
		name = name.Parent()
	}
	if !name.Is(python.Identifier, python.Attribute) || !name.Live() {
		return nil, span
	}
	for i := range c.rules {
		pass.rule = &c.rules[i]
		if pass.rule.Explain == nil {
			continue
		}
		if text := pass.rule.Explain(pass, name); text != "" {
			facts = append(facts, text)
		}
	}
	return facts, name.Span().Shift(start)
}

// Look is a pass over the block that holds a byte offset of a file, for those who ask about a place without checking it, and the
// offset at which the block starts; nil for an empty file and for one that has nothing to do with asynchronous code. memo is that of
// the last check of the file.
func (c *Checker) Look(file *python.File, memo *Memo, offset int) (p *Pass, start int) {
	b, start := file.At(offset)
	if b == nil || memo.env == nil {
		return nil, 0
	}
	return &Pass{env: memo.env, Block: b, Settings: &c.settings, found: new([]raw), file: file, sought: new([]string)}, start
}

// Called is the call that a name of a function belongs to; no node when it is not called there.
func Called(name python.Node) python.Node {
	if call := name.Parent(); call.Kind() == python.Call && name.Field() == python.FieldFunction {
		return call
	}
	return python.Node{}
}

// HandedTo is the call that a name of a function is an argument of, directly or by keyword; no node when there is none.
func HandedTo(name python.Node) python.Node {
	up := name.Parent()
	if up.Kind() == python.KeywordArgument {
		up = up.Parent()
	}
	if up.Kind() == python.ArgumentList {
		return up.Parent()
	}
	return python.Node{}
}

// Place is where the step is: "store.py:41", with the line from 1.
func (s Step) Place() string {
	start, ok := s.file.Start(s.Node.Block())
	if !ok {
		return filepath.Base(s.file.Path)
	}
	return filepath.Base(s.file.Path) + ":" + strconv.Itoa(s.file.Text().LineAt(start+s.Node.Span().Start)+1)
}
