"""Talking to the house as people do: `chat.says`, `chat.taps`, `chat.sends_photo`.

Between two lines everything is forgotten: each line is answered by a house furnished anew over its
database, and what the platform has not been told is confirmed comes in again.
"""

import io
from collections.abc import AsyncIterator, Callable, Collection, Iterable, MutableMapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from PIL import Image
from sqlmodel import SQLModel, select

from bot.app import House, Plan, furnish, open_house
from bot.inspection.inspector import Inspector
from bot.lock import HeldLock
from bot.pace import PaceLimits
from bot.web.plan import WebPlan
from core.announcements import Rules
from core.campaigns import Campaign
from core.evidence import Allowance
from core.flooding import FloodLimits
from core.messages import Address
from core.quota_meter import Allowance as ChannelAllowance
from core.roles import Role
from db.engine import Engine
from db.models import Person
from db.transaction import Session
from services import inbox, people
from services.actor import Actor
from services.ballots import Urn
from services.outbox import GATHER_SECONDS
from services.people import Issued
from services.veil import Veil
from tests import builders, transcripts
from tests.fakes import FrozenClock, InspectorAtHand
from tests.surfaces import AnySurface, Bubble, Sent, TelegramSurface

UNLIMITED = PaceLimits(1e6, 10_000, 1e6, 10_000, 1e6)
#: Where an installation with pages of its own is seen from outside.
ADDRESS = "https://thidua.example.vn"
MORNING = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)  # 08:05 on a Monday at the office

Row = TypeVar("Row", bound=SQLModel)


@dataclass
class Town:
    """One database, one platform, and the people in it.

    `shelf` holds plans that were read before (a version of a plan never changes), and `engine` keeps the
    statements that were compiled before; a town without an engine opens its house from the very door.
    Some towns have another platform beside the first (`beside`).
    """

    folder: Path
    surface: AnySurface
    clock: FrozenClock
    shelf: MutableMapping[str, Campaign] = field(default_factory=dict)
    engine: Engine | None = None
    beside: AnySurface | None = None
    flood: FloodLimits | None = field(default_factory=FloodLimits)
    inspector: Inspector = field(default_factory=InspectorAtHand)
    allowance: Allowance = field(default_factory=Allowance)
    announcements: Rules = field(default_factory=Rules)
    urn: Urn = field(default_factory=Urn)
    veil: Veil = field(default_factory=lambda: Veil(b"the same in every transcript"))
    allowances: dict[str, ChannelAllowance] = field(default_factory=dict)
    people: list["Chat"] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def house(self) -> AsyncIterator[House]:
        """The house as after a restart: nothing but its database is remembered.

        Between two lines nothing is left in the middle, so only a house opened from its door recovers.
        """
        plan = self._plan()
        if self.engine is not None:
            house = furnish(plan, self.engine, HeldLock(self.folder / "bot.lock"))
            house.transactions.house["campaigns"] = self.shelf
            yield house
            return
        house = await open_house(plan)
        house.transactions.house["campaigns"] = self.shelf
        try:
            await house.recover()
            yield house
        finally:
            await house.close()

    @asynccontextmanager
    async def office(self) -> AsyncIterator[Session]:
        """A transaction of the house's own, for what is done without talking to it."""
        async with self.house() as house, house.transactions() as session:
            yield session

    async def rows(self, model: type[Row]) -> list[Row]:
        """What is stored, oldest first."""
        async with self.office() as session:
            return list((await session.exec(select(model))).all())

    async def settle(self, *, pause: bool = False) -> None:
        """Let the house do all there is to do now; with a `pause`, also what waits for an album's end."""
        async with self.house() as house:
            await attend(house)
            if pause:
                self.clock.move(seconds=GATHER_SECONDS + 0.1)
                await attend(house)

    async def issue(
        self,
        name: str = "Nguyễn Thị Mẫu",
        code: str = "",
        roles: tuple[Role, ...] = (Role.STAFF,),
        unit: int = 1,
    ) -> Issued:
        """A fresh way in for somebody on the list, who is put there if need be."""
        listed = await self.rows(Person)
        known = [one.id for one in listed if one.name == name]
        async with self.office() as session:
            now = self.clock.now()
            person = known[0] if known else None
            if person is None:
                code = code or f"NV{len(listed) + 1:03}"
                person = await builders.a_person(session, unit, now, name=name, code=code, roles=roles)
            return await builders.a_code(session, person, now)

    async def invite(self, name: str = "Nguyễn Thị Mẫu") -> str:
        """A link's token for somebody."""
        return (await self.issue(name)).token

    async def code(self, name: str = "Nguyễn Thị Mẫu") -> str:
        """A code to type, for somebody."""
        return (await self.issue(name)).code

    async def actor(self, session: Session, chat: "Chat") -> Actor:
        """Whoever writes from this chat, with the roles of today."""
        return (await people.identify(session, [chat.address], self.clock.now()))[chat.address]

    async def answers(self, chat: "Chat", *, but: Sequence[str] = ()) -> int:
        """Somebody answered everything before the story begins, `but` these criteria."""
        async with self.office() as session:
            actor = await self.actor(session, chat)
            return await builders.an_assessment(session, actor, self.clock.now(), but=but)

    def stranger(self, name: str = "Người lạ", on: AnySurface | None = None) -> "Chat":
        """A chat that belongs to nobody yet; `name` is what a transcript calls it."""
        chat = Chat(self, 1001 + len(self.people), name, on or self.surface)
        self.people.append(chat)
        return chat

    async def joined(
        self,
        name: str = "Nguyễn Thị Mẫu",
        code: str = "",
        roles: tuple[Role, ...] = (Role.STAFF,),
        unit: int = 1,
    ) -> "Chat":
        """Somebody who joined before the story begins, and has the bot's chat open."""
        token = (await self.issue(name, code, roles, unit)).token
        chat = self.stranger(name.rpartition(" ")[2])
        self.surface.knows(chat.id)
        async with self.office() as session:
            now = self.clock.now()
            found = await people.find_candidate(session, chat.address, token, now)
            assert found is not None
            await people.accept(session, chat.address, found.invitation_id, "1", now)
        return chat

    async def hears(
        self, speaker: "Chat | None", does: str, act: Callable[[], object], *, pause: bool = False
    ) -> None:
        """One line of somebody, answered; what everybody then sees is remembered and written down.

        `does` is how the line is written down, unless the act itself says it in other words.
        """
        before = [chat.surface.bubbles(chat.id) for chat in self.people]
        done = act()
        self.clock.move(seconds=5)
        await self.settle(pause=pause)
        if speaker is not None:
            self.transcript.append(transcripts.line(speaker.name, done if isinstance(done, str) else does))
        for chat, known in zip(self.people, before, strict=True):
            now = chat.surface.bubbles(chat.id)
            fresh = [] if now is known else _fresh(now, set(known))
            chat.sees, chat.bubbles_seen = "\n".join(fresh), len(fresh)
            self.transcript += [transcripts.bubble(chat.name, one) for one in fresh]

    async def time_passes(self, **by: float) -> None:
        """Let time pass and the house do what is due: `time_passes(hours=1)`."""
        self.clock.move(**by)
        await self.hears(None, "", lambda: None)

    def _plan(self) -> Plan:
        return Plan(
            database_url=f"sqlite+aiosqlite:///{self.folder / 'bot.db'}",
            data_dir=self.folder,
            channels=[one.channel() for one in (self.surface, self.beside) if one is not None],
            clock=self.clock,
            limits=UNLIMITED,
            flood=self.flood,
            quiet=0.0,
            inspector=self.inspector,
            allowance=self.allowance,
            announcements=self.announcements,
            urn=self.urn,
            veil=self.veil,
            allowances=self.allowances,
            free_bytes=0,
            free_share=0.0,
            web=WebPlan(ADDRESS) if self.surface.capabilities.files_by_link else None,
        )


def _fresh(now: Iterable[Bubble], known: Collection[Bubble]) -> list[str]:
    return [str(one) for one in now if not one.known_from(known)]


@dataclass
class Chat:
    """One person's side of a conversation.

    `sees` is what came or changed with the last line of anybody, in so many `bubbles_seen`.
    """

    town: Town
    id: int
    name: str
    surface: AnySurface
    sees: str = ""
    bubbles_seen: int = 0

    async def starts(self, payload: str = "") -> None:
        """Open the bot, perhaps by a link."""
        await self._does(f"/start {payload}".strip(), lambda: self.surface.starts(self.id, payload))

    async def says(self, text: str) -> None:
        """Type something."""
        await self._does(text, lambda: self.surface.says(self.id, text))

    async def taps(self, label: str) -> None:
        """Pick a choice: press its button, or type its number or word where there are no buttons."""
        await self.town.hears(self, label, lambda: self.surface.taps(self.id, label))

    async def taps_twice(self, label: str) -> None:
        """Press a button twice before the house answers."""
        telegram = self._telegram
        message, data, shown = telegram.button(self.id, label)
        await self._does(
            f"[{shown}] × 2", lambda: [telegram.api.user_taps(self.id, message, data) for _ in "12"]
        )

    async def edits(self, text: str) -> None:
        """Change the text sent last."""
        telegram = self._telegram
        mine = [message for message in telegram.api.view(self.id).messages if not message.by_bot]
        await self._does(
            f"(sửa tin vừa gửi) {text}", lambda: telegram.api.user_edits(self.id, mine[-1].id, text)
        )

    async def sends_contact(self) -> None:
        """Send what no step can read."""
        telegram = self._telegram
        await self._does(
            "(danh thiếp)", lambda: telegram.api.user_shares_contact(self.id, phone="+84900000000")
        )

    async def sends_photo(
        self, content: bytes | None = None, *, caption: str = "", lost: bool = False
    ) -> None:
        """Send one photo; the platform may have `lost` it when it is fetched."""
        await self.sends([("", "image/jpeg", content or a_photo())], caption=caption, lost=lost)

    async def sends_album(self, count: int) -> None:
        """Send several photos in one go."""
        album = f"album-{len(self.town.transcript)}"
        await self.sends([("", "image/jpeg", a_photo(shade)) for shade in range(count)], album=album)

    async def sends_document(self, name: str, content: bytes, mime: str = "application/octet-stream") -> None:
        """Send a file."""
        await self.sends([(name, mime, content)])

    async def sends(
        self, files: Sequence[Sent], *, album: str = "", caption: str = "", lost: bool = False
    ) -> None:
        """Send files (name, type, bytes); a photo has no name."""

        def act() -> None:
            self.surface.sends(self.id, files, album, caption)
            if lost:
                self.surface.loses_files()

        shown = ", ".join(f"({name or 'ảnh'})" for name, _mime, _content in files)
        await self.town.hears(self, f"{shown} {caption}".strip(), act, pause=bool(album))

    async def blocks(self, *, blocked: bool = True) -> None:
        """Block the bot, or let it in again."""
        await self._does(
            "(chặn)" if blocked else "(bỏ chặn)", lambda: self.surface.blocks(self.id, blocked=blocked)
        )

    @property
    def screen(self) -> str:
        """The newest message as it looks now."""
        return str(self.surface.bubbles(self.id)[-1])

    @property
    def files(self) -> list[tuple[str, bytes]]:
        """Every file the house has handed over."""
        return self.surface.files(self.id)

    @property
    def address(self) -> Address:
        """Where the house finds this chat."""
        channel = self.surface.channel()
        return Address(channel.name, channel.bot, str(self.id))

    @property
    def _telegram(self) -> TelegramSurface:
        assert isinstance(self.surface, TelegramSurface)
        return self.surface

    async def _does(self, shown: str, act: Callable[[], object]) -> None:
        await self.town.hears(self, shown, act)


async def attend(house: House) -> None:
    """Take in what waits, answer it, run errands, deliver: until nothing is left for now."""
    for channel in house.channels.values():
        while arrivals := await channel.poll():
            async with house.transactions() as session:
                await inbox.receive(session, arrivals, house.plan.clock.now())
            channel.confirm(arrivals)
    while True:
        while await house.door.work():
            pass
        errands = await house.errands.run_due()
        for courier in house.couriers.values():
            await courier.empty()
        if not errands:
            return


def a_photo(shade: int = 0) -> bytes:
    """A small photograph; another `shade` is another photograph."""
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), (120, 40 + shade % 200, 90)).save(buffer, "JPEG")
    return buffer.getvalue()
