package knowledge

import (
	"strings"
	"sync"
)

// Mentions says whether any table declares a function or a method of this name. It reads the tables without parsing
// them.
func Mentions(name string) bool { return declaredNames()[name] }

var declaredNames = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	entries, _ := stubs.ReadDir("stubs")
	for _, e := range entries {
		text, _ := stubs.ReadFile("stubs/" + e.Name())
		for line := range strings.Lines(string(text)) {
			if _, rest, ok := strings.Cut(line, "def "); ok {
				if name := identifier(rest); name != "" {
					m[name] = true
				}
			}
		}
	}
	return m
})
