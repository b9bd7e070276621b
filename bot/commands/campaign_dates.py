"""`campaign dates`, `enter-date`, `withdraw-date`, `copy`: dates beside a plan, and next year's plan."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.commands.invocation import invocation
from bot.trouble import Outcome, TroubleError
from core.texts import campaign_commands as words
from core.texts import commands as texts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from db.transaction import Session
    from services.actor import Actor

Answer = TypeVar("Answer")
_CODE = typer.Argument(help=words.CODE, metavar=words.CODE_WORD)
_REASON = typer.Option(help=words.REASON, metavar=words.REASON_WORD)


def dates(context: typer.Context, code: Annotated[str, _CODE]) -> Outcome:
    """Print what was entered for a plan, and what is still unsaid."""
    from core.texts import campaign_dates as sentences
    from services import campaigns

    async def read(session: "Session", office: "Actor", _now: "datetime") -> str:
        open_dates = await campaigns.unsaid_dates(session, office, code)
        campaign = await campaigns.leading(session, office, code)
        entered = await campaigns.dates(session, office, code)
        parts = (words.ENTERED, sentences.listed(campaign, entered), "")
        return "\n".join((*parts, words.UNSAID, sentences.unsaid(campaign, open_dates)))

    typer.echo(_asked(context, read, to_write=False))
    return Outcome.OK


def enter(
    context: typer.Context,
    code: Annotated[str, _CODE],
    subject: Annotated[str, typer.Argument(help=words.SUBJECT, metavar=words.SUBJECT_WORD)],
    value: Annotated[str, typer.Argument(help=words.VALUE, metavar=words.VALUE_WORD)],
    *,
    document: Annotated[str, typer.Option(help=words.DOCUMENT, metavar=words.DOCUMENT_WORD)],
    reason: Annotated[str, _REASON] = "",
) -> Outcome:
    """Enter a date with the document it rests on."""
    from core.texts.campaign_dates import one_line
    from core.vietnamese import clean_line
    from services import campaigns, date_changes

    async def write(session: "Session", office: "Actor", now: "datetime") -> str:
        names = [one.subject for one in await campaigns.datable(session, office, code)]
        if subject not in names:
            raise TroubleError(words.no_such_date(clean_line(subject, 40), names, code), Outcome.USAGE)
        day = await campaigns.read_date(session, office, code, subject, value)
        reach = await date_changes.reach(session, office, code, subject, day, now)
        facts = await date_changes.enter(session, office, code, subject, day, document, reason, now)
        return words.entered(one_line(await campaigns.leading(session, office, code), facts), reach.units)

    typer.echo(_asked(context, write, to_write=True))
    return Outcome.OK


def withdraw(
    context: typer.Context,
    code: Annotated[str, _CODE],
    subject: Annotated[str, typer.Argument(help=words.SUBJECT, metavar=words.SUBJECT_WORD)],
    *,
    reason: Annotated[str, _REASON] = "",
) -> Outcome:
    """Take an entered date back; it stays on record."""
    from core.texts.campaign_dates import withdrawn
    from core.vietnamese import clean_line
    from services import campaigns, date_changes

    async def write(session: "Session", office: "Actor", now: "datetime") -> str:
        kept = await campaigns.dates(session, office, code)
        names = {one.subject for one in kept if one.replaced_at is None}
        if subject not in names:
            told = words.nothing_to_withdraw(clean_line(subject, 40), sorted(names), code)
            raise TroubleError(told, Outcome.USAGE)
        reach = await date_changes.reach(session, office, code, subject, None, now)
        await date_changes.withdraw(session, office, code, subject, reason, now)
        return withdrawn(await campaigns.leading(session, office, code), subject) + words.told(reach.units)

    typer.echo(_asked(context, write, to_write=True))
    return Outcome.OK


def copy(
    context: typer.Context,
    code: Annotated[str, _CODE],
    year: Annotated[int, typer.Argument(help=words.YEAR, metavar=words.YEAR_WORD)],
    file: Annotated[Path, typer.Argument(help=words.COPY_FILE, metavar=texts.FILE_WORD)],
) -> Outcome:
    """Write a file to start another year's plan from."""
    from services import campaigns

    if file.exists():
        raise TroubleError(texts.exists_already(str(file)), Outcome.USAGE)

    async def read(session: "Session", office: "Actor", _now: "datetime") -> str:
        return await campaigns.copy_for_year(session, office, code, year)

    source = _asked(context, read, to_write=False)
    try:
        file.write_text(source, encoding="utf-8")
    except OSError:
        raise TroubleError(texts.cannot_save(str(file))) from None
    typer.echo(texts.saved(str(file)))
    return Outcome.OK


def _asked(
    context: typer.Context,
    ask: "Callable[[Session, Actor, datetime], Awaitable[Answer]]",
    *,
    to_write: bool,
) -> Answer:
    """What one transaction of the office at its own machine answers."""
    import asyncio

    from bot.commands.house import opened
    from bot.commands.migrate import require_head
    from services.actor import console

    call = invocation(context)
    settings = call.settings()
    require_head(call, settings)
    now = call.now().astimezone(settings.organisation.zone)

    async def within() -> Answer:
        async with opened(settings, to_write=to_write) as transactions, transactions() as session:
            return await ask(session, console(now.date()), now)

    return asyncio.run(within())
