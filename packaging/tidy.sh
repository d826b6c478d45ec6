#!/bin/sh
# clang-tidy over our own sources, quiet unless it finds something. It takes about 10 s
# a file, so a file that passed is not looked at again until it, a header that it
# includes, how it is compiled, the checks or clang-tidy itself are different.
# Usage: tidy.sh [FILE...]   after the preset dev or check was built; all of src if no
# FILE, what was changed last first. With TIDY_UNTIL (seconds since 1970) in the environment
# it begins no further file after that moment, and says how many were left out.
set -eu
cd "$(dirname "$0")/.."

# Configured only, without precompiled headers and one file at a time: each has to include
# what it needs. What moc and uic made is that of the build.
build=build/tidy
passed=${XDG_CACHE_HOME:-$HOME/.cache}/icebreaker-tidy

# command_of FILE: how it is compiled, as a shell command.
command_of() {
    grep -F " -c $PWD/$1\"" $build/compile_commands.json |
        sed 's/^ *"command": "//; s/",$//; s/\\\(.\)/\1/g'
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
        command_of "$1" | sed "s|$PWD||g"
        (cd $build && xargs cat) <"$2"
    } | sha256sum | cut -d ' ' -f 1
}

if [ "${1:-}" = --one ]; then
    parts=$(mktemp)
    trap 'rm -f "$parts"' EXIT
    made_of "$2" >"$parts" || true
    if [ ! -s "$parts" ]; then
        echo "tidy.sh: $2 cannot be read, or is not built on this platform" >&2
        exit 1
    fi
    stamp=$passed/$(fingerprint "$2" "$parts")
    [ ! -e "$stamp" ] || exit 0
    if [ -n "${TIDY_UNTIL:-}" ] && [ "$(date +%s)" -ge "$TIDY_UNTIL" ]; then
        echo "$2" >>$build/tidy.left
        exit 0
    fi
    if ! output=$(clang-tidy -p $build --quiet --header-filter="^$PWD/(src|tests)/" "$2" 2>&1); then
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
sed -i "s|$PWD/$build/|$PWD/${built%.ninja_log}|g" $build/compile_commands.json
find "$passed" -type f -mtime +30 -delete
if [ $# -eq 0 ]; then
    # Their names have no spaces. Another platform's files are not built here.
    # shellcheck disable=SC2046
    set -- $({ git log --format= --name-only -n 200 -- 'src/*.cpp'; git ls-files 'src/*.cpp'; } |
        awk '!seen[$0]++' | xargs ls 2>/dev/null -U | grep -vE '_(windows|other)\.cpp$')
fi
: >$build/tidy.left
status=0
printf '%s\n' "$@" | xargs -P "$(nproc)" -n 1 "$0" --one || status=1
if [ -s $build/tidy.left ]; then
    echo "Time was up: $(wc -l <$build/tidy.left) of $# files were not looked at:"
    cat $build/tidy.left
fi
exit $status
