#!/usr/bin/env bash
# Puts this project's jar and folders into the notes of notebooks-zeppelin/, and imports them:
#
#   submit/import-notebooks.sh [ZEPPELIN_URL]      into a running Zeppelin, in place of earlier versions (default: http://localhost:8080)
#   submit/import-notebooks.sh --to FOLDER         or as files to import by hand
#
# ZEPPELIN_USER and ZEPPELIN_PASSWORD log in where Zeppelin asks for it. MNIST is fetched to data/mnist unless DATA names another
# folder; notes train into OUTPUT (default: output/notebook). On a cluster both have to be at URIs that all machines see.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

usage() {
  say "error: $*"
  say "usage: submit/import-notebooks.sh [ZEPPELIN_URL | --to FOLDER]"
  exit 2
}

url=http://localhost:8080 folder=
case ${1:-} in
  --to) folder=${2:-} && [ -n "$folder" ] && [ $# -eq 2 ] || usage "expected a folder after --to" ;;
  -h | --help) sed -n '2,9s/^# \{0,1\}//p' "$0" && exit 0 ;;
  http://* | https://*) url=${1%/} && [ $# -eq 1 ] || usage "expected one URL, got more" ;;
  '') ;;
  *) usage "expected a URL such as http://localhost:8080, or --to FOLDER, got '$1'" ;;
esac

build
if [ -z "${DATA:-}" ]; then
  "$project/submit/fetch-mnist.sh" "$project/data/mnist"
  DATA=file:$project/data/mnist
fi
OUTPUT=${OUTPUT:-file:$project/output/notebook}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A word as sed takes it as a replacement, inside a JSON string: what that cannot hold is refused.
replacement() {
  case $1 in *[\"\\]* | *$'\n'*) fail "expected a path without quotes, backslashes and line breaks, got '$1'" ;; esac
  printf '%s' "$1" | sed 's/[&|]/\\&/g'
}

jar_path=$(replacement "$jar")
data_path=$(replacement "$DATA")
output_path=$(replacement "${OUTPUT%/}")

# The note with everything filled in.
filled() {
  sed -e "s|SPARK_PERCEPTRON_JAR|$jar_path|g" -e "s|SPARK_PERCEPTRON_DATA|$data_path|g" \
    -e "s|SPARK_PERCEPTRON_OUTPUT|$output_path|g" "$1"
}

# Calls Zeppelin: zeppelin METHOD PATH [CURL OPTION ...]
zeppelin() {
  local method=$1 path=$2
  shift 2
  curl -sS --fail-with-body -b "$work/cookies" -c "$work/cookies" -X "$method" "$url/api/$path" "$@" ||
    fail "Zeppelin at $url did not take $method /api/$path; is it running? See above for what it said"
}

# The ids of the notes of a name, from the list of all notes on standard input: {"body":[{"id":"...","path":"/name"}, ...]}.
ids_of() {
  tr '{' '\n' | sed -n "/\"path\": *\"\/$1\"/s/.*\"id\": *\"\([^\"]*\)\".*/\1/p"
}

if [ -n "$folder" ]; then
  mkdir -p "$folder"
  for note in "$project"/notebooks-zeppelin/*.zpln; do
    filled "$note" >"$folder/$(basename "$note")"
  done
  say "The notes are in $folder; in Zeppelin, choose Import note and give it one after the other."
  exit 0
fi

command -v curl >/dev/null || fail "curl is needed to talk to Zeppelin, and is not on the PATH"
if [ -n "${ZEPPELIN_USER:-}" ]; then
  zeppelin POST login --data-urlencode "userName=$ZEPPELIN_USER" --data-urlencode "password=${ZEPPELIN_PASSWORD:-}" >/dev/null
fi
for note in "$project"/notebooks-zeppelin/*.zpln; do
  name=$(basename "$note" .zpln)
  name=${name%_*}
  filled "$note" >"$work/note.json"
  # Zeppelin takes no second note of a name; the earlier one goes when the new one is there.
  earlier=$(zeppelin GET notebook | ids_of "$name")
  for id in $earlier; do
    zeppelin PUT "notebook/$id/rename" -H 'Content-Type: application/json' -d "{\"name\": \"$name-before-$id\"}" >/dev/null
  done
  zeppelin POST notebook/import -H 'Content-Type: application/json' --data-binary "@$work/note.json" >/dev/null
  for id in $earlier; do
    zeppelin DELETE "notebook/$id" >/dev/null
  done
  say "Imported $name"
done
say "They are at $url"
