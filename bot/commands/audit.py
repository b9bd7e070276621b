"""`audit`: the journal, proven unchanged."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.invocation import invocation
from bot.commands.migrate import require_head
from bot.trouble import Outcome, TroubleError
from core.texts import commands as texts

if TYPE_CHECKING:
    from bot.config import Settings
    from services.journal import Verification

_HEAD = re.compile(r"[0-9a-f]{64}")


def verify(
    context: typer.Context,
    *,
    head: Annotated[str, typer.Option(help=texts.AUDIT_HEAD, metavar=texts.HEAD_WORD)] = "",
) -> Outcome:
    """Check every entry against the one before, and that the newest backup's last entry is still there."""
    import asyncio

    from bot.backup import newest_manifest

    head = head.strip().lower()
    if head and not _HEAD.fullmatch(head):
        raise TroubleError(texts.HEAD_UNREADABLE, Outcome.USAGE)
    call = invocation(context)
    settings = call.settings()
    require_head(call, settings)
    manifest = newest_manifest(settings.backup_folder)
    found = asyncio.run(_verify(settings, head or (manifest.journal.head if manifest else "")))
    if found.broken_at is not None:
        typer.echo(texts.audit_broken(found.broken_at, found.entries))
        return Outcome.PROBLEMS
    typer.echo(texts.audit_whole(found.entries, found.head, compared=bool(head or manifest)))
    return Outcome.OK


async def _verify(settings: "Settings", head: str) -> "Verification":
    from bot.commands.house import opened
    from services import journal

    async with opened(settings, to_write=False) as transactions, transactions() as session:
        return await journal.verify(session, head)
