# shellcheck shell=sh disable=SC2034
# What the scripts share: which Debian packages a task needs, and how they get there.
# Source it; it defines functions and changes nothing.

# To build and to start the window, on a screen or (xvfb) without one.
run_packages='
    build-essential cmake ninja-build pkg-config
    qt6-base-dev qt6-l10n-tools qt6-tools-dev qt6-tools-dev-tools qt6-svg-dev
    libgl-dev libvulkan-dev libxkbcommon-dev
    qtkeychain-qt6-dev libmicrohttpd-dev libexpected-dev nlohmann-json3-dev
    libcsv-dev libphonenumber-dev libquazip1-qt6-dev libqscintilla2-qt6-dev libssl-dev
    libqt6sql6-sqlite libqt6svg6 libsecret-1-0 qt6-translations-l10n qt6-wayland
    ca-certificates fonts-dejavu-core fonts-noto-color-emoji gnome-keyring
    xvfb xauth'

# The tests bring their own bus, keychain, display and certificates.
test_packages="$run_packages
    ccache curl dbus libsecret-tools lld mitmproxy nodejs openssl python3 python3-requests"

# What only checks the code.
ci_packages="$test_packages
    clang clang-format clang-tidy git libclang-rt-dev"

# missing_packages PACKAGE...: those that are not installed, one a line.
missing_packages() {
    for package in "$@"; do
        status=$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null) || status=
        case $status in
        ii*) ;;
        *) echo "$package" ;;
        esac
    done
}

# as_root COMMAND...: asks for a password only where a person can type one.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif ! command -v sudo >/dev/null; then
        echo "Neither root nor sudo. Please run as root: $*" >&2
        exit 2
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

# install_packages PACKAGE...: silent, and without the network, if nothing is missing.
install_packages() {
    if ! command -v apt-get >/dev/null; then
        echo 'This system has no apt-get. Please install what these Debian packages contain,' >&2
        echo 'then build with cmake as the README says:' >&2
        printf '  %s\n' "$@" >&2
        exit 2
    fi
    # One word each: the names have no spaces.
    # shellcheck disable=SC2046
    set -- $(missing_packages "$@")
    [ $# -eq 0 ] && return
    echo "Installing $*"
    as_root apt-get -q update
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y --no-install-recommends -o Dpkg::Use-Pty=0 install "$@" </dev/null
}
