#!/bin/sh
# Makes the secrets and settings compose.yaml hands out, once; what is there stays as it is.
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
# Of others: an empty file sets nothing.
for name in queue_url smtp_password stripe_secret_key stripe_webhook_secret engine_api_key \
  github_client_secret google_client_secret sentry_dsn; do
  keep "polis_$name" ""
done
[ -e polis.env ] || printf 'POLIS_BILLING=off\n' >polis.env
