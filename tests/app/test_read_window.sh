#!/usr/bin/env bash
# test_read_window.sh PROGRAM SAMPLE: starts the window on a display and a message bus of its own, and
# reads it through AT-SPI as a screen reader would (read_window.py). 77, with the reason, where this
# machine has not what it takes.
set -euo pipefail
program=$1 sample=$2
skip() { echo "test_read_window: skipped: $*"; exit 77; }

for needed in Xvfb dbus-run-session; do
    command -v "$needed" >/dev/null || skip "there is no $needed"
done
# Debian's own Python: the bindings are no package of others.
python=/usr/bin/python3
[ -x "$python" ] || skip "there is no $python"
"$python" -c 'import gi; gi.require_version("Atspi", "2.0"); from gi.repository import Atspi' \
    2>/dev/null || skip "Python has no AT-SPI (python3-gi, gir1.2-atspi-2.0)"
[ -e /usr/share/dbus-1/services/org.a11y.Bus.service ] || skip "there is no at-spi2-core"
qt=$(ldd "$program" | awk '/libQt6Gui/ { print $3 }')
grep -q 'org.a11y.atspi' "$qt" || skip "$qt was built without AT-SPI"
[ -n "$(find "${qt%/*}/qt6/plugins/platforms" "${qt%/*}/plugins/platforms" -name 'libqxcb*' \
    2>/dev/null)" ] || skip "Qt has no plugin for X11 beside $qt"

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
cp "$sample" "$home/sample.loom"
chmod u+w "$home/sample.loom"
unset DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY XDG_RUNTIME_DIR
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache
export LANGUAGE=en LC_ALL=C.UTF-8 QT_QPA_PLATFORM=xcb QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1
export LIBGL_ALWAYS_SOFTWARE=1
bash "${0%/*}/../support/with_display.sh" dbus-run-session -- \
    "$python" "${0%/*}/read_window.py" "$program" "$home/sample.loom"
