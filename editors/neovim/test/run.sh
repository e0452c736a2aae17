#!/bin/sh
# Drives a real Neovim (0.7 or newer; $NVIM or the one on the PATH) against the real server ($AIOLENS, or built here).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
nvim=${NVIM:-nvim}
if ! command -v "$nvim" >/dev/null 2>&1; then
	echo "SKIP neovim: not installed"
	exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" "$scratch/project"
if [ -n "${AIOLENS:-}" ]; then
	server=$(command -v "$AIOLENS")
	case $server in
	/*) ;;
	*) server=$PWD/$server ;;
	esac
	ln -s "$server" "$scratch/bin/aiolens"
else
	(cd "$here/../../.." && go build -o "$scratch/bin/aiolens" ./cmd/aiolens)
fi

# Columns are bytes in Neovim and UTF-16 in the protocol: the emoji tells them apart.
cat >"$scratch/project/app.py" <<'PY'
import time


async def before() -> None:
    note = "é😀"
    time.sleep(1)


async def behind() -> None:
    note = "é😀"; time.sleep(2)
PY
touch "$scratch/project/aiolens.toml"

# Nothing of the user's configuration takes part.
export XDG_CONFIG_HOME="$scratch/config" XDG_DATA_HOME="$scratch/data" XDG_STATE_HOME="$scratch/state" XDG_CACHE_HOME="$scratch/cache"
export PATH="$scratch/bin:$PATH" AIOLENS_PLUGIN="$here/.." AIOLENS_FILE="$scratch/project/app.py"
status=0
timeout 60 "$nvim" --headless -u NONE -i NONE -n -S "$here/test.lua" </dev/null || status=$?
if [ "$status" -ne 0 ]; then
	echo "FAIL neovim: status $status"
	cat "$scratch"/cache/nvim/lsp.log "$scratch"/state/nvim/lsp.log 2>/dev/null || true
	exit 1
fi
