# What this machine has: sourced by run, test and bench. Everything missing is said in one sentence with its remedy.

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# By the file that every JDK brings: to start one costs a tenth of a second.
is_java_25() {
  [ -x "$1/bin/javac" ] && grep -qs '^JAVA_VERSION="25[."]' "$1/release"
}

# Sets JAVA_HOME to a JDK 25.
require_java() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25*; do
    if [ -n "$home" ] && is_java_25 "$home"; then
      export JAVA_HOME=$home
      return
    fi
  done
  fail "Colonnade needs a JDK 25: install one, for example Temurin (apt-get install temurin-25-jdk), or set JAVA_HOME to it."
}

require_maven() {
  command -v mvn >/dev/null || fail "Colonnade is built with Maven 3.8 or later: apt-get install maven"
  # Maven's own libraries do what a JDK 25 warns about, and it ends before faster code would pay.
  export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${MAVEN_OPTS:-}"
}

# The embedded PostgreSQL refuses to run as root, so root starts it in a user namespace of its own.
require_user_namespaces() {
  [ "$(id -u)" != 0 ] || unshare -U true 2>/dev/null ||
    fail "User namespaces are switched off, so root cannot start the embedded PostgreSQL: sysctl -w kernel.unprivileged_userns_clone=1, or start as another user, or set COLONNADE_DATABASE_URL to a server of your own."
}

# install_packages NAME...: installs the Debian packages that are not there yet.
install_packages() {
  local missing=() name sudo=
  for name in "$@"; do
    dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || sudo=sudo
  printf 'Installing %s\n' "${missing[*]}"
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
