#!/bin/sh
# Sets up .venv: the locks it is given (runtime, dev), then Polis itself without asking any index.
set -eu
cd "$(dirname "$0")/.."
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
stamp=.venv/.polis-digest

what_polis_is() {
  { pwd; cat pyproject.toml requirements/runtime.in; } | cksum
}

for name in "$@"; do set -- "$@" "requirements/$name.txt"; shift; done
sh scripts/venv.sh .venv "$@"
if [ "$(cat "$stamp" 2>/dev/null)" != "$(what_polis_is)" ]; then
  .venv/bin/python -m pip install -qq --no-deps --no-build-isolation -e .
  what_polis_is >"$stamp"
fi
# Once, not with every start: where Python is told to write no compiled files, none would be there.
.venv/bin/python -m compileall -q app gunicorn.conf.py wsgi.py
