# How the command becomes a JVM, for the scripts that source this: `tautwire` in a checkout and `bin/tautwire` where it
# is installed. Whoever sources it has `home_of`, and says in `needed` what is to be installed where Java is missing.

fail() {
    printf 'tautwire: %s\n' "$1" >&2
    exit 1
}

# Prints the feature version (17, 25, ...) of the JVM given, from the file beside it rather than by starting it.
java_version() {
    release=$(home_of "$1")/../release
    text=
    if [ -r "$release" ]; then
        text=$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$release")
    fi
    if [ -z "$text" ]; then
        text=$("$1" -version 2>&1 | sed -n 's/^.* version "\([^"]*\)".*$/\1/p')
    fi
    text=${text#1.}
    printf '%s' "${text%%[!0-9]*}"
}

# Sets `java` and `version`.
find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        [ -x "$java" ] || fail "JAVA_HOME=$JAVA_HOME has no bin/java; point it at $needed"
    else
        java=$(command -v java) || fail "no java found; install $needed, or set JAVA_HOME"
    fi
    version=$(java_version "$java")
    [ -n "$version" ] || fail "$java does not run; install $needed, or set JAVA_HOME"
    [ "$version" -ge 17 ] || fail "java=$java is version $version; $needed is needed, set JAVA_HOME to one"
}

# launch JAR ARGUMENT...: becomes the JVM (exec, so that signals arrive). Most flags are in the jar's manifest.
launch() {
    jar=$1
    shift
    terminal=false
    [ ! -t 2 ] || terminal=true
    set -- -Dtautwire.terminal="$terminal" -jar "$jar" "$@"

    # Split into words on purpose, but not matched against file names.
    set -f
    set -- ${TAUTWIRE_OPTS:-} "$@"

    # Later JDKs warn of sun.misc.Unsafe, which Agrona and Netty use; the other flags that are needed are in the manifest.
    [ "$version" -lt 24 ] || set -- --sun-misc-unsafe-memory-access=allow "$@"

    # The heap is small, and this collector starts fastest. Journals lie outside of it, where a JVM allows no more than
    # for the heap: on a machine with little memory, less than a server's journal. Both only where the caller does not
    # decide.
    options="${TAUTWIRE_OPTS:-} ${JDK_JAVA_OPTIONS:-} ${JAVA_TOOL_OPTIONS:-}"
    case $options in *GC*) ;; *) set -- -XX:+UseSerialGC "$@" ;; esac
    case $options in *MaxDirectMemorySize*) ;; *) set -- -XX:MaxDirectMemorySize=4g "$@" ;; esac

    exec "$java" "$@"
}
