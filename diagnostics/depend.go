package diagnostics

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"aiolens/diagnostics/python"
	"aiolens/diagnostics/shape"
)

// same says whether blocks see the same imports, callbacks, threads and library in both.
func (e *env) same(o *env) bool {
	for name := range o.asked {
		if (e.Module.Shape.Symbols.Get(name) == nil) != (o.Module.Shape.Symbols.Get(name) == nil) {
			return false
		}
	}
	if o.threaded != nil && !maps.Equal(e.inThreads(), o.threaded) {
		return false
	}
	return e.Library() == o.Library() && maps.Equal(e.imports(), o.imports()) && maps.Equal(e.callbacks(), o.callbacks()) &&
		slices.Equal(e.Module.Shape.Stars, o.Module.Shape.Stars) && mentions(e) == mentions(o) && (o.strangers == maybe || e.foreign() == o.foreign())
}

// adopt takes over what rules asked for, of which their findings may be a consequence.
func (e *env) adopt(o *env) {
	maps.Copy(e.asked, o.asked)
	maps.Copy(e.goals, o.goals)
}

// mentions is the set of the texts of interest that a file contains.
func mentions(e *env) (set [8]bool) {
	for i, w := range python.Mentioned {
		set[i] = e.file.Has(w)
	}
	return set
}

// differing are the blocks between those at both ends that a file has in common with an older version of it.
func differing(before []*python.Block, file *python.File) (gone, fresh []*python.Block) {
	head, tail := common(before, file)
	gone = before[head : len(before)-tail]
	for i := head; i < file.Len()-tail; i++ {
		fresh = append(fresh, file.Block(i))
	}
	return gone, fresh
}

// common is how many blocks a file has in common with an older version of it, at the head and at the tail.
func common(before []*python.Block, file *python.File) (head, tail int) {
	n := file.Len()
	for head < n && head < len(before) && before[head] == file.Block(head) {
		head++
	}
	for tail < n-head && tail < len(before)-head && before[len(before)-1-tail] == file.Block(n-1-tail) {
		tail++
	}
	return head, tail
}

// shows is equal for blocks that show the same to others, in the same order.
func shows(blocks []*python.Block) uint64 {
	h := shape.NewHash()
	for _, b := range blocks {
		h.Uint(b.Hash())
	}
	return h.Sum()
}

// past is what the blocks of a file that are gone showed to others.
type past struct {
	env       *env
	exports   map[python.Export]int
	importers map[string]bool // the paths of the files that import this one
}

// before is what the blocks of the file that are gone showed to others.
func (e *env) before(gone []*python.Block) *past {
	p := &past{env: e, exports: map[python.Export]int{}, importers: e.importing()}
	for _, b := range gone {
		for x := range b.Exports {
			p.exports[x]++
		}
	}
	return p
}

// importing are the paths of the files that import this one, directly or not.
func (e *env) importing() map[string]bool {
	paths := map[string]bool{}
	for file := range e.dependents(e.file) {
		paths[file.Path] = true
	}
	return paths
}

// forget marks the blocks whose findings may be others because of what changed in the file: some blocks are gone, others
// fresh.
//
// What a block is found to hold depends on another block only through a name: one that its own text mentions, or one that
// is mentioned where such a name gets its meaning, and so on. Methods that Python calls by itself are mentioned
// nowhere, nor are names that rules ask for, so a change of one concerns everybody. What is imported from those that import this file may change with it.
func (p *past) forget(before []checked, fresh []*python.Block, e *env, settings *Settings) {
	changed := map[string]bool{}
	hashes := map[python.Export]int{}
	for x, n := range p.exports {
		hashes[x] -= n
	}
	for _, b := range fresh {
		for x := range b.Exports {
			hashes[x]++
		}
	}
	var names []string
	everybody := func() {
		for i := range before {
			before[i].stale = true
		}
	}
	add := func(name string) bool {
		if strings.HasPrefix(name, "__") || e.asked[name] {
			everybody()
			return false
		}
		if !changed[name] {
			changed[name] = true
			names = append(names, name)
		}
		return true
	}
	// Functions that may return or do something else, and are otherwise the same, have changed only if what they return
	// has, or if they lead to a goal that somebody asked for: chains hold on to the nodes on their way.
	was := map[python.Export]python.Export{}
	for x, n := range hashes {
		if n < 0 {
			was[declared(x)] = x
		}
	}
	for x, n := range hashes {
		y, ok := was[declared(x)]
		if n <= 0 || !ok {
			continue
		}
		hashes[x], hashes[y] = 0, 0
		differs := y.Result != x.Result && p.env.returns(x.Class, x.Name) != e.returns(x.Class, x.Name) ||
			!x.Async && (p.env.leads(x, nil) || e.leads(x, settings)) // what a coroutine does is found in itself
		if differs && !add(x.Name) {
			return
		}
	}
	for x, n := range hashes {
		if n != 0 && !add(x.Name) {
			return
		}
	}
	if len(names) > 0 && len(p.importers) > 0 {
		p.env.through(p.importers, func(name string) { add(name) })
	}
	// Blocks that were changed pass on what they mention, too, but need no mark.
	passed, given := make([]bool, len(before)), make([]bool, len(fresh)) // a block may have a mark already, for another reason
	for searched := 0; len(names) > 0; searched += len(before) + len(fresh) {
		if searched > muchSearching {
			everybody()
			return
		}
		name := names[0]
		names = names[1:]
		for i := range before {
			k := &before[i]
			if passed[i] || !k.block.Mentions(name) {
				continue
			}
			passed[i], k.stale = true, true
			for e := range k.block.Exports {
				if e.Inferred && !add(e.Name) {
					return
				}
			}
		}
		for i, b := range fresh {
			if !given[i] && b.Mentions(name) {
				given[i] = true
				for e := range b.Exports {
					if e.Inferred && !add(e.Name) {
						return
					}
				}
			}
		}
	}
}

// muchSearching is how many blocks are searched for names before it is quicker to check all of them again.
const muchSearching = 1 << 22

// origin is the path of the file that an imported name comes from, as far as it was looked for; "" when it is unknown.
func (e *env) origin(name string) string {
	if m := e.Program.Imported(e.Module, name); m != nil {
		if file, ok := m.Shape.Origin.(*python.File); ok {
			return file.Path
		}
	}
	return ""
}

// sameOutside says whether blocks show the same to others, one by one, but for what the functions in them do.
func sameOutside(gone, fresh []*python.Block) bool {
	return slices.EqualFunc(gone, fresh, func(a, b *python.Block) bool { return a.Outer() == b.Outer() })
}

// move takes over blocks in which only the bodies of functions have changed, and marks the blocks that lead to a goal
// through one of them, or did: chains hold on to the nodes on their way.
func (e *env) move(before []checked, gone, fresh []*python.Block) {
	changed, names := map[*shape.Func]bool{}, map[string]bool{}
	for i, b := range gone {
		now := map[string][]*shape.Func{}
		for class, f := range fresh[i].Functions {
			now[class+"."+f.Name] = append(now[class+"."+f.Name], f)
		}
		for class, f := range b.Functions {
			key := class + "." + f.Name
			if len(now[key]) == 0 {
				continue
			}
			node := python.Declaration(now[key][0])
			now[key] = now[key][1:]
			for _, old := range e.functions(class, f.Name) {
				if e.declaration(e.Program.Function(e.Module, old, class)) == python.Declaration(f) {
					e.moved[old], changed[old], names[f.Name] = node, true, true
				}
			}
		}
	}
	e.moves++
	maps.DeleteFunc(e.doings, func(k doingKey, _ *doing) bool { return changed[k.fn] })
	maps.DeleteFunc(e.bodies, func(k bodyKey, _ *body) bool { return changed[k.fn] })
	var asked []*reach
	seen := map[*reach]bool{}
	for _, d := range e.envs {
		for _, known := range []map[reachKey]*reach{d.reaches, d.asOthers} {
			for k, q := range known {
				if q.depends(changed, seen) {
					delete(known, k)
					if len(q.askers) > 0 {
						asked = append(asked, q)
					}
				}
			}
		}
	}
	stale := map[*python.Block]bool{}
	for _, q := range asked {
		again := e.question(q.of, q.key.goal, q.key.by)
		again.askers = q.askers
		if q.far >= 0 || e.distance(q.of, q.key.goal, q.key.by) >= 0 {
			maps.Copy(stale, q.askers)
		}
	}
	for _, q := range e.answered {
		for name := range q.through {
			if names[name] {
				maps.Copy(stale, q.askers)
			}
		}
	}
	for i := range before {
		before[i].stale = before[i].stale || stale[before[i].block]
	}
}

// answered is a question that was answered before the file looked different, for blocks that were not checked since.
type answered struct {
	through map[string]bool // the names of the functions of the file that the answer depended on
	askers  map[*python.Block]bool
}

// answers are the questions of blocks that are still there, and whose answers will be forgotten with this file and those
// that import it.
func (e *env) answers(blocks []checked) map[string]*answered {
	there := make(map[*python.Block]bool, len(blocks))
	for i := range blocks {
		there[blocks[i].block] = true
	}
	all := map[string]*answered{}
	add := func(key string, through map[string]bool, askers map[*python.Block]bool) {
		for b := range askers {
			if !there[b] {
				continue
			}
			if all[key] == nil {
				all[key] = &answered{map[string]bool{}, map[*python.Block]bool{}}
			}
			maps.Copy(all[key].through, through)
			all[key].askers[b] = true
		}
	}
	for key, q := range e.answered {
		add(key, q.through, q.askers)
	}
	gone := e.dependents(e.file)
	gone[e.file] = true
	for _, d := range e.envs {
		for _, known := range []map[reachKey]*reach{d.reaches, d.asOthers} {
			for _, q := range known {
				if len(q.askers) > 0 && (gone[d.file] || q.key.on != nil || q.key.args != nil) {
					through := map[string]bool{}
					q.names(e.Module, through, map[*reach]bool{})
					add(q.key.goal.Code+" "+q.of.Name, through, q.askers)
				}
			}
		}
	}
	return all
}

// through are the names by which the file mentions the files that import it, and what it imports from them.
func (e *env) through(importers map[string]bool, yield func(name string)) {
	for path := range importers {
		name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
		if name == "__init__" {
			name = filepath.Base(filepath.Dir(path))
		}
		yield(name)
	}
	for name, v := range e.file.Imports {
		if importers[e.origin(v.Str)] {
			yield(name)
		}
	}
}

// declared is an export without what the body of its function does.
func declared(x python.Export) python.Export {
	x.Result, x.Body = 0, 0
	return x
}

// functions are the functions of the file, or the methods of one of its classes, under a name.
func (e *env) functions(class, name string) []*shape.Func {
	s := e.Module.Shape.Symbols.Get(name)
	if class != "" {
		s = nil
		if c := e.Module.Shape.Symbols.Get(class); c != nil {
			for _, v := range c.Values {
				if v.Op == shape.ClassDef {
					s = v.Class.Members.Get(name)
				}
			}
		}
	}
	var found []*shape.Func
	if s != nil {
		for _, v := range s.Values {
			if v.Op == shape.Function {
				found = append(found, v.Func)
			}
		}
	}
	return found
}

// returns spells what a function of the file, or a method of one of its classes, is found to return.
func (e *env) returns(class, name string) string {
	var b strings.Builder
	for _, f := range e.functions(class, name) {
		b.WriteString(e.Program.Returns(e.Module, f))
	}
	return b.String()
}

// leads says whether a function of the file, or a method of one of its classes, leads to a goal; without settings, whether
// it was found to. Nested functions count as the one around them.
func (e *env) leads(x python.Export, settings *Settings) bool {
	for _, f := range e.functions(x.Class, x.Name) {
		for goal := range e.goals {
			if settings == nil {
				for _, known := range []map[reachKey]*reach{e.reaches, e.asOthers} {
					for key, q := range known {
						if key.goal == goal && key.fn == f && q.done && q.far >= 0 {
							return true
						}
					}
				}
				continue
			}
			fn := target{Func: e.Program.Function(e.Module, f, x.Class)}
			if e.distance(fn, goal, settings) >= 0 {
				return true
			}
			// On an object of a subclass it may lead elsewhere.
			if slices.ContainsFunc(e.doing(fn.Func, settings).sites(), func(s site) bool { return s.self.how != 0 }) {
				return true
			}
		}
	}
	return false
}
