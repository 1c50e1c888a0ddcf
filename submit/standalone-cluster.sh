#!/usr/bin/env bash
# Runs a Spark cluster on this machine, with the Spark that the build laid out: a master and workers, each a process.
#
#   submit/standalone-cluster.sh start [WORKERS]   starts what is not running (default: 2 workers), prints the address
#   submit/standalone-cluster.sh status
#   submit/standalone-cluster.sh stop              stops what it started, and nothing else
#
# Addresses are on loopback. WORKER_CORES (default: this machine's cores divided among the workers) and WORKER_MEMORY
# (default: 2g) are those of each worker. The master listens on MASTER_PORT (default: 7077) or the next free port.
# CLUSTER_DIR (default: a folder below target) holds logs and process ids of one cluster.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"

state=${CLUSTER_DIR:-$target/standalone-cluster}

# Tells whether the process of NAME.pid is running. Another process may have its number meanwhile.
runs() {
  local pid
  pid=$(cat "$state/$1.pid" 2>/dev/null) || return 1
  ps -p "$pid" -o command= 2>/dev/null | grep -qF -- "-Dspark.perceptron.cluster=$state/$1 "
}

# Starts a daemon of Spark: start_process NAME HOST CLASS ARGUMENT ...
start_process() {
  local name=$1 host=$2 class=$3
  shift 3
  SPARK_HOME=$embedded_spark SPARK_SCALA_VERSION=$(scala_version "$embedded_spark") SPARK_LOCAL_IP=$host SPARK_CONF_DIR=$state \
    SPARK_WORKER_DIR=$state/work/$name nohup "$java" "@$project/conf/java.args" -Xmx512m \
    "-Dspark.perceptron.cluster=$state/$name" -cp "$embedded_spark/jars/*" "org.apache.spark.deploy.$class" --host "$host" "$@" \
    >"$state/$name.log" 2>&1 </dev/null &
  echo $! >"$state/$name.pid"
}

# Waits for a line in a log: wait_for NAME PATTERN
wait_for() {
  local i
  for ((i = 0; i < 300; i++)); do
    if grep -qs -- "$2" "$state/$1.log"; then return; fi
    runs "$1" || break
    sleep 0.1
  done
  fail "the $1 did not come up; its log is $state/$1.log"
}

address() { grep -o 'spark://127.0.0.1:[0-9]*' "$state/master.log" | head -1; }

# Spark takes an address for a machine, so on Linux every worker has its own.
worker_host() { if [ "$(uname)" = Linux ]; then echo "127.0.0.$1"; else echo 127.0.0.1; fi; }

start() {
  local workers=$1 i cores
  if ! [[ $workers =~ ^[1-9][0-9]?$ ]]; then
    say "error: expected a number of workers from 1 to 99, got '$workers'"
    exit 2
  fi
  build
  mkdir -p "$state"
  if ! runs master; then
    start_process master 127.0.0.1 master.Master --port "${MASTER_PORT:-7077}" --webui-port 0
  fi
  wait_for master 'Starting Spark master at spark://'
  wait_for master 'I have been elected leader'
  cores=$(($(getconf _NPROCESSORS_ONLN) / workers))
  for ((i = 1; i <= workers; i++)); do
    if ! runs "worker-$i"; then
      start_process "worker-$i" "$(worker_host "$i")" worker.Worker --webui-port 0 \
        --cores "${WORKER_CORES:-$((cores > 0 ? cores : 1))}" --memory "${WORKER_MEMORY:-2g}" "$(address)"
    fi
  done
  for ((i = 1; i <= workers; i++)); do
    wait_for "worker-$i" 'Successfully registered with master'
  done
  echo "A master and $workers worker(s) are running; to train on them:"
  echo "MASTER=$(address) submit/train.sh"
}

names() { (cd "$state" 2>/dev/null && ls -- *.pid 2>/dev/null | sed 's/\.pid$//') || true; }

status() {
  local name none=1
  for name in $(names); do
    if runs "$name"; then
      none=0
      if [ "$name" = master ]; then
        echo "master: $(address), $(grep -o 'started at http://[^ ]*' "$state/$name.log" | head -1 | sed 's/started at //')"
      else
        echo "$name: running"
      fi
    else
      echo "$name: gone, see $state/$name.log"
    fi
  done
  if [ "$none" = 1 ]; then
    echo "no cluster is running"
    exit 1
  fi
}

stop() {
  local name i pids=()
  for name in $(names | sort -r); do
    if runs "$name"; then
      pids+=("$(cat "$state/$name.pid")")
    fi
  done
  if [ "${#pids[@]}" -gt 0 ]; then kill "${pids[@]}"; fi
  for name in $(names); do
    for ((i = 0; i < 100; i++)); do
      runs "$name" || break
      sleep 0.1
    done
    if runs "$name"; then kill -KILL "$(cat "$state/$name.pid")"; fi
    rm -f "$state/$name.pid"
  done
  echo "stopped ${#pids[@]} process(es)"
}

command -v ps >/dev/null || fail "ps is needed, and is not on the PATH (Debian: package procps)"
case "${1:-} $#" in
  "start 1" | "start 2") start "${2:-2}" ;;
  "status 1") status ;;
  "stop 1") stop ;;
  *)
    say "usage: submit/standalone-cluster.sh start [WORKERS] | status | stop"
    exit 2
    ;;
esac
