"""`map`: the dialogues as a graph."""

import typer

from bot.trouble import Outcome


def show() -> Outcome:
    """Print the graph as a Mermaid flowchart."""
    from handlers import DIALOGUES
    from handlers.dialogue_map import mermaid

    typer.echo(mermaid(DIALOGUES))
    return Outcome.OK
