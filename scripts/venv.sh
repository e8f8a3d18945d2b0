#!/bin/sh
# Makes a Python environment and puts locks into it, unless just these are in it already.
# usage: sh scripts/venv.sh HOME LOCK...
set -eu
cd "$(dirname "$0")/.."
python="${PYTHON:-python3}"
home="$1"
stamp="$home/.lock-digest"
shift

fail() {
  echo "polis: $1" >&2
  exit 1
}

new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

digest() {
  "$python" -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$1"
}

current() {
  for lock in "$@"; do grep -qsx "$(digest "$lock")" "$stamp" || return 1; done
}

command -v "$python" >/dev/null ||
  fail "$python was not found; install Python 3.11 or newer, or say where it is: PYTHON=… make run"
new_enough "$python" ||
  fail "$("$python" -V 2>&1) is too old; install Python 3.11 or newer, then: make run PYTHON=python3.11"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
  fail "$python cannot make environments; install the package python3-venv and run this again."
for folder in . "$home"; do
  [ ! -e "$folder" ] || [ -w "$folder" ] ||
    fail "$(cd "$folder" && pwd) cannot be written; use a copy in a folder of your own."
done

new_enough "$home/bin/python" || "$python" -m venv --clear "$home"
if ! current "$@"; then
  echo "Installing $* into $home …" >&2
  : >"$stamp"
  for lock in "$@"; do
    # A lock holds everything, so nothing is resolved: older pips would look for the newest release
    # of what is asked for with an extra, and refuse it for want of a hash.
    "$home/bin/python" -m pip install -qq --no-deps --require-hashes -r "$lock" ||
      fail "$lock could not be installed; pip says why above."
    digest "$lock" >>"$stamp"
  done
fi
