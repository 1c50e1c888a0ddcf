#!/usr/bin/env bash
# Writes the class of each image and its score, by a stored model, as CSV:
#
#   submit/predict.sh [SPARK-SUBMIT OPTIONS --] --model OUTPUT/models/RUN [OPTIONS]
#
# Without an option that names data, the script fetches MNIST first, and takes its test set.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

run_with_mnist predict "$@"
