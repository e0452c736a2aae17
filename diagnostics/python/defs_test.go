package python

import (
	"slices"
	"testing"
)

func TestDefinitions(t *testing.T) {
	src := "def a(): ...\nasync def b(self):\n\tdef c(): pass\n\n    async  def  d (x): ...\nundef e\nif x: def f(): ...\n# the def of g\nclass K:\r\n    def h(self):...\nasyncdef i()\ndef "
	var got []string
	for name, async := range Definitions(src) {
		if async {
			name = "async " + name
		}
		got = append(got, name)
	}
	if want := []string{"a", "async b", "c", "f", "h"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	var all int
	for range Definitions(src) {
		all++
		break
	}
	if all != 1 {
		t.Error("the loop does not end when it is left")
	}
}

func TestCalls(t *testing.T) {
	file := NewFile("", NewText("x = save(1)\ny = (2)\nz.load (3)\nstore.fetch_all(\n4)\n"))
	for name, want := range map[string]bool{"save": true, "fetch_all": true, "load": false, "fetch": false, "x": false} {
		if got := file.Calls(func(s string) bool { return s == name }); got != want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
