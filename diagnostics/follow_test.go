package diagnostics_test

import (
	"slices"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/diagtest"
	"aiolens/diagnostics/python"
)

// ways are the ways through the function f of a source text, each the calls, exits and ends on it.
func ways(t *testing.T, src string) []string {
	t.Helper()
	var all []string
	rule := &diagnostics.Rule{
		Code: "AIO999", Name: "a-way", Family: "test", Severity: diagnostics.Error, Doc: "# a-way\n\nA way.\n", On: []python.Kind{python.FunctionDef},
		Check: func(p *diagnostics.Pass, fn python.Node) {
			if !fn.IsAsync() {
				return
			}
			// Only what is called fail_ may fail, and only what is awaited may be cancelled.
			raises := func(s python.Step, _ string) python.Exc {
				switch {
				case s.Kind == python.StepEval && s.Node.Kind() == python.Await:
					return python.Cancelled
				case s.Kind == python.StepEval && strings.HasPrefix(s.Node.Text(), "fail"):
					return python.Failure
				}
				return python.NoExc
			}
			ok := diagnostics.FollowRaising(p, fn, "", raises, func(s python.Step, way string) (string, bool) {
				note := ""
				switch s.Kind {
				case python.StepEval:
					if s.Node.Kind() == python.Call {
						note = strings.TrimSuffix(s.Node.Text(), "()")
					}
				case python.StepTrue:
					note = "+" + s.Node.Text()
				case python.StepFalse:
					note = "-" + s.Node.Text()
				case python.StepExit:
					note = "exit" + [...]string{"", "!", "^"}[s.Exc]
				case python.StepCatch:
					note = "caught" + [...]string{"", "!", "^"}[s.Exc]
				case python.StepBind:
					note = s.Node.Text() + "="
				case python.StepEnd:
					way += " end" + [...]string{"", "!", "^"}[s.Exc]
					all = append(all, strings.TrimSpace(way))
					return way, false
				}
				if note != "" {
					way += " " + note
				}
				return way, len(way) < 80
			})
			if !ok {
				t.Error("too large")
			}
		},
	}
	diagtest.Findings([]*diagnostics.Rule{rule}, "f.py", src, diagnostics.Settings{})
	slices.Sort(all)
	return slices.Compact(all)
}

func TestFollow(t *testing.T) {
	const head = "import asyncio\nBROAD = (KeyError, asyncio.CancelledError)\nfrom asyncio import CancelledError as C\nfrom contextlib import suppress\nasync def f(x, y):\n"
	for name, c := range map[string]struct{ body, want string }{
		"sequence":           {"a()\nb()", "a b end"},
		"order of an await":  {"await a(b())", "b a(b()) end | b a(b()) end^"},
		"branch":             {"if x:\n    a()\nelse:\n    b()\nc()", "+x a c end | -x b c end"},
		"and":                {"if x and y:\n    a()", "+x +y a end | +x -y end | -x end"},
		"or, not":            {"if not (x or y):\n    a()", "+x end | -x +y end | -x -y a end"},
		"short circuit":      {"x and a()", "+x a end | -x end"},
		"conditional":        {"a() if x else b()", "+x a end | -x b end"},
		"return":             {"if x:\n    return a()\nb()", "+x a end | -x b end"},
		"constant":           {"while True:\n    return a()\nb()", "+True a end"},
		"assert":             {"assert x\na()", "+x a end"},
		"while":              {"while x:\n    return a()\nelse:\n    b()", "+x a end | -x b end"},
		"for":                {"for i in x:\n    return a()\nb()", "b end | i= a end"},
		"finally":            {"try:\n    fail()\nfinally:\n    a()", "a end! | fail a end"},
		"finally, return":    {"try:\n    return a()\nfinally:\n    b()", "a b end"},
		"finally swallows":   {"try:\n    await a()\nfinally:\n    return b()", "a b end"},
		"finally breaks":     {"for i in x:\n    try:\n        fail()\n    finally:\n        break\na()", "a end | i= a end | i= fail a end"},
		"except":             {"try:\n    fail()\nexcept Exception:\n    a()\nb()", "caught! a b end | fail b end"},
		"some exception":     {"try:\n    fail()\nexcept KeyError:\n    a()", "caught! a end | end! | fail end"},
		"cancelled passes":   {"try:\n    await a()\nexcept Exception:\n    b()", "a end | a end^"},
		"cancelled":          {"try:\n    await a()\nexcept C:\n    b()", "a caught^ b end | a end"},
		"bare":               {"try:\n    await a()\nexcept:\n    b()\n    raise", "a caught^ b end^ | a end"},
		"first clause":       {"try:\n    await a()\nexcept (C, KeyError):\n    raise\nexcept BaseException:\n    b()", "a caught^ end^ | a end"},
		"a named tuple":      {"try:\n    await a()\nexcept BROAD:\n    b()", "a caught^ b end | a end"},
		"raise the caught":   {"try:\n    await a()\nexcept C as e:\n    raise e", "a caught^ e= end^ | a end"},
		"raise another":      {"try:\n    await a()\nexcept C as e:\n    raise KeyError from e", "a caught^ e= end! | a end"},
		"raise":              {"try:\n    raise KeyError()\nexcept Exception:\n    a()", "KeyError caught! a end"},
		"raise cancelled":    {"try:\n    raise asyncio.CancelledError\nexcept Exception:\n    a()", "end^"},
		"else":               {"try:\n    a()\nexcept Exception:\n    b()\nelse:\n    fail()", "a end! | a fail end"},
		"raise in handler":   {"try:\n    try:\n        fail()\n    except Exception:\n        raise\n    finally:\n        a()\nexcept Exception:\n    b()", "caught! a caught! b end | fail a end"},
		"with":               {"with x:\n    fail()\na()", "exit! end! | fail exit a end"},
		"with, return":       {"with x as y, a():\n    return b()", "y= a b exit exit end"},
		"async with":         {"async with x:\n    await a()", "a exit end | a exit^ end^"},
		"suppress":           {"with suppress(C):\n    await a()\nb()", "suppress(C) a exit b end | suppress(C) a exit^ b end"},
		"suppresses another": {"with suppress(KeyError):\n    await a()\nb()", "suppress(KeyError) a exit b end | suppress(KeyError) a exit^ end^"},
		"targets":            {"x.y, z[0] = a()", "a x.y= z[0]= end"},
		"augmented":          {"x.y += a()", "a x.y= end"},
		"match":              {"match x:\n    case 1:\n        a()\n    case _:\n        b()", "a end | b end"},
		"nested":             {"def g():\n    a()\nlambda: b()", "g= end"},
	} {
		t.Run(name, func(t *testing.T) {
			body := "    " + strings.ReplaceAll(c.body, "\n", "\n    ") + "\n"
			got := strings.Join(ways(t, head+body), " | ")
			if got != c.want {
				t.Errorf("%s\ngot  %s\nwant %s", body, got, c.want)
			}
		})
	}
}
