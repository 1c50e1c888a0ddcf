#!/usr/bin/env bash
# Draws report.html, summary.csv, curves and pictures of a finished training again, from the files in its folder:
#
#   submit/report.sh [SPARK-SUBMIT OPTIONS --] [OPTIONS] OUTPUT
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

sort_options "$@"
build
run_program report ${options[@]+"${options[@]}"}
