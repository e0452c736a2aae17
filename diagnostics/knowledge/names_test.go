package knowledge

import "testing"

func TestMentions(t *testing.T) {
	for name, want := range map[string]bool{"sleep": true, "getaddrinfo": true, "aclose": true, "fetch_customer_invoices": false, "": false} {
		if Mentions(name) != want {
			t.Errorf("%q: got %v", name, !want)
		}
	}
}

func TestAged(t *testing.T) {
	for name, want := range map[string][2]bool{
		"TaskGroup": {true, false}, "loop_factory": {true, false}, "iscoroutinefunction": {false, true}, "loop": {false, true},
		"DefaultEventLoopPolicy": {false, true}, "aclosing": {true, false}, "gather": {false, false},
	} {
		if since, until := Aged(name); since != want[0] || until != want[1] {
			t.Errorf("%s: got %v, %v", name, since, until)
		}
	}
}

func TestFactsOf(t *testing.T) {
	m := Module("asyncio")
	for name, want := range map[string]string{"SafeChildWatcher": "3.14", "coroutine": "3.11", "WindowsSelectorEventLoopPolicy": "3.16", "Lock": ""} {
		if f := FactsOf(m, m.Symbols.Known[name].Values[0]); f == nil || f.Dropped != want {
			t.Errorf("%s: got %v", name, f)
		}
	}
}
