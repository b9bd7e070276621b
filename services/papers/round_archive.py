"""The archive of a round: what is packed, in which order, and the list of it all."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import tzinfo

from core.dossier_archive import PART_BYTES
from core.round_archive import FACTS, MANIFEST, Listed, facts_json, manifest
from core.round_kept import RoundKept
from core.texts.round_pages import pages
from services.papers.packing import Packed, Packing, Piece, written
from services.papers.round_pages import drawn


def packing(
    held: RoundKept,
    packed: Iterable[Piece],
    read: Callable[[str], Awaitable[bytes]],
    part_bytes: int = PART_BYTES,
) -> Packing:
    """The pieces of a round, and the list of them all; to be packed part by part."""

    def lists(there: Packed) -> Iterator[Piece]:
        files = [Listed(one.path, part, size, one.sha256) for one, part, size in there]
        yield written(MANIFEST, manifest(held, files, files[-1].part))

    return Packing(packed, lists, read, part_bytes)


def pieces(held: RoundKept, texts: Mapping[str, str], zone: tzinfo) -> list[Piece]:
    """Everything of a round, what people read first. Takes seconds for thousands of people."""
    return [
        *(written(page.path, drawn(page)) for page in pages(held, zone)),
        written(FACTS, facts_json(held)),
        *(written(path, texts[path]) for path in sorted(texts)),
        *(Piece(file.path, file.sha256) for file in held.files()),
    ]
