#!/usr/bin/env bash
# Puts this project's jar and folders into the notes of notebooks-zeppelin/, and imports them:
#
#   submit/import-notebooks.sh [ZEPPELIN_URL]      into a running Zeppelin (default: http://localhost:8080)
#   submit/import-notebooks.sh --to FOLDER         or as files to import by hand
#
# The import updates an unedited note in its place, and keeps a note that somebody has edited as NAME-edited.
# ZEPPELIN_USER and ZEPPELIN_PASSWORD log in if Zeppelin asks for it. The script fetches MNIST to data/mnist unless DATA
# names a folder. Notes train into OUTPUT/USER, where OUTPUT is output/notebook by default.
# On a cluster all machines must see both URIs.
set -euo pipefail
# The notes are for the Spark that Zeppelin supports, on Zeppelin's own Java.
SPARK_LINE=${SPARK_LINE:-3}
without_spark=yes
. "$(dirname "$(readlink -f "$0")")/common.sh"

usage() {
  say "error: $*"
  say "usage: submit/import-notebooks.sh [ZEPPELIN_URL | --to FOLDER]"
  exit 2
}

url=http://localhost:8080 folder=
case ${1:-} in
  --to) folder=${2:-} && [ -n "$folder" ] && [ $# -eq 2 ] || usage "expected a folder after --to" ;;
  -h | --help) sed -n '2,10s/^# \{0,1\}//p' "$0" && exit 0 ;;
  http://* | https://*) url=${1%/} && [ $# -eq 1 ] || usage "expected one URL, got more" ;;
  '') ;;
  # The text before an at sign may be a password.
  *@*) usage "expected a URL such as http://localhost:8080, or --to FOLDER, got '***@${1##*@}'" ;;
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

# Prints a word as a replacement for sed, inside a JSON string. Refuses characters that a JSON string escapes.
replacement() {
  case $1 in *[\"\\]* | *$'\n'*) fail "expected a path without quotes, backslashes and line breaks, got '$1'" ;; esac
  printf '%s' "$1" | sed 's/[&|]/\\&/g'
}

jar_path=$(replacement "$jar")
data_path=$(replacement "$DATA")
output_path=$(replacement "${OUTPUT%/}")

# Prints the note with its paths filled in.
filled() {
  sed -e "s|SPARK_PERCEPTRON_JAR|$jar_path|g" -e "s|SPARK_PERCEPTRON_DATA|$data_path|g" \
    -e "s|SPARK_PERCEPTRON_OUTPUT|$output_path|g" "$1"
}

mkdir -p "${folder:=$work}"
[ ! "$folder" -ef "$project/notebooks-zeppelin" ] || fail "expected another folder than that of the project's own notes"
for note in "$project"/notebooks-zeppelin/*.zpln; do
  filled "$note" >"$folder/$(basename "$note")"
done
if [ "$folder" != "$work" ]; then
  say "The notes are in $folder; in Zeppelin, choose Import note for one file after the other."
  exit 0
fi
"$java" "-Dlog4j2.configurationFile=$project/conf/log4j2.properties" -cp "$jar:$embedded_spark/jars/*" "$main_class" \
  import-notes --notes "$work" "$url"
say "The notes are at $url"
