#!/usr/bin/env bash
# Runs the sweep of the README: both losses with nine learning rates and L-BFGS, twenty runs in one pass over the data
# per epoch:
#
#   submit/sweep.sh [SPARK-SUBMIT OPTIONS --] [OPTIONS]
#
# OPTIONS are those of the command "train". They follow, and win over, those in conf/mnist.args and conf/sweep.args.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

add_options mnist.args
add_options sweep.args
run_with_mnist train "$@"
