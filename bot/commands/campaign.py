"""`campaign`: files of plans, checked and read back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.invocation import invocation
from bot.trouble import Outcome, TroubleError
from core.texts import campaign_commands as words
from core.texts import commands as texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from bot.config import Settings

FOLDER = Path("campaigns")


def check(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(help=texts.CAMPAIGN_FILES, metavar=texts.FILE_WORD)
    ] = None,
) -> Outcome:
    """Print every fault of the files, by line, and what is odd about the plans in them."""
    from core.texts.campaign_files import finding
    from services.papers.campaign_fields import VIETNAM
    from services.papers.campaign_toml import check as faults_of
    from services.papers.law_registry import is_registry, plan_files

    for path in filter(is_registry, files or ()):
        typer.echo(words.registry(str(path)))
    paths = [path for path in files if not is_registry(path)] if files else plan_files(FOLDER)
    if not paths:
        raise TroubleError(texts.NO_CAMPAIGNS, Outcome.USAGE)
    faults = faults_of(paths)
    for fault in faults:
        typer.echo(finding(fault))
    _tell(list(_odd(paths, invocation(context).now().astimezone(VIETNAM).date())))
    typer.echo(texts.campaigns_bad(len(faults)) if faults else texts.campaigns_good(len(paths)))
    return Outcome.PROBLEMS if faults else Outcome.OK


def _odd(paths: list[Path], today: "date") -> "Iterator[str]":
    """A line for each finding of the files that can be read."""
    from core.campaign_findings import findings
    from core.texts.campaign_findings import sentence
    from services.papers.campaign_toml import CampaignFileError, read_file
    from services.papers.law_registry import laws

    for path in paths:
        try:
            found = findings(read_file(path), laws(), today)
        except CampaignFileError:
            continue  # its faults are told already
        yield from (words.noted(str(path), sentence(one)) for one in found)


def _tell(odd: list[str]) -> None:
    """Findings, and that they are no faults of the file."""
    for line in odd:
        typer.echo(line)
    if odd:
        typer.echo(words.findings(len(odd)))


def load(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=texts.CAMPAIGN_FILE, metavar=texts.FILE_WORD)],
) -> Outcome:
    """Put a plan in force, as the office at its own machine, and tell what is odd about it.

    What cannot be in force yet stays a draft.
    """
    import asyncio

    from bot.commands.migrate import require_head
    from services.papers.campaign_toml import read_file

    call = invocation(context)
    settings = call.settings()
    read_file(file)
    require_head(call, settings)
    source = file.read_text(encoding="utf-8-sig")
    typer.echo(asyncio.run(_load(settings, source, file.name, call.now())))
    return Outcome.OK


async def _load(settings: "Settings", source: str, name: str, now: "datetime") -> str:
    from bot.commands.house import opened
    from core.campaign_dates import issue_date_missing
    from core.texts.campaign_findings import sentence
    from services import campaigns, date_changes
    from services.actor import console

    office = console(now.astimezone(settings.organisation.zone).date())
    async with opened(settings, to_write=True) as transactions:
        async with transactions() as session:
            draft = await campaigns.prepare(session, office, source, name, now)
            await campaigns.approve(session, office, draft.version_id, now)
            same = draft.version_id in dict(await campaigns.in_force(session))
        code, label = draft.campaign.code, draft.campaign.label
        if same:
            return texts.campaign_same(code)
        _tell([words.noted(name, sentence(one)) for one in draft.findings])
        if issue_date_missing(draft.campaign):
            typer.echo(words.waits(code, label))
        async with transactions() as session:
            reach = await date_changes.publish(session, office, draft.version_id, now)
    return texts.campaign_loaded(code, label) + words.told(reach.units)


def compare(
    before: Annotated[Path, typer.Argument(help=words.BEFORE_FILE, metavar=texts.FILE_WORD)],
    after: Annotated[Path, typer.Argument(help=words.AFTER_FILE, metavar=texts.FILE_WORD)],
) -> Outcome:
    """Print what the second plan changes in the first."""
    from core.campaign_changes import differences
    from core.texts.campaign_changes import lines, listed
    from services.papers.campaign_toml import read_file

    typer.echo(listed(lines(differences(read_file(before), read_file(after)))))
    return Outcome.OK


def show(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=texts.CAMPAIGN_FILE, metavar=texts.FILE_WORD)],
) -> Outcome:
    """Print everything that was understood of a plan."""
    from bot.app import own_calendar
    from core.texts.campaigns import read_back
    from services.papers.calendar_file import with_own
    from services.papers.campaign_toml import read_file

    known = with_own(own_calendar(invocation(context).settings().data.dir))
    typer.echo(read_back(read_file(file), known))
    return Outcome.OK
