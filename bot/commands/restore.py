"""`restore`: put a backup in the place of what is there."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.invocation import invocation
from bot.trouble import Outcome
from core.texts import backup as sentences
from core.texts import commands as texts
from core.vietnamese import moment


def run(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=texts.RESTORE_FILE, metavar=texts.FILE_WORD)],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=texts.RESTORE_DRY)] = False,
    force: Annotated[bool, typer.Option("--force", help=texts.RESTORE_FORCE)] = False,
) -> Outcome:
    """Prove the backup whole; unless it is a dry run, restore it."""
    from bot.commands.house import alone
    from bot.restore import restore, verify

    call = invocation(context)
    settings = call.settings()
    if dry_run:
        manifest = verify(file)
        made = moment(manifest.made_at.astimezone(settings.organisation.zone))
        typer.echo(sentences.would_restore(made, manifest.total_rows, manifest.files))
        return Outcome.OK
    with alone(settings):
        done = restore(file, settings, call.now(), force=force)
    typer.echo(sentences.restored(str(settings.data.dir), done.manifest.total_rows, done.manifest.files))
    if done.aside is not None:
        typer.echo(sentences.set_aside(str(done.aside)))
    typer.echo(sentences.CONFIG_NOT_RESTORED)
    typer.echo(sentences.NEXT_AFTER_RESTORE)
    return Outcome.OK
