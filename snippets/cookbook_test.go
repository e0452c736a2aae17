package snippets_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"aiolens/snippets"
)

// TestMade checks the files that are made of the patterns. UPDATE=1 rewrites them.
func TestMade(t *testing.T) {
	if !json.Valid(snippets.VSCode()) {
		t.Error("the snippets of VS Code are no JSON")
	}
	for path, want := range map[string]string{"COOKBOOK.md": snippets.Cookbook(), "../editors/vscode/snippets/aiolens.json": string(snippets.VSCode())} {
		if os.Getenv("UPDATE") != "" {
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != want {
			t.Errorf("%s is not what the patterns make (%v); run UPDATE=1 go test ./snippets", path, err)
		}
	}
}
