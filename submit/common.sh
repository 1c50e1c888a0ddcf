# The other scripts source this. It builds the jar, finds Spark, and runs a command on it.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
main_class=io.sparkperceptron.cli.Main
# A script's options, before those of the user.
first_options=()

say() { echo "$*" >&2; }

fail() {
  say "error: $*"
  exit 1
}

# In the C locale of containers and cron jobs, Java replaces each letter beyond ASCII in a path by a question mark.
case $(locale charmap 2>/dev/null) in '' | ANSI_X3.4-1968 | US-ASCII) export LC_ALL=C.UTF-8 ;; esac

java_command() {
  local java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command -v "$java" || fail "Java 17 or newer is needed, and there is no $java"
}

# Prints the version of a Java, such as 17, or nothing if it is unknown: java_version JAVA
java_version() {
  local real version
  real=$(readlink -f "$1" 2>/dev/null || echo "$1")
  version=$(sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "${real%/bin/java}/release" 2>/dev/null || true)
  [ -n "$version" ] || version=$("$1" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p')
  echo "$version"
}

# Prints a Spark's version of Scala, or nothing if it is unknown: scala_version SPARK_HOME
scala_version() {
  local core
  for core in "$1"/jars/spark-core_*.jar; do
    core=${core##*/spark-core_}
    case $core in [0-9]*) echo "${core%%-*}" ;; esac
  done
}

# Prints the line of Spark, 3 or 4: SPARK_LINE, or that of the installed Spark, or one that runs on this Java.
spark_line() {
  local home=${SPARK_HOME:-} submit
  if [ -n "${SPARK_LINE:-}" ]; then
    echo "$SPARK_LINE"
    return
  fi
  if [ -z "$home" ] && submit=$(command -v spark-submit); then
    home=$(dirname "$(dirname "$(readlink -f "$submit" 2>/dev/null || echo "$submit")")")
  fi
  case ${home:+$(scala_version "$home")} in
    2.12) echo 3 ;;
    2.13) echo 4 ;;
    *) if [ "$java_version" -gt "$newest_java_for_spark_3" ]; then echo 4; else echo 3; fi ;;
  esac
}

java=$(java_command)
java_version=$(java_version "$java")
: "${java_version:=17}"
# Hadoop 3.3 calls Subject.getSubject, which newer versions lack.
newest_java_for_spark_3=22
[ "$java_version" -ge 17 ] || fail "Java 17 or newer is needed, and $java is Java $java_version; set JAVA_HOME to a newer one"
line=$(spark_line)
case $line in
  3)
    target=$project/target profiles=jar-only
    # The importer of notes runs no Spark.
    [ "$java_version" -le "$newest_java_for_spark_3" ] || [ -n "${without_spark:-}" ] || fail "Spark 3.5 needs Java 17 to" \
      "$newest_java_for_spark_3, and $java is Java $java_version; set JAVA_HOME to one of these, or SPARK_LINE=4 for Spark 4.2"
    ;;
  4) target=$project/target/spark-4 profiles=jar-only,spark-4 ;;
  *)
    say "error: expected SPARK_LINE to be 3 or 4, got '$line'"
    exit 2
    ;;
esac
jar=$target/spark-perceptron.jar
program=$jar
embedded_spark=$target/spark

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

# Adds the options in a file of conf/ to first_options, as words: a driver on another machine cannot read the file.
add_options() {
  local line words
  while read -r line || [ -n "$line" ]; do
    case $line in '#'*) continue ;; esac
    read -ra words <<<"$line"
    first_options+=(${words[@]+"${words[@]}"})
  done <"$project/conf/$1"
}

# Prints the given words, one on each line, with those in argument files. A file counts once, as in the program.
all_words() {
  local word words seen=${seen:-|}
  for word in "$@"; do
    printf '%s\n' "$word"
    if [[ $word == @* && $seen != *"|$word|"* && -f ${word#@} ]]; then
      seen+="$word|"
      read -ra words -d '' < <(sed 's/#.*//' "${word#@}" | tr -d '\r') || true
      all_words ${words[@]+"${words[@]}"}
    fi
  done
}

# Tells whether the given options, also those in argument files, name the data or need none.
names_data() {
  local names
  names=$(all_words "$@" | sed 's/=.*//' | sort -u)
  grep -qxE -e '--(data|libsvm|images|(train|test)-(libsvm|table)|help|version)|-[hV]' <<<"$names" && return
  # If only some of the four files are named, the others are MNIST's.
  [ "$(grep -cxE -e '--(train|test)-(images|labels)' <<<"$names")" = 4 ]
}

# Builds the jar unless it is newer than all its sources.
build() {
  if [ -f "$jar" ] && [ -z "$(find "$project/src/main" "$project/pom.xml" -newer "$jar" -print -quit)" ]; then
    return
  fi
  command -v mvn >/dev/null || fail "Maven (mvn) is needed to build the project, and is not on the PATH"
  say "Building the project; the first time Maven downloads Spark, some 300 MB ..."
  local started
  started=$(mktemp)
  # Maven ends with codes of colour, even if it is to use none.
  mvn -q -B -Dstyle.color=never -Dcyclonedx.skip -f "$project/pom.xml" -P "$profiles" package 2>&1 | sed $'s/\e\\[0m//g' >&2 \
    || { rm -f "$started"; fail "the build failed, see above"; }
  # Maven leaves a jar alone that has the same bytes, so its time may be older than that of the sources.
  touch -r "$started" "$jar"
  rm -f "$started"
}

# Prints the value of one of spark_options: spark_option NAME DEFAULT
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

# Prints the master that spark-submit will use. Its own option wins over MASTER.
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
  # Only this machine can reach this address. That suffices for a Spark that runs on this machine alone.
  case $(master) in
    local | local\[* | spark://127.0.0.1:* | spark://localhost:*) export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1} ;;
  esac
  # A standalone worker starts a driver with no other Java options.
  case $(master)+$(spark_option --deploy-mode client) in
    spark://*+cluster)
      arguments+=(--conf "spark.driver.extraJavaOptions=$(grep -v '^#' "$project/conf/java.args" | tr '\n' ' ')$(
        sed -n 's/^spark.driver.defaultJavaOptions *//p' "$project/conf/spark-defaults.conf")")
      ;;
    # A second driver repeats a user's error, or only finds the output of the first. With --resume it can continue.
    yarn+cluster)
      grep -qx -e --resume <<<"$(all_words "$@")" || arguments+=(--conf spark.yarn.maxAppAttempts=1)
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
  case $(master) in
    yarn) require_yarn_site ;;
    k8s://* | mesos://*)
      fail "the Spark that the build laid out knows no $(master) cluster; install the distribution of the same line" \
        "(Scala $(scala_version "$embedded_spark")) from spark.apache.org, and set SPARK_HOME to its folder"
      ;;
  esac
  run_embedded "${arguments[@]}" ${spark_options[@]+"${spark_options[@]}"} "$program" "$@"
}

# Without this file Hadoop looks for YARN on this machine for a quarter of an hour.
require_yarn_site() {
  local folder
  for folder in "${HADOOP_CONF_DIR:-}" "${YARN_CONF_DIR:-}"; do
    if [ -n "$folder" ] && [ -f "$folder/yarn-site.xml" ]; then return; fi
  done
  say "error: expected HADOOP_CONF_DIR or YARN_CONF_DIR to be the folder with the cluster's yarn-site.xml," \
    "got '${HADOOP_CONF_DIR:-}' and '${YARN_CONF_DIR:-}'"
  exit 2
}

# Does the work of spark-submit, with the Spark that the build laid out.
run_embedded() {
  local word command=()
  SPARK_SCALA_VERSION=$(scala_version "$embedded_spark")
  export SPARK_SCALA_VERSION SPARK_HOME=$embedded_spark SPARK_CONF_DIR=${SPARK_CONF_DIR:-$project/conf}
  # The launcher prints one line, and then the words of the command, each with a zero byte at its end.
  while IFS= read -r -d '' word; do
    # Java 24 lacks this package, and warns.
    [ "$java_version" -ge 24 ] && [ "$word" = --add-opens=java.base/sun.security.action=ALL-UNNAMED ] || command+=("$word")
  done < <("$java" -XX:TieredStopAtLevel=1 -cp "$(echo "$embedded_spark"/jars/spark-launcher_*.jar)" \
    org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@" | tail -n +2)
  [ "${#command[@]}" -gt 0 ] || fail "Java could not run Spark's launcher; if nothing above says why, see whether the limits" \
    "of this shell leave room: $(ulimit -n) open files (ulimit -n), $(ulimit -u) processes (ulimit -u), $(ulimit -v) KB (ulimit -v)"
  . "$project/submit/class-archive.sh"
  start_with_archive
  exec "${command[@]}"
}

# Runs a whole script, with first_options before the user's options, and with MNIST if these name no data:
# run_with_mnist COMMAND ARGUMENTS-OF-THE-SCRIPT
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
