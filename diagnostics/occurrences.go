package diagnostics

import (
	"slices"
	"strings"

	"aiolens/diagnostics/program"
	"aiolens/diagnostics/python"
)

// Occurrences calls yield for each identifier of the file that is the word, in whatever block: names, attributes (their parent is
// [python.Attribute]), keywords of arguments, parameters, the names of definitions; and for each string that holds the word and nothing
// else, as getattr and __slots__ do. What a rule makes of them is worked out again when a block that holds the word changes, or what
// its names mean.
//
// It is for the checks of rules, not for the tests of goals, whose answers others keep.
func (p *Pass) Occurrences(word string) func(yield func(python.Node) bool) {
	if p.sought == nil {
		panic("occurrences are asked for where nothing keeps note of it")
	}
	if !slices.Contains(*p.sought, word) {
		*p.sought = append(*p.sought, word)
	}
	return func(yield func(python.Node) bool) {
		for b := range p.file.Blocks {
			if !strings.Contains(b.Text(), word) {
				continue
			}
			for n := range b.Root().Walk {
				switch n.Kind() {
				case python.Identifier:
					if n.Text() == word && !yield(n) {
						return
					}
				case python.String:
					if len(n.Text()) <= len(word)+6 && strings.Trim(n.Text(), `"'`) == word && !yield(n) {
						return
					}
				}
			}
		}
	}
}

// Definitions calls yield for each definition of a function of the name in the file, as [Pass.Occurrences] does for all that has it.
func (p *Pass) Definitions(name string) func(yield func(python.Node) bool) {
	p.Occurrences(name) // what is found hangs on the same blocks
	return func(yield func(python.Node) bool) {
		for b := range p.file.Blocks {
			if !strings.Contains(b.Text(), "def "+name) {
				continue
			}
			for n := range b.Root().Walk {
				if n.Kind() == python.FunctionDef && n.Child(python.FieldName).Text() == name && !yield(n) {
					return
				}
			}
		}
	}
}

// recheckSeekers marks the blocks that looked for a word that a changed block holds, or held.
func recheckSeekers(before []checked, gone, fresh []*python.Block) {
	if len(gone) == 0 && len(fresh) == 0 {
		return
	}
	holds := func(word string) bool {
		has := func(b *python.Block) bool { return strings.Contains(b.Text(), word) }
		return slices.ContainsFunc(gone, has) || slices.ContainsFunc(fresh, has)
	}
	for i := range before {
		if k := &before[i]; !k.stale && slices.ContainsFunc(k.sought, holds) {
			k.stale = true
		}
	}
}

// recheckWitnessed marks the blocks that looked for a word that a marked block holds: what its names mean there may have
// changed.
func recheckWitnessed(before []checked) {
	var marked []*python.Block
	for i := range before {
		if before[i].stale {
			marked = append(marked, before[i].block)
		}
	}
	if len(marked) == 0 {
		return
	}
	for i := range before {
		if k := &before[i]; !k.stale && slices.ContainsFunc(k.sought, func(word string) bool {
			return slices.ContainsFunc(marked, func(b *python.Block) bool { return strings.Contains(b.Text(), word) })
		}) {
			k.stale = true
		}
	}
}

// Definition is the definition of a function of the program as it is now, for a look into its body; no node when there is none, or
// when it may be another. What a rule makes of it is worked out again when it changes; what it makes of the names in it, when it
// asks for their definitions or occurrences.
func (p *Pass) Definition(f *program.Func) python.Node {
	file := p.fileOf(f)
	if file == nil {
		return python.Node{}
	}
	decl := p.declaration(f)
	if file.Path != p.file.Path || decl.Block() == p.Block {
		return decl
	}
	if f.Decl.Path == "" { // within a function of another block
		return python.Node{}
	}
	var found python.Node
	for n := range p.Occurrences(f.Decl.Name) {
		if fn := n.Parent(); fn.Kind() == python.FunctionDef && n.Field() == python.FieldName && fn.Func().Path == f.Decl.Path {
			if found.Valid() {
				return python.Node{}
			}
			found = fn
		}
	}
	return found
}
