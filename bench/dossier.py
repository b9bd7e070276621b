"""A large dossier: how long its papers and its archive take, how much memory, and whether others wait.

`python -m bench.dossier` makes the papers of 15 nominees with 20 criteria each, and packs them with 60 files
of 200 MB together into the archive, as the errands do: on real disk, beside an event loop that keeps turning.
"""

import argparse
import asyncio
import gc
import os
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.crowd import plan_of
from bench.process import Process
from bot.filestore import FileStore, Quarantine
from bot.inspection.inspector import Inspector
from bot.inspection.policy import InspectionPolicy, Scanning
from bot.keeper import Keeper
from bot.web.shelf import Shelf
from core.assessment import EvidenceFacts
from core.dossier_papers import DossierContent, NomineeContent
from core.dossier_submission import canonical, then
from core.dossiers import PaperFacts
from core.evidence import FileKind
from services.papers import campaign_toml, dossier_documents, dossier_sample
from services.papers.dossier_archive import packing

MOST_SECONDS = 20.0
MOST_GROWTH_MB = 150.0
MOST_HELD = 0.100
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_MB = 1024 * 1024
_TICK = 0.005


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of everything; `bytes` is all files together."""

    nominees: int = 15
    criteria: int = 20
    files: int = 60
    bytes: int = 200 * _MB


@dataclass(slots=True)
class Cost:
    """Seconds for papers and archive, MB the process grew by at most, seconds the loop was held at most."""

    papers: float = 0.0
    archive: float = 0.0
    growth_mb: float = 0.0
    held: float = 0.0
    parts: list[int] = field(default_factory=list)


async def cost(folder: Path, size: Size) -> Cost:
    """What one dossier of this size costs."""
    store, quarantine = FileStore(folder / "files"), Quarantine(folder / "quarantine")
    policy = InspectionPolicy(scanning=Scanning.OFF)
    keeper = Keeper({}, store, quarantine, Inspector(policy), policy.limits, Shelf(folder / "uploads"))
    content = await _content(keeper, size)
    dossier_documents.build(dossier_sample.content(content.campaign, people=1), {}, ZONE)  # warm libraries
    process, found = Process(os.getpid()), Cost()
    gc.collect()
    gc.freeze()  # As in a process at work.
    _forget_peak()
    before = process.now_mb()
    async with _watched(found):
        begun = time.perf_counter()
        made = await asyncio.to_thread(dossier_documents.build, content, {}, ZONE)
        at = dossier_documents.dated(content)
        papers = [
            PaperFacts(
                place,
                one.kind,
                one.nomination_id,
                await keeper.shelve(one.content),
                f"{place}.docx",
                len(one.content),
                FileKind.DOCX.mime,
                made=True,
                made_at=at,
            )
            for place, one in enumerate(made, 1)
        ]
        found.papers = time.perf_counter() - begun
        text = canonical(content, papers, {}, "HS-1")
        packed = packing(then(text), text, at, keeper.read)
        while not packed.done:
            _sha256, bytes_of = await keeper.archive(packed.part(len(found.parts) + 1), at)
            found.parts.append(bytes_of)
        found.archive = time.perf_counter() - begun - found.papers
    found.growth_mb = process.peak_mb() - before
    gc.unfreeze()
    return found


async def _content(keeper: Keeper, size: Size) -> DossierContent:
    campaign = campaign_toml.read(plan_of(size.criteria, "900"), "900.toml")
    whole = dossier_sample.content(campaign, files=0, people=size.nominees - 1)
    each = size.files // size.nominees
    nominees = [await _proved(keeper, one, each, size.bytes // size.files) for one in whole.nominees]
    return replace(whole, nominees=tuple(nominees))


async def _proved(keeper: Keeper, one: NomineeContent, count: int, size: int) -> NomineeContent:
    """The same nominee with so many files in the store, a criterion each."""
    files: list[EvidenceFacts] = []
    for place in range(count):
        number = one.facts.place * 1000 + place
        sha256 = await keeper.shelve(os.urandom(size))
        code = f"MC-{number:06d}"
        files.append(
            EvidenceFacts(
                number,
                code,
                f"{code}.pdf",
                size,
                "clean",
                "",
                sha256,
                sha256,
                FileKind.PDF.mime,
                one.copy.signed_at,
            )
        )
    proved, rest = one.copy.sheet.entries[:count], one.copy.sheet.entries[count:]
    entries = (*(replace(entry, files=(file,)) for entry, file in zip(proved, files, strict=True)), *rest)
    return replace(one, copy=replace(one.copy, sheet=replace(one.copy.sheet, entries=entries)))


@asynccontextmanager
async def _watched(found: Cost) -> AsyncIterator[None]:
    """Notes how long the loop did not turn at most."""
    done = asyncio.Event()

    async def tick() -> None:
        while not done.is_set():
            asked = time.perf_counter()
            await asyncio.sleep(_TICK)
            found.held = max(found.held, time.perf_counter() - asked - _TICK)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(tick())
        try:
            yield
        finally:
            done.set()


def _forget_peak() -> None:
    """The peak of memory is counted anew from here."""
    Path("/proc/self/clear_refs").write_text("5")


def main(words: Sequence[str] | None = None) -> None:
    """Measure, print."""
    whole = Size()
    parser = argparse.ArgumentParser(prog="bench.dossier")
    parser.add_argument("--nominees", type=int, default=whole.nominees)
    parser.add_argument("--files", type=int, default=whole.files)
    parser.add_argument("--mb", type=int, default=whole.bytes // _MB)
    given = parser.parse_args(words)
    size = Size(nominees=given.nominees, files=given.files, bytes=given.mb * _MB)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        found = asyncio.run(cost(Path(folder), size))
    print(
        f"{size.nominees} nominees, {size.criteria} criteria each; {size.files} files, {given.mb} MB together"
    )
    print(f"  papers   {found.papers:6.2f} s")
    print(f"  archive  {found.archive:6.2f} s, parts of {[part // _MB for part in found.parts]} MB")
    print(f"  together {found.papers + found.archive:6.2f} s of {MOST_SECONDS:.0f} s")
    print(f"  memory   {found.growth_mb:6.1f} MB more, of {MOST_GROWTH_MB:.0f} MB")
    print(f"  loop     {found.held * 1000:6.1f} ms held at most, of {MOST_HELD * 1000:.0f} ms")


if __name__ == "__main__":
    main()
