package shape

import (
	"maps"
	"slices"
)

// Hash is a hash of shapes (FNV-1a, 64 bits): equal shapes have equal hashes.
type Hash struct {
	sum     uint64
	seen    map[any]uint64
	without *Func
}

// NewHash is an empty hash.
func NewHash() *Hash { return &Hash{sum: 14695981039346656037, seen: map[any]uint64{}} }

// Sum is the hash of all that was added.
func (h *Hash) Sum() uint64 { return h.sum }

// Uint adds a number.
func (h *Hash) Uint(n uint64) {
	for range 8 {
		h.sum = (h.sum ^ n&0xff) * 1099511628211
		n >>= 8
	}
}

// String adds a string.
func (h *Hash) String(s string) {
	for i := range len(s) {
		h.sum = (h.sum ^ uint64(s[i])) * 1099511628211
	}
	h.Uint(uint64(len(s)))
}

func (h *Hash) bool(b bool) {
	if b {
		h.Uint(1)
	} else {
		h.Uint(0)
	}
}

// once adds what add adds, or, for a part met before, what stands for it, so that shared and circular parts cost once.
func (h *Hash) once(part any, add func()) {
	if n, ok := h.seen[part]; ok {
		h.Uint(n)
		return
	}
	h.seen[part] = uint64(len(h.seen)) + 1
	add()
}

// Value adds a value; nil is fine.
func (h *Hash) Value(v *Value) {
	if v == nil {
		h.Uint(0)
		return
	}
	h.once(v, func() {
		h.Uint(uint64(v.Op) + 1<<8)
		h.Uint(uint64(v.N))
		h.String(v.Str)
		h.Value(v.X)
		h.values(v.Args)
		for _, k := range v.Kw {
			h.String(k)
		}
		h.Func(v.Func)
		h.Class(v.Class)
	})
}

func (h *Hash) values(vs []*Value) {
	h.Uint(uint64(len(vs)))
	for _, v := range vs {
		h.Value(v)
	}
}

// Func adds a function; nil is fine.
func (h *Hash) Func(f *Func) {
	if f == nil {
		h.Uint(0)
		return
	}
	h.once(f, func() {
		h.String(f.Name)
		h.String(f.Path)
		h.bool(f.Async)
		h.bool(f.Generator)
		h.bool(f.Holds)
		h.bool(f.Sets)
		h.bool(f.Stub)
		h.values(f.Decorators)
		for _, p := range f.Params {
			h.String(p.Name)
			h.Uint(uint64(p.Kind))
			h.Value(p.Annotation)
			h.Value(p.Default)
		}
		h.Value(f.Returns)
		if f.Result != nil && f != h.without {
			h.Value(f.Result())
		}
	})
}

// Declaration adds a function without what its body returns.
func (h *Hash) Declaration(f *Func) {
	h.without = f
	h.Func(f)
	h.without = nil
}

// Class adds a class; nil is fine. Members are added in the order of their names.
func (h *Hash) Class(c *Class) {
	if c == nil {
		h.Uint(0)
		return
	}
	h.once(c, func() {
		h.String(c.Name)
		h.String(c.Path)
		h.values(c.Bases)
		for _, k := range c.Keywords {
			h.String(k)
		}
		h.values(c.Decorators)
		for _, t := range c.TypeParams {
			h.String(t)
		}
		h.symbols(c.Members.Known)
		h.symbols(c.Fields.Known)
	})
}

func (h *Hash) symbols(m map[string]*Symbol) {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		h.String(name)
		h.values(m[name].Values)
		h.Value(m[name].Annotation)
	}
}
