# What ./demo, ./test and ./bench share: find or install what they stand on. POSIX sh; to be sourced from the root.
#
#   ensure_environment run|dev   everything below, in order; leaves $python = .venv/bin/python
#   ensure_python                $base_python: a Python 3.11 to 3.13 that can make a virtual environment
#   ensure_system_libraries run|dev
#
# What is missing is installed when it may be (apt as root or with sudo that asks nothing; brew); when it may not,
# one sentence says what to install and the command ends. Nothing is ever asked.

# Compiled modules are kept: without them every start of Python reads two thousand sources again, for four seconds.
unset PYTHONDONTWRITEBYTECODE

UV_PINNED="uv>=0.7,<1"
VENV=.venv

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "$*"
    exit 1
}

# --- the system's packages -------------------------------------------------------------------------------------------

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_apt() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

# install_packages "what it is for" "apt packages" "brew packages"
install_packages() {
    if may_apt; then
        say "Installing $2 ($1)."
        # The lists of a fresh image are empty or old: only then are they fetched.
        if ! apt_install $2 2>/dev/null && ! { as_root apt-get update -qq >&2 && apt_install $2 >&2; }; then
            stop "apt-get could not install $2, needed for $1: install it, then start again."
        fi
    elif command -v brew >/dev/null 2>&1; then
        say "Installing $3 ($1)."
        brew install --quiet $3 >&2 || stop "brew could not install $3, needed for $1: install it, then start again."
    else
        stop "$1 needs packages that cannot be installed from here: apt-get install $2 (Debian, Ubuntu) or brew install $3 (macOS), then start again."
    fi
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# --- Python ----------------------------------------------------------------------------------------------------------

# A version that fits, with what `python -m venv` needs: on Debian ensurepip comes in a package of its own.
is_python() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null
}

can_make_environments() {
    "$1" -c 'import venv, ensurepip' 2>/dev/null
}

find_python() {
    base_python=
    for candidate in "${SOCLE_PYTHON:-}" python3 python3.13 python3.12 python3.11; do
        [ -n "$candidate" ] && is_python "$candidate" || continue
        base_python=$candidate
        can_make_environments "$candidate" && return 0
    done
    return 1
}

ensure_python() {
    find_python && return 0
    install_packages "Python with virtual environments" "python3 python3-venv" "python@3.12"
    find_python && return 0
    # The distribution's default may be another version than the one that fits.
    if [ -n "$base_python" ]; then
        version=$("$base_python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        install_packages "virtual environments for Python $version" "python$version-venv" "python@$version"
        find_python && return 0
    fi
    stop "Socle needs Python 3.11, 3.12 or 3.13 with its venv module: install it, then start again."
}

# --- libraries and programs ------------------------------------------------------------------------------------------

# The libraries WeasyPrint draws PDF with. The same test as WeasyPrint's own: can it be loaded?
has_pango() {
    "$1" - <<'END' 2>/dev/null
import ctypes, sys
NAMES = {
    "linux": ["libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"],
    "darwin": ["libpango-1.0.dylib", "libpangoft2-1.0.dylib", "libharfbuzz-subset.dylib"],
}
FOLDERS = ["", "/opt/homebrew/lib/", "/usr/local/lib/"] if sys.platform == "darwin" else [""]
for name in NAMES.get(sys.platform, NAMES["linux"]):
    for folder in FOLDERS:
        try:
            ctypes.CDLL(folder + name)
            break
        except OSError:
            continue
    else:
        sys.exit(1)
END
}

has_postgresql() {
    command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

has_chromium() {
    command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
        command -v google-chrome >/dev/null 2>&1 || [ -d "/Applications/Chromium.app" ] || [ -d "/Applications/Google Chrome.app" ]
}

ensure_system_libraries() {
    has_pango "${base_python:-$VENV/bin/python}" ||
        install_packages "PDF" "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core" "pango"
    [ "$1" = dev ] || return 0
    has_postgresql || install_packages "the tests on PostgreSQL" "postgresql" "postgresql@17"
    command -v redis-server >/dev/null 2>&1 || install_packages "the tests with Redis" "redis-server" "redis"
    has_chromium || install_packages "the tests in a browser" "chromium" "--cask chromium"
    command -v ps >/dev/null 2>&1 || install_packages "the tests that kill processes" "procps" "coreutils"
}

# --- the locked environment ------------------------------------------------------------------------------------------

# ensure_environment run|dev: `dev` contains `run`, so an environment made for the tests also serves.
# The stamp is a copy of the lock it was made from: comparing two files costs milliseconds.
ensure_environment() {
    lock=requirements/$1.lock
    python=$VENV/bin/python
    if is_current "$1" || { [ "$1" = run ] && is_current dev; }; then
        return 0
    fi
    ensure_python
    ensure_system_libraries "$1"
    say "Preparing the environment ($lock). This happens once."
    make_environment "$lock"
    rm -f "$VENV"/socle-*.lock
    cp "$lock" "$VENV/socle-$1.lock"
}

is_current() {
    [ -x "$VENV/bin/python" ] && cmp -s "requirements/$1.lock" "$VENV/socle-$1.lock" || return 1
    "$VENV/bin/python" -c '' 2>/dev/null
}

make_environment() {
    [ -x "$VENV/bin/python" ] && "$VENV/bin/python" -c '' 2>/dev/null || {
        rm -rf "$VENV"
        "$base_python" -m venv "$VENV" || stop "The environment could not be made in $VENV."
    }
    ensure_uv
    VIRTUAL_ENV="$PWD/$VENV" "$uv" pip sync --quiet --require-hashes "$1" ||
        stop "The packages of $1 could not be installed: is the package registry reachable?"
}

# uv installs in seconds what takes pip a minute. Without one here, it goes to a folder beside the environment's own
# packages, which `uv pip sync` would otherwise remove as not being in the lock.
ensure_uv() {
    uv=$VENV/uv/bin/uv
    if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then
        uv=uv
    elif [ ! -x "$uv" ]; then
        "$base_python" -m venv "$VENV/uv" && "$VENV/uv/bin/pip" install --quiet --disable-pip-version-check "$UV_PINNED" ||
            stop "uv could not be installed: is the package registry reachable?"
    fi
}
