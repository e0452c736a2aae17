package rules_test

import (
	"os"
	"path/filepath"
	"slices"
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

// followed are the rules that the programs are about: those to which other files matter.
var followed = slices.DeleteFunc(slices.Clone(rules.All), func(r *diagnostics.Rule) bool {
	switch r.Code {
	case "AIO510", "AIO511", "AIO602", "AIO606", "AIO607":
		return false
	}
	return r.Family != "awaits" && r.Family != "blocking" && r.Family != "tasks"
})

// TestPrograms checks the programs of testdata.
func TestPrograms(t *testing.T) {
	dirs, err := os.ReadDir(programs)
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	var paths []string
	for _, d := range dirs {
		dir := filepath.Join(programs, d.Name())
		t.Run(d.Name(), func(t *testing.T) { diagtest.Program(t, followed, dir, programSettings[d.Name()]) })
		paths = append(paths, diagtest.Load(t, dir).Paths...)
	}
	t.Run("compile", func(t *testing.T) { diagtest.Compile(t, paths) })
}
