# common.sh sources this. It starts the program from an archive of its classes, if there is one.

# A JVM reads, checks and links 10,000 classes before the first epoch, unless an earlier JVM has left an archive of
# them. Java 25 also keeps profiles of methods there (JEP 514, 515). An archive fits one JVM with its options, one jar,
# and a class path without folders. A JVM ignores an archive that does not fit.
# Modified: command, which Spark's launcher has filled with java, its words, SparkSubmit and the rest.
start_with_archive() {
  local jars=${command[2]#"$project/conf/:"} others archive first java_words=() i
  # The user's own options, settings or jars rule out an archive. Spark 4 names one of its jars before all of them.
  [ ${#spark_options[@]} -eq 0 ] && [ "${command[1]} ${command[2]}" = "-cp $project/conf/:$jars" ] || return 0
  others=":$jars"
  others=${others//":$embedded_spark/jars/"/}
  case $others in *:*) return 0 ;; esac
  for ((i = 3; i < ${#command[@]}; i++)); do
    [ "${command[i]}" != org.apache.spark.deploy.SparkSubmit ] || break
    java_words+=("${command[i]}")
  done
  archive=$target/classes-$(java_identity "${java_words[@]}").jsa
  first=("$java" -cp "$jars:$jar" "-Dlog4j2.configurationFile=$project/conf/log4j2.properties" "-Xlog:cds*=off")
  [ "$java_version" -lt 25 ] || first+=("-Xlog:aot*=off")
  case " ${command[*]} " in
    *" $jar train "*) [ "$archive" -nt "$jar" ] || make_archive_at_second_start "$archive" || true ;;
  esac
  # An empty archive means that none can be made.
  if [ -s "$archive" ] && [ "$archive" -nt "$jar" ]; then
    if [ "$java_version" -lt 25 ]; then first+=("-XX:SharedArchiveFile=$archive"); else first+=("-XX:AOTCache=$archive"); fi
    command=("${first[@]}" "${command[@]:3}")
  fi
}

# A number that changes with Java and its options: java_identity OPTION...
java_identity() {
  local real
  real=$(readlink -f "$java" 2>/dev/null || echo "$java")
  { echo "$real" "$@" && cat "${real%/bin/java}/release" 2>/dev/null || true; } | cksum | cut -d ' ' -f 1
}

# Making an archive takes longer than one start gains, so the first training does not make it.
make_archive_at_second_start() {
  if [ "$1.wanted" -nt "$jar" ]; then make_archive "$1"; else touch "$1.wanted" 2>/dev/null; fi
}

# Makes an archive by a training on some random images: make_archive FILE, with first and java_words as above.
make_archive() {
  local archive=$1 work=$1.new set i
  # A killed maker leaves this folder; two minutes later it is removed.
  [ -z "$(find "$work" -maxdepth 0 -mmin +2 2>/dev/null)" ] || rm -rf "$work"
  # If another process makes the archive, or nothing can be written, this start goes without it.
  mkdir "$work" 2>/dev/null || return 0
  say "Preparing for faster starts, once for each build ..."
  for set in train t10k; do
    { printf '\0\0\10\3\0\0\0\310\0\0\0\34\0\0\0\34' && head -c 156800 /dev/urandom; } >"$work/$set-images-idx3-ubyte"
    { printf '\0\0\10\1\0\0\0\310' && for ((i = 0; i < 20; i++)); do printf '\0\1\2\3\4\5\6\7\10\11'; done; } \
      >"$work/$set-labels-idx1-ubyte"
  done
  if [ "$java_version" -lt 25 ]; then
    # Java's own archive does not fit Spark's options. The second archive names the first by its path, which must stay.
    "${first[@]}" -Xshare:dump "-XX:SharedArchiveFile=$archive.base" "${java_words[@]}" >/dev/null 2>&1 &&
      train_for_archive "-XX:SharedArchiveFile=$archive.base" "-XX:ArchiveClassesAtExit=$work/classes.jsa" || true
  else
    train_for_archive "-XX:AOTCacheOutput=$work/classes.jsa" || true
  fi
  [ -s "$work/classes.jsa" ] || : >"$work/classes.jsa"
  mv -f "$work/classes.jsa" "$archive"
  rm -rf "$work"
}

# Trains, and leaves an archive at the end: train_for_archive OPTION..., with work, first and java_words as above.
train_for_archive() {
  "${first[@]}" "$@" "${java_words[@]}" org.apache.spark.deploy.SparkSubmit --master 'local[2]' --class "$main_class" "$jar" train \
    --data "file:$work" --output "file:$work/output" --loss logistic,mse --epochs 25 >/dev/null 2>&1 </dev/null
}
