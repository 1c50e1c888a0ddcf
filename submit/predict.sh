#!/usr/bin/env bash
# Writes what a stored model says of each image, as CSV:
#
#   submit/predict.sh [SPARK-SUBMIT OPTIONS --] --model OUTPUT/models/RUN [OPTIONS]
#
# Without an option that names data, MNIST's test set is used, and fetched first.
set -euo pipefail
. "$(dirname "$0")/common.sh"

sort_options "$@"
build
data=()
if ! names_data; then
  "$project/submit/fetch-mnist.sh" "$project/data/mnist"
  data=(--data "$project/data/mnist")
fi
run_program predict "${data[@]}" "${options[@]}"
