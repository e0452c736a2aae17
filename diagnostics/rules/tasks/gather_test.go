package tasks_test

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"aiolens/diagnostics"
	"aiolens/diagnostics/python"
	"aiolens/diagnostics/rules/tasks"
)

// gathers are the bodies of a coroutine function with a call of gather, and the statement that it is converted to; "" where it stays.
// What is converted does the same under Python as before.
var gathers = []struct{ body, want string }{
	{"await asyncio.gather(say(1), say(2))", "async with asyncio.TaskGroup() as group:\n    group.create_task(say(1))\n    group.create_task(say(2))\n"},
	{"await asyncio.gather(say(1))", "async with asyncio.TaskGroup() as group:\n    group.create_task(say(1))\n"},
	{"a, b = await asyncio.gather(say(1), say(2), return_exceptions=False)\nreturn a - b",
		"async with asyncio.TaskGroup() as group:\n    a_task = group.create_task(say(1))\n    b_task = group.create_task(say(2))\na, b = a_task.result(), b_task.result()\nreturn a - b\n"},
	{"_, b = await asyncio.gather(say(1), say(2))\nreturn b", "async with asyncio.TaskGroup() as group:\n    group.create_task(say(1))\n    b_task = group.create_task(say(2))\nb = b_task.result()\nreturn b\n"},
	{"both: list[int] = await asyncio.gather(say(1), say(2))\nreturn both",
		"async with asyncio.TaskGroup() as group:\n    tasks = [group.create_task(say(1)), group.create_task(say(2))]\nboth: list[int] = [task.result() for task in tasks]\nreturn both\n"},
	{"box.a, box.b = await asyncio.gather(say(1), say(2))\nreturn box.a",
		"async with asyncio.TaskGroup() as group:\n    tasks = [group.create_task(say(1)), group.create_task(say(2))]\nbox.a, box.b = [task.result() for task in tasks]\nreturn box.a\n"},
	{"return await asyncio.gather(*[say(n) for n in range(3)], say(9))",
		"async with asyncio.TaskGroup() as group:\n    tasks = [*[group.create_task(say(n)) for n in range(3)], group.create_task(say(9))]\nreturn [task.result() for task in tasks]\n"},
	{"await asyncio.gather(*(say(n) for n in range(4) if n % 2))",
		"async with asyncio.TaskGroup() as group:\n    for n in range(4):\n        if n % 2:\n            group.create_task(say(n))\n"},
	{"group = task_group = 1\nreturn group, await asyncio.gather(say(1))", ""}, // the result goes elsewhere
	{"group = task_group = 1\nawait asyncio.gather(say(1))\nreturn group, task_group",
		"group = task_group = 1\nasync with asyncio.TaskGroup() as task_group_:\n    task_group_.create_task(say(1))\nreturn group, task_group\n"},
	{"await asyncio.gather(say(1), fail(2))", "async with asyncio.TaskGroup() as group:\n    group.create_task(say(1))\n    group.create_task(fail(2))\n"},
	{"coros = [say(n) for n in range(3)]\nresults = await asyncio.gather(*coros)\nreturn results",
		"coros = [say(n) for n in range(3)]\nasync with asyncio.TaskGroup() as group:\n    tasks = [group.create_task(coro) for coro in coros]\nresults = [task.result() for task in tasks]\nreturn results\n"},

	// A loop would leave its variable behind.
	{"n = 7\nawait asyncio.gather(*(say(n) for n in range(4)))\nreturn n", ""},
	{"await asyncio.gather(*(say(box) for box in range(4)))\nreturn box", ""},
	{"for n in range(2):\n    pass\nawait asyncio.gather(*(say(n) for n in range(4)))\nreturn n", ""},
	// Who expects an exception would get a group of them.
	{"try:\n    await asyncio.gather(say(1), fail(2))\nexcept ValueError:\n    pass", ""},
	{"with contextlib.suppress(ValueError):\n    await asyncio.gather(say(1), fail(2))", ""},
	{"with pytest.raises(ValueError):\n    await asyncio.gather(say(1), fail(2))", ""},
	{"x = await asyncio.gather(say(1), fail(2), return_exceptions=True)", ""},
	{"x = await asyncio.gather(say(1), **box.options)", ""},
	// A group takes only coroutines.
	{"await asyncio.gather(asyncio.create_task(say(1)), say(2))", ""},
	{"await asyncio.gather(box.get(1), say(2))", ""},
	{"await asyncio.gather()", ""},
	{"await asyncio.gather(  # both\n    say(1), say(2))", ""},
	{"print(await asyncio.gather(say(1), say(2)))", ""},
	{"x = asyncio.gather(say(1), say(2))\nawait x", ""},
}

const gatherHead = `import asyncio
import contextlib


class Box:
    pass


box = Box()


async def say(n):
    print("begin", n)
    await asyncio.sleep(0.001)
    print("end", n)
    return n


async def fail(n):
    await asyncio.sleep(0.005)
    raise ValueError(n)


async def main():
`

func gatherProgram(body string) string {
	return gatherHead + "    " + strings.ReplaceAll(strings.TrimSuffix(body, "\n"), "\n", "\n    ") + "\n"
}

// converted is a program with its gather converted; "" when that is not offered.
func converted(t *testing.T, src string, target diagnostics.Version) string {
	t.Helper()
	c, _ := diagnostics.NewChecker(nil, diagnostics.Settings{Target: target})
	file, memo := python.NewFile("", python.NewText(src)), &diagnostics.Memo{}
	c.Check(file, memo)
	fixes := c.Rewritten(file, memo, strings.LastIndex(src, "asyncio.gather"), []*diagnostics.Rewrite{tasks.GatherToGroup})
	if len(fixes) == 0 {
		return ""
	}
	if fixes[0].Safe || fixes[0].Title == "" {
		t.Errorf("%+v", fixes[0])
	}
	out, _ := diagnostics.Apply(src, fixes)
	return out
}

func TestGatherToGroup(t *testing.T) {
	var pairs [][2]string
	for _, c := range gathers {
		src, want := gatherProgram(c.body), ""
		if c.want != "" {
			want = gatherProgram(c.want)
		}
		got := converted(t, src, diagnostics.Version{})
		if got != want {
			t.Errorf("%s\ngot\n%s\nwant\n%s", c.body, strings.TrimPrefix(got, gatherHead), c.want)
		} else if want != "" {
			pairs = append(pairs, [2]string{src, got})
		}
	}
	src := gatherProgram("await asyncio.gather(say(1), say(2))")
	for _, other := range []string{strings.Replace(src, "async def main", "def main", 1), strings.Replace(src, "import asyncio\n", "import anyio as asyncio\n", 1)} {
		if got := converted(t, other, diagnostics.Version{}); got != "" {
			t.Errorf("converted to\n%s", got)
		}
	}
	if converted(t, src, diagnostics.Version{Major: 3, Minor: 10}) != "" || converted(t, src, diagnostics.Version{Major: 3, Minor: 11}) == "" {
		t.Error("the project's oldest Python does not count")
	}
	if testing.Short() {
		return
	}
	asPython(t, pairs)
}

// asPython runs programs before and after under Python: they print the same, and return or raise the same.
func asPython(t *testing.T, pairs [][2]string) {
	python3, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("SKIP: python3 is not installed")
	}
	script := `
import asyncio, contextlib, io, json, sys
if sys.version_info < (3, 11):
    print("SKIP: python3 is older than 3.11")
    sys.exit()

def run(src):
    names, out = {}, io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(src, "<program>", "exec"), names)
        try:
            end = repr(asyncio.run(names["main"]()))
        except ExceptionGroup as group:
            end = "raises " + repr(group.exceptions[0])
        except Exception as e:
            end = "raises " + repr(e)
    return out.getvalue() + end

for before, after in json.load(sys.stdin):
    if run(before) != run(after):
        print("FAIL\n" + after + "\n" + run(before) + "\n---\n" + run(after))
`
	in, err := json.Marshal(pairs)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python3, "-X", "dev", "-W", "error", "-c", script)
	cmd.Stdin = strings.NewReader(string(in))
	out, err := cmd.CombinedOutput()
	switch text := string(out); {
	case err != nil:
		t.Fatalf("%v\n%s", err, out)
	case strings.HasPrefix(text, "SKIP"):
		t.Skip(strings.TrimSpace(text))
	case text != "":
		t.Error(text)
	}
}
