#!/bin/sh
# Print the Python to set up with: the one given, or else the first on PATH
# that runs and fits. A version manager's shim may be there and not run.
if [ -z "${1:-}" ]; then
    set --
    for name in python3.13 python3.12 python3.11 python3 python; do
        if command -v "$name" >/dev/null; then set -- "$@" "$name"; fi
    done
fi
probe='import sys; print("%d.%d.%d" % sys.version_info[:3]); sys.exit(not (3, 11) <= sys.version_info < (3, 14))'
found=
for name; do
    version=$("$name" -c "$probe" 2>/dev/null </dev/null) && { echo "$name"; exit 0; }
    found="$found${found:+, }$name ${version:-does not run}"
done
echo "setup: needs Python 3.11, 3.12 or 3.13; found ${found:-none} (PYTHON=... names another)" >&2
exit 1
