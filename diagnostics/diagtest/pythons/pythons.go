// Package pythons finds the interpreters of this machine for tests that ask Python itself. It knows nothing of what they ask.
package pythons

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// Oldest is the minor version of the oldest Python 3 that is asked.
const Oldest = 9

// All are the interpreters of this machine, on the PATH or installed by pyenv, by the minor version of Python 3, each once.
var All = sync.OnceValue(func() map[int]string {
	found := map[int]string{}
	candidates := []string{"python3"}
	for minor := 19; minor >= Oldest; minor-- {
		candidates = append(candidates, "python3."+strconv.Itoa(minor))
	}
	if home, err := os.UserHomeDir(); err == nil {
		more, _ := filepath.Glob(filepath.Join(home, ".pyenv/versions/3.*/bin/python3"))
		candidates = append(candidates, more...)
	}
	for _, c := range candidates {
		if minor := Minor(c); minor >= Oldest && found[minor] == "" {
			found[minor] = c
		}
	}
	return found
})

// Newest is the newest interpreter of this machine and its minor version; "" when there is none.
func Newest() (path string, minor int) {
	for m, p := range All() {
		if m > minor {
			path, minor = p, m
		}
	}
	return path, minor
}

// Minor is the minor version of an interpreter of Python 3; 0 when it is none, or does not run.
func Minor(path string) int {
	if _, err := exec.LookPath(path); err != nil {
		return 0
	}
	out, err := exec.Command(path, "-S", "-c", "import sys; print(sys.version_info[1] if sys.version_info[0] == 3 else 0)").Output()
	if err != nil {
		return 0
	}
	minor, _ := strconv.Atoi(strings.TrimSpace(string(out)))
	return minor
}
