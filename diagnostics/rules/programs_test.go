package rules_test

import (
	"os"
	"path/filepath"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules"
)

const programs = "../../testdata/programs"

// programSettings are the settings of programs that are not checked with those of a user who sets nothing.
var programSettings = map[string]diagnostics.Settings{
	"offload": {OffloadCalls: []string{"jobs.offload", "jobs.Pool.a*"}},
}

// TestPrograms checks the programs of testdata with all rules.
func TestPrograms(t *testing.T) {
	dirs, err := os.ReadDir(programs)
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	var paths []string
	for _, d := range dirs {
		dir := filepath.Join(programs, d.Name())
		t.Run(d.Name(), func(t *testing.T) { diagtest.Program(t, rules.All, dir, programSettings[d.Name()]) })
		for _, path := range diagtest.Load(t, dir).Paths {
			paths = append(paths, path)
		}
	}
	t.Run("compile", func(t *testing.T) { diagtest.Compile(t, paths) })
}
