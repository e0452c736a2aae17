#!/bin/sh
# Follows README.md in a fresh home directory and drives a real Neovim (0.7 or newer; $NVIM or the one on the PATH) against the
# real server ($AIOLENS, or built here).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../../.." && pwd)
nvim=${NVIM:-nvim}
if ! command -v "$nvim" >/dev/null 2>&1; then
	echo "SKIP neovim: not installed"
	exit 0
fi
nvim=$(command -v "$nvim")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
if [ -n "${AIOLENS:-}" ]; then
	server=$(command -v "$AIOLENS")
	case $server in
	/*) ;;
	*) server=$PWD/$server ;;
	esac
	ln -s "$server" "$scratch/bin/aiolens"
else
	(cd "$repository" && go build -o "$scratch/bin/aiolens" ./cmd/aiolens)
fi
export PATH="$scratch/bin:$PATH"

# block LANGUAGE HEADING prints the first block of a language below a heading of the page, without its indentation.
block() {
	awk -v fence="\`\`\`$1" -v heading="## $2" '
		/^## / { here = $0 == heading; next }
		here && !inside && !done { at = index($0, fence); if (at && substr($0, at) == fence) { inside = 1; next } }
		inside && /^ *```$/ { inside = 0; done = 1 }
		inside { print substr($0, at) }
		END { if (!done) exit 1 }
	' "$here/../README.md"
}

# try NAME HEADING INSTALL|- [TEST] follows a chapter of the page, with the commands of the chapter INSTALL, and runs a test.
try() {
	name=$1 heading=$2 install=$3 test=${4:-test}
	home=$scratch/$name
	mkdir -p "$home/.config/nvim" "$home/project"
	: >"$home/project/aiolens.toml"
	file=app.py
	if [ "$test" = company ]; then
		file=company.py
		cp "$here/company.toml" "$home/project/pyproject.toml"
	fi
	cp "$here/$file" "$home/project"
	(
		export HOME="$home"
		unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME VIMINIT EXINIT MYVIMRC NVIM_APPNAME
		cd "$repository"
		if [ "$install" != - ]; then
			block sh "$install" >"$scratch/install.sh"
			sh -eu "$scratch/install.sh"
		fi
		block lua "$heading" >"$home/.config/nvim/init.lua"
		if [ -n "$modern" ]; then
			block lua "What you get" >>"$home/.config/nvim/init.lua"
			block lua "Fixing on save" >"$scratch/save.lua"
		fi
		cd "$home/project"
		AIOLENS_WAY=$name AIOLENS_ON_SAVE=$scratch/save.lua timeout 120 "$nvim" --headless -i NONE -n "$file" -S "$here/$test.lua" </dev/null
	) || {
		echo "FAIL neovim, $name: status $?"
		cat "$home"/.cache/nvim/lsp.log "$home"/.local/state/nvim/lsp.log 2>/dev/null || true
		exit 1
	}
}

has() { "$nvim" --headless -u NONE -i NONE -n +"if has('nvim-$1') | qall | else | cquit | endif" </dev/null >/dev/null 2>&1; }

without="Without the plugin, Neovim 0.11 and newer"
modern=
if has 0.11; then
	modern=yes
	try file "$without" "$without"
	if command -v pyright-langserver >/dev/null && command -v ruff >/dev/null; then
		try company "Beside a type checker and ruff" "$without" company
	else
		echo "SKIP neovim beside pyright and ruff: not installed"
	fi
elif has 0.8; then
	try before "Without the plugin, Neovim 0.8 to 0.10" -
fi
try plugin "The plugin" "The plugin"
