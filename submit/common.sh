# Sourced by the scripts beside it: builds the jar, finds Spark, and runs a command on it.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar=$project/target/spark-perceptron.jar
embedded_spark=$project/target/spark

say() { echo "$*" >&2; }

fail() {
  say "error: $*"
  exit 1
}

# Sorts "[SPARK-SUBMIT OPTIONS --] [OPTIONS]" into spark_options and options.
sort_options() {
  spark_options=()
  options=("$@")
  local i
  for ((i = 0; i < ${#options[@]}; i++)); do
    if [ "${options[i]}" = -- ]; then
      spark_options=("${options[@]:0:i}")
      options=("${options[@]:i+1}")
      return
    fi
  done
}

# Whether the options say by themselves which data to use, or want none.
names_data() {
  local option
  for option in "${options[@]}"; do
    case $option in
      --data | --data=* | --train-* | --test-* | --images* | --libsvm* | -h | --help | -V | --version) return 0 ;;
      @*) grep -qsE -- '^[[:space:]]*--(data|train-|test-|images|libsvm)' "${option#@}" && return 0 ;;
    esac
  done
  return 1
}

# Builds the jar unless it is newer than everything it is made of.
build() {
  if [ -f "$jar" ] && [ -d "$embedded_spark/jars" ] \
    && [ -z "$(find "$project/src/main" "$project/pom.xml" -newer "$jar" -print -quit)" ]; then
    return
  fi
  command -v mvn >/dev/null || fail "Maven (mvn) is needed to build the project, and is not on the PATH"
  say "Building the project; the first time Maven downloads Spark, some 300 MB ..."
  mvn -q -B -Dstyle.color=never -f "$project/pom.xml" -P jar-only package >&2 || fail "the build failed, see above"
}

# Runs a command of the program: run_program COMMAND [OPTION ...], with spark_options for spark-submit.
run_program() {
  local submit
  export MASTER=${MASTER:-local[*]}
  case $MASTER in local*) export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1} ;; esac
  local arguments=(--master "$MASTER" --class io.sparkperceptron.cli.Main)
  if [ -n "${SPARK_HOME:-}" ]; then
    submit=$SPARK_HOME/bin/spark-submit
    [ -x "$submit" ] || fail "SPARK_HOME is $SPARK_HOME, but there is no $submit"
  else
    submit=$(command -v spark-submit || true)
  fi
  if [ -n "$submit" ]; then
    local key value
    while read -r key value; do
      case $key in
        '' | '#'*) continue ;;
        spark.driver.extraJavaOptions) value="$value -Dlog4j2.configurationFile=file:$project/conf/log4j2.properties" ;;
      esac
      arguments+=(--conf "$key=$value")
    done <"$project/conf/spark-defaults.conf"
    exec "$submit" "${arguments[@]}" "${spark_options[@]}" "$jar" "$@"
  fi
  run_embedded "${arguments[@]}" "${spark_options[@]}" "$jar" "$@"
}

# Does what spark-submit does, with the Spark that the build laid out.
run_embedded() {
  local java=${JAVA_HOME:+$JAVA_HOME/bin/}java word command=()
  command -v "$java" >/dev/null || fail "Java 17 is needed, and there is no $java"
  export SPARK_HOME=$embedded_spark SPARK_SCALA_VERSION=2.12 SPARK_CONF_DIR=${SPARK_CONF_DIR:-$project/conf}
  # The launcher says a line of its own, and then the words of the command, each ended by a zero byte.
  while IFS= read -r -d '' word; do
    command+=("$word")
  done < <("$java" -cp "$embedded_spark/jars/*" org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@" \
    | tail -n +2)
  [ "${#command[@]}" -gt 0 ] || fail "Spark's launcher did not say how to start"
  exec "${command[@]}"
}
