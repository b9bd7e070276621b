"""`campaign`: files of plans, checked and read back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.invocation import invocation
from bot.trouble import Outcome, TroubleError
from core.texts import commands as texts

if TYPE_CHECKING:
    from datetime import datetime

    from bot.config import Settings
    from services.campaigns import Loaded

FOLDER = Path("campaigns")


def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help=texts.CAMPAIGN_FILES, metavar=texts.FILE_WORD)
    ] = None,
) -> Outcome:
    """Print every fault of the files, by line."""
    from core.texts.campaign_files import finding
    from services.papers.campaign_toml import check as faults_of

    paths = files or sorted(FOLDER.glob("*.toml"))
    if not paths:
        raise TroubleError(texts.NO_CAMPAIGNS, Outcome.USAGE)
    faults = faults_of(paths)
    for fault in faults:
        typer.echo(finding(fault))
    typer.echo(texts.campaigns_bad(len(faults)) if faults else texts.campaigns_good(len(paths)))
    return Outcome.PROBLEMS if faults else Outcome.OK


def load(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=texts.CAMPAIGN_FILE, metavar=texts.FILE_WORD)],
) -> Outcome:
    """Put a plan in force, as the office at its own machine."""
    import asyncio

    from bot.commands.migrate import require_head
    from services.papers.campaign_toml import read_file

    call = invocation(context)
    settings = call.settings()
    read_file(file)
    require_head(call, settings)
    source = file.read_text(encoding="utf-8-sig")
    done = asyncio.run(_load(settings, source, file.name, call.now()))
    code = done.campaign.code
    typer.echo(
        texts.campaign_loaded(code, done.campaign.label) if done.new_version else texts.campaign_same(code)
    )
    return Outcome.OK


async def _load(settings: "Settings", source: str, name: str, now: "datetime") -> "Loaded":
    from bot.commands.house import opened
    from services import campaigns
    from services.actor import console

    today = now.astimezone(settings.organisation.zone).date()
    async with opened(settings, to_write=True) as transactions, transactions() as session:
        return await campaigns.load(session, console(today), source, name, now)


def show(file: Annotated[Path, typer.Argument(help=texts.CAMPAIGN_FILE, metavar=texts.FILE_WORD)]) -> Outcome:
    """Print everything that was understood of a plan."""
    from core.texts.campaigns import read_back
    from services.papers.campaign_toml import read_file

    typer.echo(read_back(read_file(file)))
    return Outcome.OK
