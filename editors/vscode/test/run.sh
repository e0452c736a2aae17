#!/bin/sh
# Checks the extension: types, what needs no editor, and the packed extension in a real VS Code with the real server ($AIOLENS, or
# built here). With a folder as argument, pictures of the user interface are written into it as well.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
pictures=${1:+$(mkdir -p "$1" && cd "$1" && pwd)}
for tool in node npm; do
	command -v $tool >/dev/null 2>&1 || { echo "SKIP vscode: $tool is not installed"; exit 0; }
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
server=${AIOLENS:-}
if [ -z "$server" ]; then
	server=$scratch/aiolens
	(cd "$here/../../.." && go build -o "$server" ./cmd/aiolens)
fi
server=$(realpath "$server")

cd "$here/.."
npm ci --ignore-scripts --no-audit --no-fund --silent >"$scratch/log" 2>&1 || { tail -n 5 "$scratch/log"; echo "SKIP vscode: its packages cannot be installed"; exit 0; }
npm run --silent types
npm run --silent build
npm test --silent >"$scratch/log" 2>&1 || { cat "$scratch/log"; exit 1; }
echo "PASS  vscode: types, $(sed -n 's/^# pass //p' "$scratch/log") unit tests"

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[ -n "$chromium" ] || { echo "SKIP vscode: there is no Chromium for its workbench"; exit 0; }
[ "$(uname -sm)" = "Linux x86_64" ] || { echo "SKIP vscode: its workbench is only obtained for Linux on x86_64"; exit 0; }
code=${AIOLENS_VSCODE:-${XDG_CACHE_HOME:-$HOME/.cache}/aiolens/vscode}
timeout 180 sh test/vscode.sh "$code" >"$scratch/log" 2>&1 || { tail -n 5 "$scratch/log"; echo "SKIP vscode: it cannot be installed"; exit 0; }

# The extension is tested as it is packed.
python3 ../../cmd/aiolens/dist/build.py vsix --target linux-x64 --program "$server" --out "$scratch" >"$scratch/log" 2>&1 || { cat "$scratch/log"; exit 1; }
python3 -m zipfile -e "$scratch"/vsix/aiolens-linux-x64-*.vsix "$scratch/unpacked"
chmod +x "$scratch/unpacked/extension/bundled/aiolens" # an editor keeps the mode, Python does not

npx --no-install esbuild test/host/suite.ts --bundle --platform=node --format=cjs --external:vscode --log-level=warning --outfile="$scratch/suite.js"
CHROMIUM=$chromium CODE=$code EXTENSION=$scratch/unpacked/extension SUITE=$scratch/suite.js SCRATCH=$scratch PICTURES=$pictures \
	timeout 300 node test/run.mjs
