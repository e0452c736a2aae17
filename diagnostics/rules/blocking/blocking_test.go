package blocking_test

import (
	"path/filepath"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/rules"
)

const fixtures = "../../../testdata/rules/"

// names are the rules of the family; each has a fixture of its name, and may have others ("blocking-sleep-trio").
var names = []string{
	"blocking-sleep", "blocking-http-call", "blocking-http-client", "blocking-process", "blocking-file", "blocking-path",
	"blocking-input", "blocking-configured-call", "blocking-database-call", "blocking-socket-call", "blocking-thread-wait",
	"blocking-sdk-call", "blocking-filesystem-call", "blocking-call-chain", "cpu-bound-call", "loop-without-checkpoint",
}

// configured are the settings of the fixture of blocking-configured-call.
var configured = map[string]string{
	"acme.*":            "",
	"acme.client.*":     "acme.aio",
	"acme.Client.fetch": "acme.AsyncClient.fetch",
	"legacy.lookup":     "",
	"json.load":         "",
	"slow":              "quick",
}

func TestFixtures(t *testing.T) {
	for _, name := range names {
		variants, err := filepath.Glob(fixtures + name + "-*.py")
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range append(variants, fixtures+name+".py") {
			if strings.HasSuffix(path, ".fixed.py") {
				continue
			}
			t.Run(strings.TrimSuffix(filepath.Base(path), ".py"), func(t *testing.T) {
				t.Parallel()
				settings := diagnostics.Settings{Select: []string{name}}
				if name == "blocking-configured-call" {
					settings.BlockingCalls = configured
				}
				if strings.HasSuffix(path, "-py38.py") {
					settings.Target = diagnostics.Version{Major: 3, Minor: 8}
				}
				diagtest.Run(t, rules.All, path, settings)
			})
		}
	}
}

func TestFixturesCompile(t *testing.T) {
	for _, name := range names {
		diagtest.Compiles(t, fixtures+name+".*py")
		if variants, _ := filepath.Glob(fixtures + name + "-*.py"); len(variants) > 0 {
			diagtest.Compiles(t, fixtures+name+"-*.py")
		}
	}
}

// TestOfTests: what reads files of the machine is a hint in tests, certificates among them; what waits for the network is not.
func TestOfTests(t *testing.T) {
	src := `import ssl, requests

def client():
    return ssl.create_default_context()

async def NAME():
    open("x")
    ssl.create_default_context()
    client()
    requests.get("x")
`
	for name, want := range map[string]string{"test_it": "IIIE", "fetch": "WWWE"} {
		severities(t, strings.Replace(src, "NAME", name, 1), want)
	}
}

// TestInterfaces: what is only known as a file may well be in memory.
func TestInterfaces(t *testing.T) {
	src := `import asyncio, tempfile
from typing import IO, Any

class File:
    def __init__(self, file: IO[bytes]):
        self.file: Any = FILE

    async def roll(self):
        self.file = await asyncio.to_thread(lambda: tempfile.TemporaryFile())

    async def read(self):
        return self.file.read()
`
	severities(t, strings.Replace(src, "FILE", "file", 1), "I")
	severities(t, strings.Replace(src, "FILE", "open('x')", 1), "W")
}

// severities checks the severities of the findings of a program.
func severities(t *testing.T, src, want string) {
	t.Helper()
	_, found := diagtest.Findings(rules.All, "x.py", src, diagnostics.Settings{Select: []string{"blocking"}})
	got := ""
	for _, f := range found {
		got += map[diagnostics.Severity]string{diagnostics.Info: "I", diagnostics.Warning: "W", diagnostics.Error: "E"}[f.Severity]
	}
	if got != want {
		t.Errorf("severities %s, want %s, in\n%s", got, want, src)
	}
}
