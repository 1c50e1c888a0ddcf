#!/usr/bin/env bash
# Writes what a stored model says of each image, as CSV:
#
#   submit/predict.sh [SPARK-SUBMIT OPTIONS --] --model OUTPUT/models/RUN [OPTIONS]
#
# Without an option that names data, MNIST's test set is used, and fetched first.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

first_options=()
run_with_mnist predict "$@"
