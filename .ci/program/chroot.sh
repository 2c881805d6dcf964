# 小系统（chroot）：引用它的先定好 root=放在哪里；own=() 里是要带进去的环境变量。
own=()

cannot() { echo "做不了：$*" >&2; exit 3; }

need_chroot() {
    [ "$(id -u)" = 0 ] || cannot "要 root 才能建立小系统（chroot）。"
    [ "$(dpkg --print-architecture 2>/dev/null)" = amd64 ] || cannot "要 64 位 x86 的 Debian。"
    unshare -m true 2>/dev/null || cannot "这里不许挂载，建不了小系统（chroot）。"
}

# 这台机器自己用的软件源：source_of Debian 是主源，source_of Debian-Security 是安全更新；没有就是空的。
source_of() {
    apt-get indextargets 'Created-By: Packages' 'Origin: Debian' "Label: $1" 'Component: main' --format '$(REPO_URI)' | head -1
}

# 建一个刚装好的小系统：fresh_root 代号。
fresh_root() {
    local mirror
    mirror=$(source_of Debian)
    command -v debootstrap >/dev/null || { apt-get update && apt-get install -y --no-install-recommends debootstrap; }
    rm -rf "$root"
    mkdir -p "$root"
    debootstrap --force-check-gpg --variant=minbase --include=ca-certificates "$1" "$root" ${mirror:+"$mirror"}
    cp /etc/resolv.conf "$root/etc/resolv.conf"
}

# 小系统是不是照 make_root 现在的写法建好了的；建好了就记下。
made_as() { declare -f make_root | sha256sum; }
is_ready() { [ "$(cat "$root/ready" 2>/dev/null)" = "$(made_as)" ]; }

# 在小系统里运行，检出的文件夹在 /project。挂载只在这一个命令里看得见，它结束就没有了，主系统什么也不变。
inside() {
    unshare -m --propagation private bash -euc '
        root=$1 project=$2; shift 2
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mkdir -p "$root/project" "$root/tmp/.X11-unix"
        mount --bind "$project" "$root/project"
        [ ! -d /tmp/.X11-unix ] || mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
        exec chroot "$root" /usr/bin/env -i -C /project PATH=/opt/python/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
            DISPLAY="${DISPLAY:-}" DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1 \
            SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-1700000000}" PYTHONHASHSEED=1 "$@"
    ' inside "$root" "$PWD" "${own[@]}" "$@" 9>&- # wineserver 留下来的时候，锁（windows 的 9）不跟着它留下来
}
