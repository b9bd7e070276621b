"""`campaign`: files of plans, checked and read back."""

from pathlib import Path
from typing import Annotated

import typer

from bot.trouble import Outcome, TroubleError
from core.texts import commands as texts

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


def show(file: Annotated[Path, typer.Argument(help=texts.CAMPAIGN_FILE, metavar=texts.FILE_WORD)]) -> Outcome:
    """Print everything that was understood of a plan."""
    from core.texts.campaigns import read_back
    from services.papers.campaign_toml import read_file

    typer.echo(read_back(read_file(file)))
    return Outcome.OK
