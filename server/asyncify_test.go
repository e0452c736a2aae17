package server

import (
	"testing"

	"go.lsp.dev/protocol"
)

// TestAsyncify: a plain function, those that call it, and their calls, through files.
func TestAsyncify(t *testing.T) {
	store := "import time\n\n\ndef load():\n    return 1\n\n\nclass Store:\n    def get(self):\n        return load().bit_length()\n"
	main := "import store\n\n\nasync def handle():\n    s = store.Store()\n    return s.get() + store.load()\n"
	f := newFolder(t, "store.py", store, "main.py", main)
	s := openIn(t, Options{}, showProgress, f.dir)
	u := f.uri("store.py")
	s.didOpen(u, store)
	s.version(u, 1)
	const title = "Make `load` async and await it wherever it is called"
	waitFor(s, func() bool { // the other file has been read
		a := s.offered(u, 3, 5, protocol.CodeActionKindRefactor)[title]
		return a != nil && edited(f.uri("main.py"), main, a.Edit) != main
	})
	a := s.offered(u, 3, 5, protocol.CodeActionKindRefactor)[title]
	if got, want := edited(u, store, a.Edit), "import time\n\n\nasync def load():\n    return 1\n\n\nclass Store:\n    async def get(self):\n        return (await load()).bit_length()\n"; got != want {
		t.Errorf("%s", got)
	}
	if got, want := edited(f.uri("main.py"), main, a.Edit), "import store\n\n\nasync def handle():\n    s = store.Store()\n    return await s.get() + await store.load()\n"; got != want {
		t.Errorf("%s", got)
	}
	if s.offered(u, 4, 5, protocol.CodeActionKindRefactor)[title] != nil {
		t.Error("offered elsewhere")
	}
	// What is called at the top of a module cannot be awaited, and a function that is handed on may not be called at all.
	for _, more := range []string{"load()\n", "x = [load]\n"} {
		s.didChange(u, 2, whole(store+more))
		if s.offered(u, 3, 5, protocol.CodeActionKindRefactor)[title] != nil {
			t.Errorf("offered beside %q", more)
		}
	}
}
