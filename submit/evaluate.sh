#!/usr/bin/env bash
# Prints error, precision, recall and confusion matrix of a stored model on a labelled set:
#
#   submit/evaluate.sh [SPARK-SUBMIT OPTIONS --] --model OUTPUT/models/RUN [OPTIONS]
#
# Without an option that names data, the script fetches MNIST first, and takes its test set.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

run_with_mnist evaluate "$@"
