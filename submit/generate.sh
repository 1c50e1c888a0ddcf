#!/usr/bin/env bash
# Writes N copies of the images of MNIST, slightly distorted, to test how training scales:
#
#   submit/generate.sh [SPARK-SUBMIT OPTIONS --] [--times N] --output DIR [OPTIONS]
#
# Without --data, the script fetches MNIST first.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

run_with_mnist generate "$@"
