"""Files on their way: their bytes go to a platform once, and then by what it calls them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from weakref import WeakValueDictionary

from bot.channels.base import Delivered, Delivery, Forgotten, OutgoingFile, Rejected
from bot.courier_links import CourierLinks
from bot.courier_memory import CourierMemory
from bot.filestore import MissingFileError, Store
from core.messages import FileOut

Send = Callable[[tuple[OutgoingFile, ...]], Awaitable[Delivery]]


class CourierFiles:
    """The files of one courier's messages."""

    def __init__(self, store: Store, memory: CourierMemory, links: CourierLinks) -> None:
        self._store = store
        self._memory = memory
        self._links = links
        self._turns: WeakValueDictionary[tuple[FileOut, ...], asyncio.Lock] = WeakValueDictionary()

    async def carry(self, wanted: tuple[FileOut, ...], send: Send, *, shared: bool) -> Delivery:
        """Send files together. What is `shared` with many is uploaded by the first; the others wait."""
        if shared and not self._links.for_files and not self._all_known(wanted):
            turn = self._turns.setdefault(wanted, asyncio.Lock())
            async with turn:
                if not self._all_known(wanted):
                    return await self._send(wanted, send, shared=True)
        return await self._send(wanted, send, shared=shared)

    def _all_known(self, wanted: Sequence[FileOut]) -> bool:
        return all(self._memory.handle_of(file) for file in wanted)

    async def _send(self, wanted: Sequence[FileOut], send: Send, *, shared: bool) -> Delivery:
        try:
            files = [await self._packed(file) for file in wanted]
        except MissingFileError:
            return Rejected("file missing")
        by_handle = [one for one, file in zip(wanted, files, strict=True) if file.handle]
        match await send(tuple(files)):
            case Delivered(handles=handles) as arrived:
                if shared and len(handles) == len(files):
                    self._memory.learn(
                        {
                            one: handle
                            for one, handle in zip(wanted, handles, strict=True)
                            if one not in by_handle
                        }
                    )
                return arrived
            case Forgotten() as forgotten:
                self._memory.unlearn(by_handle)
                return forgotten if by_handle else Rejected("file unknown")
            case outcome:
                return outcome

    async def _packed(self, file: FileOut) -> OutgoingFile:
        if self._links.for_files:
            return self._links.file(file)
        handle = self._memory.handle_of(file)
        data = b"" if handle else await self._store.read_served(file.sha256)
        return OutgoingFile(file.name, file.mime, data, handle, file.photo)
