#!/bin/sh
# clang-tidy over our own sources, quiet unless it finds something. A file takes it about
# 10 s and nearly all of that for Qt's headers, so it looks at the units into which CMake puts
# a dozen files (28 s), and not again at what passed until a file in it, a header that it
# includes, how it is compiled, the checks or clang-tidy itself are different.
# Usage: tidy.sh [FILE...]   after the preset dev or check was built; the units that hold the
# FILEs, or all of src, what was changed last first. With TIDY_UNTIL (seconds since 1970) in the environment
# it begins no further file after that moment, and says how many were left out.
set -eu
cd "$(dirname "$0")/.."

# Configured only, without precompiled headers. What moc and uic made is that of the build.
build=build/tidy
passed=${XDG_CACHE_HOME:-$HOME/.cache}/icebreaker-tidy

# command_of FILE: how it is compiled, as a shell command.
command_of() {
    grep -F " -c $PWD/$1\"" $build/compile_commands.json |
        sed 's/^ *"command": "//; s/",$//; s/\\\(.\)/\1/g'
}

# unit_of FILE: the unit that holds it, or itself.
unit_of() {
    grep -rlF "$PWD/$1\"" $build --include='unity_*_cxx.cxx' || echo "$1"
}

# made_of FILE: the file and every header of ours that it includes, one a line.
made_of() {
    command=$(command_of "$1" | sed 's/ -o [^ ]*/ -MM/')
    (cd $build && eval "$command") |
        tr -s ' \\' '\n\n' | grep -v ':$'
}

# fingerprint FILE PARTS: everything that its result depends on, wherever the tree lies.
fingerprint() {
    {
        clang-tidy --version
        cat .clang-tidy tests/.clang-tidy
        command_of "$1"
        (cd $build && xargs cat) <"$2"
    } | sed "s|$PWD||g" | sha256sum | cut -d ' ' -f 1
}

if [ "${1:-}" = --one ]; then
    if [ -n "${TIDY_UNTIL:-}" ] && [ "$(date +%s)" -ge "$TIDY_UNTIL" ]; then
        echo "$2" >>$build/tidy.left
        exit 0
    fi
    parts=$(mktemp)
    trap 'rm -f "$parts"' EXIT
    made_of "$2" >"$parts" || true
    if [ ! -s "$parts" ]; then
        echo "tidy.sh: $2 cannot be read, or is not built on this platform" >&2
        exit 1
    fi
    stamp=$passed/$(fingerprint "$2" "$parts")
    [ ! -e "$stamp" ] || exit 0
    checks=.clang-tidy
    case $2 in tests/* | $build/tests/*) checks=tests/.clang-tidy ;; esac
    # A unit consists of what this check suspects.
    if ! output=$(clang-tidy -p $build --quiet --config-file=$checks \
        --checks=-bugprone-suspicious-include --header-filter="^$PWD/(src|tests)/" "$2" 2>&1); then
        echo "$output"
        exit 1
    fi
    : >"$stamp"
    exit 0
fi

mkdir -p "$passed"
built=$(ls -t build/dev/.ninja_log build/check/.ninja_log 2>/dev/null | head -n 1)
if [ -z "$built" ]; then
    echo "tidy.sh: build the preset dev or check first" >&2
    exit 1
fi
cmake --preset tidy >/dev/null
sed -i "s|$PWD/$build/\([^ ]*_autogen\)|$PWD/${built%.ninja_log}\1|g" $build/compile_commands.json
find "$passed" -type f -mtime +30 -delete
if [ $# -eq 0 ]; then
    # Their names have no spaces. Another platform's files are not built here.
    # shellcheck disable=SC2046
    set -- $({ git log --format= --name-only -n 200 -- 'src/*.cpp'; git ls-files 'src/*.cpp'; } |
        awk '!seen[$0]++' | xargs ls 2>/dev/null -U | grep -vE '_(windows|other)\.cpp$')
fi
units=$(mktemp)
trap 'rm -f "$units"' EXIT
printf '%s\n' "$@" | while read -r file; do unit_of "$file"; done | awk '!seen[$0]++' >"$units"
: >$build/tidy.left
status=0
xargs <"$units" -P "$(nproc)" -n 1 "$0" --one || status=1
if [ -s $build/tidy.left ]; then
    echo "Time was up: $(wc -l <$build/tidy.left) of $(wc -l <"$units") units were not looked at:"
    xargs grep -hE '^#include ".*\.cpp"' <$build/tidy.left | sed "s|.*$PWD/||; s|\"||" || true
    grep '\.cpp$' $build/tidy.left || true
fi
exit $status
