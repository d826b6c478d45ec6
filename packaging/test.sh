#!/bin/sh
# Builds Icebreaker and runs every test: with a real keychain on a private bus, a real
# window on a virtual display, real sockets on loopback. Usage: test.sh
# The last lines are ctest's summary; the exit status is ctest's.
set -eu
cd "$(dirname "$0")/.."
. packaging/common.sh

# shellcheck disable=SC2086
install_packages $test_packages
cmake --preset check
cmake --build --preset check
ctest --preset check
