#!/usr/bin/env bash
# Trains on Spark, from data to models, metrics and pictures:
#
#   submit/train.sh [SPARK-SUBMIT OPTIONS --] [OPTIONS]
#
# OPTIONS are those of the command "train" (--help lists them). They follow, and win over, those in conf/mnist.args.
# Without an option that names data, the script fetches MNIST first. MASTER is the Spark master (default: local[*]).
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

add_options mnist.args
run_with_mnist train "$@"
