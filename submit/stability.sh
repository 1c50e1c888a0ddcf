#!/usr/bin/env bash
# Prints the learning rates below which no step of gradient descent can raise the training cost:
#
#   submit/stability.sh [SPARK-SUBMIT OPTIONS --] [OPTIONS]
#
# OPTIONS are those of the command "stability" (--help lists them). Without an option that names data, the script
# fetches MNIST first.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

run_with_mnist stability "$@"
