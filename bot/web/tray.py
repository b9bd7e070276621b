"""What lies on an upload page: taken in file by file, thrown out, and made one arrival in the inbox."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterable, AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.clock import Clock
from bot.filestore import TurnedAwayError
from bot.inspection.names import claimed_kind
from bot.web.shelf import Shelf, Shelved
from core.evidence import FileFacts, FileKind, FileLimits, RefusedFile
from core.filenames import clean_name
from core.messages import FileRef
from core.texts import web as texts
from core.texts.evidence_refusals import refused_file
from db.transaction import Transactions
from services import uploads
from services.uploads import PageFacts

#: Bytes that one page takes together.
TOTAL = 200 * 1024 * 1024
_AT_ONCE_A_PAGE, _AT_ONCE = 3, 40
_PATIENCE = 8.0


class TurnedError(Exception):
    """A file was not taken; the sentence says why, `again` whether the same file may be taken later."""

    def __init__(self, sentence: str, *, again: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.again = again


class BusyError(Exception):
    """The database did not answer in time; it may all the same have done what it was asked to."""


class Tray:
    """The pages' side of the shelf and of the database."""

    def __init__(
        self, shelf: Shelf, transactions: Transactions, clock: Clock, arrived: Callable[[], None]
    ) -> None:
        self._shelf = shelf
        self._transactions = transactions
        self._clock = clock
        self._arrived = arrived
        self._coming: Counter[int] = Counter()
        self._settling = asyncio.Lock()

    async def look(self, number: int) -> PageFacts | None:
        """What a page shows. Raises what the database raises, or `BusyError`."""
        async with _in_time(), self._transactions() as session:
            return await uploads.look(session, number, self._clock.now())

    def lying(self, number: int) -> list[Shelved]:
        """What has come for a page, in its order."""
        return self._shelf.lying(number)

    def sent(self, number: int) -> list[str]:
        """The names of what was sent by a page, for a while."""
        return list(self._shelf.noted(number).values())

    def require(self, page: PageFacts, name: str, size: int) -> None:
        """Raise `TurnedError` where a file of this name and size would not be taken."""
        lying = self._shelf.lying(page.number)
        claim = claimed_kind(clean_name(name))
        if isinstance(claim, RefusedFile):
            raise _refused(claim, page, size)
        if size > page.file_bytes:
            raise _refused(RefusedFile.TOO_BIG, page, size)
        if len(lying) >= page.most:
            raise TurnedError(texts.too_many(page.most))
        if sum(one.size for one in lying) + size > TOTAL:
            raise TurnedError(texts.too_much(TOTAL))

    async def take(
        self, page: PageFacts, name: str, mime: str, size: int, content: AsyncIterable[bytes]
    ) -> Shelved:
        """Keep a file that comes in. Raises `TurnedError`; `size` is what was announced, 0 for unknown."""
        self.require(page, name, size)
        if self._coming[page.number] >= _AT_ONCE_A_PAGE or self._coming.total() >= _AT_ONCE:
            raise TurnedError(texts.BUSY, again=True)
        self._coming[page.number] += 1
        try:
            shelved = await self._shelf.receive(page.number, name, mime, content, page.file_bytes)
        except TurnedAwayError as refused:
            raise _refused(refused.reason, page, size) from refused
        except OSError as error:
            raise TurnedError(texts.BUSY, again=True) from error
        finally:
            self._coming[page.number] -= 1
            self._coming += Counter()
        if shelved.size == 0:
            self._shelf.discard(shelved.ref)
            raise _refused(RefusedFile.EMPTY, page, 0)
        try:
            async with self._settling:
                await self._settle(page, shelved)
        except BaseException:
            self._shelf.discard(shelved.ref)
            raise
        return shelved

    async def _settle(self, page: PageFacts, shelved: Shelved) -> None:
        """Nothing happened while it came in that it has no place for. Raises `TurnedError`."""
        lying = self._shelf.lying(page.number)
        if len(lying) > page.most or sum(one.size for one in lying) > TOTAL:
            raise TurnedError(texts.too_many(page.most))
        now = await self.look(page.number)
        still = now is not None and now.state is uploads.PageState.OPEN
        if not still and shelved.ref not in self._shelf.noted(page.number):
            raise TurnedError(texts.TOO_LATE)

    async def remove(self, number: int, part: str) -> bool:
        """Throw out a file of an open page; false where there is none such."""
        ref = f"upload:{number}.{part}"
        async with self._settling:
            page = await self.look(number)
            still = page is not None and page.state is uploads.PageState.OPEN
            if not still or ref not in [one.ref for one in self._shelf.lying(number)]:
                return False
            self._shelf.discard(ref)
            return True

    async def finish(self, number: int) -> bool:
        """Make what lies there one arrival; false where nothing does, or the page is not open (any more)."""
        async with self._settling:
            lying = self._shelf.lying(number)
            if not lying:
                return False
            files = [FileRef(one.ref, one.ref, one.name, one.size, one.mime) for one in lying]
            async with _in_time(), self._transactions() as session:
                finished = await uploads.finish(session, number, files, self._clock.now())
            if finished:
                self._shelf.note(number, lying)
                self._arrived()
            return finished


@asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(_PATIENCE):
            yield
    except TimeoutError as error:
        raise BusyError from error


def _refused(reason: RefusedFile, page: PageFacts, size: int) -> TurnedError:
    limits = FileLimits(max_bytes=page.file_bytes)
    sentence = refused_file(reason, FileFacts(size), limits)
    return TurnedError(sentence, again=reason is RefusedFile.NO_ROOM)


#: What a file picker offers. HEIC is left out: an iPhone then hands over a JPEG.
PICKED = ",".join(f"{kind.mime},{kind.suffix}" for kind in FileKind if kind is not FileKind.HEIC)
