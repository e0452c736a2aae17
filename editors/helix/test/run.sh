#!/bin/sh
# Follows README.md in a fresh home directory and drives a real Helix (24.07 or newer; $HX or the one on the PATH) in tmux, against
# the real server ($AIOLENS, or built here).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
hx=${HX:-hx}
for command in "$hx" tmux; do
	command -v "$command" >/dev/null 2>&1 || { echo "SKIP helix: $command is not installed"; exit 0; }
done
hx=$(command -v "$hx")
. "$here/../../test/prepare.sh"
# A tmux of its own; the end of the server ends the editor.
mux() { tmux -S "$scratch/tmux" -f /dev/null "$@"; }
trap 'mux kill-server 2>/dev/null || true; rm -rf "$scratch"' EXIT
export HOME="$scratch/home" TERM=xterm-256color
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME
mkdir -p "$HOME/.config/helix" "$scratch/project/.git"
project "$scratch/project"

# The first block of shell in the page says how to install.
awk '/^```sh/ { inside = 1; next } /^```/ && inside { exit } inside' "$here/../README.md" >"$scratch/install.sh"
(cd "$repository" && sh -eu "$scratch/install.sh")
# Neither is part of the test.
sed -i 's/"ty", "ruff", //' "$HOME/.config/helix/languages.toml"

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

# restart waits for another server, and for its findings.
restart() {
	before=$(cat "$scratch/pid")
	run lsp-restart
	i=0
	while [ "$(cat "$scratch/pid")" = "$before" ]; do
		i=$((i + 1))
		[ "$i" -lt 100 ] || fail "the server is the same"
		sleep 0.1
	done
	list
	until_shown "ASYNC251"
	press Escape Escape
}
restart
echo "ok    :lsp-restart"

kill -KILL "$(cat "$scratch/pid")"
until_shown "Language server exited"
restart
echo "ok    after a crash, :lsp-restart starts the server again"

run w!
run q!
until_shown "Helix has ended"

# The settings of the editor. This is also how the page has the hovers on.
sed -e 's/, except-features = \["hover"\]//' -e 's/^\[language-server.aiolens.config.settings\]/&\nignore = ["ASYNC300"]/' \
	-i "$HOME/.config/helix/languages.toml"
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
type_text "    "
press a i o - t a s k g # one key after the other, as a user would: of a burst Helix sometimes asks for nothing
until_shown "aio-taskgroup"
press C-n Enter
until_shown "async with asyncio.TaskGroup() as tg:"
type_text "group"
until_shown "group.create_task("
press Tab
type_text "one"
until_shown "one = group.create_task("
echo "ok    completion comes while aio-taskg is typed, and inserts aio-taskgroup with its places"

run w!
run q!
until_shown "Helix has ended"
sed -i 's/^# code-actions-on-save/code-actions-on-save/' "$HOME/.config/helix/languages.toml"
start app.py:11:6
i=0
until screen | grep -qE "blocks the event loop|unknown field"; do
	i=$((i + 1))
	[ "$i" -lt 150 ] || fail "nothing appears"
	sleep 0.1
done
if screen | grep -q "unknown field .code-actions-on-save"; then
	press Enter
	until_shown "time.sleep(1)"
	echo "SKIP  fixes on save: this Helix does not know them"
else
	run w!
	until_shown "    await asyncio.sleep(1)"
	i=0
	until grep -qF "    await asyncio.sleep(1)" app.py; do
		i=$((i + 1))
		[ "$i" -lt 50 ] || fail "the fix is not saved"
		sleep 0.1
	done
	echo "ok    what is safely fixable is fixed on save"
fi
run q!
"$hx" --version | sed 's/^/PASS  /'
