"""`campaign template`, `export` and `convert`: plans as workbooks, out and in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.invocation import Invocation, invocation
from bot.trouble import Outcome, TroubleError
from core.texts import campaign_workbook_commands as words
from core.texts import commands as texts

if TYPE_CHECKING:
    from bot.config import Settings

_TEMPLATE = Path("mau-ke-hoach.xlsx")


def template(
    file: Annotated[Path, typer.Argument(help=words.OUT_FILE, metavar=texts.FILE_WORD)] = _TEMPLATE,
) -> Outcome:
    """Write the template."""
    from services.papers import campaign_workbook

    _require_workbook(file)
    _write(file, campaign_workbook.template())
    return Outcome.OK


def export(
    context: typer.Context,
    which: Annotated[str, typer.Argument(help=words.WHICH, metavar=words.WHICH_WORD)],
    file: Annotated[Path, typer.Argument(help=words.OUT_FILE, metavar=texts.FILE_WORD)],
) -> Outcome:
    """Write a plan as a workbook that can be edited and sent back."""
    import asyncio

    from bot.commands.migrate import require_head
    from services.papers import campaign_toml, campaign_workbook

    _require_workbook(file)
    if which.endswith(".toml"):
        campaign_toml.read_file(Path(which))
        source = Path(which).read_text(encoding="utf-8-sig")
    else:
        call = invocation(context)
        settings = call.settings()
        require_head(call, settings)
        source = asyncio.run(_source(settings, call, which))
    _write(file, campaign_workbook.to_workbook(source))
    return Outcome.OK


async def _source(settings: "Settings", call: Invocation, code: str) -> str:
    from bot.commands.house import opened
    from services import campaign_files
    from services.actor import console

    office = console(call.now().astimezone(settings.organisation.zone).date())
    async with opened(settings, to_write=False) as transactions, transactions() as session:
        return await campaign_files.source_of(session, office, code)


def convert(
    workbook: Annotated[Path, typer.Argument(help=words.WORKBOOK, metavar=texts.FILE_WORD)],
    file: Annotated[Path | None, typer.Argument(help=words.PLAN_OUT, metavar=texts.FILE_WORD)] = None,
    *,
    errors: Annotated[Path | None, typer.Option(help=words.ERRORS, metavar=texts.FILE_WORD)] = None,
) -> Outcome:
    """Say what is wrong in a workbook, or write the campaign file it stands for."""
    from core.texts.campaign_workbook import finding
    from services.papers import campaign_workbook_read as sheets

    if file is not None:
        _require_new(file)
    if errors is not None:
        _require_workbook(errors)
    try:
        content = workbook.read_bytes()
    except OSError as error:
        raise TroubleError(texts.cannot_open(str(workbook)), Outcome.USAGE) from error
    reading = sheets.read(content, workbook.name)
    for one in reading.findings:
        typer.echo(finding(one))
    if reading.findings:
        typer.echo(words.bad(len(reading.findings)))
        annotated = sheets.annotate(content, reading.findings) if errors is not None else None
        if errors is not None and annotated is not None:
            _write(errors, annotated)
        return Outcome.PROBLEMS
    typer.echo(words.GOOD)
    if file is not None:
        _write(file, reading.source.encode())
    return Outcome.OK


def _require_workbook(path: Path) -> None:
    """Excel opens no workbook under another kind of name."""
    if path.suffix.lower() != ".xlsx":
        raise TroubleError(words.not_a_workbook(str(path)), Outcome.USAGE)
    _require_new(path)


def _require_new(path: Path) -> None:
    """Nobody's file is written over."""
    if path.exists():
        raise TroubleError(texts.exists_already(str(path)), Outcome.USAGE)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise TroubleError(texts.cannot_save(str(path)), Outcome.PROBLEMS) from error
    typer.echo(texts.saved(str(path)))
