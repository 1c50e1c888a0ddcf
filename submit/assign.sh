#!/usr/bin/env bash
# Draws a task for each student of a class:
#
#   submit/assign.sh [SPARK-SUBMIT OPTIONS --] --class N [--seed N] [--epochs N] [--output FILE] [--overwrite]
#
# The file is tasks.csv by default. Students train their tasks with note 6, and submit/check.sh checks what they hand in.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

sort_options "$@"
build
run_program assign ${options[@]+"${options[@]}"}
