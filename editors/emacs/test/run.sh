#!/bin/sh
# Follows README.md in a fresh home directory and drives a real Emacs (29 or newer; $EMACS or the one on the PATH) against the real
# server ($AIOLENS, or built here). $EMACS may have arguments.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
emacs=${EMACS:-emacs}
if ! command -v "${emacs%% *}" >/dev/null 2>&1; then
	echo "SKIP emacs: not installed"
	exit 0
fi
. "$here/../../test/prepare.sh"

# Compiling takes long, and a compiler.
quick='(setq native-comp-enable-subr-trampolines nil native-comp-jit-compilation nil)'

# try CLIENT HEADING N puts the first block of a chapter of the page into init.el and runs the test, which loads the Nth of the chapter on saving.
try() {
	export HOME="$scratch/$1" AIOLENS_CLIENT="$1" AIOLENS_ON_SAVE="$scratch/save.el"
	mkdir -p "$HOME/.emacs.d" "$HOME/project/.git"
	project "$HOME/project"
	block elisp "$2" >"$HOME/.emacs.d/init.el"
	block elisp "Fixing on save" "$3" >"$AIOLENS_ON_SAVE"
	cd "$HOME/project"
	# shellcheck disable=SC2086 # its arguments
	timeout 90 $emacs --batch --eval "$quick" --eval '(package-initialize)' -l "$HOME/.emacs.d/init.el" ${4:-} -l "$here/test.el" </dev/null 2>"$scratch/$1.err" || {
		echo "FAIL emacs, $1: status $?"
		tail -n 20 "$scratch/$1.err" | cut -c 1-300
		exit 1
	}
}

# has FEATURE says whether Emacs has a package.
has() {
	# shellcheck disable=SC2086
	$emacs --batch --eval '(package-initialize)' --eval "(kill-emacs (if (locate-library \"$1\") 0 1))" </dev/null >/dev/null 2>&1
}

if has eglot; then try eglot "Eglot" 1; else echo "SKIP eglot: not installed"; fi
if has lsp-mode; then try lsp-mode "lsp-mode" 2 "-l lsp-mode-autoloads"; else echo "SKIP lsp-mode: not installed"; fi
