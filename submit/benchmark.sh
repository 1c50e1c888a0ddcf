#!/usr/bin/env bash
# Compares this project with others on MNIST. Measures all in turn, round after round, and prints medians, minima and
# maxima, and ratios beside their aims:
#
#   submit/benchmark.sh [all] [ROUNDS]               epochs and processes; processes at most 3 rounds
#   submit/benchmark.sh epochs [ROUNDS]              warm epochs against MLlib, numpy, PyTorch and a plain loop in Java
#   submit/benchmark.sh processes [ROUNDS]           from the command to the result, against scripts for PyTorch and numpy
#   submit/benchmark.sh estimator [ROUNDS]           nine fits to a data frame, together and alone, against LogisticRegression
#   submit/benchmark.sh solution [ROUNDS]            from cached data to an objective or a test error: L-BFGS and descent
#                                                    against Spark ML and liblinear
#   submit/benchmark.sh growth [TIMES ...]           10 to 1,080 columns on 1, 10 and 100 times the rows (default); on 10
#                                                    times also with 1 to 4 executors
#   submit/benchmark.sh against COMMIT [ROUNDS]      the vector kernel against that of an older commit
#   submit/benchmark.sh kernels [JMH OPTIONS]        the kernels alone, in one thread, with JMH
#
# ROUNDS is 5 by default. PYTHON names the Python with numpy and PyTorch (default: python3).
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

usage() {
  say "error: expected $1, got '$2'"
  exit 2
}

what=all
case ${1:-} in
  all | epochs | processes | estimator | solution | growth | against | kernels) what=$1 && shift ;;
  '' | [1-9]*) ;;
  *) usage "all, epochs, processes, estimator, solution, growth, against, kernels or a number of rounds" "$1" ;;
esac
if [ "$what" = against ]; then
  commit=$(git -C "$project" rev-parse --short -q --verify "${1:-}^{commit}") || usage "a commit after against" "${1:-}"
  shift
fi
rounds=${1:-5} multiples=("$@")
[ "${#multiples[@]}" -gt 0 ] || multiples=(1 10 100)
if [ "$what" != kernels ]; then
  case $rounds in *[!0-9]* | 0*) usage "a number of rounds" "$rounds" ;; esac
fi

# Builds a tree's benchmarks.
build_benchmarks() {
  say "Building in $1 ..."
  mvn -q -B -Dstyle.color=never -f "$1/pom.xml" -P "benchmark${profiles#jar-only}" package >&2 || fail "the build failed, see above"
}

benchmark_classes() {
  local built=$1${target#"$project"}
  echo "$built/test-classes:$built/classes:$(cat "$built/benchmark.classpath")"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# All get the same number of threads.
export MASTER='local[*]' PYTHON=${PYTHON:-python3} PYTHONDONTWRITEBYTECODE=1
benchmarks=io.sparkperceptron.benchmark
build_benchmarks "$project"
"$project/submit/fetch-mnist.sh" "$project/data/mnist"
cd "$project"

run_epochs() {
  "$project/submit/generate.sh" --data "$project/data/mnist" --times 13.5 --output "file:$work/many" >&2
  program=$target/spark-perceptron-benchmark-tests.jar
  main_class=$benchmarks.EpochBenchmark
  spark_options=(--driver-memory 8g --jars "$jar")
  (run_program "$project/data/mnist" "$work/many" "$work/metrics" "$rounds" "$project/src/benchmark/python/epoch.py" "$PYTHON")
  rm -rf "$work/many"
}

run_estimator() {
  program=$target/spark-perceptron-benchmark-tests.jar
  main_class=$benchmarks.EstimatorBenchmark
  spark_options=(--driver-memory 8g --jars "$jar")
  (run_program "$project/data/mnist" "$rounds")
}

run_solution() {
  program=$target/spark-perceptron-benchmark-tests.jar
  main_class=$benchmarks.SolutionBenchmark
  spark_options=(--driver-memory 8g --jars "$jar,$(tr : '\n' <"$target/benchmark.classpath" | grep '/liblinear-[^/]*\.jar$')")
  (run_program "$project/data/mnist" "$rounds")
}

run_processes() {
  "$java" -cp "$(benchmark_classes "$project")" $benchmarks.ProcessBenchmark "$project" "$project/data/mnist" "$work" "$rounds" \
    "$PYTHON"
}

run_growth() {
  "$java" --add-modules jdk.incubator.vector -cp "$(benchmark_classes "$project")" $benchmarks.GrowthBenchmark "$project" \
    "$project/data/mnist" "$work" "${multiples[@]}"
}

run_against() {
  git -C "$project" worktree add -q --detach "$work/then" "$commit"
  trap 'git -C "$project" worktree remove --force "$work/then"; rm -rf "$work"' EXIT
  build_benchmarks "$work/then"
  "$java" -cp "$(benchmark_classes "$project")" $benchmarks.KernelsAgainst "$(benchmark_classes "$work/then")" \
    "$(benchmark_classes "$project")" "$rounds" "$commit"
}

case $what in
  all)
    run_epochs
    [ "$rounds" -lt 3 ] || rounds=3
    run_processes
    ;;
  epochs | processes | estimator | solution | growth | against) "run_$what" ;;
  kernels) "$java" -cp "$(benchmark_classes "$project")" org.openjdk.jmh.Main KernelBenchmark "$@" ;;
esac
