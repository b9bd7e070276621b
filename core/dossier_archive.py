"""What lies in the archive of a submission: every file under a name of our own, and the list of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from core.dossier_submission import ADDED, FileThen, Then
from core.dossiers import PaperKind
from core.evidence import FileKind
from core.filenames import dashed

#: Bytes in one part: what platforms hand over in one piece, with room to spare.
PART_BYTES = 48 * 1024 * 1024
CONTENT, MANIFEST, LIST, SUMS = "ho-so.json", "manifest.json", "danh-muc.txt", "SHA256SUMS"
_FOLDERS = {
    PaperKind.REQUEST: "01-to-trinh",
    PaperKind.MINUTES: "02-bien-ban-hop",
    PaperKind.REPORT: "03-bao-cao-thanh-tich",
    PaperKind.LIST: "04-danh-sach",
    PaperKind.EVIDENCE: "05-danh-muc-minh-chung",
    PaperKind.OTHER: "06-giay-to-khac",
}
_PROOFS, _ADDED, _SIGNED = "07-minh-chung", "08-bo-sung", "09-tu-danh-gia"
#: What was signed lies there word for word, as the JSON its digest is of.
JSON = "application/json"
_NAME = 40


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: `path` in it, and the bytes by their SHA-256."""

    path: str
    of: FileThen


def members(held: Then, signed: Sequence[FileThen] = ()) -> tuple[Member, ...]:
    """Every file, in the order of the dossier, then the `signed` self-assessments.

    Paths are short ASCII, made from places, codes and the folded names of nominees.
    """
    found: list[Member] = []
    order = list(_FOLDERS)
    papers = sorted(held.papers, key=lambda one: (order.index(PaperKind(one.kind)), one.of))
    counted: dict[str, int] = {}
    for one in papers:
        folder = _FOLDERS[PaperKind(one.kind)]
        counted[folder] = counted.get(folder, 0) + 1
        found.append(Member(f"{folder}/{counted[folder]:02d}-{_who(held, one.of)}{_ending(one)}", one))
    proofs: dict[str, Member] = {}
    for one in held.evidence:
        folder = _ADDED if one.kind == ADDED else _PROOFS
        path = f"{folder}/{_who(held, one.of)}/{_code(one.code)}{_ending(one)}"
        proofs.setdefault(path, Member(path, one))  # A file may answer several items.
    of_signed = [
        Member(f"{_SIGNED}/{_who(held, one.of)}-{_code(one.code)}{_ending(one)}", one) for one in signed
    ]
    return (*found, *proofs.values(), *of_signed)


def manifest(held: Then, files: Sequence[tuple[Member, int, int]], digest: str) -> str:
    """The list for machines: each file with its part and size, its SHA-256 and that of what was uploaded."""
    listed = [
        {
            "path": member.path,
            "part": part,
            "size": size,
            "sha256": member.of.sha256,
            "uploaded_sha256": member.of.original,
            "code": member.of.code,
            "name": member.of.name,
            "nominee": member.of.of,
        }
        for member, part, size in files
    ]
    whole = {"receipt": held.receipt, "content_sha256": digest, "files": listed}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def sums(files: Sequence[tuple[str, str]]) -> str:
    """SHA-256 and path of each file, as `sha256sum -c` reads them."""
    return "".join(f"{sha256}  {path}\n" for path, sha256 in files)


def _who(held: Then, place: int) -> str:
    """«01-tran-thi-lan»: the place in the list, which is unlike any other, and the name to read."""
    if not place:
        return "chung"
    name = dashed(held.names[place - 1], _NAME)
    return f"{place:02d}-{name}" if name else f"{place:02d}"


def _code(code: str) -> str:
    return "".join(one for one in code if one.isascii() and (one.isalnum() or one == "-"))


def _ending(one: FileThen) -> str:
    """By what kind of file it is, never by what somebody called it."""
    if one.mime == JSON:
        return ".json"
    kind = next((kind for kind in FileKind if kind.mime == one.mime), None)
    return kind.suffix if kind is not None else ".bin"
