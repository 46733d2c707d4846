#!/bin/sh
# Measures an assembled Bindery and prints a report, which stays in target/report.md.
#   run.sh [--quick] [MEASUREMENT...]    start drop swap disconnect latency rates connections model memory; all by default
#   run.sh micro [JMH OPTIONS]           the micro-benchmarks
# Builds what it needs with Maven first, unless BINDERY_BENCHMARKS_BUILD=no.
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
checkout=$(cd "$here/../.." && pwd -P)

. "$checkout/distribution/src/main/bin/find-java.sh"
find_java 25 javac || exit 1
JAVA_HOME=$java_home
export JAVA_HOME

if [ "${BINDERY_BENCHMARKS_BUILD:-yes}" != no ]; then
    echo "building ..." >&2
    (cd "$checkout" && MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
        mvn -B -q -DskipTests -Darchives.skip=true -pl platform/benchmarks,distribution -am package)
fi

distribution=
for folder in "$checkout"/distribution/target/bindery-*/; do
    [ -x "${folder}bin/bindery" ] && distribution=${folder%/}
done
if [ -z "$distribution" ] || [ ! -d "$here/target/classes" ]; then
    echo "run.sh: nothing is built; run it without BINDERY_BENCHMARKS_BUILD=no." >&2
    exit 1
fi

classpath="$here/target/classes:$here/target/lib/*:$distribution/lib/*"
java() {
    exec "$java_home/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
        --sun-misc-unsafe-memory-access=allow -cp "$classpath" "$@"
}

if [ "${1:-}" = micro ]; then
    shift
    java -Dbindery.distribution="$distribution" org.openjdk.jmh.Main "$@"
fi
java dev.bindery.benchmarks.Benchmarks --distribution "$distribution" --report "$here/target/report.md" "$@"
