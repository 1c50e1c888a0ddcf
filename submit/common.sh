# Sourced by the scripts beside it: builds the jar, finds Spark, and runs a command on it.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Spark 3.5, or with SPARK_LINE=4 Spark 4.1, each with a jar of its own.
case ${SPARK_LINE:-3} in
  3) target=$project/target profiles=jar-only ;;
  4) target=$project/target/spark-4 profiles=jar-only,spark-4 ;;
  *)
    echo "error: expected SPARK_LINE to be 3 or 4, got '$SPARK_LINE'" >&2
    exit 2
    ;;
esac
jar=$target/spark-perceptron.jar
program=$jar
main_class=io.sparkperceptron.cli.Main
embedded_spark=$target/spark

# What Spark needs opened in Java 17 where spark-submit does not see to it: as the tests have it.
read -ra module_options <<<"$(grep -o -e '--add-opens=java[^ <]*' "$project/pom.xml" | tr '\n' ' ')"

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

# Adds the options in a file of conf/ to first_options: as words, for a driver on another machine cannot read the file.
add_options() {
  local line words
  while read -r line || [ -n "$line" ]; do
    case $line in '#'*) continue ;; esac
    read -ra words <<<"$line"
    first_options+=(${words[@]+"${words[@]}"})
  done <"$project/conf/$1"
}

# The given words, each a line, those in argument files in their place.
all_words() {
  local word
  for word in "$@"; do
    if [ "${word#@}" != "$word" ] && [ -f "${word#@}" ]; then
      # shellcheck disable=SC2046
      (set -f && all_words $(grep -v '^[[:space:]]*#' "${word#@}"))
    else
      printf '%s\n' "$word"
    fi
  done
}

# Whether the given options, those in argument files among them, say which data to use, or want none.
names_data() {
  local word files=" "
  while IFS= read -r word; do
    case $word in
      --data | --data=* | --train-libsvm* | --test-libsvm* | --train-table* | --test-table* | --libsvm* | --images*) return 0 ;;
      -h | --help | -V | --version) return 0 ;;
      --train-images* | --train-labels* | --test-images* | --test-labels*) files+="${word%%=*} " ;;
    esac
  done < <(all_words "$@")
  # Of the four files some may be named, and the others be MNIST's.
  for word in --train-images --train-labels --test-images --test-labels; do
    case $files in *" $word "*) ;; *) return 1 ;; esac
  done
}

# Builds the jar unless it is newer than everything it is made of.
build() {
  if [ -f "$jar" ] && [ -z "$(find "$project/src/main" "$project/pom.xml" -newer "$jar" -print -quit)" ]; then
    return
  fi
  command -v mvn >/dev/null || fail "Maven (mvn) is needed to build the project, and is not on the PATH"
  say "Building the project; the first time Maven downloads Spark, some 300 MB ..."
  mvn -q -B -Dstyle.color=never -f "$project/pom.xml" -P "$profiles" package >&2 || fail "the build failed, see above"
}

# The value of one of spark_options: spark_option NAME DEFAULT
spark_option() {
  local i value=$2
  for ((i = 0; i < ${#spark_options[@]}; i++)); do
    case ${spark_options[i]} in
      "$1") value=${spark_options[i + 1]:-} ;;
      "$1"=*) value=${spark_options[i]#*=} ;;
    esac
  done
  echo "$value"
}

# The master that spark-submit will use: its own option wins over MASTER.
master() { spark_option --master "${MASTER:-local[*]}"; }

# Runs the program: run_program COMMAND [OPTION ...], with spark_options for spark-submit.
run_program() {
  case $(master) in
    local | local\[* | local-cluster\[* | spark://* | yarn | k8s://* | mesos://*) ;;
    *)
      say "error: expected a master such as local[*], spark://HOST:PORT, yarn or k8s://URL, got '$(master)'"
      exit 2
      ;;
  esac
  local submit key value arguments=(--class "$main_class" --master "$(master)")
  # Other machines cannot reach this address, but a Spark that is all on this one needs no other.
  case $(master) in
    local | local\[* | spark://127.0.0.1:* | spark://localhost:*) export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1} ;;
  esac
  # A standalone worker starts a driver with these options alone.
  case $(master)+$(spark_option --deploy-mode client) in
    spark://*+cluster)
      arguments+=(--conf "spark.driver.extraJavaOptions=${module_options[*]} --add-modules=jdk.incubator.vector \
-XX:ObjectAlignmentInBytes=32 -XX:G1HeapRegionSize=4m")
      ;;
    # What a person got wrong stays wrong, and where an output is left a second driver says only that; but one that goes on may help.
    yarn+cluster)
      case " $(all_words "$@" | tr '\n' ' ') " in
        *' --resume '*) ;;
        *) arguments+=(--conf spark.yarn.maxAppAttempts=1) ;;
      esac
      ;;
  esac
  if [ -n "${SPARK_HOME:-}" ]; then
    submit=$SPARK_HOME/bin/spark-submit
    [ -x "$submit" ] || fail "SPARK_HOME is $SPARK_HOME, but there is no $submit"
    case $(scala_version "$SPARK_HOME") in
      "$(scala_version "$embedded_spark")" | '') ;;
      *) fail "SPARK_HOME has a Spark for Scala $(scala_version "$SPARK_HOME"), but this is built for" \
        "$(scala_version "$embedded_spark"); set SPARK_LINE=4 for Spark 4, SPARK_LINE=3 for Spark 3.5" ;;
    esac
  else
    submit=$(command -v spark-submit || true)
  fi
  if [ -n "$submit" ]; then
    while read -r key value; do
      case $key in '' | '#'*) ;; *) arguments+=(--conf "$key=$value") ;; esac
    done <"$project/conf/spark-defaults.conf"
    export SPARK_SUBMIT_OPTS="${SPARK_SUBMIT_OPTS:-} \"-Dlog4j2.configurationFile=$project/conf/log4j2.properties\""
    exec "$submit" "${arguments[@]}" ${spark_options[@]+"${spark_options[@]}"} "$program" "$@"
  fi
  case $(master)+${SPARK_LINE:-3} in
    yarn+3) require_yarn_site ;;
    yarn+* | k8s://* | mesos://*)
      fail "the Spark that the build laid out knows no $(master) cluster; install the distribution of the same line" \
        "(Scala $(scala_version "$embedded_spark")) from spark.apache.org, and set SPARK_HOME to its folder"
      ;;
  esac
  run_embedded "${arguments[@]}" ${spark_options[@]+"${spark_options[@]}"} "$program" "$@"
}

# Without it Hadoop looks for YARN on this machine, for a quarter of an hour.
require_yarn_site() {
  local folder
  for folder in "${HADOOP_CONF_DIR:-}" "${YARN_CONF_DIR:-}"; do
    if [ -n "$folder" ] && [ -f "$folder/yarn-site.xml" ]; then return; fi
  done
  say "error: expected HADOOP_CONF_DIR or YARN_CONF_DIR to be the folder with the cluster's yarn-site.xml," \
    "got '${HADOOP_CONF_DIR:-}' and '${YARN_CONF_DIR:-}'"
  exit 2
}

# The version of Scala that a Spark is for; nothing if it cannot be told.
scala_version() {
  local core
  for core in "$1"/jars/spark-core_*.jar; do
    core=${core##*/spark-core_}
    case $core in [0-9]*) echo "${core%%-*}" ;; esac
  done
}

java_command() {
  local java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command -v "$java" || fail "Java 17 is needed, and there is no $java"
}

# Does what spark-submit does, with the Spark that the build laid out.
run_embedded() {
  local java word command=()
  java=$(java_command)
  SPARK_SCALA_VERSION=$(scala_version "$embedded_spark")
  export SPARK_SCALA_VERSION SPARK_HOME=$embedded_spark SPARK_CONF_DIR=${SPARK_CONF_DIR:-$project/conf}
  # The launcher says a line of its own, and then the words of the command, each ended by a zero byte.
  while IFS= read -r -d '' word; do
    command+=("$word")
  done < <("$java" -cp "$embedded_spark/jars/*" org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@" \
    | tail -n +2)
  [ "${#command[@]}" -gt 0 ] || fail "Java could not run Spark's launcher; if nothing above says why, see whether the limits" \
    "of this shell leave room: $(ulimit -n) open files (ulimit -n), $(ulimit -u) processes (ulimit -u), $(ulimit -v) KB (ulimit -v)"
  start_with_archive
  exec "${command[@]}"
}

# A JVM reads, checks and links 10,000 classes before the first epoch, unless it finds them in an archive of an earlier one. An archive
# is of one JVM with its options, of one jar, and of a class path without folders; the JVM does without where it does not fit.
# Modified: command, in which Spark's launcher has put java, its words, SparkSubmit and the rest.
start_with_archive() {
  local java=${command[0]} jars=${command[2]#"$project/conf/:"} others archive first java_words=() i
  # With options, settings or jars of the user's, all is left as it is. Spark 4 names one of its jars before all of them.
  [ ${#spark_options[@]} -eq 0 ] && [ "${command[1]} ${command[2]}" = "-cp $project/conf/:$jars" ] || return 0
  others=":$jars"
  others=${others//":$embedded_spark/jars/"/}
  case $others in *:*) return 0 ;; esac
  for ((i = 3; i < ${#command[@]}; i++)); do
    [ "${command[i]}" != org.apache.spark.deploy.SparkSubmit ] || break
    java_words+=("${command[i]}")
  done
  archive=$target/classes-$(java_identity "$java" "${java_words[@]}").jsa
  first=("$java" -cp "$jars:$jar" "-Dlog4j2.configurationFile=$project/conf/log4j2.properties" "-Xlog:cds*=off")
  case " ${command[*]} " in
    *" $jar train "*) [ "$archive" -nt "$jar" ] || make_archive_at_second_start "$archive" || true ;;
  esac
  # An empty one says that none can be made.
  if [ -s "$archive" ] && [ "$archive" -nt "$jar" ]; then
    command=("${first[@]}" "-XX:SharedArchiveFile=$archive" "${command[@]:3}")
  fi
}

# A number that changes with Java and its options: java_identity JAVA OPTION...
java_identity() {
  local real
  real=$(readlink -f "$1" 2>/dev/null || echo "$1")
  { echo "$real" "${@:2}" && cat "${real%/bin/java}/release" 2>/dev/null || true; } | cksum | cut -d ' ' -f 1
}

# An archive takes longer to make than a start gains by it: whoever trains once goes without.
make_archive_at_second_start() {
  if [ "$1.wanted" -nt "$jar" ]; then make_archive "$1"; else touch "$1.wanted"; fi
}

# Makes an archive by a training on some random images: make_archive FILE, with first and java_words as above.
make_archive() {
  local archive=$1 work=$1.new set i
  # What one that was killed has left is taken away after a while.
  [ -z "$(find "$work" -maxdepth 0 -mmin +2 2>/dev/null)" ] || rm -rf "$work"
  # Where another is at it, or nothing can be written, this start does without.
  mkdir "$work" 2>/dev/null || return 0
  say "Preparing for faster starts, once for each build ..."
  for set in train t10k; do
    { printf '\0\0\10\3\0\0\0\310\0\0\0\34\0\0\0\34' && head -c 156800 /dev/urandom; } >"$work/$set-images-idx3-ubyte"
    { printf '\0\0\10\1\0\0\0\310' && for ((i = 0; i < 20; i++)); do printf '\0\1\2\3\4\5\6\7\10\11'; done; } \
      >"$work/$set-labels-idx1-ubyte"
  done
  # The archive that Java comes with does not fit Spark's options. The second archive names the first, which has to stay where it is.
  "${first[@]}" -Xshare:dump "-XX:SharedArchiveFile=$archive.base" "${java_words[@]}" >/dev/null 2>&1 &&
    "${first[@]}" "-XX:SharedArchiveFile=$archive.base" "-XX:ArchiveClassesAtExit=$work/classes.jsa" "${java_words[@]}" \
      org.apache.spark.deploy.SparkSubmit --master 'local[2]' --class "$main_class" "$jar" train --data "file:$work" \
      --output "file:$work/output" --loss logistic,mse --epochs 25 >/dev/null 2>&1 </dev/null || true
  [ -s "$work/classes.jsa" ] || : >"$work/classes.jsa"
  mv -f "$work/classes.jsa" "$archive"
  rm -rf "$work"
}

# A whole script: run_with_mnist COMMAND ARGUMENTS-OF-THE-SCRIPT, with MNIST where no other data is named, and with
# first_options before the user's.
run_with_mnist() {
  local command=$1
  shift
  sort_options "$@"
  build
  if ! names_data ${first_options[@]+"${first_options[@]}"} ${options[@]+"${options[@]}"}; then
    "$project/submit/fetch-mnist.sh" "$project/data/mnist"
    first_options+=(--data "file:$project/data/mnist")
  fi
  run_program "$command" ${first_options[@]+"${first_options[@]}"} ${options[@]+"${options[@]}"}
}
