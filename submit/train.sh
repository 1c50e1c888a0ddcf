#!/usr/bin/env bash
# Trains on Spark, from data to models, metrics and pictures:
#
#   submit/train.sh [SPARK-SUBMIT OPTIONS --] [OPTIONS]
#
# OPTIONS are those of the command "train" (--help lists them), after those in conf/mnist.args. Without any that names
# data, MNIST is fetched first. MASTER chooses the Spark master (default: local[*]).
set -euo pipefail
. "$(dirname "$0")/common.sh"

sort_options "$@"
build
data=()
if ! names_data; then
  "$project/submit/fetch-mnist.sh" "$project/data/mnist"
  data=(--data "$project/data/mnist")
fi
run_program train "@$project/conf/mnist.args" "${data[@]}" "${options[@]}"
