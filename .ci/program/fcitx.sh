#!/usr/bin/env bash
# 编译 fcitx 的 Qt 6 插件，做成一个轮子放在 /opt/wheels：`linux old` 在 Debian 11 的小系统里运行它。
# 统信、麒麟用 fcitx 输入中文，PySide6 只带 ibus 的插件。源码、Qt 6.8 的头文件和工具都是 Debian 13 的，签名由 apt 查；
# Debian 13 的工具用它自己的 C 库运行，编译和连接用小系统的，所以做出来的只要很旧的 glibc。
set -euo pipefail
packages="qt6-base-dev qt6-base-private-dev qt6-base-dev-tools libqt6core6t64 libqt6gui6 libqt6dbus6 libc6 libstdc++6 libgcc-s1
    libatomic1 libb2-1 libcap2 libdbus-1-3 libdouble-conversion3 libglib2.0-0t64 libgomp1 libicu76 libpcre2-8-0 libpcre2-16-0
    libsystemd0 libzstd1 zlib1g"
plugin=PySide6/Qt/plugins/platforminputcontexts/libfcitxplatforminputcontextplugin.so
made=/usr/src/fcitx-wheel
apt-get update
apt-get install -y --no-install-recommends g++ dpkg-dev libxkbcommon-dev x11proto-dev
rm -rf /usr/src/qt /usr/src/fcitx* "$made" /opt/wheels
mkdir -p /usr/src/qt "$made/${plugin%/*}" /opt/wheels

cd /usr/src/qt
# shellcheck disable=SC2086
apt-get download -o APT::Sandbox::User=root $(printf '%s/trixie ' $packages)
for one in *.deb; do dpkg -x "$one" .; done
libraries=$PWD/usr/lib/x86_64-linux-gnu
headers=$PWD/usr/include/x86_64-linux-gnu/qt6
with_qt() { "$libraries/ld-linux-x86-64.so.2" --library-path "$libraries" "/usr/src/qt/usr/lib/qt6/$1" "${@:2}"; }

cd /usr/src
apt-get source --download-only --tar-only -o APT::Sandbox::User=root fcitx-qt5
tar xf fcitx-qt5_*.orig.tar.*
cd fcitx-qt5-*/qt6/platforminputcontext
version=$(basename "${PWD%/qt6/*}")
version=${version#fcitx-qt5-}
for one in InputContext InputContext1 InputMethod InputMethod1; do
    with_qt bin/qdbusxml2cpp -i fcitxqtdbustypes.h -p "${one,,}proxy" "$(readlink -f "org.fcitx.Fcitx.$one.xml")"
done
include=(-I. "-I$headers")
for one in Core Gui DBus; do
    include+=("-I$headers/Qt$one" "-I$(echo "$headers/Qt$one"/6.*)" "-I$(echo "$headers/Qt$one"/6.*)/Qt$one")
done
for one in *.h; do
    ! grep -q Q_OBJECT "$one" || with_qt libexec/moc "${include[@]}" "$one" -o "moc_$one.cpp"
done
printf '%s\n' *.cpp | nice xargs -P "$(nproc)" -I{} g++ -std=c++17 -O2 -fPIC -fvisibility=hidden -DQT_PLUGIN -DQT_NO_DEBUG "${include[@]}" -c {} -o {}.o
g++ -shared -s -o "$made/$plugin" ./*.o -Wl,--as-needed -Wl,--allow-shlib-undefined "$libraries"/libQt6{Gui,DBus,Core}.so.6 -lxkbcommon

told=$made/fcitx_qt6-$version.dist-info
mkdir "$told"
cp ../../COPYING.BSD "$told/COPYING"
printf '%s\n' 'Metadata-Version: 2.1' 'Name: fcitx-qt6' "Version: $version" 'License: BSD-3-Clause' >"$told/METADATA"
printf '%s\n' 'Wheel-Version: 1.0' 'Generator: rectify-tool' 'Root-Is-Purelib: false' 'Tag: py3-none-linux_x86_64' >"$told/WHEEL"
printf '%s,,\n' "$plugin" "${told##*/}"/{COPYING,METADATA,WHEEL,RECORD} >"$told/RECORD"
cd "$made"
python3 -m zipfile -c "/opt/wheels/fcitx_qt6-$version-py3-none-linux_x86_64.whl" ./*
