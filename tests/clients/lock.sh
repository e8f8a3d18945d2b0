#!/bin/sh
# Renews every lock of the test clients: one for npm, one for each line of Python clients.
set -eu
cd "$(dirname "$0")"

npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund
# Addresses of sponsors are the only URLs left, and no lock of ours holds any.
node -e '
  const fs = require("node:fs");
  const lock = JSON.parse(fs.readFileSync("package-lock.json", "utf8"));
  for (const entry of Object.values(lock.packages)) delete entry.funding;
  fs.writeFileSync("package-lock.json", JSON.stringify(lock, null, 2) + "\n");
'

cd ../..
for line in mcp1 mcp2 fastmcp; do
  CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/pip-compile -q --generate-hashes \
    --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
    --strip-extras --allow-unsafe \
    -o "requirements/clients-$line.txt" "requirements/clients-$line.in"
done
