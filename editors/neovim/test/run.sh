#!/bin/sh
# Follows README.md in a fresh home directory and drives a real Neovim (0.7 or newer; $NVIM or the one on the PATH) against the
# real server ($AIOLENS, or built here).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
nvim=${NVIM:-nvim}
if ! command -v "$nvim" >/dev/null 2>&1; then
	echo "SKIP neovim: not installed"
	exit 0
fi
nvim=$(command -v "$nvim")
. "$here/../../test/prepare.sh"

# try NAME HEADING INSTALL|- [TEST] follows a chapter of the page, with the commands of the chapter INSTALL, and runs a test.
try() {
	name=$1 heading=$2 install=$3 test=${4:-test}
	home=$scratch/$name
	mkdir -p "$home/.config/nvim" "$home/project"
	if [ "$test" = company ]; then
		file=company.py
		: >"$home/project/aiolens.toml"
		cp "$here/company.toml" "$home/project/pyproject.toml"
		cp "$here/$file" "$home/project"
	else
		file=app.py
		project "$home/project"
	fi
	(
		export HOME="$home"
		unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME VIMINIT EXINIT MYVIMRC NVIM_APPNAME
		cd "$repository"
		if [ "$install" != - ]; then
			block sh "$install" >"$scratch/install.sh"
			sh -eu "$scratch/install.sh"
		fi
		block lua "$heading" >"$home/.config/nvim/init.lua"
		[ -z "$modern" ] || block lua "What you get" >>"$home/.config/nvim/init.lua"
		case $name in
		plugin) block lua "Fixing on save" ;;
		file) block lua "Fixing on save" 2 ;;
		esac >"$scratch/save.lua"
		cd "$home/project"
		AIOLENS_WAY=$name AIOLENS_ON_SAVE=$scratch/save.lua timeout 120 "$nvim" --headless -i NONE -n "$file" -S "$here/$test.lua" </dev/null 2>"$scratch/$name.err"
	) || {
		echo "FAIL neovim, $name: status $?"
		cat "$scratch/$name.err"
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
