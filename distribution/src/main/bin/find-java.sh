# Finds a Java of at least a given version; read by ./bindery of a checkout and by bin/bindery.
# After `find_java 25 java` (a runtime will do) or `find_java 25 javac` (a JDK is needed), java_home
# is the folder to use; where there is none, a sentence says what to do and the status is 1.

# java_major HOME: the major version of the Java in that folder, 0 where there is none.
java_major() {
    java_major=0
    [ -x "$1/bin/$java_tool" ] || return 0
    java_version=
    if [ -r "$1/release" ]; then
        java_version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9.]*\).*/\1/p' "$1/release" | head -n 1)
    fi
    if [ -z "$java_version" ]; then
        java_version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9.]*\).*/\1/p' | head -n 1)
    fi
    java_major=${java_version%%.*}
    case $java_major in '' | *[!0-9]*) java_major=0 ;; esac
}

# java_on_path: the home of the java that the shell would run, empty where there is none.
java_on_path() {
    java_command=$(command -v java 2>/dev/null) || return 0
    while [ -h "$java_command" ]; do
        java_link=$(readlink "$java_command") || break
        case $java_link in
            /*) java_command=$java_link ;;
            *) java_command=$(dirname "$java_command")/$java_link ;;
        esac
    done
    (cd "$(dirname "$java_command")/.." 2>/dev/null && pwd -P) || :
}

# java_offer HOME: keeps that folder when it is newer than what was found so far.
java_offer() {
    java_major "$1"
    if [ "$java_major" -ge "$java_wanted" ] && [ "$java_major" -gt "$java_best" ]; then
        java_best=$java_major
        java_home=$1
    fi
}

find_java() {
    java_wanted=$1
    java_tool=$2
    java_home=
    java_best=0
    if [ -n "${BINDERY_JAVA_HOME:-}" ]; then
        java_offer "$BINDERY_JAVA_HOME"
        [ -n "$java_home" ] && return 0
        echo "bindery: BINDERY_JAVA_HOME is $BINDERY_JAVA_HOME, where there is no $java_tool of version $java_wanted or later." >&2
        return 1
    fi
    for java_place in "${JAVA_HOME:-}" "$(java_on_path)"; do
        [ -n "$java_place" ] && java_offer "$java_place"
        [ -n "$java_home" ] && return 0
    done
    for java_place in /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/*jre* /opt/java/* \
        "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        java_offer "$java_place"
    done
    if [ -z "$java_home" ] && [ -x /usr/libexec/java_home ]; then
        java_offer "$(/usr/libexec/java_home -v "$java_wanted+" 2>/dev/null)"
    fi
    [ -n "$java_home" ] && return 0
    case $java_tool in
        javac) java_what="a JDK" ;;
        *) java_what="a Java runtime" ;;
    esac
    echo "bindery: $java_what of version $java_wanted or later is needed, and none was found." >&2
    echo "Install one (Eclipse Temurin, Debian's openjdk-$java_wanted-jdk, SDKMAN!, Homebrew's openjdk …)," >&2
    echo "or name its folder in BINDERY_JAVA_HOME." >&2
    return 1
}
