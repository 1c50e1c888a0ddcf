#!/usr/bin/env bash
# Compares the gradient of both losses with central differences of the cost:
#
#   submit/check-gradient.sh [SPARK-SUBMIT OPTIONS --] [OPTIONS]
#
# OPTIONS are those of the command "check-gradient" (--help lists them). Without an option that names data, the script
# fetches MNIST first.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

run_with_mnist check-gradient "$@"
