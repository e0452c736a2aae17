package diagnostics

import (
	"cmp"
	"iter"
	"slices"

	"aiolens/diagnostics/python"
)

// maxAsyncified is how many functions are made async at once: where more depend on one, it is no matter of one step.
const maxAsyncified = 20

// Asyncify are the edits, by file, that make a plain function a coroutine function, have its calls awaited, and make the plain
// functions around those calls coroutine functions in turn. holding gives the files that hold a word. ok is false when that is not
// possible: something is called where nothing can be awaited, or is not just called.
func (c *Checker) Asyncify(v *View, r Routine, holding func(word string) iter.Seq[*python.File], goal *Goal) (edits map[*python.File][]Edit, ok bool) {
	edits = map[*python.File][]Edit{}
	queue := []Routine{r}
	seen := map[string]bool{r.File.Path + "\x00" + r.Name: true}
	add := func(file *python.File, start int, list ...Edit) {
		for _, e := range list {
			if e.Span = e.Span.Shift(start); !slices.Contains(edits[file], e) {
				edits[file] = append(edits[file], e)
			}
		}
	}
	for i := 0; i < len(queue); i++ {
		r := queue[i]
		fn, b := r.node()
		if !fn.Valid() || fn.IsAsync() || i >= maxAsyncified || !convertible(fn) {
			return nil, false
		}
		start, _ := r.File.Start(b)
		add(r.File, start, Insert(fn, "async "))
		calls, whole := 0, true
		for file := range holding(r.Word()) {
			for b, start := range file.Blocks {
				p := c.pass(v, file, b)
				for n := range b.Root().Walk {
					if n.Kind() != python.Identifier || n.Text() != r.Word() || !n.Live() {
						continue
					}
					if n.Field() == python.FieldAttribute && n.Parent().Kind() == python.Attribute {
						n = n.Parent()
					}
					call := Called(n)
					if !call.Valid() {
						whole = whole && !c.means(p, n, r)
						continue
					}
					if !c.calls(p, call, r, goal) {
						continue
					}
					calls++
					around := call.Function()
					switch {
					case around.Kind() != python.FunctionDef, inside(call, around):
						return nil, false
					case call.Parent().Kind() == python.Await:
					default:
						add(file, start, Await(call)...)
					}
					if !around.IsAsync() {
						next := routineOf(file, around)
						if key := file.Path + "\x00" + next.Name; !seen[key] {
							seen[key] = true
							queue = append(queue, next)
						}
					}
				}
			}
		}
		if !whole {
			return nil, false
		}
	}
	for _, list := range edits {
		slices.SortStableFunc(list, func(a, b Edit) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	}
	return edits, true
}

// convertible says whether a function can become a coroutine function by one word: no generator, no method that Python calls, none that a
// decorator makes something else of.
func convertible(fn python.Node) bool {
	name := fn.Child(python.FieldName).Text()
	if len(name) > 4 && name[:2] == "__" && name[len(name)-2:] == "__" || fn.Parent().Kind() == python.DecoratedDef {
		return false
	}
	for n := range fn.Child(python.FieldBody).Walk {
		if n.Kind() == python.Yield && n.Function() == fn {
			return false
		}
	}
	return true
}

// inside says whether a call is in a generator expression or a comprehension of a function, which an await would change.
func inside(call, fn python.Node) bool {
	for up := call.Parent(); up.Valid() && up != fn; up = up.Parent() {
		if up.Is(python.GeneratorExpr, python.Lambda) {
			return true
		}
	}
	return false
}

// means says whether a name that is not called stands for a routine, other than where it is defined or imported.
func (c *Checker) means(p *Pass, n python.Node, r Routine) bool {
	switch n.Parent().Kind() {
	case python.FunctionDef, python.ImportFrom, python.AliasedImport, python.DottedName, python.KeywordArgument, python.ImportStmt:
		return false
	}
	for _, a := range p.Type(n).Atoms() {
		if a.Func == nil {
			continue
		}
		if file := p.fileOf(a.Func); file != nil && file.Path == r.File.Path && a.Func.Decl.Path == r.Name {
			return true
		}
	}
	return false
}
