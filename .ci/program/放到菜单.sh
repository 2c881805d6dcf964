#!/bin/sh
# 把整改督查工具放进开始菜单和桌面：写明它现在在哪个文件夹。挪了位置以后再运行一次；加“去掉”两个字，就从菜单和桌面上拿走。
set -eu
case ${1:-} in
'' | 去掉) ;;
*) echo "只认“去掉”两个字；什么也不写，就放进菜单和桌面。" >&2; exit 2 ;;
esac
[ -n "${HOME:-}" ] || { echo "不知道您的个人文件夹在哪里（HOME 没有设定），请用自己的账号登录以后再运行。" >&2; exit 1; }
here=$(cd "$(dirname "$0")" && pwd)
name=整改督查工具.desktop
menu=${XDG_DATA_HOME:-$HOME/.local/share}/applications
desktop=$(xdg-user-dir DESKTOP 2>/dev/null || echo "$HOME/Desktop")
[ -d "$desktop" ] && [ "$desktop" != "$HOME" ] || desktop=

if [ "${1:-}" = 去掉 ]; then
    rm -f "$menu/$name" ${desktop:+"$desktop/$name"}
    echo "已从菜单和桌面上拿走。程序和各人的文件没有动；不用了，把这个文件夹删掉即可。"
    exit
fi

case $here in
*[\"\\\`\$%]* | *"
"*) echo "文件夹的名称里有 \" \\ \` \$ % 或者换行，菜单认不得：$here。请换一个文件夹再运行一次。" >&2; exit 1 ;;
esac
mkdir -p "$menu"
while IFS= read -r line; do
    case $line in
    Exec=*) printf 'Exec="%s/整改督查工具" %%F\n' "$here" ;;
    TryExec=*) printf 'TryExec=%s/整改督查工具\n' "$here" ;;
    Icon=*) printf 'Icon=%s/整改督查工具.png\n' "$here" ;;
    *) printf '%s\n' "$line" ;;
    esac
done <"$here/_internal/$name" >"$menu/.$name.new"
mv "$menu/.$name.new" "$menu/$name"
chmod +x "$menu/$name"
if [ -n "$desktop" ]; then
    cp "$menu/$name" "$desktop/$name"
    chmod +x "$desktop/$name"
fi
echo "已放进开始菜单${desktop:+和桌面}：整改督查工具。"
