#!/bin/sh
# Makes the secrets compose.yaml hands out, once; what is there stays as it is.
set -eu
cd "$(dirname "$0")"

random() { od -An -tx1 -N32 /dev/urandom | tr -d ' \n'; }

keep() {
  [ -e "secrets/$1" ] || printf '%s' "$2" >"secrets/$1"
}

mkdir -p secrets
# The folder keeps others out; the files are read in containers whose users have other numbers.
chmod 0700 secrets
umask 022
keep database_password "$(random)"
keep polis_secret_key "$(random)"
keep polis_metrics_token "$(random)"
keep polis_database_url "postgresql://polis:$(cat secrets/database_password)@database/polis"
