# The tests of editors begin with this. It makes $scratch, where `aiolens` is the server ($AIOLENS, or built here) and first on the PATH,
# and leaves the process id of the server that was started last in $scratch/pid.
repository=$(cd "$here/../../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
if [ -n "${AIOLENS:-}" ]; then
	server=$(realpath "$(command -v "$AIOLENS")")
else
	server=$scratch/server
	(cd "$repository" && go build -o "$server" ./cmd/aiolens)
fi
cat >"$scratch/bin/aiolens" <<END
#!/bin/sh
[ "\$1" != server ] || echo \$\$ >"$scratch/pid"
exec "$server" "\$@"
END
chmod +x "$scratch/bin/aiolens"
export PATH="$scratch/bin:$PATH" AIOLENS_PID="$scratch/pid"

# project FOLDER makes a project with findings.
project() {
	mkdir -p "$1"
	cp "$repository"/editors/test/*.py "$1"
	: >"$1/aiolens.toml"
}

# block LANGUAGE HEADING [N] prints a block (the first) of a language below a heading of the page, without its indentation.
block() {
	awk -v fence="\`\`\`$1" -v heading="## $2" -v nth="${3:-1}" '
		/^## / { here = $0 == heading; next }
		here && !inside { at = index($0, fence); if (at && substr($0, at) == fence && ++n == nth) { inside = 1; next } }
		inside && /^ *```$/ { inside = 0; done = 1 }
		inside { print substr($0, at) }
		END { if (!done) exit 1 }
	' "$here/../README.md"
}
