#!/usr/bin/env bash
# Makes an AppImage: one file that runs on other distributions, with its own LibTorch, Qt and
# whatever else the programs link. Wants a built tree, and from Debian: patchelf squashfs-tools file.
# usage:
#
#   packaging/appimage.sh [BUILD]      (build/release where none is given)
#
# writes BUILD/appimage/Circuitloom.AppDir, the folder with everything, and, where there is a runtime
# to put in front of it, BUILD/appimage/Circuitloom-VERSION-ARCHITECTURE.AppImage. The runtime is the
# file named in APPIMAGE_RUNTIME, which the AppImage project publishes as runtime-ARCHITECTURE of
# type2-runtime; it is not downloaded. The folder runs without it: Circuitloom.AppDir/AppRun.
set -euo pipefail

top=$(dirname "$(dirname "$(realpath "${BASH_SOURCE[0]}")")")
build=$(realpath "${1:-$top/build/release}")
folder=$build/appimage
dir=$folder/Circuitloom.AppDir

say() { printf 'appimage: %s\n' "$*"; }
give_up() { say "$*" >&2; exit 1; }

for tool in patchelf mksquashfs ldd file; do
    command -v "$tool" >/dev/null || give_up "$tool is missing; apt-get install patchelf squashfs-tools file"
done
[ -x "$build/bin/circuitloom" ] || give_up "$build has no bin/circuitloom; build it first"

# What every desktop has in a version of its own that must be the one in use: the C and C++
# libraries, the drivers of the card, X11's and Wayland's ends, fonts. The names are those of the
# AppImage project's list of libraries to leave out.
from_system='^(ld-linux-.*|lib(c|m|dl|rt|pthread|resolv|util|anl|nsl|BrokenLocale|thread_db|mvec|stdc\+\+|gcc_s)|lib(GL|EGL|GLX|GLdispatch|drm|gbm|glapi)|lib(X11|X11-xcb|xcb|wayland-client|xcb-dri2|xcb-dri3|ICE|SM)|lib(fontconfig|freetype|harfbuzz|fribidi|expat|z))\.so(\..*)?$'

rm -rf "$folder"
mkdir -p "$folder"
say "installing into $dir"
DESTDIR='' cmake --install "$build" --prefix "$dir/usr" --strip >"$folder/install.log" \
    || { tail "$folder/install.log"; give_up "cmake --install failed"; }

libraries=$dir/usr/lib
plugins=$libraries/qt6/plugins
qmake=$(command -v qmake6 || command -v qmake) || give_up "qmake6 is missing, which says where Qt's plugins are"
qt_plugins=$("$qmake" -query QT_INSTALL_PLUGINS)
mkdir -p "$plugins"
for kind in platforms xcbglintegrations imageformats iconengines platforminputcontexts \
    wayland-shell-integration wayland-graphics-integration-client wayland-decoration-client; do
    [ ! -d "$qt_plugins/$kind" ] || cp -r "$qt_plugins/$kind" "$plugins/"
done
# Screens without a desktop; they pull in what no window needs.
find "$plugins/platforms" -name '*.so' ! -name 'libqxcb.so' ! -name 'libqoffscreen.so' \
    ! -name 'libqwayland*' -delete
printf '[Paths]\nPrefix = ..\nPlugins = lib/qt6/plugins\n' >"$dir/usr/bin/qt.conf"

# Graphviz opens its engines by name, from the folder that GVBINDIR names.
graphviz=$(dirname "$(ldd "$build/bin/circuitloom" | awk '/libgvc/ { print $3 }')")/graphviz
mkdir -p "$libraries/graphviz"
cp -L "$graphviz"/libgvplugin_dot_layout.so.? "$libraries/graphviz/"
for list in "$graphviz"/config*; do
    sed -n '/^libgvplugin_dot_layout/,/^}/p' "$list" >"$libraries/graphviz/$(basename "$list")"
done

objects() {
    find "$dir/usr" -type f \( -name '*.so' -o -name '*.so.*' -o -perm -u+x \) -print0 \
        | xargs -0 file --no-pad | sed -n 's/: *ELF .*//p'
}

say "copying the libraries that they link"
objects | while read -r object; do ldd "$object"; done \
    | awk '$2 == "=>" && $3 ~ /^\// { print $1, $3 }' | sort -u >"$folder/libraries.txt"
if ldd "$build/bin/circuitloom" "$build"/bin/*.so | grep "not found"; then
    give_up "a library is missing"
fi
while read -r name path; do
    [[ $name =~ $from_system ]] || [ -e "$libraries/$name" ] || cp -L "$path" "$libraries/$name"
done <"$folder/libraries.txt"

# Each finds its neighbours from where it lies, whatever LD_LIBRARY_PATH says; programs that the
# application starts, such as the user's ssh, see nothing of it.
objects | while read -r object; do
    patchelf --force-rpath --set-rpath \
        "\$ORIGIN/$(realpath --relative-to "$(dirname "$object")" "$libraries")" "$object"
done

cat >"$dir/AppRun" <<'RUN'
#!/bin/sh
# The window; as "circuitloom-cli" in the first place, or by a link of that name, the command line.
here=$(dirname "$(readlink -f "$0")")
export GVBINDIR="$here/usr/lib/graphviz"
program=circuitloom
case "$(basename "${ARGV0:-$0}")" in circuitloom-cli*) program=circuitloom-cli ;; esac
if [ "${1:-}" = circuitloom-cli ]; then
    program=circuitloom-cli
    shift
fi
exec "$here/usr/bin/$program" "$@"
RUN
chmod 755 "$dir/AppRun"
ln -sf usr/share/applications/circuitloom.desktop "$dir/circuitloom.desktop"
ln -sf usr/share/icons/hicolor/scalable/apps/circuitloom.svg "$dir/circuitloom.svg"
ln -sf circuitloom.svg "$dir/.DirIcon"

version=$("$dir/AppRun" circuitloom-cli --version)
glibc=$(objects | xargs objdump -T 2>/dev/null | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -n 1)
cxx=$(objects | xargs objdump -T 2>/dev/null | grep -o 'GLIBCXX_[0-9.]*' | sort -uV | tail -n 1)
say "$(du -sh "$dir" | cut -f 1) in $(find "$libraries" -name '*.so*' | wc -l) libraries; wants $glibc and $cxx"

if [ -z "${APPIMAGE_RUNTIME:-}" ]; then
    say "APPIMAGE_RUNTIME is not set: no AppImage, only $dir"
    exit 0
fi
[ -r "$APPIMAGE_RUNTIME" ] || give_up "APPIMAGE_RUNTIME is $APPIMAGE_RUNTIME, which cannot be read"
image=$folder/Circuitloom-$version-$(uname -m).AppImage
# Older runtimes read what gzip packed, and nothing newer.
compression=gzip
! grep -q zstd "$APPIMAGE_RUNTIME" || compression=zstd
mksquashfs "$dir" "$folder/root.squashfs" -root-owned -noappend -comp $compression -quiet -no-progress
cat "$APPIMAGE_RUNTIME" "$folder/root.squashfs" >"$image"
chmod 755 "$image"
rm "$folder/root.squashfs"
say "$image, $(stat --format %s "$image" | numfmt --to=iec)B"
