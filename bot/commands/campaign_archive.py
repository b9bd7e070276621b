"""`campaign archive`: a round that is over put away as ZIP files, and such files checked years later."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.invocation import invocation
from bot.trouble import Outcome, TroubleError
from core.texts import commands
from core.texts import round_archive as texts

if TYPE_CHECKING:
    from datetime import datetime

    from bot.config import Settings


def archive(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help=texts.ROUND, metavar=texts.ROUND_WORD)],
    *,
    verify: Annotated[bool, typer.Option("--verify", help=texts.VERIFY)] = False,
) -> Outcome:
    """Put a round away, or look whether an archive is whole; that needs neither settings nor data."""
    import asyncio

    from bot.commands.migrate import require_head

    if verify:
        return _verified([Path(one) for one in words])
    if len(words) != 2 or Path(words[1]).suffix.lower() != ".zip":
        raise TroubleError(texts.USAGE, Outcome.USAGE)
    call = invocation(context)
    settings = call.settings()
    require_head(call, settings)
    parts = asyncio.run(_archived(settings, words[0], Path(words[1]), call.now()))
    typer.echo(texts.written([(path.name, sha256) for path, sha256 in parts]))
    return Outcome.OK


def _verified(paths: list[Path]) -> Outcome:
    from services.papers.round_archive_check import check

    looked = check(paths)
    for finding in looked.findings:
        typer.echo(texts.fault(finding.fault, finding.what))
    if looked.findings:
        typer.echo(texts.broken(len(looked.findings)))
        return Outcome.PROBLEMS
    typer.echo(texts.whole(looked.label, looked.files, looked.parts))
    return Outcome.OK


async def _archived(settings: "Settings", name: str, file: Path, now: "datetime") -> list[tuple[Path, str]]:
    """The parts that were written, each with its SHA-256; all of them or none."""
    from bot.commands.house import opened
    from bot.filestore import FileStore, MissingFileError, zip_up
    from services import round_archives
    from services.actor import console
    from services.papers import round_archive

    office = console(now.astimezone(settings.organisation.zone).date())
    store = FileStore(settings.data.dir / "files")
    async with opened(settings, to_write=True) as transactions:
        async with transactions() as session:
            found = await round_archives.find(session, office, name, now)
            if found is None:
                raise TroubleError(texts.no_such_round(name, await round_archives.names(session, office)))
            if found.going:
                raise TroubleError(texts.NOT_OVER)
            wanted = await round_archives.content(session, office, found.round_id, now)
        pieces = round_archive.pieces(wanted.held, wanted.texts, settings.organisation.zone)
        packing = round_archive.packing(wanted.held, pieces, store.read_served)
        unfinished: list[Path] = []
        try:
            while not packing.done:
                unfinished.append(file.with_name(f"{file.name}.{len(unfinished) + 1}.part"))
                unfinished[-1].unlink(missing_ok=True)
                await zip_up(unfinished[-1], packing.part(len(unfinished)), wanted.at)
            parts = _places(file, len(unfinished))
            for made, place in zip(unfinished, parts, strict=True):
                made.replace(place)
        except MissingFileError as error:
            raise TroubleError(texts.lacks(str(error).partition(" ")[0])) from None
        except OSError as error:
            raise TroubleError(commands.cannot_save(str(file))) from error
        finally:
            for left in unfinished:
                left.unlink(missing_ok=True)
        sums = [_digest(part) for part in parts]
        async with transactions() as session:
            await round_archives.note_made(session, office.label, found.round_id, sums, now)
    return list(zip(parts, sums, strict=True))


def _digest(part: Path) -> str:
    import hashlib

    with part.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _places(file: Path, count: int) -> list[Path]:
    """What the parts are called; nothing is written over."""
    from core.round_archive import part_name

    places = [file.with_name(part_name(file.stem, place, count)) for place in range(1, count + 1)]
    for place in places:
        if place.exists():
            raise TroubleError(texts.there_already(str(place)))
    return places
