"""Printing a letter: the Word file set as PDF, with fonts that may be handed out, said to be a preview where they stand in."""

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from engine.documents.setting import source_of
from engine.documents.word import Word

if TYPE_CHECKING:
    import typst

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
REAL = {
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S", "方正小标宋简体"),
    "仿宋_GB2312": ("FangSong_GB2312", "仿宋_GB2312", "FangSong"),
    "仿宋": ("FangSong", "FangSong_GB2312"),
    "楷体_GB2312": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi"),
    "黑体": ("SimHei", "黑体"),
    "宋体": ("SimSun", "宋体"),
}
PIXELS = 110.0
STANDS_IN = {"黑体": SANS}
PREVIEW = "预览：字体为替代字体，格式以Word文件为准"


def printed(content: bytes, fonts: Path | None, at: datetime) -> bytes:
    """Set a Word file as PDF; *fonts* is a folder with the fonts the offices use, where there is one."""
    compiler, source = _source(content, fonts)
    made = compiler.compile(input=source, format="pdf", timestamp=at.astimezone(UTC).replace(microsecond=0))
    assert isinstance(made, bytes)
    return made


def pictures(content: bytes, fonts: Path | None) -> list[bytes]:
    """Set a Word file as pictures of its pages."""
    compiler, source = _source(content, fonts)
    made = compiler.compile(input=source, format="png", ppi=PIXELS)
    return [made] if isinstance(made, bytes) else list(made or ())


def _source(content: bytes, fonts: Path | None) -> tuple["typst.Compiler", bytes]:
    compiler, families = _compiler(fonts)

    def family(name: str) -> tuple[tuple[str, ...], bool]:
        real = tuple(known for known in REAL.get(name, (name,)) if known in families)
        return (*real, STANDS_IN.get(name, SERIF)), bool(real)

    return compiler, source_of(Word(content), family, PREVIEW).encode()


@lru_cache(maxsize=4)
def _compiler(fonts: Path | None) -> tuple["typst.Compiler", frozenset[str]]:
    import pylopdf_fonts_zh_cn as free
    import typst

    folders = [str(free.serif_path().parent), *([str(fonts)] if fonts else [])]
    known = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    return typst.Compiler(font_paths=known), frozenset(known.families())
