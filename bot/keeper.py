"""What errands need of the outside: bytes fetched, examined and shelved, commands offered."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime

from bot.channels.base import Channel, FileGoneError, FileTooBigError
from bot.crashpoints import crashpoint
from bot.filestore import MissingFileError, Quarantine, Store, TurnedAwayError, zip_up
from bot.inspection.inspector import Inspector
from bot.web.shelf import Shelf
from core.evidence import FileFacts, FileLimits, FileOutcome, RefusedFile
from core.messages import Address, FileRef
from core.texts.evidence_refusals import refused_file
from scheduler.outside import GoneError, Kept, NotYet, TurnedDown
from services.uploads import BY_PAGE


class Keeper:
    """Takes evidence from a channel into the file store, by way of quarantine and inspection."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        store: Store,
        quarantine: Quarantine,
        inspector: Inspector,
        limits: FileLimits,
        shelf: Shelf,
    ) -> None:
        self._channels = channels
        self._shelf = shelf
        self._store = store
        self._quarantine = quarantine
        self._inspector = inspector
        self._limits = limits

    async def fetch(self, channel: str, file: FileRef) -> AsyncIterator[bytes]:
        """The bytes of a file a person sent. Raises `GoneError`, or a channel's own error."""
        shelved = _on_shelf(file)
        coming = self._shelf.open(shelved) if shelved else self._channels[channel].fetch(file)
        try:
            async for piece in coming:
                yield piece
        except (FileGoneError, MissingFileError) as error:
            raise GoneError from error

    async def let_go(self, file: FileRef) -> None:
        """What became of a file is settled: one that came by a page need not lie on the shelf any more."""
        if shelved := _on_shelf(file):
            with suppress(OSError):  # What is left there is swept away one day.
                self._shelf.discard(shelved)

    async def keep(self, content: AsyncIterator[bytes], name: str) -> Kept | TurnedDown | NotYet:
        """Quarantine, examine, store; what is refused leaves nothing behind."""
        try:
            path = await self._quarantine.receive(content, self._limits.max_bytes)
        except TurnedAwayError as turned_away:
            return self._turned_down(turned_away.reason, FileFacts(0))
        except FileTooBigError:
            return self._turned_down(RefusedFile.TOO_BIG, FileFacts(0))
        crashpoint("keeper.received")
        verdict = None
        try:
            verdict = await self._inspector.inspect(path, name)
            crashpoint("keeper.examined")
            if verdict.outcome is FileOutcome.WAIT:
                return NotYet()
            if verdict.reason is not None:
                return self._turned_down(verdict.reason, verdict.facts)
            if verdict.served is None:
                problem = "a clean file without a copy to show"
                raise RuntimeError(problem)
            original = await self._store.put(path)
            served = await self._store.put_served(verdict.served)
            crashpoint("keeper.stored")
            kind = verdict.facts.kind
            return Kept(
                sha256=original,
                served_sha256=served,
                size=verdict.facts.size,
                mime=kind.served.mime if kind else "",
                facts={**asdict(verdict.facts), "scanned": verdict.scanned},
            )
        finally:
            self._quarantine.discard(path, verdict.served if verdict else None)

    async def shelve(self, content: bytes) -> str:
        """Store a paper the house made."""
        sha256 = await self._store.put_served(content)
        crashpoint("keeper.shelved")
        return sha256

    async def archive(self, files: AsyncIterator[tuple[str, bytes]], at: datetime) -> tuple[str, int]:
        """Store a ZIP: written beside the uploads, where what a crash leaves is thrown away at the start."""
        path = self._quarantine.place()
        try:
            size = await zip_up(path, files, at)
            crashpoint("keeper.archived")
            return await self._store.put_served(path), size
        finally:
            self._quarantine.discard(path)

    async def forget(self, sha256: str) -> None:
        """Throw a paper away that was shelved."""
        await self._store.forget_served(sha256)

    async def read(self, sha256: str) -> bytes:
        """What was kept or shelved: the copy that people may see."""
        return await self._store.read_served(sha256)

    async def set_commands(self, address: Address, commands: Sequence[tuple[str, str]]) -> None:
        """Offer commands in a chat."""
        await self._channels[address.channel].set_commands(address.chat, commands)

    def _turned_down(self, reason: RefusedFile, facts: FileFacts) -> TurnedDown:
        return TurnedDown(reason.value, refused_file(reason, facts, self._limits))


def _on_shelf(file: FileRef) -> str:
    """What the shelf calls a file that came by a page; nothing for one that lies with a platform."""
    # A photo never comes by a page, whatever a platform says it is called.
    ours = file.ref.startswith(BY_PAGE) and not file.photo
    return file.ref.removeprefix(BY_PAGE) if ours else ""
