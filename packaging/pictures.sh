#!/bin/sh
# Makes the pictures of the manual again, from the real window on a virtual display.
# Usage: pictures.sh [FOLDER [dark]]; without a folder those in resources/manual.
# Needs the dev preset's packages and imagemagick, which makes the files small.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-$PWD/resources/manual}
mkdir -p "$folder"
cmake --preset dev >/dev/null
cmake --build --preset dev --target makepictures
runtime=$(mktemp -d)
trap 'rm -rf "$runtime"' EXIT
chmod 700 "$runtime"
XDG_RUNTIME_DIR="$runtime" LC_ALL=C.UTF-8 xvfb-run --auto-servernum \
    --server-args='-screen 0 1600x1000x24' tests/with-keyring.sh --display \
    build/dev/tests/makepictures "$folder" ${2:+"$2"}
for name in window form log explain palette inbox batch; do
    convert "$folder/$name.png" -strip +dither -colors 128 -define png:compression-level=9 "PNG8:$folder/$name.png"
done
