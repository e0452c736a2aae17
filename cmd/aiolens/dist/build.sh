#!/bin/sh
# Builds the program for other systems into dist/bin/<target>/, with the C compiler of zig (`pip install ziglang`), since the parser
# of Python is C. Programs for Linux are static, so that they run on glibc and on musl (Alpine) alike.
# Tried so far: linux-x64, built and run. The other targets have not been built yet.
# build.sh [TARGET...]     all by default
set -eu
cd "$(dirname "$0")/../../.."
zig="${PYTHON:-python3} -m ziglang"
[ $# -gt 0 ] || set -- linux-x64 linux-arm64 win32-x64 win32-arm64 darwin-x64 darwin-arm64
for target in "$@"; do
	program=aiolens link=
	case $target in
	linux-x64) os=linux arch=amd64 triple=x86_64-linux-musl ;;
	linux-arm64) os=linux arch=arm64 triple=aarch64-linux-musl ;;
	win32-x64) os=windows arch=amd64 triple=x86_64-windows-gnu ;;
	win32-arm64) os=windows arch=arm64 triple=aarch64-windows-gnu ;;
	darwin-x64) os=darwin arch=amd64 triple=x86_64-macos ;;
	darwin-arm64) os=darwin arch=arm64 triple=aarch64-macos ;;
	*) echo "unknown target $target" >&2; exit 2 ;;
	esac
	[ $os != linux ] || link="-linkmode external -extldflags -static"
	[ $os != windows ] || program=aiolens.exe
	CGO_ENABLED=1 GOOS=$os GOARCH=$arch CC="$zig cc -target $triple" CXX="$zig c++ -target $triple" \
		go build -trimpath -ldflags "-s -w $link" -o "dist/bin/$target/$program" ./cmd/aiolens
	echo "built $target: $(wc -c <"dist/bin/$target/$program") bytes"
done
