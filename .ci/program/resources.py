"""资源 — what a Windows program tells of itself: version, manifest, icon; the same icon as a picture for Linux."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

NAME = "整改督查工具"

MANIFEST = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <assemblyIdentity type="win32" name="rectify-tool" version="{version}" processorArchitecture="amd64"/>
  <description>整改督查工具</description>
  <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3"><security><requestedPrivileges>
    <requestedExecutionLevel level="asInvoker" uiAccess="false"/>
  </requestedPrivileges></security></trustInfo>
  <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1"><application>
    <supportedOS Id="{{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}}"/>
  </application></compatibility>
  <application xmlns="urn:schemas-microsoft-com:asm.v3"><windowsSettings>
    <dpiAware xmlns="http://schemas.microsoft.com/SMI/2005/WindowsSettings">true/pm</dpiAware>
    <dpiAwareness xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">PerMonitorV2, PerMonitor</dpiAwareness>
    <longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
    <activeCodePage xmlns="http://schemas.microsoft.com/SMI/2019/WindowsSettings">UTF-8</activeCodePage>
  </windowsSettings></application>
  <dependency><dependentAssembly>
    <assemblyIdentity type="win32" name="Microsoft.Windows.Common-Controls" version="6.0.0.0"
      processorArchitecture="*" publicKeyToken="6595b64144ccf1df" language="*"/>
  </dependentAssembly></dependency>
</assembly>
"""
"""Windows 10 and later, no more rights than whoever starts it has, sharp letters, paths longer than 260, UTF-8."""


def manifest(version: str) -> str:
    """清单 — of both programs."""
    return MANIFEST.format(version=".".join(map(str, four(version))))


def version_resource(version: str, file: str, description: str) -> Any:
    """版本资源 — what 属性 › 详细信息 shows, in Chinese; a PyInstaller value, of use on Windows only."""
    from PyInstaller.utils.win32.versioninfo import (
        FixedFileInfo,
        StringFileInfo,
        StringStruct,
        StringTable,
        VarFileInfo,
        VarStruct,
        VSVersionInfo,
    )

    told = {
        "CompanyName": "rectify-tool",
        "FileDescription": description,
        "FileVersion": version,
        "InternalName": file.removesuffix(".exe"),
        "LegalCopyright": "MIT 许可，见“许可”文件夹",
        "OriginalFilename": file,
        "ProductName": NAME,
        "ProductVersion": version,
    }
    lines = [StringStruct(key, text) for key, text in told.items()]
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=four(version), prodvers=four(version)),
        kids=[
            StringFileInfo([StringTable("080404b0", lines)]),
            VarFileInfo([VarStruct("Translation", [0x0804, 1200])]),
        ],
    )


def four(version: str) -> tuple[int, ...]:
    """四段版本号 — as Windows counts; only plain numbers will do."""
    parts = [int(part) for part in version.split(".")]
    return tuple(parts + [0] * (4 - len(parts)))


def write_icons(ico: Path, png: Path) -> None:
    """图标 — drawn by the program's own code: an .ico of all its sizes, and its largest picture."""
    from rectify_tool.desktop.icon import SIZES, picture

    pictures = {size: _png(picture(size)) for size in SIZES}
    ico.write_bytes(_ico(pictures))
    png.write_bytes(pictures[max(SIZES)])


def _png(drawn: Any) -> bytes:
    """What a QImage is as a file; no screen is needed for that."""
    from PySide6.QtCore import QBuffer, QIODevice

    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    drawn.save(held, "PNG")
    return bytes(held.data().data())


def _ico(pictures: dict[int, bytes]) -> bytes:
    """The file's table, one line of 16 bytes a picture (256 is written as 0), then the pictures as they are."""
    lines, bodies, at = b"", b"", 6 + 16 * len(pictures)
    for size, picture in pictures.items():
        lines += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at)
        bodies += picture
        at += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + lines + bodies
