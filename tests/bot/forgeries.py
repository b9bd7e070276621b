"""People who press buttons they were never shown: a town of eight, and what each of them tries."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import col, select, update

from bot.app import House
from bot.emulators.telegram import BotApi
from core.messages import Message
from core.roles import TABLE, Permission, Role
from db.models import Account, Conversation, Evidence, OutboxRow, Person, RoleGrant, SQLModel
from handlers import DIALOGUES
from tests.bot import staff
from tests.bot.forged_awards import hidden_awards
from tests.chat import Chat, Town
from tests.surfaces import TelegramSurface

#: Tables that change with every turn, or with time alone; every other one no forged press may change.
CHANGING = frozenset(
    {
        "channel_stop",  # what a platform refuses
        "channel_use",  # messages are counted
        "conversation",  # where somebody is
        "guess_limit",  # wrong codes are counted
        "inbox",  # what came
        "outbox",  # what is answered
        "outbox_file",
        "outbox_outage",
        "outbox_pause",
    }
)
_ROLES = {
    "Bùi Thị Kín": (Role.STAFF,),
    "Cao Văn Giấu": (Role.STAFF, Role.HEAD),
    "Đoàn Thị Riêng": (Role.STAFF, Role.COORDINATOR),
    "Giang Văn Thầm": (Role.OFFICE,),
    "Hà Thị Khuất": (Role.ADMINISTRATOR,),
    "Khúc Văn Ẩn": (Role.APPRAISER, Role.COUNCIL, Role.DIRECTOR),
}
_OFFICE = {role for role in Role if Permission.SEE_PEOPLE in TABLE[role]}
SECRET = "điều chỉ đơn vị khác biết"
REVOKED, FROZEN, STRANGER = "Lục Thị Vắng", "Mạc Văn Đông", "Người lạ"
_COMMANDS = ("menu", "/tudanhgia", "/minhchung", "/taikhoan", "/viec")
#: Choices that only lead somewhere else.
_WAYS = {"also", "file", "files", "go", "group", "later", "missing", "next", "not_me", "note", "notice"}
_WAYS |= {"open", "place", "review", "swap"}
_KEYS = (
    *(".back", ".cancel", ".menu", ".help", "again", "agree", "also", "copy", "decline", "drop", "files"),
    *("freeze", "get", "go", "go_live", "later", "mark", "missing", "na", "next", "no", "not_me", "note"),
    *("notice", "place", "rest", "review", "sign", "signed", "skip", "swap", "take", "withdraw", "yes"),
    *(
        "approve",
        "publish",
        "discard",
        "share",
        "back",
        "grant",
        "deny",
        "propose",
        "commend",
        "lift",
        "level.tot",
        *("submit", "make", "up", "out", "give", "answer", "take_up", "mark.met", "finish", "for", "against"),
        *("open", "close", "settle.1", "conclude", "cancel", "refer", "enter", "vote", "annul", "object"),
    ),
    *(f"open.{dialogue.name}" for dialogue in DIALOGUES),
)
#: Numbers of what is there and of what is not, and what is no number.
_SUBJECTS = (
    *("1", "2", "1.1", "1.2", "2.2", "1.2.3", "004:004-D2:2026:2"),
    *(str(10**6), "0", "-1", "x", "²", "1 OR 1=1", "9" * 30, "٣", "1." + "9" * 30),
)


@dataclass
class Forger:
    """Somebody with a telephone that sends whatever they like."""

    chat: Chat
    seen: list[str] = field(default_factory=list)


@dataclass
class Den:
    """The town, its people, what each holds that nobody else may see; `office` may see who there is."""

    town: Town
    api: BotApi
    people: list[Forger]
    names: dict[int, set[str]]
    secrets: dict[int, set[str]]
    office: set[int]
    files: dict[int, int]
    visited: set[str] = field(default_factory=set)

    async def precious(self) -> dict[str, list[object]]:
        """Everything in the tables that matter."""
        async with self.town.office() as session:
            connection = await session.connection()
            return {
                name: list(await connection.execute(table.select()))
                for name, table in SQLModel.metadata.tables.items()
                if name not in CHANGING
            }

    async def leaks(self) -> list[str]:
        """Messages that hold something of somebody else."""
        return [
            row.payload
            for row in await self.town.rows(OutboxRow)
            for owner, words in self.secrets.items()
            if int(row.chat) != owner
            and any(word in row.payload for word in words | self._hidden_from(int(row.chat), owner))
        ]

    async def knows(self, owner: int) -> bool:
        """Whether the owner was shown everything that nobody else may see."""
        told = "".join(row.payload for row in await self.town.rows(OutboxRow) if row.chat == str(owner))
        return all(word in told for word in self.secrets[owner] | self.names[owner])

    def _hidden_from(self, reader: int, owner: int) -> set[str]:
        return set() if reader in self.office else self.names[owner]

    async def forge(self, house: House, count: int, seed: int) -> int:
        """So many forged presses, by everybody in turn; now and then they walk somewhere else."""
        rng = random.Random(seed)
        done = 0
        self.visited.clear()
        while done < count:
            standing = await self._standing(house)
            for forger in self.people:
                turn, offered = standing.get(forger.chat.id, (0, frozenset[str]()))
                ways = sorted(key for key in offered if key.partition(".")[0] in _WAYS)
                chance = rng.random()
                if chance < 0.05 or (chance < 0.35 and not ways):
                    self.town.surface.says(forger.chat.id, rng.choice(_COMMANDS))
                    continue
                if chance < 0.35:
                    way = "go" if "go" in ways and rng.random() < 0.5 else rng.choice(ways)
                    self.api.user_taps(forger.chat.id, 1, f"{turn}:{way}", forged=True)
                    continue
                data = self._forged(forger, turn, offered, rng)
                self.api.user_taps(forger.chat.id, rng.randrange(1, 400), data, forged=True)
                done += 1
            await staff.take_in(house)
            while await house.door.work():
                pass
        return done

    def _forged(self, forger: Forger, turn: int, offered: frozenset[str], rng: random.Random) -> str:
        mine = self.files.get(forger.chat.id)
        others = [number for number in self.files.values() if number != mine]
        foreign = rng.choice([*others, 10**6, 0])
        key = rng.choice([*_KEYS, *(f"{one}.{foreign}" for one in ("file", "round", "key", "group"))])
        match rng.randrange(6):
            case 0:
                return f"{rng.choice([turn - 1, turn + 1, 0, -1, rng.randrange(10**9)])}:{key}"
            case 1:
                return f"{turn}:{key}" if key not in offered else f"{turn + 1}:{key}"
            case 2:
                return rng.choice([one for one in forger.seen if not one.startswith(f"{turn}:")] or ["0:go"])
            case 3:
                return f"door:{rng.choice(('evidence', 'signing', 'swap', 'people'))}:{foreign}"
            case 4:
                subject = rng.choice(_SUBJECTS)
                return f"door:{rng.choice([one.name for one in DIALOGUES] + ['go_live'])}:{subject}"
            case _:
                return "".join(rng.choices("0123456789:.door-key%'\"\\\0ạ", k=rng.randrange(1, 30)))

    async def _standing(self, house: House) -> dict[int, tuple[int, frozenset[str]]]:
        """The turn of each chat, and the choices it was offered; the steps people stand at are noted."""
        async with house.transactions() as session:
            rows = (await session.exec(select(Conversation))).all()
        standing: dict[int, tuple[int, frozenset[str]]] = {}
        for row in rows:
            self.visited |= {f"{frame['d']}.{frame['s']}" for frame in json.loads(row.stack)}
            offered = Message.from_json(row.offered)
            keys = frozenset(choice.key for choice in (*offered.choices, *offered.nav))
            standing[int(row.chat)] = (row.turn, keys)
        return standing


def buttons_of(api: BotApi, chat: int) -> Iterator[str]:
    """What every button in sight carries."""
    for message in api.view(chat).messages:
        for row in message.buttons:
            yield from (button.data for button in row)


async def a_den(town: Town) -> Den:
    """Everybody with a file and an answer of their own where they may have them.

    The role of one has ended, the account of another was frozen, a third never joined.
    """
    assert isinstance(town.surface, TelegramSurface)
    town.flood = None
    api = town.surface.api
    town.flood = None
    people: list[Forger] = []
    named: dict[int, set[str]] = {}
    secrets: dict[int, set[str]] = {}
    names = {**_ROLES, REVOKED: (Role.STAFF,), FROZEN: (Role.STAFF,)}
    for number, (name, roles) in enumerate(names.items(), 1):
        forger = Forger(await town.joined(name, f"BM{number:04d}", roles))
        people.append(forger)
        chat = forger.chat
        named[chat.id], secrets[chat.id] = {name, f"BM{number:04d}"}, set()
        if Role.STAFF in roles:
            await _works(forger, api, number)
            secrets[chat.id] |= {f"mat-{number}", f"bí mật số {number}"}
    async with town.office() as session:
        await session.exec(
            update(RoleGrant)
            .where(col(RoleGrant.person_id).in_(select(Person.id).where(Person.name == REVOKED)))
            .values(until=town.clock.now().date() - timedelta(days=1))
        )
        await session.exec(
            update(Account)
            .where(col(Account.person_id).in_(select(Person.id).where(Person.name == FROZEN)))
            .values(state="frozen", frozen_at=town.clock.now(), frozen_why="disowned")
        )
    people.append(Forger(town.stranger(STRANGER)))
    secrets[0], named[0] = {SECRET}, set()
    await hidden_awards(town, SECRET)
    files = {
        owner.chat.id: row.id or 0
        for owner in people
        for row in await town.rows(Evidence)
        if row.name in {f"{word}.pdf" for word in secrets.get(owner.chat.id, ())}
    }
    office = {
        owner.chat.id for owner, roles in zip(people, names.values(), strict=False) if _OFFICE & {*roles}
    }
    return Den(town, api, people, named, secrets, office, files)


async def _works(forger: Forger, api: BotApi, number: int) -> None:
    """One file, one answer, and a look at every kind of screen."""
    chat = forger.chat
    await chat.says("/taikhoan")
    forger.seen += buttons_of(api, chat.id)
    await chat.says("/tudanhgia")
    forger.seen += buttons_of(api, chat.id)
    if "Bắt đầu" not in chat.sees:  # Whoever leads a unit has its sheet to choose besides their own.
        await chat.taps("Năm 2026")
        forger.seen += buttons_of(api, chat.id)
    await chat.taps("Bắt đầu")
    forger.seen += buttons_of(api, chat.id)
    await chat.says(f"Việc bí mật số {number}")
    forger.seen += buttons_of(api, chat.id)
    await chat.sends_document(f"mat-{number}.pdf", b"%PDF-1.4 nothing", "application/pdf")
    forger.seen += buttons_of(api, chat.id)
    for line in ("/minhchung", "1", "menu"):
        await chat.says(line)
        forger.seen += buttons_of(api, chat.id)
