package workspace

import (
	"regexp"
	"sync"
)

// Regexp gives a regular expression that is compiled when it is first used: an editor waits for the program to start. It panics then
// if the expression is malformed.
func Regexp(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
