"""`reminders`: who will be reminded of what, for people to look at before it happens."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.invocation import invocation
from bot.trouble import Outcome
from core.texts import reminder_commands as words

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.config import Settings

_WEEKS = 28


def preview(
    context: typer.Context,
    *,
    since: Annotated[str, typer.Option("--from", help=words.FROM_HELP, metavar=words.DAY_WORD)] = "",
    days: Annotated[
        int, typer.Option(help=words.DAYS_HELP, metavar=words.COUNT_WORD, min=1, max=366)
    ] = _WEEKS,
) -> Outcome:
    """Print the reminders to come; nobody is told anything."""
    import asyncio

    from bot.commands.migrate import require_head
    from core.dates import read_date

    call = invocation(context)
    settings, now = call.settings(), call.now()
    today = now.astimezone(settings.organisation.zone).date()
    start = read_date(since, today) if since else today
    require_head(call, settings)
    typer.echo(asyncio.run(_planned(settings, start, days, now)))
    return Outcome.OK


async def _planned(settings: "Settings", start: "date", days: int, now: "datetime") -> str:
    from bot.commands.house import opened
    from services import ladders
    from services.actor import console

    today = now.astimezone(settings.organisation.zone).date()
    async with opened(settings, to_write=False) as transactions, transactions() as session:
        found = await ladders.ahead(session, console(today), now, start, days)
    return words.preview(found.days, found.names)
