#!/bin/sh
# Packs a release: what is committed, as build/polis-VERSION.tar.gz. REVISION=v1.0 packs another commit, INTO=folder
# puts it elsewhere.
set -eu
cd "$(dirname "$0")/.."
revision=${REVISION:-HEAD}
into=${INTO:-build}

version=$(git show "$revision:app/__init__.py" | sed -n 's/^__version__ = "\(.*\)"$/\1/p')
mkdir -p "$into"
git archive --prefix="polis-$version/" --output="$into/polis-$version.tar.gz" "$revision"
echo "$into/polis-$version.tar.gz"
