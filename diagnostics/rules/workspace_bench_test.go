package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
)

// modules is a workspace in memory: module mN is in the file mN.
type modules map[string]*python.File

func (m modules) Name(path string) string                       { return path }
func (m modules) Find(from, name string) (*python.File, bool)   { return m[name], false }
func (m modules) Defined(from, name string) (plain, async bool) { return true, true }
func (m modules) text(i int) string                             { return m[fmt.Sprintf("m%d", i)].Text().String() }
func (m modules) put(i int, text *python.Text, old *python.File) *python.File {
	path := fmt.Sprintf("m%d", i)
	if old != nil {
		m[path] = old.Update(text)
	} else {
		m[path] = python.NewFile(path, text)
	}
	return m[path]
}

// project makes n modules of some 170 lines that import one another, in circles too. Every twentieth blocks.
func project(n int) modules {
	m := modules{}
	for i := range n {
		var b strings.Builder
		near, far, back := (i+1)%n, i/2, (i+n-7)%n
		fmt.Fprintf(&b, "import asyncio\nimport time\n\nimport m%d\nfrom m%d import Service%d\nfrom m%d import fetch%d as fetch\n\n\n", far, near, near, back, back)
		fmt.Fprintf(&b, "def low%d(text):\n", i)
		if i%20 == 0 {
			b.WriteString("    time.sleep(1)\n")
		}
		fmt.Fprintf(&b, "    return text.upper()\n\n\nasync def fetch%d(name: str) -> str:\n    await asyncio.sleep(0)\n    return name\n\n\n", i)
		fmt.Fprintf(&b, "class Service%d:\n    def __init__(self, other: \"Service%d | None\" = None):\n        self.other = other\n        self.seen = {}\n\n", i, near)
		for k := range 10 {
			fmt.Fprintf(&b, "    def step%d(self, text):\n        self.seen[text] = m%d.low%d(text)\n        return low%d(text) + str(%d)\n\n", k, far, far, i, k)
			fmt.Fprintf(&b, "    async def run%d(self, text):\n        found = await fetch(text)\n        if self.other is not None:\n            await self.other.run%d(found)\n        self.step%d(found)\n        return Service%d().step%d(found)\n\n", k, (k+1)%10, k, near, k)
		}
		m.put(i, python.NewText(b.String()), nil)
	}
	return m
}

// BenchmarkWorkspace checks 1,000 modules, one after another in one view.
func BenchmarkWorkspace(b *testing.B) {
	m, c := project(1000), checker()
	size := 0
	for i := range len(m) {
		size += len(m.text(i))
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		fresh := project(1000)
		v := diagnostics.NewView(fresh)
		for i := range len(m) {
			c.CheckIn(v, python.NewFile(fmt.Sprintf("m%d", i), python.NewText(m.text(i))))
		}
	}
}

// BenchmarkWorkspaceKeystroke types in one of 1,000 modules and checks it after each character, as the server does: in a
// coroutine, in a plain function that blocks, and in the name of that function, which is a change of what others see.
func BenchmarkWorkspaceKeystroke(b *testing.B) {
	for name, mark := range map[string]string{
		"coroutine": "        found = await fetch(text)\n", "body": "    return text.upper()\n", "name": "def low500",
	} {
		b.Run(name, func(b *testing.B) {
			m, c := project(1000), checker()
			memo := &diagnostics.Memo{Files: m}
			file := m["m500"]
			c.Check(file, memo)
			text := file.Text()
			at := strings.Index(text.String(), mark) + len(mark)
			stmt := "        x = low500(1)\n"
			if name == "body" {
				at, stmt = at-len(mark), "    x = time.sleep(1)\n"
			} else if name == "name" {
				stmt = "_and_more"
			}
			k := 0
			b.ResetTimer()
			for b.Loop() {
				if k == len(stmt) {
					text = text.Splice(python.Span{Start: at, End: at + k}, "")
					k = 0
				} else {
					text = text.Splice(python.Span{Start: at + k, End: at + k}, stmt[k:k+1])
					k++
				}
				file = m.put(500, text, file)
				c.Check(file, memo)
			}
		})
	}
}
