"""`migrate`: bring the database to the schema this program expects."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.invocation import Invocation, invocation
from bot.trouble import Outcome, TroubleError
from core.texts import backup as backup_texts
from core.texts import commands as texts

if TYPE_CHECKING:
    from bot.config import Settings


def run(
    context: typer.Context,
    *,
    check: Annotated[bool, typer.Option("--check", help=texts.MIGRATE_CHECK)] = False,
) -> Outcome:
    """Create or upgrade; an upgrade backs up first."""
    from bot.commands.house import alone

    call = invocation(context)
    settings = call.settings()
    require_known(settings)
    if check:
        require_head(call, settings)
        typer.echo(texts.MIGRATE_NOTHING)
    else:
        with alone(settings):
            bring_to_head(call, settings)
    return Outcome.OK


def bring_to_head(call: Invocation, settings: "Settings") -> None:
    """Create the schema, or back up and upgrade it, saying what was done."""
    import asyncio

    from bot.backup import make
    from bot.doctor.storage import schema_state
    from db.engine import sqlite_file
    from db.schema import SchemaState, revisions, upgrade

    found = schema_state(settings)
    if found is SchemaState.HEAD:
        typer.echo(texts.MIGRATE_NOTHING)
        return
    if found is SchemaState.BEHIND:
        if sqlite_file(settings.database_url) is not None:
            made = make(settings, call.now(), call.config_file)
            typer.echo(
                backup_texts.made(str(made.path), made.size, made.manifest.files, made.manifest.total_rows)
            )
        upgrade(settings.database_url)
        typer.echo(texts.migrated(revisions()[-1]))
        return
    settings.data.dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (file := sqlite_file(settings.database_url)) is not None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    asyncio.run(_create(settings.database_url))
    typer.echo(texts.MIGRATED_EMPTY)


def require_head(call: Invocation, settings: "Settings") -> None:
    """Stop a command that needs the schema as it should be; changes nothing."""
    from bot.doctor.storage import schema_state
    from db.schema import SchemaState

    require_known(settings)
    found = schema_state(settings)
    if found is SchemaState.EMPTY:
        raise TroubleError(texts.must_create(call.command("init")), Outcome.ATTENTION)
    if found is SchemaState.BEHIND:
        raise TroubleError(texts.must_migrate(call.command("migrate")), Outcome.ATTENTION)


def require_known(settings: "Settings") -> None:
    """Stop when the database is not one this program can bring anywhere."""
    from bot.doctor.storage import schema_state
    from db.schema import SchemaState

    found = schema_state(settings)
    if found is SchemaState.NEWER:
        raise TroubleError(texts.MIGRATE_NEWER, Outcome.ATTENTION)
    if found is SchemaState.FOREIGN:
        raise TroubleError(texts.MIGRATE_FOREIGN, Outcome.ATTENTION)


async def _create(url: str) -> None:
    from db.engine import make_engine
    from db.schema import create

    engine = make_engine(url)
    try:
        await create(engine)
    finally:
        await engine.dispose()
