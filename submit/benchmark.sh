#!/usr/bin/env bash
# Measures an epoch of ours against MLlib's, numpy's and PyTorch's, in turn in one run, on MNIST and on 13.5 times MNIST:
#
#   submit/benchmark.sh [ROUNDS]                 (default: 5)
#   submit/benchmark.sh kernels [JMH OPTIONS]    the kernels alone, in one thread, with JMH
#
# PYTHON names the Python to look for numpy and PyTorch in (default: python3).
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

say "Building ..."
mvn -q -B -Dstyle.color=never -f "$project/pom.xml" -P benchmark package >&2 || fail "the build failed, see above"
"$project/submit/fetch-mnist.sh" "$project/data/mnist"
if [ "${1:-}" = kernels ]; then
  cd "$project"
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "target/test-classes:target/classes:$(cat target/benchmark.classpath)" \
    org.openjdk.jmh.Main KernelBenchmark "${@:2}"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# As many threads as the others get.
export MASTER='local[2]'
"$project/submit/generate.sh" --data "$project/data/mnist" --times 13.5 --output "file:$work/many" >&2
program=$project/target/spark-perceptron-benchmark-tests.jar
main_class=io.sparkperceptron.benchmark.EpochBenchmark
spark_options=(--driver-memory 8g --jars "$jar")
(run_program "$project/data/mnist" "$work/many" "$work/metrics" "${1:-5}" "$project/src/benchmark/python/epoch.py" \
  "${PYTHON:-python3}")
