#!/bin/sh
# Follows README.md in a fresh home directory and drives a real Emacs (29 or newer; $EMACS or the one on the PATH) against the real
# server ($AIOLENS, or built here). $EMACS may have arguments.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../../.." && pwd)
emacs=${EMACS:-emacs}
if ! command -v "${emacs%% *}" >/dev/null 2>&1; then
	echo "SKIP emacs: not installed"
	exit 0
fi
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

# Compiling takes long, and a compiler.
quick='(setq native-comp-enable-subr-trampolines nil native-comp-jit-compilation nil)'

# try CLIENT HEADING puts the first block of a chapter of the page into init.el and runs the test.
try() {
	export HOME="$scratch/$1" AIOLENS_CLIENT="$1"
	mkdir -p "$HOME/.emacs.d" "$HOME/project/.git"
	cp "$here/app.py" "$HOME/project/"
	: >"$HOME/project/aiolens.toml"
	awk -v heading="## $2" '/^## / { here = $0 == heading } here && /^```elisp/ { inside = 1; next } /^```/ && inside { exit } inside' \
		"$here/../README.md" >"$HOME/.emacs.d/init.el"
	[ -s "$HOME/.emacs.d/init.el" ]
	cd "$HOME/project"
	# shellcheck disable=SC2086 # its arguments
	timeout 90 $emacs --batch --eval "$quick" --eval '(package-initialize)' -l "$HOME/.emacs.d/init.el" ${3:-} -l "$here/test.el" </dev/null 2>"$scratch/$1.err" || {
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

if has eglot; then try eglot "Eglot"; else echo "SKIP eglot: not installed"; fi
if has lsp-mode; then try lsp-mode "lsp-mode" "-l lsp-mode"; else echo "SKIP lsp-mode: not installed"; fi
