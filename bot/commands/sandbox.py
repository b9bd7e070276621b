"""`sandbox`: the whole product on made-up data, in a page on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from bot.trouble import Outcome
from core.texts import sandbox as texts

PORT = 8800
FOLDER = Path("data") / "sandbox"


def run(
    *,
    port: Annotated[
        int, typer.Option(help=texts.HELP_PORT, metavar=texts.PORT_WORD, min=1024, max=65_000)
    ] = PORT,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=texts.HELP_NO_BROWSER)] = False,
    folder: Annotated[Path, typer.Option(help=texts.HELP_FOLDER, metavar=texts.FOLDER_WORD)] = FOLDER,
) -> Outcome:
    """Play until Ctrl-C; needs no settings, and reads none."""
    from bot.sandbox.serving import Options, serve

    serve(Options(tell=typer.echo, folder=folder, port=port, browser=not no_browser))
    return Outcome.OK
