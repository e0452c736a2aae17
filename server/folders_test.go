package server

import (
	"os"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// TestFoldersOnTheDisk: of a package that is renamed, copied or deleted, the editor tells once.
func TestFoldersOnTheDisk(t *testing.T) {
	const main = "import asyncio\nfrom pkg import lib\n\n\nasync def main():\n    lib.work()\n    await asyncio.sleep(1)\n"
	f := newFolder(t, "aiolens.toml", "diagnostic-mode = 'workspace'\n", "main.py", main, "other.py", main, "pkg/__init__.py", "",
		"pkg/lib.py", "import time\n\n\ndef work():\n    time.sleep(1)\n")
	s := openIn(t, Options{}, func(p *protocol.InitializeParams) {
		p.Capabilities.Workspace.FileOperations = &protocol.FileOperationClientCapabilities{DidRename: new(true)}
	}, f.dir)
	seen := map[uri.URI]int{}
	s.didOpen(f.uri("main.py"), main)
	settled := func(n int) {
		t.Helper()
		s.settled(seen, f.uri("main.py"), n)
		s.settled(seen, f.uri("other.py"), n)
	}
	move := func(from, to string) {
		t.Helper()
		if err := os.Rename(f.path(from), f.path(to)); err != nil {
			t.Fatal(err)
		}
	}
	settled(1)
	move("pkg", "pkg2")
	s.ok(s.srv.DidRenameFiles(s.ctx, &protocol.RenameFilesParams{Files: []protocol.FileRename{{OldURI: string(f.uri("pkg")), NewURI: string(f.uri("pkg2"))}}}))
	settled(0)
	move("pkg2", "pkg")
	s.ok(s.srv.DidCreateFiles(s.ctx, &protocol.CreateFilesParams{Files: []protocol.FileCreate{{URI: string(f.uri("pkg"))}}}))
	settled(1)
	move("pkg", "../elsewhere")
	s.ok(s.srv.DidDeleteFiles(s.ctx, &protocol.DeleteFilesParams{Files: []protocol.FileDelete{{URI: string(f.uri("pkg"))}}}))
	settled(0)
	move("../elsewhere", "pkg")
	s.ok(s.srv.DidChangeWatchedFiles(s.ctx, &protocol.DidChangeWatchedFilesParams{Changes: []protocol.FileEvent{{URI: f.uri("pkg"), Type: protocol.FileChangeTypeCreated}}}))
	settled(1)
}
