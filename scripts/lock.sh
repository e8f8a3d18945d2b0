#!/bin/sh
# Renews the locks of .venv; what was pinned stays unless its .in file asks for something else.
set -eu
cd "$(dirname "$0")/.."

for name in runtime otel sentry dev; do
  CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/pip-compile -q --generate-hashes \
    --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
    --strip-extras --allow-unsafe \
    -o "requirements/$name.txt" "requirements/$name.in"
done
