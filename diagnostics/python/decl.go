package python

import "aiolens/diagnostics/shape"

// Declaration is the definition or lambda of a function; no node for one of the tables.
func Declaration(f *shape.Func) Node {
	n, _ := f.Origin.(Node)
	return n
}

// Start is the byte offset at which a block stands in the file; ok is false when it does not.
func (f *File) Start(b *Block) (offset int, ok bool) {
	for _, p := range f.blocks() {
		if p.Block == b {
			return int(p.start), true
		}
	}
	return 0, false
}
