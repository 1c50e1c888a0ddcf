#!/usr/bin/env bash
# Writes N times the images of MNIST, distorted a little, for trying how training scales:
#
#   submit/generate.sh [SPARK-SUBMIT OPTIONS --] [--times N] --output DIR [OPTIONS]
#
# Without --data, MNIST is used, and fetched first.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

first_options=()
run_with_mnist generate "$@"
