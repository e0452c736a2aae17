package hover_test

import (
	"os"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/hover"
)

// BenchmarkLookup finds and spells a card.
func BenchmarkLookup(b *testing.B) {
	for b.Loop() {
		hover.Lookup("asyncio.Queue.get").Markdown(diagnostics.Version{Major: 3, Minor: 9})
	}
}

// BenchmarkAwait asks what may change during an await.
func BenchmarkAwait(b *testing.B) {
	data, err := os.ReadFile("../testdata/hover/await.py")
	if err != nil {
		b.Fatal(err)
	}
	_, at := look(b, string(data), diagnostics.Settings{})
	offset := strings.Index(string(data), "await fetch()")
	for b.Loop() {
		at(offset)
	}
}
