"""The archive of a submission: what is packed, and what is written down of it."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime

from core.dossier_archive import CONTENT, LIST, MANIFEST, PART_BYTES, manifest, members
from core.dossier_submission import FileThen, Then, digest_of
from core.texts.dossier_archive import readable
from services.papers.packing import Packed, Packing, Piece, written


def packing(
    held: Then,
    text: str,
    at: datetime,
    read: Callable[[str], Awaitable[bytes]],
    part_bytes: int = PART_BYTES,
    signed: Mapping[FileThen, str | None] | None = None,
) -> Packing:
    """What a submission held, its JSON being `text`, handed in `at`; to be packed part by part.

    `signed` are the self-assessments: word for word, or None for what lies in the file store.
    """
    words = signed or {}
    files = [one for one in members(held, tuple(words)) if one.of.sha256]

    def lists(packed: Packed) -> Iterator[Piece]:
        digest = digest_of(text)
        placed = [(one, part, size) for one, (_piece, part, size) in zip(files, packed, strict=True)]
        yield written(CONTENT, text)
        yield written(MANIFEST, manifest(held, placed, digest))
        yield written(LIST, readable(held, placed, digest, at))

    pieces = [Piece(one.path, one.of.sha256, words.get(one.of)) for one in files]
    return Packing(pieces, lists, read, part_bytes)
