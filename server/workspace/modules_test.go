package workspace

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// modules finds modules in a tree, given its folders, variables ("NAME=folder") and interpreter.
func modules(dir, python string, given ...string) *Modules {
	var folders []string
	env := map[string]string{}
	for _, g := range given {
		if name, value, ok := strings.Cut(g, "="); ok {
			env[name] = strings.ReplaceAll(value, "$", dir)
		} else {
			folders = append(folders, filepath.Join(dir, g))
		}
	}
	return NewModules(folders, python, func(name string) string { return env[name] })
}

// imports checks lines such as "a/x.py: b.c -> a/b/c.py", with "none" when there is no such module and "*" behind one that is
// installed.
func imports(t *testing.T, m *Modules, dir, want string) {
	t.Helper()
	for line := range strings.SplitSeq(strings.TrimSpace(want), "\n") {
		from, rest, _ := strings.Cut(strings.TrimSpace(line), ": ")
		name, want, _ := strings.Cut(rest, " -> ")
		path, installed, ok := m.Find(filepath.Join(dir, from), name)
		got := "none"
		if ok {
			rel, err := filepath.Rel(dir, path)
			if err != nil || !filepath.IsAbs(path) || filepath.Clean(path) != path {
				t.Errorf("%s: %s is %s", from, name, path)
			}
			got = filepath.ToSlash(rel)
		}
		if installed {
			got += "*"
		}
		if got != want {
			t.Errorf("%s: %s -> %s, want %s", from, name, got, want)
		}
	}
}

// named checks lines such as "a/b.py a.b", or "a/b-c.py" when there is no name.
func named(t *testing.T, m *Modules, dir, want string) {
	t.Helper()
	for line := range strings.SplitSeq(strings.TrimSpace(want), "\n") {
		path, want, _ := strings.Cut(strings.TrimSpace(line), " ")
		if got := m.Name(filepath.Join(dir, path)); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

const layouts = `
-- pyproject.toml --
-- src/company/team/api.py --
-- src/company/pkg/__init__.py --
-- src/company/pkg/db/__init__.pyi --
-- src/company/pkg/db/session.py --
-- src/flat.py --
-- app/api.py --
-- app/core/config.py --
-- my-tools/run.py --
-- lib/thing.py --
-- backend/server/main.py --
-- services/billing/server/main.py --
-- services/one.py --
-- packages/a/pyproject.toml --
-- packages/a/src/a_pkg/__init__.py --
-- tests/app/__init__.py --
-- tests/app/test_api.py --
-- tests/helpers.py --
-- main.py --
-- not-importable.py --
-- lambda.py --
-- script --
-- class/__init__.py --
-- class/x.py --
-- old/pkg/__init__.py --
-- old/pkg/sub/__init__.py --
-- old/pkg/sub/setup.py --
-- old/pkg/lib/x.py --
-- old/pkg/lib/time-zones/y.py --
`

func TestModuleNames(t *testing.T) {
	dir := tree(t, layouts)
	named(t, modules(dir, "", "."), dir, `
		src/company/team/api.py company.team.api
		src/company/pkg/__init__.py company.pkg
		src/company/pkg/db/__init__.pyi company.pkg.db
		src/company/pkg/db/session.py company.pkg.db.session
		src/company/pkg/new.py company.pkg.new
		src/new/x.py new.x
		src/flat.py flat
		app/api.py app.api
		app/core/config.py app.core.config
		my-tools/run.py run
		lib/thing.py thing
		backend/server/main.py server.main
		services/billing/server/main.py server.main
		services/one.py one
		packages/a/src/a_pkg/__init__.py a_pkg
		tests/app/test_api.py tests.app.test_api
		tests/helpers.py tests.helpers
		main.py main
		not-importable.py
		lambda.py
		script
		class/__init__.py
		class/x.py x
		old/pkg/sub/__init__.py old.pkg.sub
		old/pkg/lib/x.py old.pkg.lib.x
		old/pkg/lib/time-zones/y.py y
	`)
	named(t, modules(dir, "", "app", "src/company/pkg"), dir, `
		app/core/config.py app.core.config
		src/company/pkg/db/session.py company.pkg.db.session
	`)
}

func TestModuleNamesWithoutProject(t *testing.T) {
	dir := tree(t, `
-- home/.git/HEAD --
-- home/work/given/app/x.py --
-- home/work/other/x.py --
-- home/work/tests/aiolens.toml --
-- home/work/tests/unit/x.py --
-- top/pyproject.toml --
-- top/__init__.py --
-- top/x.py --
`)
	m := modules(dir, "", "HOME=$/home", "home/work/given")
	named(t, m, dir, `
		home/work/given/app/x.py app.x
		home/work/other/x.py x
		home/work/tests/unit/x.py unit.x
		top/x.py top.x
	`)
	imports(t, m, dir, `
		top/x.py: top -> top/__init__.py
		top/__init__.py: x -> top/x.py
	`)
	named(t, modules(dir, "", "HOME=$/home", "home"), dir, "home/work/given/app/x.py work.given.app.x")
}

// TestModuleNamesInsideOfPackage names parts of a package, whose modules are called the same whatever was named.
func TestModuleNamesInsideOfPackage(t *testing.T) {
	dir := tree(t, `
-- app/__init__.py --
-- app/core.py --
-- app/llms/base.py --
-- app/llms/some/__init__.py --
-- app/llms/some/deep/handler.py --
-- other/__init__.py --
-- tool.py --
`)
	for _, given := range [][]string{{"app"}, {"app/llms"}, {"app/llms/some/deep"}, {"."}, nil} {
		m := modules(dir, "", given...)
		named(t, m, dir, `
			app/core.py app.core
			app/llms/base.py app.llms.base
			app/llms/some/deep/handler.py app.llms.some.deep.handler
			tool.py tool
		`)
		imports(t, m, dir, `
			app/llms/some/deep/handler.py: app.llms.base -> app/llms/base.py
			app/llms/base.py: app -> app/__init__.py
			app/core.py: app.llms.some.deep.handler -> app/llms/some/deep/handler.py
			app/llms/base.py: other -> other/__init__.py
		`)
	}
	site := tree(t, `
-- app-1.dist-info/METADATA --
-- app/__init__.py --
-- app/llms/base.py --
-- httpx/__init__.py --
`)
	for _, given := range []string{"app", "app/llms", "."} {
		m := modules(site, "", given)
		named(t, m, site, "app/llms/base.py app.llms.base")
		imports(t, m, site, `
			app/llms/base.py: app -> app/__init__.py
			app/llms/base.py: httpx -> httpx/__init__.py*
		`)
	}
}

// TestDefined: a name says nothing about files of another project.
func TestDefined(t *testing.T) {
	dir := tree(t, `
-- one/pyproject.toml --
-- one/src/app/a.py --
-- one/tests/test_a.py --
-- two/pyproject.toml --
-- two/b.py --
-- loose/app/__init__.py --
-- loose/app/a.py --
-- loose/app/inner/b.py --
-- loose/script.py --
-- stray/b.py --
-- site-packages/x/__init__.py --
-- site-packages/x/a.py --
-- site-packages/y/a.py --
`)
	files := NewFiles(modules(dir, "", "."))
	path := func(p string) string { return filepath.Join(dir, p) }
	files.Index(path("one/src/app/a.py"), "async def fetch_all_of(): ...\n")
	files.Index(path("loose/app/inner/b.py"), "async def load_all_of(): ...\n")
	files.Index(path("site-packages/x/a.py"), "async def send_all_of(): ...\n")
	check := func(when, name string, places map[string]string) {
		t.Helper()
		for from, want := range places {
			got := ""
			switch plain, async := files.Defined(path(from), name); {
			case plain && async:
				got = "both"
			case plain:
				got = "plain"
			case async:
				got = "async"
			}
			if got != want {
				t.Errorf("%s: for %s %s is %q, want %q", when, from, name, got, want)
			}
		}
	}
	fetch := map[string]string{"one/tests/test_a.py": "async", "one/src/app/a.py": "async", "two/b.py": "", "loose/app/a.py": "", "site-packages/x/a.py": ""}
	check("at first", "fetch_all_of", fetch)
	check("at first", "load_all_of", map[string]string{"loose/app/a.py": "async", "loose/app/__init__.py": "async", "loose/script.py": "async", "stray/b.py": "", "one/src/app/a.py": ""})
	check("at first", "send_all_of", map[string]string{"site-packages/x/__init__.py": "async", "site-packages/y/a.py": ""})
	if changed := files.Index(path("two/b.py"), "def fetch_all_of(): ...\n"); len(changed) != 1 {
		t.Errorf("changed %v", changed)
	}
	fetch["two/b.py"] = "plain"
	check("then", "fetch_all_of", fetch)
	files = files.With(modules(dir, "", "."))
	check("with other modules", "fetch_all_of", fetch)
	files.Index(path("one/tests/test_a.py"), "def fetch_all_of(): ...\n")
	check("in a test", "fetch_all_of", map[string]string{"one/src/app/a.py": "both"})
	files.Index(path("one/tests/test_a.py"), "")
	check("gone", "fetch_all_of", fetch)
	if names := files.Names(); !names["fetch_all_of"] || !names["send_all_of"] || names["gone"] {
		t.Errorf("names %v", names)
	}
}

func TestFindInProject(t *testing.T) {
	dir := tree(t, layouts)
	m := modules(dir, "", ".")
	imports(t, m, dir, `
		main.py: company.pkg.db.session -> src/company/pkg/db/session.py
		main.py: company.pkg.db -> src/company/pkg/db/__init__.pyi
		main.py: company.pkg -> src/company/pkg/__init__.py
		main.py: company.team.api -> src/company/team/api.py
		main.py: company -> none
		main.py: company.team -> none
		main.py: company.pkg.gone -> none
		main.py: flat.x -> none
		src/company/pkg/db/session.py: pkg.db -> src/company/pkg/db/__init__.pyi
		src/company/pkg/db/session.py: company.team.api -> src/company/team/api.py
		src/company/pkg/db/session.py: session -> none
		src/company/team/api.py: pkg -> src/company/pkg/__init__.py
		app/api.py: core.config -> app/core/config.py
		app/api.py: app.core.config -> app/core/config.py
		app/core/config.py: api -> app/api.py
		tests/app/test_api.py: app.test_api -> tests/app/test_api.py
		tests/app/test_api.py: tests.app.test_api -> tests/app/test_api.py
		tests/app/test_api.py: app.core.config -> app/core/config.py
		tests/app/test_api.py: helpers -> tests/helpers.py
		backend/server/main.py: server.main -> backend/server/main.py
		services/billing/server/main.py: server.main -> services/billing/server/main.py
		main.py: os -> none
		old/pkg/lib/x.py: old.pkg.sub -> old/pkg/sub/__init__.py
		old/pkg/lib/x.py: sub -> none
	`)
	imports(t, m, dir, strings.ReplaceAll(`
		main.py: company..pkg -> none
		main.py: .company -> none
		main.py: main. -> none
		main.py: . -> none
		main.py: .. -> none
		main.py:  -> none
		main.py: src/flat -> none
		main.py: ../x -> none
		main.py: fl~at -> none
		main.py: not-importable -> none
		main.py: lambda -> none
	`, "~", "\x00"))
	for _, name := range []string{"", strings.Repeat("a", 1<<20), strings.Repeat("a.", 1<<20) + "a", "\xff"} {
		if path, _, ok := m.Find(filepath.Join(dir, "main.py"), name); ok {
			t.Errorf("%.10q: %s", name, path)
		}
	}
}

func TestFindPrefers(t *testing.T) {
	dir := tree(t, `
-- pyproject.toml --
-- both.py --
-- both.pyi --
-- folder/__init__.py --
-- folder.py --
-- typed/__init__.pyi --
-- typed.py --
-- stub.pyi --
-- bare.py --
-- bare/inner.py --
-- spread/gone.txt --
-- src/spread/__init__.py --
-- src/spread/x.py --
-- spread/x.py --
-- src/wide/a.py --
-- wide/b.py --
-- wide/a/b.py --
-- compiled.cpython-312-x86_64-linux-gnu.so --
-- fast.so --
-- fast.pyi --
-- Case.py --
-- script/run.py --
-- script/config.py --
-- config/__init__.py --
-- config/x.py --
-- link.py/x.txt --
`)
	imports(t, modules(dir, "", "."), dir, `
		x.py: both -> both.py
		x.py: folder -> folder/__init__.py
		x.py: typed -> typed.py
		x.py: stub -> stub.pyi
		x.py: bare -> bare.py
		x.py: bare.inner -> none
		x.py: spread.x -> src/spread/x.py
		x.py: wide.a -> src/wide/a.py
		x.py: wide.b -> wide/b.py
		x.py: wide.a.b -> none
		x.py: compiled -> none
		x.py: fast -> fast.pyi
		x.py: Case -> Case.py
		x.py: case -> none
		x.py: link -> none
		script/run.py: config -> script/config.py
		script/run.py: config.x -> config/x.py
	`)
}

func TestFindInMonorepo(t *testing.T) {
	dir := tree(t, `
-- .git/HEAD --
-- packages/a/pyproject.toml --
-- packages/a/src/a_pkg/__init__.py --
-- packages/a/src/common/a.py --
-- packages/a/tests/test_a.py --
-- packages/b/pyproject.toml --
-- packages/b/src/b_pkg/__init__.py --
-- packages/b/src/b_pkg/x.py --
-- packages/b/src/common/b.py --
-- packages/b/src/common/both.py --
-- packages/c/src/common/both.py --
-- packages/b/src/single.py --
-- packages/a/twice/__init__.py --
-- packages/b/twice/__init__.py --
-- packages/b/twice/x.py --
-- packages/c/pyproject.toml --
-- packages/c/known/__init__.py --
-- examples/known/__init__.py --
-- tools/deep/er/loose/__init__.py --
-- tools/deep/er/still/found/__init__.py --
-- tools/deep/er/too/far/away/__init__.py --
-- .hidden/secret/__init__.py --
-- node_modules/js/__init__.py --
-- build/built/__init__.py --
-- web/env/pyvenv.cfg --
-- web/env/inner/__init__.py --
-- vendor/x-1.dist-info/METADATA --
-- vendor/vendored/__init__.py --
-- tools/pkg/__init__.py --
-- tools/pkg/nested/__init__.py --
`)
	want := `
		packages/a/tests/test_a.py: a_pkg -> packages/a/src/a_pkg/__init__.py
		packages/a/src/a_pkg/__init__.py: b_pkg.x -> packages/b/src/b_pkg/x.py
		packages/a/src/a_pkg/__init__.py: single -> packages/b/src/single.py
		packages/a/src/a_pkg/__init__.py: common.a -> packages/a/src/common/a.py
		packages/a/src/a_pkg/__init__.py: common.b -> packages/b/src/common/b.py
		packages/a/src/a_pkg/__init__.py: common.both -> none
		main.py: known -> packages/c/known/__init__.py
		main.py: loose -> tools/deep/er/loose/__init__.py
		main.py: found -> tools/deep/er/still/found/__init__.py
		main.py: away -> none
		main.py: secret -> none
		main.py: js -> none
		main.py: built -> none
		main.py: inner -> none
		main.py: vendored -> none
		main.py: nested -> none
	`
	imports(t, modules(dir, "", "."), dir, want+"main.py: twice -> none\nmain.py: twice.x -> none")
	imports(t, modules(dir, "", "packages/a"), dir, want+"main.py: twice -> packages/a/twice/__init__.py") // the repository counts
	imports(t, modules(dir, "", "packages/a/tests/test_a.py", "gone.py"), dir, want)                       // also when files are named
}

func TestFindInFoldersOfWorkspace(t *testing.T) {
	dir := tree(t, `
-- one/main.py --
-- one/client.py --
-- two/src/shared/__init__.py --
-- two/client.py --
-- two/other.py --
`)
	imports(t, modules(dir, "", "one", "two"), dir, `
		one/main.py: shared -> two/src/shared/__init__.py
		one/main.py: client -> one/client.py
		two/other.py: client -> two/client.py
		one/main.py: other -> two/other.py
	`)
}

const installed = `
-- .git/HEAD --
-- app/main.py --
-- app/clients/redis.py --
-- app/clients/cache.py --
-- app/clients/own.py --
-- redis/helpers.py --
-- google/mine.py --
-- queue.py --
-- celery.py --
-- .venv/pyvenv.cfg --
-- .venv/lib/python3.9/site-packages/old.py --
-- .venv/lib/python3.12/site-packages/redis/__init__.py --
-- .venv/lib/python3.12/site-packages/redis/asyncio/__init__.py --
-- .venv/lib/python3.12/site-packages/redis/_impl/__init__.py --
-- .venv/lib/python3.12/site-packages/celery/__init__.py --
-- .venv/lib/python3.12/site-packages/google/cloud/storage/__init__.py --
-- .venv/lib/python3.12/site-packages/six.py --
-- .venv/lib/python3.12/site-packages/yaml/__init__.py --
-- .venv/lib/python3.12/site-packages/yaml-stubs/__init__.pyi --
-- .venv/lib/python3.12/site-packages/fast/__init__.cpython-312.so --
-- .venv/lib/python3.12/site-packages/fast/core.so --
-- .venv/lib/python3.12/site-packages/fast-stubs/__init__.pyi --
-- .venv/lib/python3.12/site-packages/fast-stubs/core.pyi --
-- .venv/lib/python3.12/site-packages/half/__init__.py --
-- .venv/lib/python3.12/site-packages/half-stubs/core.pyi --
-- .venv/lib/python3.12/site-packages/blank.so --
-- .venv/lib/python3.12/site-packages/a.pth --
# comment
import os; os.environ
../../../../editable/src
gone
-- .venv/lib/python3.12/site-packages/b.pth --
inner
-- .venv/lib/python3.12/site-packages/inner/by_pth.py --
-- .venv/lib/python3.12/site-packages/bad-name/x.py --
-- .venv/lib/python3.12/json.py --
-- editable/src/plugin/__init__.py --
`

func TestFindInstalled(t *testing.T) {
	dir := tree(t, installed)
	const site = ".venv/lib/python3.12/site-packages"
	m := modules(dir, "", ".")
	imports(t, m, dir, strings.ReplaceAll(`
		app/main.py: redis -> SITE/redis/__init__.py*
		app/main.py: redis.asyncio -> SITE/redis/asyncio/__init__.py*
		app/main.py: redis.helpers -> none
		app/main.py: google.cloud.storage -> SITE/google/cloud/storage/__init__.py*
		app/main.py: google.mine -> google/mine.py
		app/main.py: google.cloud -> none
		app/main.py: six -> SITE/six.py*
		app/main.py: old -> none
		app/main.py: yaml -> SITE/yaml/__init__.py*
		app/main.py: fast -> SITE/fast-stubs/__init__.pyi*
		app/main.py: fast.core -> SITE/fast-stubs/core.pyi*
		app/main.py: half.core -> SITE/half-stubs/core.pyi*
		app/main.py: blank -> none
		app/main.py: plugin -> editable/src/plugin/__init__.py
		app/main.py: by_pth -> SITE/inner/by_pth.py
		app/main.py: json -> none
		app/main.py: queue -> queue.py
		app/clients/cache.py: redis -> SITE/redis/__init__.py*
		app/clients/cache.py: own -> app/clients/own.py
		app/clients/own.py: own -> none
		app/clients/redis.py: redis -> SITE/redis/__init__.py*
		app/clients/redis.py: app.clients.redis -> app/clients/redis.py
		celery.py: celery -> SITE/celery/__init__.py*
		app/main.py: celery -> celery.py
		SITE/redis/__init__.py: redis._impl -> SITE/redis/_impl/__init__.py
		SITE/redis/__init__.py: redis -> SITE/redis/__init__.py
		SITE/redis/__init__.py: six -> SITE/six.py*
		SITE/redis/__init__.py: queue -> none
		SITE/redis/__init__.py: plugin -> editable/src/plugin/__init__.py*
		SITE/six.py: redis -> SITE/redis/__init__.py*
		SITE/six.py: six -> none
		SITE/google/cloud/storage/__init__.py: google.cloud.storage -> SITE/google/cloud/storage/__init__.py
	`, "SITE", site))
	named(t, m, dir, strings.ReplaceAll(`
		SITE/redis/asyncio/__init__.py redis.asyncio
		SITE/google/cloud/storage/__init__.py google.cloud.storage
		SITE/six.py six
		SITE/fast-stubs/core.pyi fast.core
		SITE/half-stubs/core.pyi half.core
		SITE/bad-name/x.py
		app/clients/redis.py app.clients.redis
	`, "SITE", site))
}

// TestFindInTarget has a folder that packages were installed into by pip --target.
func TestFindInTarget(t *testing.T) {
	dir := tree(t, `
-- pyproject.toml --
-- leftover-1.dist-info/METADATA --
-- main.py --
-- own.py --
-- vendor/httpx-1.dist-info/METADATA --
-- vendor/httpx/__init__.py --
-- vendor/httpx/_client.py --
-- vendor/anyio/__init__.py --
-- vendor/google/api/__init__.py --
-- vendor/handler.py --
`)
	want := `
		vendor/httpx/_client.py: httpx -> vendor/httpx/__init__.py
		vendor/httpx/_client.py: anyio -> vendor/anyio/__init__.py*
		vendor/google/api/__init__.py: google.api -> vendor/google/api/__init__.py
		vendor/handler.py: httpx -> vendor/httpx/__init__.py*
		main.py: own -> own.py
	`
	imports(t, modules(dir, "", "."), dir, want+"main.py: httpx -> none")
	imports(t, modules(dir, "", "vendor", "."), dir, want+"main.py: httpx -> vendor/httpx/__init__.py*")
	imports(t, modules(dir, "vendor", "."), dir, want+"main.py: httpx -> vendor/httpx/__init__.py*")
	named(t, modules(dir, "", "vendor"), dir, "vendor/google/api/__init__.py google.api\nvendor/handler.py handler")
}

func TestEnvironments(t *testing.T) {
	dir := tree(t, `
-- ws/pyproject.toml --
-- ws/x.py --
-- ws/.venv/pyvenv.cfg --
-- ws/.venv/lib/python3.12/site-packages/lib.py --
-- ws/env/lib/python3.12/site-packages/lib.py --
-- ws/member/pyproject.toml --
-- ws/member/x.py --
-- ws/other/pyproject.toml --
-- ws/other/x.py --
-- ws/other/venv/conda-meta/history --
-- ws/other/venv/lib/python3.12/site-packages/lib.py --
-- repo/.git/HEAD --
-- repo/env/pyvenv.cfg --
-- repo/env/Lib/site-packages/lib.py --
-- repo/member/pyproject.toml --
-- repo/member/x.py --
-- active/lib/python3.9/site-packages/lib.py --
-- active/lib/python3.9/site-packages/older.py --
-- active/lib/python3.13t/site-packages/lib.py --
-- active/lib/python3.13t/site-packages/newest.py --
-- active/lib/python3.14/os.py --
-- active/lib/unrelated/site-packages/lib.py --
-- active/lib64/python3.13t/site-packages/sixtyfour.py --
-- pypy/lib/pypy3.10/site-packages/lib.py --
-- debian/lib/python3/dist-packages/lib.py --
-- empty/pyvenv.cfg --
-- plain/x.py --
-- plain/.venv/lib/python3.12/site-packages/lib.py --
`)
	find := func(python string, given string) func(want string) {
		return func(want string) { t.Helper(); imports(t, modules(dir, python, strings.Fields(given)...), dir, want) }
	}
	in := func(env, version string) string {
		return "-> " + env + "/lib/" + version + "/site-packages/lib.py*"
	}
	// The environments of projects.
	find("", "ws repo plain")(`
		ws/x.py: lib ` + in("ws/.venv", "python3.12") + `
		ws/member/x.py: lib ` + in("ws/.venv", "python3.12") + `
		ws/other/x.py: lib ` + in("ws/other/venv", "python3.12") + `
		plain/x.py: lib -> none`)
	find("", "repo/member ws/member")(`
		repo/member/x.py: lib -> repo/env/Lib/site-packages/lib.py*
		ws/member/x.py: lib -> none`)
	// What is active.
	find("", "ws VIRTUAL_ENV=$/active CONDA_PREFIX=$/pypy")(`
		ws/x.py: lib ` + in("active", "python3.13t") + `
		ws/x.py: newest -> active/lib/python3.13t/site-packages/newest.py*
		ws/x.py: older -> none
		ws/x.py: sixtyfour -> active/lib64/python3.13t/site-packages/sixtyfour.py*`)
	find("", "ws CONDA_PREFIX=$/pypy CONDA_DEFAULT_ENV=mine")("ws/x.py: lib " + in("pypy", "pypy3.10"))
	find("", "ws CONDA_PREFIX=$/pypy CONDA_DEFAULT_ENV=base")("ws/x.py: lib " + in("ws/.venv", "python3.12"))
	find("", "plain CONDA_PREFIX=$/pypy CONDA_DEFAULT_ENV=base")("plain/x.py: lib " + in("pypy", "pypy3.10"))
	find("", "ws VIRTUAL_ENV=$/empty CONDA_PREFIX=$/gone")("ws/x.py: lib " + in("ws/.venv", "python3.12"))
	// What the settings name.
	for _, python := range []string{"env", "env/bin/python", "env/Scripts/python.exe", "env/python.exe", "../ws/env", filepath.Join(dir, "ws/env/bin/python3.12")} {
		find(python, "ws VIRTUAL_ENV=$/active")("ws/x.py: lib " + in("ws/env", "python3.12") + "\nws/member/x.py: lib " + in("ws/env", "python3.12"))
	}
	find(filepath.Join(dir, "debian/bin/python3"), "ws")("ws/x.py: lib -> debian/lib/python3/dist-packages/lib.py*")
	find("gone/bin/python", "ws")("ws/x.py: lib " + in("ws/.venv", "python3.12"))
}

func TestFindThroughLinks(t *testing.T) {
	dir := tree(t, `
-- real/pkg/__init__.py --
-- real/pkg/x.py --
-- real/one.py --
-- project/pyproject.toml --
-- project/main.py --
-- elsewhere/bin/python3.12 --
-- elsewhere/lib/python3.12/site-packages/lib.py --
-- bin/readme --
`)
	for link, target := range map[string]string{"project/pkg": "../real/pkg", "project/one.py": "../real/one.py", "project/gone.py": "nowhere", "alias": "project", "project/deep": "..", "bin/python": "../elsewhere/bin/python3.12"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	imports(t, modules(dir, filepath.Join(dir, "bin/python"), "project", "alias"), dir, `
		project/main.py: pkg.x -> project/pkg/x.py
		project/main.py: one -> project/one.py
		project/main.py: gone -> none
		alias/main.py: pkg.x -> alias/pkg/x.py
		project/main.py: lib -> elsewhere/lib/python3.12/site-packages/lib.py*
	`)
}

func TestForget(t *testing.T) {
	dir := tree(t, "-- pyproject.toml --\n-- main.py --\n-- app/x.py --\n")
	m := modules(dir, "", ".")
	file := func(path string) string { return filepath.Join(dir, filepath.FromSlash(path)) }
	imports(t, m, dir, "main.py: app.x -> app/x.py\nmain.py: app.y -> none\nmain.py: new.sub.z -> none\nmain.py: lib -> none")
	write(t, file("app/y.py"), "")
	imports(t, m, dir, "main.py: app.y -> none")
	m.Forget(file("app/y.py"))
	imports(t, m, dir, "main.py: app.y -> app/y.py")
	named(t, m, dir, "app/sub/x.py app.sub.x")

	write(t, file("new/sub/z.py"), "") // the folders are new as well
	m.Forget(file("new/sub/z.py"))
	imports(t, m, dir, "main.py: new.sub.z -> new/sub/z.py")

	write(t, file("new/sub/__init__.py"), "")
	_ = os.Rename(file("new"), file("src"))
	m.Forget(file("new"))
	m.Forget(file("src"))
	imports(t, m, dir, "main.py: new.sub.z -> none\nmain.py: sub.z -> src/sub/z.py")
	named(t, m, dir, "src/sub/z.py sub.z")

	write(t, file(".venv/lib/python3.12/site-packages/lib.py"), "")
	write(t, file(".venv/pyvenv.cfg"), "")
	m.Forget(file(".venv"))
	imports(t, m, dir, "main.py: lib -> .venv/lib/python3.12/site-packages/lib.py*")

	_ = os.RemoveAll(file("app"))
	m.Forget(file("app"))
	imports(t, m, dir, "main.py: app.x -> none")
}

// TestFindCaches takes the tree away: what was seen needs no disk.
func TestFindCaches(t *testing.T) {
	dir := tree(t, installed)
	m := modules(dir, "", ".")
	check := func() {
		imports(t, m, dir, "app/main.py: redis -> .venv/lib/python3.12/site-packages/redis/__init__.py*\napp/main.py: app.clients.own -> app/clients/own.py")
	}
	check()
	_ = os.RemoveAll(dir)
	check()
	imports(t, m, dir, "app/main.py: app.clients.cache -> app/clients/cache.py") // another name in a known folder
}

func TestFindWithoutFile(t *testing.T) {
	dir := tree(t, "-- src/pkg/__init__.py --\n-- main.py --\n")
	t.Chdir(dir)
	for _, m := range []*Modules{NewModules([]string{"."}, "", nil), NewModules([]string{""}, "", nil), NewModules(nil, "", nil)} {
		if path, _, ok := m.Find("", "pkg"); ok != (len(m.folders) > 0) || ok && !strings.HasSuffix(path, filepath.FromSlash("src/pkg/__init__.py")) {
			t.Error(path, ok)
		}
		if path, _, _ := m.Find("main.py", "main"); path != "" {
			t.Error(path)
		}
		if path, _, _ := m.Find("", "main"); !filepath.IsAbs(path) {
			t.Error(path)
		}
		if name := m.Name("main.py"); name != "main" {
			t.Error(name)
		}
	}
}

func TestFindUnreadable(t *testing.T) {
	if os.Getuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("permissions do not bind this user")
	}
	dir := tree(t, "-- pyproject.toml --\n-- main.py --\n-- shut/x.py --\n")
	_ = os.Chmod(filepath.Join(dir, "shut"), 0)
	defer os.Chmod(filepath.Join(dir, "shut"), 0o777)
	imports(t, modules(dir, "", "."), dir, "main.py: shut.x -> none\nmain.py: main -> none")
}

func TestFindConcurrently(t *testing.T) {
	dir := tree(t, installed)
	m := modules(dir, "", ".")
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for j := range 200 {
				from := filepath.Join(dir, fmt.Sprintf("app/d%d/x.py", j%7))
				if path, installed, ok := m.Find(from, "redis.asyncio"); !ok || !installed {
					t.Error(path)
				}
				if name := m.Name(from); name != fmt.Sprintf("app.d%d.x", j%7) {
					t.Error(name)
				}
				if i == 0 && j%20 == 0 {
					m.Forget(from)
				}
			}
		})
	}
	wait.Wait()
}

func BenchmarkFind(b *testing.B) {
	dir := b.TempDir()
	write(b, filepath.Join(dir, "pyproject.toml"), "")
	write(b, filepath.Join(dir, ".venv/pyvenv.cfg"), "")
	write(b, filepath.Join(dir, ".venv/lib/python3.12/site-packages/httpx/_client.py"), "")
	var froms, names []string
	for i := range 100 {
		for j := range 10 {
			froms = append(froms, filepath.Join(dir, fmt.Sprintf("src/app/p%d/m%d.py", i, j)))
			names = append(names, fmt.Sprintf("app.p%d.m%d", i, j))
			write(b, froms[len(froms)-1], "")
		}
		write(b, filepath.Join(dir, fmt.Sprintf("src/app/p%d/__init__.py", i)), "")
	}
	names = append(names, "httpx._client", "gone", "gone.too")
	m := modules(dir, "", ".")
	b.Run("known", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			m.Find(froms[i%len(froms)], names[i%len(names)])
		}
	})
	b.Run("name", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			m.Name(froms[i%len(froms)])
		}
	})
	b.Run("new", func(b *testing.B) { // every module from every package, nothing known but the folders
		for b.Loop() {
			m.mu.Lock()
			m.clear()
			m.mu.Unlock()
			for i, from := range froms {
				m.Find(from, names[i%len(names)])
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(froms)), "ns/find")
	})
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			m := modules(dir, "", ".")
			for i, from := range froms {
				m.Find(from, names[i%len(names)])
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(froms)), "ns/find")
	})
}
