#!/bin/sh
# Usage: nogui.sh PROGRAM. Fails, and says why, if PROGRAM needs a library for windows.
set -eu
needed=$(ldd "$1")
echo "$needed" | grep -q libQt6Core || {
    echo "ldd says nothing about $1" >&2
    exit 1
}
if echo "$needed" | grep -E 'Qt6(Gui|Widgets|OpenGL|Svg|PrintSupport)|libxcb|libX11|libwayland|lib(E?GL|GLX)\b'; then
    echo "^ $1 has to run where there is no display" >&2
    exit 1
fi
