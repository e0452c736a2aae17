//go:build unix

package workspace

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestPipes: nobody writes into the pipes, so reading one would take for ever.
func TestPipes(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.py", "pyproject.toml", "aiolens.toml", "ruff.toml", ".gitignore", ".pre-commit-config.yaml"} {
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o600); err != nil {
			t.Skip("SKIP named pipes: ", err)
		}
	}
	large := filepath.Join(dir, "large.py")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, maxRead+1); err != nil {
		t.Skip("SKIP a large file: ", err)
	}
	done := make(chan bool)
	go func() {
		defer close(done)
		for _, path := range []string{filepath.Join(dir, "a.py"), large} {
			if _, err := Read(path); err == nil {
				t.Errorf("%s was read", path)
			}
		}
		loader := &Loader{}
		loader.Load(filepath.Join(dir, "b.py"))
		loader.Ruff(filepath.Join(dir, "b.py"), "auto")
		for range loader.Walk(dir) {
		}
	}()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("waits for somebody to write into a pipe")
	}
}
