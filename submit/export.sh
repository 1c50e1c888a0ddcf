#!/usr/bin/env bash
# Writes a stored model as an ONNX file, for programs without Spark:
#
#   submit/export.sh [SPARK-SUBMIT OPTIONS --] --model OUTPUT/models/RUN --to FILE.onnx
#
# --model also takes a model, a pipeline or a cross-validation that Spark ML has saved.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

sort_options "$@"
build
run_program export ${options[@]+"${options[@]}"}
