#!/bin/sh
# A backup under the day's date into a folder, and the oldest of them away: 14 are kept, or as many as you say.
#   sh deploy/backup.sh /var/backups/polis 14
# Where the backup fails nothing is deleted. What has another name stays: delete it yourself.
set -eu
folder=$1
keep=${2:-14}

polis backup --force "$folder/polis-$(date -u +%F)"
set -- "$folder"/polis-????-??-??
while [ "$#" -gt "$keep" ]; do
  rm -- "$1"
  shift
done
