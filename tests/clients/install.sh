#!/bin/sh
# Installs the clients the tests drive: JavaScript ones here, Python ones under .venv-clients.
# Whatever already matches its lock is left alone.
set -eu
cd "$(dirname "$0")/../.."
python="${PYTHON:-python3}"

digest() {
  "$python" -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$1"
}

current() { # lock, stamp
  [ -f "$2" ] && [ "$(cat "$2")" = "$(digest "$1")" ]
}

lock=tests/clients/package-lock.json
stamp=tests/clients/node_modules/.lock-digest
if ! current "$lock" "$stamp"; then
  (cd tests/clients && npm ci --no-audit --no-fund --loglevel=error)
  digest "$lock" > "$stamp"
fi

for line in mcp1 mcp2 fastmcp; do
  sh scripts/venv.sh ".venv-clients/$line" "requirements/clients-$line.txt"
done
