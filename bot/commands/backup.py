"""`backup`: one file that holds the installation."""

from typing import Annotated

import typer

from bot.commands.invocation import invocation
from bot.trouble import Outcome
from core.texts import backup as sentences
from core.texts import commands as texts


def run(
    context: typer.Context,
    *,
    verify: Annotated[bool, typer.Option("--verify", help=texts.BACKUP_VERIFY)] = False,
) -> Outcome:
    """Make a backup, delete the oldest beyond what is kept, and say where it is."""
    from bot.backup import make
    from bot.restore import verify as read_back

    call = invocation(context)
    settings = call.settings()
    made = make(settings, call.now(), call.config_file)
    typer.echo(sentences.made(str(made.path), made.size, made.manifest.files, made.manifest.total_rows))
    if verify:
        manifest = read_back(made.path)
        typer.echo(sentences.verified(manifest.files, manifest.total_rows))
    if made.manifest.journal.broken_at is not None:
        typer.echo(sentences.journal_broken(made.manifest.journal.broken_at))
        return Outcome.PROBLEMS
    if made.removed:
        typer.echo(sentences.removed(len(made.removed), settings.backup.keep))
    return Outcome.OK
