#!/bin/sh
# Builds what is released, for Linux on x86_64, and installs it as people do: with pip, with npm, by the action and by pre-commit.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../../.." && pwd)
[ "$(uname -sm)" = "Linux x86_64" ] || { echo "SKIP releases: they are only tried on Linux on x86_64"; exit 0; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# tries CODE COMMAND... runs a command in a folder with a mistake, or without one, and compares the exit code.
tries() {
	want=$1 status=0
	shift
	"$@" >"$scratch/log" 2>&1 || status=$?
	[ "$status" -eq "$want" ] || { cat "$scratch/log"; echo "FAIL  $*: exit code $status, want $want"; exit 1; }
}
finds() {
	tries 1 "$@"
	grep -q ASYNC251 "$scratch/log" || { cat "$scratch/log"; echo "FAIL  $*: does not find time.sleep()"; exit 1; }
}

mkdir "$scratch/project"
cd "$scratch/project"
printf 'import time\n\n\nasync def main() -> None:\n    time.sleep(1)\n' >app.py
printf 'async def main() -> None: ...\n' >clean.py

if ! { python3 -m venv "$scratch/tools" && "$scratch/tools/bin/pip" install -q -r "$here/requirements.txt"; } >"$scratch/log" 2>&1; then
	tail -n 5 "$scratch/log"
	echo "SKIP wheel, npm and action: zig or hatchling cannot be installed"
else
	kinds=wheel
	if command -v npm >/dev/null; then kinds="wheel npm"; else echo "SKIP npm: it is not installed"; fi
	"$scratch/tools/bin/python" "$here/build.py" $kinds --target linux-x64 --out "$scratch/dist" 2>"$scratch/log" || { cat "$scratch/log"; exit 1; }
	wheel=$(echo "$scratch"/dist/wheel/*.whl)

	python3 -m venv "$scratch/venv"
	"$scratch/venv/bin/pip" install -q --no-index --disable-pip-version-check "$wheel"
	finds "$scratch/venv/bin/aiolens" check
	finds "$scratch/venv/bin/python" -m aiolens check
	tries 0 "$scratch/venv/bin/aiolens" check clean.py
	echo "PASS  wheel in a virtual environment: $("$scratch/venv/bin/aiolens" version)"

	# What the action runs, with what GitHub would set.
	"$scratch/tools/bin/python" - "$top/.github/actions/check/action.yml" >"$scratch/action.sh" <<-'PYTHON'
		import sys, textwrap
		print(textwrap.dedent(open(sys.argv[1]).read().split("run: |\n")[1]))
	PYTHON
	export RUNNER_TEMP="$scratch/runner" PACKAGE="$wheel"
	ARGS='app.py --ignore tasks' finds bash -eo pipefail "$scratch/action.sh"
	grep -q '^::error title=aiolens (ASYNC251),file=.*app.py,line=5,' "$scratch/log"
	ARGS=clean.py tries 0 bash -eo pipefail "$scratch/action.sh"
	echo "PASS  the commands of the action"

	if [ "$kinds" != wheel ]; then
		npm install --prefix "$scratch/node" --offline --silent --no-audit --no-fund "$scratch"/dist/npm/*.tgz
		finds "$scratch/node/node_modules/.bin/aiolens" check
		tries 0 "$scratch/node/node_modules/.bin/aiolens" check clean.py
		echo "PASS  npm: $("$scratch/node/node_modules/.bin/aiolens" version)"
	fi
fi

if ! "$scratch/tools/bin/pip" install -q pre-commit >"$scratch/log" 2>&1; then
	tail -n 5 "$scratch/log"
	echo "SKIP pre-commit: it cannot be installed"
	exit 0
fi
printf 'repos:\n- repo: %s\n  rev: %s\n  hooks: [id: aiolens]\n' "$top" "$(git -C "$top" rev-parse HEAD)" >.pre-commit-config.yaml
git init -q .
git add .
GOMODCACHE=$(go env GOMODCACHE) # the modules are not downloaded again
export GOMODCACHE PRE_COMMIT_HOME="$scratch/pre-commit"
finds "$scratch/tools/bin/pre-commit" run --files app.py
tries 0 "$scratch/tools/bin/pre-commit" run --files clean.py
echo "PASS  pre-commit, with the hook of the last commit"
