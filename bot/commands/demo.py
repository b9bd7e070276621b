"""`demo`: from a self-assessment to the decision on an award, played in seconds."""

from pathlib import Path
from typing import Annotated

import typer

from bot.trouble import Outcome
from core.texts import demo as texts
from core.texts import sandbox as sandbox_texts


def run(
    *,
    folder: Annotated[Path, typer.Option(help=texts.HELP_FOLDER, metavar=sandbox_texts.FOLDER_WORD)] = Path(
        "data/demo"
    ),
) -> Outcome:
    """Play it and print what was said; anything missing on the way is an incident."""
    from bot.demo import play

    play(typer.echo, folder)
    return Outcome.OK
