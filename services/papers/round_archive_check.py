"""Whether an archive of a round is whole: nothing missing, nothing changed, nothing added."""

import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from zlib import error as ZlibError  # noqa: N812 - it is one

from core.dossier_archive import SUMS, sums
from core.round_archive import FORMAT, MANIFEST, Listed
from core.texts.round_archive import Fault

_CHUNK = 1024 * 1024
_LARGEST_LIST = 256 * 1024 * 1024
_UNREADABLE = (
    zipfile.BadZipFile,
    ZlibError,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
#: What a ZIP holds besides names and bytes of what is stored in it: of each file twice a head, and an end.
_HEADS, _END = 30 + 46, 22


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault, and what has it."""

    fault: Fault
    what: str


@dataclass
class Looked:
    """What looking at an archive came to: of which round it is, and the SHA-256 of each part."""

    label: str = ""
    files: int = 0
    parts: list[tuple[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Manifest:
    label: str
    parts: int
    files: tuple[Listed, ...]
    digest: str


def check(paths: Sequence[Path]) -> Looked:
    """Look at every file of these parts."""
    looked = Looked()
    opened: dict[Path, zipfile.ZipFile] = {}
    try:
        for path in paths:
            looked.findings += _open(path, opened)
        held = {path: _numbers(archive) for path, archive in opened.items()}
        for path in [path for path, numbers in held.items() if len(numbers) != 1]:
            looked.findings.append(Finding(Fault.NOT_AN_ARCHIVE, path.name))
            del held[path]
        if held:
            looked.findings += _parts(looked, {path: one[0] for path, one in held.items()}, opened)
        elif not looked.findings:
            looked.findings.append(Finding(Fault.LAST_PART, ""))
        looked.parts = [(path.name, _digest(path)) for path in opened]
    finally:
        for archive in opened.values():
            archive.close()
    return looked


def _open(path: Path, opened: dict[Path, zipfile.ZipFile]) -> Iterator[Finding]:
    try:
        opened[path] = zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        yield Finding(Fault.NOT_AN_ARCHIVE, path.name)
    except OSError:
        yield Finding(Fault.NO_FILE, path.name)
    except _UNREADABLE:
        yield Finding(Fault.NOT_AN_ARCHIVE, path.name)


def _numbers(archive: zipfile.ZipFile) -> list[int]:
    """Which part a ZIP says it is."""
    told = {name.removeprefix(f"{SUMS}-") for name in archive.namelist() if name.startswith(f"{SUMS}-")}
    return [int(one) for one in told if one.isascii() and one.isdecimal() and len(one) < 5]


def _parts(looked: Looked, held: dict[Path, int], opened: dict[Path, zipfile.ZipFile]) -> Iterator[Finding]:
    ends = [path for path in held if MANIFEST in opened[path].namelist()]
    if not ends:
        yield Finding(Fault.LAST_PART, "")
        return
    try:
        manifest = _manifest(opened[ends[0]])
    except _OtherFormatError:
        yield Finding(Fault.OTHER_FORMAT, ends[0].name)
        return
    except (*_UNREADABLE, KeyError, TypeError, AttributeError, RecursionError):
        yield Finding(Fault.DAMAGED, MANIFEST)
        return
    looked.label, looked.files = manifest.label, len(manifest.files)
    there: dict[int, Path] = {}
    for path, number in held.items():
        if number in there or number > manifest.parts or (number == manifest.parts) != (path == ends[0]):
            yield Finding(Fault.OTHER_PART, path.name)
        else:
            there[number] = path
    for number in range(1, manifest.parts + 1):
        if number not in there:
            yield Finding(Fault.MISSING_PART, str(number))
        else:
            yield from _part(there[number], opened[there[number]], number, manifest)


def _part(path: Path, archive: zipfile.ZipFile, number: int, manifest: _Manifest) -> Iterator[Finding]:
    """One part: what the manifest has in it is there as it says, and nothing else is."""
    expected = {one.path: (one.size, one.sha256) for one in manifest.files if one.part == number}
    own = [(path_, digest) for path_, (_size, digest) in expected.items()]
    if number == manifest.parts:
        size = archive.getinfo(MANIFEST).file_size
        expected[MANIFEST] = (size, manifest.digest)
        own.append((MANIFEST, manifest.digest))
    listed = sums(own).encode()
    expected[f"{SUMS}-{number}"] = (len(listed), sha256(listed).hexdigest())
    names = [one.filename for one in archive.infolist()]
    yield from (Finding(Fault.EXTRA, name) for name in _extra(names, expected))
    for name, (size, digest) in expected.items():
        if name not in names:
            yield Finding(Fault.MISSING, name)
        elif not _same(archive, name, size, digest):
            yield Finding(Fault.DAMAGED, name)
    room = _END + sum(_HEADS + 2 * len(name.encode()) + size for name, (size, _digest) in expected.items())
    if sorted(names) == sorted(expected) and path.stat().st_size != room:
        yield Finding(Fault.EXTRA, path.name)


def _extra(names: Sequence[str], expected: Iterable[str]) -> list[str]:
    left = list(names)
    for name in expected:
        if name in left:
            left.remove(name)
    return left


def _same(archive: zipfile.ZipFile, name: str, size: int, digest: str) -> bool:
    """Whether a file is what it was; no more of it is read than there should be."""
    try:
        if archive.getinfo(name).file_size != size:
            return False
        with archive.open(name) as file:
            hashed = sha256()
            while piece := file.read(_CHUNK):
                hashed.update(piece)
    except _UNREADABLE:
        return False
    return hashed.hexdigest() == digest


class _OtherFormatError(Exception):
    """It was written by a later program."""


def _manifest(archive: zipfile.ZipFile) -> _Manifest:
    if archive.getinfo(MANIFEST).file_size > _LARGEST_LIST:
        raise ValueError(MANIFEST)
    content = archive.read(MANIFEST)
    raw = json.loads(content)
    if raw["format"] != FORMAT:
        raise _OtherFormatError
    files = tuple(
        Listed(str(one["path"]), int(one["part"]), int(one["size"]), str(one["sha256"]))
        for one in raw["files"]
    )
    of = raw["round"]
    return _Manifest(f"{of['campaign']}/{of['code']}", int(raw["parts"]), files, sha256(content).hexdigest())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, sha256).hexdigest()
