package python

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"aiolens/diagnostics/shape"
)

// find is the n-th identifier with a name in the block.
func find(b *Block, name string, n int) Node {
	for c := range b.Root().Walk {
		if c.Kind() == Identifier && c.Text() == name {
			if n--; n < 0 {
				return c
			}
		}
	}
	return Node{}
}

func only(t *testing.T, src string) *Block {
	t.Helper()
	for b := range NewFile("", NewText(src)).Blocks {
		return b
	}
	t.Fatal("no block")
	return nil
}

func TestDiscarded(t *testing.T) {
	for src, want := range map[string]string{
		"f()":                         "f()",
		"(f())":                       "f()",
		"f(), g()":                    "f() g()",
		"f() if c() else g()":         "f() g()",
		"a and f()":                   "f()",
		"a or b and f()":              "f()",
		"[f(), *g()]":                 "f()",
		"[f(x) for x in y]":           "f(x)",
		"(f(x) for x in y)":           "(f(x) for x in y)",
		"x = f()":                     "",
		"(x := f())":                  "",
		"await f()":                   "await f()",
		"f().g()":                     "f().g()",
		"{f()}":                       "f()",
		"(a and f()) if b else (g())": "f() g()",
	} {
		stmt := only(t, src).Root().FirstNamed()
		var got []string
		for n := range Discarded(stmt) {
			got = append(got, n.Text())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %q, want %q", src, got, want)
		}
	}
}

// TestReads compares the reads of each binding of x, by line, with the comment behind it.
func TestReads(t *testing.T) {
	for _, body := range []string{`
    x = 1  # 2
    print(x)
`, `
    x = 1  # none
    x = 2  # 3
    print(x)
`, `
    x = 1  # 5 6 8
    if c:
        x = 2  # 6 8
    else:
        print(x)
    if x:
        pass
    return x
`, `
    x = None  # 3 4
    while True:
        if x is not None:
            print(x)
        x = 1  # 3 4
`, `
    x = 1  # unsure
    return lambda: x
`, `
    x = 1  # unsure
    return locals()
`, `
    x = 1  # unsure

    def g():
        nonlocal x
        x = 2  # unsure
`, `
    x = 1  # 3 6
    try:
        f(x)
        x = 2  # 6
    finally:
        f(x)
`} {
		body = strings.TrimPrefix(body, "\n")
		src := "def f(c):\n" + body
		b := only(t, src)
		lines := strings.Split(src, "\n")
		line := func(n Node) int { return strings.Count(src[:n.Span().Start], "\n") }
		for n := range b.Root().Walk {
			x := n.Binding()
			if x == nil || n.Text() != "x" {
				continue
			}
			_, want, _ := strings.Cut(lines[line(n)], "# ")
			reads, sure := x.Reads()
			var at []string
			for _, r := range reads {
				at = append(at, fmt.Sprint(line(r)))
			}
			at = slices.Compact(at)
			got := strings.Join(at, " ")
			switch {
			case !sure:
				got = "unsure"
			case got == "":
				got = "none"
			}
			if got != want {
				t.Errorf("%s\nline %d: got %q, want %q", src, line(n), got, want)
			}
		}
	}
}

func TestAgain(t *testing.T) {
	for body, want := range map[string]bool{
		"    x = f()\n    await x\n    await x\n":                                                         true,
		"    x = f()\n    await x\n    x = f()\n    await x\n":                                            false,
		"    x = f()\n    if c:\n        return await x\n    await x\n":                                   false,
		"    x = f()\n    if c:\n        await x\n    await x\n":                                          true,
		"    x = f()\n    try:\n        await x\n    except E:\n        await x\n":                        true,
		"    x = f()\n    try:\n        await x\n    except E:\n        x = f()\n        await x\n":       false,
		"    x = f()\n    while c:\n        if x:\n            await x\n            break\n    await x\n": true,
	} {
		b := only(t, "async def f(c):\n"+body)
		var awaits []Node
		for n := range b.Root().Walk {
			if n.Kind() == Identifier && n.Text() == "x" && n.Parent().Kind() == Await {
				awaits = append(awaits, n)
			}
		}
		if got := awaits[0].Again(awaits[1], true); got != want {
			t.Errorf("%s: got %v", body, got)
		}
	}
	b := only(t, "async def f():\n    x = f()\n    for y in z:\n        await x\n")
	if n := find(b, "x", 1); !n.Again(n, false) {
		t.Error("a read in a loop comes again")
	}
	b = only(t, "async def f():\n    for y in z:\n        x = f()\n        await x\n")
	if n := find(b, "x", 1); n.Again(n, false) {
		t.Error("the loop binds the name anew")
	}
}

func TestNonlocal(t *testing.T) {
	b := only(t, "def f():\n    x = None\n    def g():\n        nonlocal x\n        x = made()\n    g()\n    if x:\n        pass\n    see(x)\n")
	v := find(b, "x", 4).Value()
	if !slices.ContainsFunc(append(v.Args, v), func(v *shape.Value) bool { return v.Op == shape.Call && v.X.Str == "made" }) {
		t.Errorf("got %+v", v)
	}
}

func TestAsyncGenerators(t *testing.T) {
	for src, want := range map[string]string{
		"(x for x in y)":                            "generator",
		"(x async for x in y)":                      "async_generator",
		"(await x for x in y)":                      "async_generator",
		"(x for x in y if await x)":                 "async_generator",
		"(x for x in await y)":                      "generator",
		"([z async for z in x] for x in y)":         "async_generator",
		"((z async for z in x) for x in y)":         "generator",
		"((z for z in await x) for x in y)":         "async_generator",
		"(x for x in [z async for z in y])":         "generator",
		"(x for x in y for z in await x)":           "async_generator",
		"(lambda: (await z for z in x) for x in y)": "generator",
	} {
		if got := only(t, src).Root().FirstNamed().FirstNamed().Value().Str; got != want {
			t.Errorf("%s: got %s, want %s", src, got, want)
		}
	}
}

func TestHolds(t *testing.T) {
	for body, want := range map[string]bool{
		"yield":                                                                  false,
		"with x:\n        yield":                                                 true,
		"async with x:\n        a = yield":                                       true,
		"with x: pass\n    yield":                                                false,
		"with (yield): pass":                                                     false,
		"try:\n        yield\n    finally: pass":                                 true,
		"try:\n        yield\n    except E: pass":                                false,
		"try: pass\n    except E:\n        yield\n    finally: pass":             true,
		"try: pass\n    finally:\n        yield":                                 false,
		"with x:\n        def g():\n            yield\n    yield":                false,
		"for i in x:\n        with i:\n            if i:\n                yield": true,
	} {
		b := only(t, "async def f(x):\n    "+body+"\n")
		if got := b.Root().FirstNamed().Func().Holds; got != want {
			t.Errorf("%s: got %v", body, got)
		}
	}
}

func TestStarsHoldWhatTheyUnpack(t *testing.T) {
	const text = "print(1, *a.b(2)[3].c(*d(), *e), *f, k=[*g(), 1, *h.i, *[j]])\nx = *k(), 1\n"
	var got []string
	for b := range NewFile("stars.py", NewText(text)).Blocks {
		for n := range b.Root().Walk {
			if n.Kind() == ListSplat {
				got = append(got, n.FirstNamed().Text())
			}
			for c := range n.Children {
				if c.Parent() != n {
					t.Errorf("%q is in %q, its parent is %q", c.Text(), n.Text(), c.Parent().Text())
				}
			}
		}
	}
	if want := []string{"a.b(2)[3].c(*d(), *e)", "d()", "e", "f", "g()", "h.i", "[j]", "k()"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
