#!/usr/bin/env bash
# 编译 Python 3.11 和 SQLite，放在 /opt/python：`linux old` 在 Debian 11 的小系统里运行它。
# 源码是 Debian 12 的源码包（带它的安全修补），签名由 apt 查。
# 做出来的只要 glibc 2.28，比小系统自己的 2.31 还低。
set -euo pipefail
cd /usr/src
apt-get update
apt-get install -y --no-install-recommends gcc libc6-dev make autoconf autoconf-archive dpkg-dev pkg-config \
    tcl zlib1g-dev libbz2-dev liblzma-dev libssl-dev libffi-dev libsqlite3-dev libexpat1-dev
rm -rf python3.11* sqlite3* /opt/python /opt/linux
apt-get source -o APT::Sandbox::User=root python3.11 sqlite3/bookworm

# glibc 2.29 起这几个函数多了一个只差 errno 的新版本，2.30 起多了 sem_clockwait：都不要。
cat >/usr/src/older.h <<'END'
__asm__(".symver exp, exp@GLIBC_2.2.5");
__asm__(".symver exp2, exp2@GLIBC_2.2.5");
__asm__(".symver log, log@GLIBC_2.2.5");
__asm__(".symver log2, log2@GLIBC_2.2.5");
__asm__(".symver pow, pow@GLIBC_2.2.5");
END

(
    cd sqlite3-*/
    ./configure --prefix=/opt/python --disable-static --disable-tcl --disable-readline CFLAGS="-O2 -include /usr/src/older.h"
    nice make libsqlite3.la
    mkdir -p /opt/python/lib
    ./libtool --mode=install install libsqlite3.la /opt/python/lib/
)

cd python3.11-*/
autoconf # Debian 的修补改了 configure.ac
echo 'pyexpat pyexpat.c -DPy_BUILD_CORE_MODULE -lexpat' >Modules/Setup.local # 安全修补用了内部的头文件
./configure --prefix=/opt/python --enable-shared --with-system-expat --with-system-ffi --with-ensurepip=no \
    ac_cv_func_sem_clockwait=no CFLAGS="-include /usr/src/older.h -g0 -fno-semantic-interposition" \
    LDFLAGS="-Wl,-rpath,/opt/python/lib -fno-semantic-interposition"
nice make -j"$(nproc)"
nice make install
/opt/python/bin/python3 -c 'import _ctypes, _bz2, _lzma, _sqlite3, _ssl, pyexpat, zlib, _posixshmem, _multiprocessing'
