#!/bin/sh
# clang-tidy over our own sources, quiet unless it finds something. It takes about 10 s
# a file, so a file that passed is not looked at again until it, a header that it
# includes, how it is compiled, the checks or clang-tidy itself are different.
# Usage: tidy.sh [FILE...]   after the dev preset was built; all of src if no FILE, what
# was changed last first. With TIDY_UNTIL (seconds since 1970) in the environment it begins
# no further file after that moment, and says how many were left out.
set -eu
cd "$(dirname "$0")/.."

build=build/dev
# As build/dev compiles, but for the precompiled header, which is gcc's: each file has to
# include what it needs.
commands=build/tidy
passed=${XDG_CACHE_HOME:-$HOME/.cache}/icebreaker-tidy

# made_of FILE: what its object was made of, from ninja's list; the source comes first, by
# its whole path, or from the build folder if ccache made it relative.
made_of() {
    awk -v source="$PWD/$1" -v relative="../../$1" '
        /^[^ ]/ { first = 1 }
        /^ / { if (first) wanted = ($1 == source || $1 == relative); first = 0; if (wanted) print $1 }
        ' $build/tidy.deps
}

# fingerprint FILE: everything that its result depends on, wherever the tree lies.
fingerprint() {
    {
        clang-tidy --version
        cat .clang-tidy tests/.clang-tidy
        grep -F " -c $PWD/$1\"" $commands/compile_commands.json | sed "s|$PWD||g"
        (cd $build && grep -v cmake_pch | xargs cat) <"$2"
    } | sha256sum | cut -d ' ' -f 1
}

if [ "${1:-}" = --one ]; then
    parts=$(mktemp)
    trap 'rm -f "$parts"' EXIT
    made_of "$2" >"$parts"
    if [ ! -s "$parts" ]; then
        echo "tidy.sh: $2 was not built with the dev preset" >&2
        exit 1
    fi
    stamp=$passed/$(fingerprint "$2" "$parts")
    [ ! -e "$stamp" ] || exit 0
    if [ -n "${TIDY_UNTIL:-}" ] && [ "$(date +%s)" -ge "$TIDY_UNTIL" ]; then
        echo "$2" >>$build/tidy.left
        exit 0
    fi
    if ! output=$(clang-tidy -p $commands --quiet --header-filter="^$PWD/(src|tests)/" "$2" 2>&1); then
        echo "$output"
        exit 1
    fi
    : >"$stamp"
    exit 0
fi

mkdir -p "$passed" $commands
sed 's| -Winvalid-pch -include [^ ]*/cmake_pch\.hxx||' $build/compile_commands.json >$commands/compile_commands.json
find "$passed" -type f -mtime +30 -delete
ninja -C $build -t deps >$build/tidy.deps
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
