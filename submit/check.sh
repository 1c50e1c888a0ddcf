#!/usr/bin/env bash
# Trains all tasks of a class in one pass, and checks what its students have handed in:
#
#   submit/check.sh [SPARK-SUBMIT OPTIONS --] --answers FOLDER [--tasks FILE] [OPTIONS]
#
# OPTIONS are those of the command "check" (--help lists them). Without an option that names data, the script fetches
# MNIST first.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

run_with_mnist check "$@"
