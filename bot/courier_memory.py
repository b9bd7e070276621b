"""What a courier must not forget in a restart: pauses it was asked for, and what its platform calls files."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from core.messages import FileOut
from db.transaction import Session
from services import outbox_memory
from services.outbox_memory import FileKey

_KNOWN = 1_000


class CourierMemory:
    """Kept at hand, and stored with the next outcomes: `save` in their transaction, then `saved`."""

    def __init__(self, channel: str, bot: str) -> None:
        self._place = (channel, bot)
        self._known: dict[FileKey, str] = {}
        self._pauses: dict[str, datetime] = {}
        self._learnt: dict[FileKey, str] = {}
        self._unlearnt: set[FileKey] = set()
        self._saving: tuple[Mapping[str, datetime], Mapping[FileKey, str], Collection[FileKey]] = ({}, {}, ())

    def pause(self, chat: str, until: datetime) -> None:
        """A chat has to rest, or the whole bot (an empty name); a longer pause in force stays."""
        self._pauses[chat] = max(until, self._pauses.get(chat, until))

    def handle_of(self, file: FileOut) -> str:
        """What the platform calls a file; empty while it does not have it."""
        return self._known.get(_key(file), "")

    def learn(self, handles: Mapping[FileOut, str]) -> None:
        """The platform has files, and calls them so."""
        found = {_key(file): handle for file, handle in handles.items()}
        self._remember(found)
        self._learnt |= found
        self._unlearnt -= found.keys()

    def unlearn(self, files: Collection[FileOut]) -> None:
        """The platform no longer knows these files."""
        for key in map(_key, files):
            self._known.pop(key, None)
            self._learnt.pop(key, None)
            self._unlearnt.add(key)

    async def look_up(self, session: Session, files: Collection[FileOut]) -> None:
        """Remember what the platform calls these files, if it was given them before."""
        unknown = {key for key in map(_key, files) if key not in self._known and key not in self._unlearnt}
        if unknown:
            self._remember(await outbox_memory.handles(session, *self._place, unknown))

    async def save(self, session: Session, now: datetime) -> None:
        """Store what is new."""
        self._saving = dict(self._pauses), dict(self._learnt), set(self._unlearnt)
        pauses, learnt, unlearnt = self._saving
        if pauses:
            await outbox_memory.keep_pauses(session, *self._place, pauses, now)
        if unlearnt:
            await outbox_memory.drop_handles(session, *self._place, unlearnt)
        if learnt:
            await outbox_memory.keep_handles(session, *self._place, learnt, now)

    def saved(self) -> None:
        """It is stored; what came up meanwhile is still to be."""
        pauses, learnt, unlearnt = self._saving
        self._pauses = {chat: until for chat, until in self._pauses.items() if pauses.get(chat) != until}
        self._learnt = {key: handle for key, handle in self._learnt.items() if learnt.get(key) != handle}
        self._unlearnt -= set(unlearnt)
        self._saving = {}, {}, ()

    async def pauses(self, session: Session, now: datetime) -> dict[str, timedelta]:
        """How much longer chats have to rest, as the last process was told."""
        return await outbox_memory.pauses(session, *self._place, now)

    def _remember(self, found: Mapping[FileKey, str]) -> None:
        self._known |= found
        while len(self._known) > _KNOWN:
            del self._known[next(iter(self._known))]


def _key(file: FileOut) -> FileKey:
    """By what a file is known. A photo has no name: it is not the document of the same bytes."""
    return file.sha256, "" if file.photo else file.name
