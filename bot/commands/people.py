"""`people`: the sheet of who works where, out and in, with ways in for those who are new."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.invocation import Invocation, invocation
from bot.trouble import Outcome, TroubleError
from core.texts import commands as texts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from bot.config import Settings
    from core.people_sheet import Sheet
    from db.transaction import Session
    from services.actor import Actor
    from services.organisation import ImportResult
    from services.people import Issued
    from services.people_leaving import Moved

    Moving = Callable[[Session, Actor, Sequence[str], datetime], Awaitable[Moved]]

_PATIENCE = 5.0
_OUT = typer.Argument(help=texts.OUT_FILE, metavar=texts.FILE_WORD)


def template(file: Annotated[Path, _OUT]) -> Outcome:
    """Write the empty sheet."""
    from services.papers import people_workbook

    _write(file, people_workbook.template())
    return Outcome.OK


def export(context: typer.Context, file: Annotated[Path, _OUT]) -> Outcome:
    """Write everybody as a sheet that can be edited and imported again."""
    import asyncio

    from bot.commands.house import opened
    from bot.commands.migrate import require_head
    from services import organisation
    from services.actor import console

    call = invocation(context)
    settings = call.settings()
    require_head(call, settings)
    _require_new(file)

    async def exported() -> bytes:
        now = call.now().astimezone(settings.organisation.zone)
        async with opened(settings, to_write=True) as transactions, transactions() as session:
            return await organisation.export_people(session, console(now.date()), now)

    _write(file, asyncio.run(exported()))
    return Outcome.OK


def bring_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=texts.PEOPLE_FILE, metavar=texts.FILE_WORD)],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=texts.PEOPLE_DRY)] = False,
    errors: Annotated[Path | None, typer.Option(help=texts.PEOPLE_ERRORS, metavar=texts.FILE_WORD)] = None,
    codes: Annotated[Path | None, typer.Option(help=texts.PEOPLE_CODES, metavar=texts.FILE_WORD)] = None,
) -> Outcome:
    """Import the good rows, say what is wrong with the others, and hand out codes to those who are new."""
    import asyncio

    from bot.commands.migrate import require_head
    from core.texts import people_sheet as sentences
    from services.papers import people_sheet, people_workbook

    call = invocation(context)
    settings = call.settings()
    require_head(call, settings)
    for out in (errors, codes):
        if out is not None:
            _require_new(out)
    sheet = people_sheet.read(_read(file))
    result, issued = asyncio.run(
        _imported(call, settings, sheet, dry_run=dry_run, with_codes=codes is not None)
    )
    plan = result.plan
    for finding in plan.findings:
        typer.echo(sentences.place_and_sentence(finding))
    typer.echo(sentences.summary(plan))
    if dry_run:
        typer.echo(texts.DRY_RUN)
    if errors is not None and plan.errors:
        _write(errors, people_workbook.annotated(sheet, plan.findings))
    if codes is not None and issued:
        _write(codes, _code_sheet(settings, issued))
    return Outcome.PROBLEMS if plan.errors else Outcome.OK


def codes(
    context: typer.Context,
    file: Annotated[Path, _OUT],
    who: Annotated[
        list[str] | None, typer.Argument(help=texts.PEOPLE_WHO, metavar=texts.STAFF_CODE_WORD)
    ] = None,
) -> Outcome:
    """Hand out new codes: to those named, else to everybody who is not linked yet."""
    import asyncio

    from bot.commands.house import opened
    from bot.commands.migrate import require_head
    from services import people_codes
    from services.actor import console
    from services.people_codes import HandedOut

    call = invocation(context)
    settings = call.settings()
    require_head(call, settings)
    _require_new(file)

    async def handed_out() -> HandedOut:
        now = call.now().astimezone(settings.organisation.zone)
        async with opened(settings, to_write=True) as transactions, transactions() as session:
            return await people_codes.issue_codes(session, console(now.date()), who or (), now)

    done = asyncio.run(handed_out())
    if done.unknown:
        raise TroubleError(texts.nobody_has(done.unknown), Outcome.USAGE)
    if not done.issued:
        typer.echo(texts.NOBODY_WAITS)
        return Outcome.OK
    typer.echo(texts.codes_issued(len(done.issued), sum(one.replaces for one in done.issued)))
    _write(file, _code_sheet(settings, done.issued))
    return Outcome.OK


def leave(
    context: typer.Context,
    who: Annotated[list[str], typer.Argument(help=texts.PEOPLE_LEAVING, metavar=texts.STAFF_CODE_WORD)],
) -> Outcome:
    """Lock out those who left."""
    from services import people_leaving

    done = _moved(invocation(context), people_leaving.leave, who)
    if done.last_administrator:
        raise TroubleError(texts.LAST_ADMINISTRATOR, Outcome.PROBLEMS)
    if done.unknown:
        raise TroubleError(texts.nobody_works_as(done.unknown), Outcome.USAGE)
    typer.echo(texts.have_left(done.names))
    return Outcome.OK


def come_back(
    context: typer.Context,
    who: Annotated[list[str], typer.Argument(help=texts.PEOPLE_RETURNING, metavar=texts.STAFF_CODE_WORD)],
) -> Outcome:
    """Put those who left back on the list."""
    from services import people_leaving

    done = _moved(invocation(context), people_leaving.come_back, who)
    if done.unknown:
        raise TroubleError(texts.nobody_left_as(done.unknown), Outcome.USAGE)
    typer.echo(texts.are_back(done.names))
    return Outcome.OK


def _moved(call: Invocation, act: "Moving", who: list[str]) -> "Moved":
    import asyncio

    from bot.commands.house import opened
    from bot.commands.migrate import require_head
    from services.actor import console

    settings = call.settings()
    require_head(call, settings)

    async def moved() -> "Moved":
        now = call.now().astimezone(settings.organisation.zone)
        async with opened(settings, to_write=True) as transactions, transactions() as session:
            return await act(session, console(now.date()), who, now)

    return asyncio.run(moved())


async def _imported(
    call: Invocation, settings: "Settings", sheet: "Sheet", *, dry_run: bool, with_codes: bool
) -> "tuple[ImportResult, list[Issued]]":
    from bot.commands.house import opened
    from services import organisation, people
    from services.actor import console
    from services.organisation import ImportResult

    now = call.now().astimezone(settings.organisation.zone)
    actor = console(now.date())
    async with opened(settings, to_write=not dry_run) as transactions, transactions() as session:
        if dry_run:
            return ImportResult(await organisation.plan_people(session, actor, sheet, now.date()), {}), []
        result = await organisation.import_people(session, actor, sheet, now)
        new = sorted(result.added.items()) if with_codes else ()
        return result, [await people.issue_code(session, actor, person_id, now) for _, person_id in new]


def _code_sheet(settings: "Settings", issued: "Sequence[Issued]") -> bytes:
    from bot.doctor.outside import bot_name
    from core.texts.people_sheet import NO_LINKS
    from services.papers import people_workbook
    from services.papers.people_workbook import CodeRow

    name = bot_name(settings, _PATIENCE)
    if not name:
        typer.echo(NO_LINKS)
    rows = [
        CodeRow(
            one.name,
            one.staff_code,
            one.unit,
            one.code,
            texts.join_link(name, one.token) if name else "",
            one.expires_at.astimezone(settings.organisation.zone),
        )
        for one in issued
    ]
    return people_workbook.codes(rows)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TroubleError(texts.cannot_open(str(path)), Outcome.USAGE) from error


def _require_new(path: Path) -> None:
    """Nobody's file is written over."""
    if path.exists():
        raise TroubleError(texts.exists_already(str(path)), Outcome.USAGE)


def _write(path: Path, content: bytes) -> None:
    """Readable by its owner only: these sheets hold names, numbers and codes."""
    _require_new(path)
    try:
        path.touch(mode=0o600)
        path.write_bytes(content)
    except OSError as error:
        raise TroubleError(texts.cannot_save(str(path)), Outcome.PROBLEMS) from error
    typer.echo(texts.saved(str(path)))
