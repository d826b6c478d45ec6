#!/bin/sh
# The dependency rule, where the linker cannot see it: all layers share one include root.
# Usage: layers.sh SOURCE_DIR. Prints the offending lines and fails if there are any.
set -eu
cd "$1"
bad=0

# offends LAYER PATTERN: complains about the lines of src/LAYER that match PATTERN.
offends() {
    if [ -d "src/$1" ] && grep -rnE --include='*.h' --include='*.cpp' "$2" "src/$1"; then
        echo "^ not allowed in src/$1" >&2
        bad=1
    fi
}

# allow LAYER OTHER...: LAYER may include itself and OTHER... and no other layer.
layers='core|net|listen|store|secrets|phone|interop|words|editor|batch|share|send|receive|guide|ui|cli|app'
allow() {
    layer=$1
    others=$(echo "$layers" | tr '|' '\n' | grep -vxE "$(echo "$@" | tr ' ' '|')" | paste -sd '|')
    offends "$layer" "#[[:space:]]*include[[:space:]]*[\"<](\.\./)*($others)/"
}

allow core
for layer in net listen store secrets phone interop words; do
    allow $layer core
done
allow editor core words
allow send core net store
allow batch core store phone interop
allow share core interop secrets store words
allow receive core net listen store secrets
allow guide core store
allow ui core net listen store secrets phone interop words editor batch share receive guide
allow cli core net listen store secrets phone interop words batch share send receive
allow app core net listen store secrets phone interop words editor batch share send receive guide ui

# No relative way around the rule, and no widgets or windows below editor, guide and ui.
for layer in $(echo "$layers" | tr '|' ' '); do
    offends "$layer" '#[[:space:]]*include[[:space:]]*"\.\./'
    case $layer in
    editor | guide | ui | app) ;;
    *)
        offends "$layer" '#[[:space:]]*include[[:space:]]*[<"](QtWidgets|QtGui)'
        # The headers of both modules begin with no common word; their folders tell.
        for header in $(grep -rhoE '#[[:space:]]*include[[:space:]]*<Q[A-Za-z]+>' "src/$layer" 2>/dev/null |
            sed 's/.*<\(.*\)>/\1/' | sort -u); do
            for module in QtWidgets QtGui; do
                if [ -e "${QT_HEADERS:-/nonexistent}/$module/$header" ]; then
                    offends "$layer" "<$header>"
                fi
            done
        done
        ;;
    esac
done

# One namespace for all layers: two classes with one name are one class to the linker,
# and which one it takes is anybody's guess.
twice=$(grep -rhE '^(class|struct) [A-Za-z]+' src --include='*.h' | grep -v ';' |
    sed -E 's/^(class|struct) ([A-Za-z]+).*/\2/' | sort | uniq -d)
if [ -n "$twice" ]; then
    echo "Defined in two headers: $twice"
    bad=1
fi
exit $bad
