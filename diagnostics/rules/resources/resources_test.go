package resources_test

import (
	"path/filepath"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules/resources"
)

var all = []*diagnostics.Rule{resources.Open, resources.Session, resources.Manager, resources.Generator, resources.Writer}

func TestFixtures(t *testing.T) {
	for _, r := range all {
		paths, _ := filepath.Glob("../../../testdata/rules/" + r.Name + "*.py")
		if len(paths) == 0 {
			t.Errorf("%s: no fixture", r.Name)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, ".fixed.py") {
				continue
			}
			t.Run(strings.TrimSuffix(filepath.Base(path), ".py"), func(t *testing.T) {
				diagtest.Run(t, []*diagnostics.Rule{r}, path, diagnostics.Settings{Select: []string{r.Name}})
			})
		}
	}
}

func TestFixturesCompile(t *testing.T) {
	for _, r := range all {
		diagtest.Compiles(t, "../../../testdata/rules/"+r.Name+"*.py")
	}
}
