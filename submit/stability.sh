#!/usr/bin/env bash
# Prints up to which learning rates gradient descent is sure never to raise the training cost:
#
#   submit/stability.sh [SPARK-SUBMIT OPTIONS --] [OPTIONS]
#
# OPTIONS are those of the command "stability" (--help lists them). Without any that names data, MNIST is used, and fetched first.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

first_options=()
run_with_mnist stability "$@"
