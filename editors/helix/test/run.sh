#!/bin/sh
# Follows README.md in a fresh home directory and drives a real Helix (24.07 or newer; $HX or the one on the PATH) in tmux, against
# the real server ($AIOLENS, or built here).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../../.." && pwd)
hx=${HX:-hx}
for command in "$hx" tmux; do
	command -v "$command" >/dev/null 2>&1 || { echo "SKIP helix: $command is not installed"; exit 0; }
done
hx=$(command -v "$hx")
scratch=$(mktemp -d)
# A tmux of its own; the end of the server ends the editor.
mux() { tmux -S "$scratch/tmux" -f /dev/null "$@"; }
trap 'mux kill-server 2>/dev/null || true; rm -rf "$scratch"' EXIT
mkdir -p "$scratch/bin" "$scratch/home/.config/helix" "$scratch/project/.git"
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
export PATH="$scratch/bin:$PATH" HOME="$scratch/home" TERM=xterm-256color
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME
cp "$here/app.py" "$scratch/project/app.py"
: >"$scratch/project/aiolens.toml"

# The first block of shell in the page says how to install.
awk '/^```sh/ { inside = 1; next } /^```/ && inside { exit } inside' "$here/../README.md" >"$scratch/install.sh"
(cd "$repository" && sh -eu "$scratch/install.sh")

screen() { mux capture-pane -p -t hx | sed 's/[[:space:]]*$//'; }
fail() {
	echo "FAIL  $1; the screen:"
	screen
	exit 1
}
# until TEXT waits for it on the screen; gone TEXT for its end.
until_shown() {
	i=0
	until screen | grep -qF -- "$1"; do
		i=$((i + 1))
		[ "$i" -lt 150 ] || fail "\"$1\" does not appear"
		sleep 0.1
	done
}
gone() {
	i=0
	while screen | grep -qF -- "$1"; do
		i=$((i + 1))
		[ "$i" -lt 150 ] || fail "\"$1\" stays"
		sleep 0.1
	done
}
press() {
	for key; do
		mux send-keys -t hx "$key"
		sleep 0.1
	done
}
type_text() { mux send-keys -t hx -l "$1"; sleep 0.1; }
# run runs a command of Helix.
run() {
	press Escape Escape
	type_text ":$1"
	press Enter
}
file() { grep -qF -- "$1" "$scratch/project/app.py"; }
# list shows all findings.
list() { press Escape Escape Space d; }

cd "$scratch/project"
mux new-session -d -s hx -x 160 -y 50 sh
start() { mux send-keys -t hx "'$hx' $1; clear; echo 'Helix has' ended" Enter; }
start app.py:15:21

until_shown "blocks the event loop"
list
until_shown "ASYNC251"
until_shown "AIO207"
until_shown "ASYNC300"
echo "ok    findings, and the list of them"

press Escape
press Space a
until_shown "Use \`await asyncio.sleep()\`"
screen | grep -qF "Ignore ASYNC251" || fail "no action to ignore it"
press Enter Enter
until_shown "    note = \"é😀\"; await asyncio.sleep(2)"
echo "ok    a fix applied, behind an emoji"

# What a file of settings says counts when a file is saved.
echo 'ignore = ["ASYNC251"]' >aiolens.toml
run w
list
until_shown "ASYNC300"
gone "ASYNC251"
: >aiolens.toml
run w!
list
until_shown "ASYNC251"
echo "ok    a changed settings file counts when a file is saved"

run lsp-restart
list
until_shown "ASYNC251"
run w!
run q!
until_shown "Helix has ended"
echo "ok    :lsp-restart"

# The settings of the editor. This is also how the page has the hovers on.
sed -e 's/, except-features = \["hover"\]//' -e 's/^\[language-server.aiolens.config.settings\]/&\nignore = ["ASYNC300"]/' \
	"$here/../languages.toml" >"$HOME/.config/helix/languages.toml"
start app.py:11:6
until_shown "blocks the event loop"
list
until_shown "ASYNC251"
gone "ASYNC300"
echo "ok    settings in languages.toml count"

press Escape Escape
press 1 1 g g w w
press Space k
until_shown "blocking-sleep"
echo "ok    hover shows the page of the rule"
press Escape Escape

press g e o
type_text "    aio-taskg"
press C-x
i=0
until screen | grep -qF "aio-taskgroup" || [ "$i" -ge 30 ]; do
	i=$((i + 1))
	sleep 0.1
done
if screen | grep -qF "aio-taskgroup"; then
	press C-n Enter
	until_shown "async with asyncio.TaskGroup() as tg:"
	type_text "group"
	until_shown "group.create_task("
	echo "ok    completion inserts aio-taskgroup with its places"
else
	echo "SKIP  completion: this server has none"
fi
run w!
run q!
"$hx" --version | sed 's/^/PASS  /'
