#!/bin/sh
# Builds Icebreaker and starts it on the built-in sandbox, where nothing leaves this
# computer. Usage: run.sh [ARGUMENTS OF icebreaker]
# Without a display it drives the same window through a demo on a virtual one.
set -eu
cd "$(dirname "$0")/.."
. packaging/common.sh

# shellcheck disable=SC2086
install_packages $run_packages
cmake --preset release
cmake --build --preset release --target icebreaker
icebreaker=build/release/src/app/icebreaker

if [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; then
    exec "$icebreaker" --sandbox "$@"
fi

screenshot=$PWD/build/demo.png
echo 'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).'
echo 'Starting the same window on a virtual display, to drive itself through a demo:'
rm -f "$screenshot"
runtime=$(mktemp -d)
trap 'rm -rf "$runtime"' EXIT
status=0
XDG_RUNTIME_DIR="$runtime" xvfb-run --auto-servernum --server-args='-screen 0 1600x1000x24' \
    "$icebreaker" --sandbox --demo --screenshot "$screenshot" "$@" </dev/null || status=$?
if [ $status -eq 0 ] && [ ! -s "$screenshot" ]; then
    echo 'The demo left no screenshot.' >&2
    status=1
fi
if [ $status -eq 0 ]; then
    echo "The demo went as it must. Its screenshot: $screenshot"
else
    echo "The demo failed (exit status $status)." >&2
fi
exit $status
