"""Every hostile file: what it is called, what it contains, why it must be refused."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from core.evidence import RefusedFile
from tests.bot import hostile_archives, hostile_images, hostile_office, hostile_pdfs

Case = tuple[str, bytes, RefusedFile]
PROGRAM = b"MZ\x90\0" + bytes(256)
TOO_LONG = 20 * 1024 * 1024 + 1


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file as somebody sends it, and the verdict it deserves."""

    what: str
    name: str
    data: bytes
    reason: RefusedFile


def named(cases: Callable[[], Iterable[Case]], suffix: str) -> Iterator[Hostile]:
    """Cases of one kind, each under a plain name."""
    for what, data, reason in cases():
        yield Hostile(what, f"Minh chứng{suffix}", data, reason)


def misnamed() -> Iterator[Hostile]:
    """Files whose name alone is enough."""
    good = hostile_images.picture("JPEG")
    names = {
        RefusedFile.TYPE_NOT_ALLOWED: (
            *("virus.exe", "ảnh.jpg.exe", "chạy.bat", "macro.js", "trang.html", "hình.svg", "phím.lnk"),
            *(
                "phim.mp4",
                "động.gif",
                "ảnh.bmp",
                "quét.tiff",
                "không đuôi",
                "../../etc/passwd",
                "a.pdf\0.exe",
            ),
            *("anh\u202egpj.exe", "ảnh.jpg\u200b.scr", "C:\\Windows\\cmd.com", "jpg", ".jpg", ""),
        ),
        RefusedFile.LOOSE_ARCHIVE: ("hồ sơ.zip", "hồ sơ.RAR", "hồ sơ.7z"),
        RefusedFile.OLD_OFFICE: ("báo cáo.doc", "tổng hợp.XLS", "trình chiếu.ppt", "thư.rtf"),
        RefusedFile.MACRO: ("mẫu.docm", "mẫu.dotm", "bảng.xlsm", "bảng.xlsb"),
    }
    for reason, spelt in names.items():
        for name in spelt:
            yield Hostile(f"called {name!r}", name, good, reason)
    for name in ("virus.exe", "ảnh.jpg", "báo cáo.docx"):
        yield Hostile(f"nothing called {name}", name, b"", RefusedFile.EMPTY)
    for name in ("ảnh.jpg", "quét.pdf", "báo cáo.docx"):
        yield Hostile(f"one byte too many, {name}", name, bytes(TOO_LONG), RefusedFile.TOO_BIG)
    yield Hostile("program called .pdf", "gia\u202efdp.pdf", PROGRAM, RefusedFile.TYPE_MISMATCH)


GROUPS: dict[str, Callable[[], Iterator[Hostile]]] = {
    "names": misnamed,
    "jpeg": lambda: named(hostile_images.jpeg_cases, ".jpg"),
    "png": lambda: named(hostile_images.png_cases, ".png"),
    "webp": lambda: named(hostile_images.webp_cases, ".webp"),
    "pdf": lambda: named(hostile_pdfs.cases, ".pdf"),
    "containers": lambda: named(hostile_archives.cases, ".docx"),
    "word": lambda: named(hostile_office.cases, ".docx"),
    "excel": lambda: named(hostile_office.excel_cases, ".xlsx"),
}
