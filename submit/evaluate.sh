#!/usr/bin/env bash
# Prints how a stored model does on a labelled set:
#
#   submit/evaluate.sh [SPARK-SUBMIT OPTIONS --] --model OUTPUT/models/RUN [OPTIONS]
#
# Without an option that names data, MNIST's test set is used, and fetched first.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

first_options=()
run_with_mnist evaluate "$@"
