"""«Thông báo của tôi», and the doors of an announcement: «Đã đọc», and the answers to its question."""

from core.announcement_reading import Received
from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import announcement_reading as texts
from core.texts import announcements as told
from handlers.dialogue import Dialogue, Go, Next, Open, Place, Stay, Step, Turn
from services import announcement_reading as reading


class ListPlace(Place):
    """At a page of what I was sent."""

    page: int = 0


class OnePlace(Place):
    """At one announcement, come to from the `listed` ones or not; `done` is what is shown after my part."""

    number: int
    listed: bool = False
    done: bool = False


class Listed(Step[ListPlace]):
    """What I was sent, what waits for me first."""

    name = "list"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        return texts.listed(await reading.received(turn.session, turn.actor, turn.now), place.page)

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        match key:
            case "page.after":
                return Go(Listed, ListPlace(page=place.page + 1))
            case "page.before":
                return Go(Listed, ListPlace(page=max(0, place.page - 1)))
            case _:
                return Go(One, OnePlace(number=int(key.removeprefix("one.")), listed=True))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class One(Step[OnePlace]):
    """One announcement: to be read, confirmed and answered, or what I made of it."""

    name = "one"
    place_type = OnePlace

    async def show(self, turn: Turn, place: OnePlace) -> Message:
        found = await reading.one(turn.session, turn.actor, place.number)
        if not place.done or found.open:
            return texts.one(found, turn.can)
        _all, waiting = await reading.counted(turn.session, turn.actor, turn.now)
        return texts.confirmed(found, waiting, turn.can)

    async def chose(self, turn: Turn, place: OnePlace, key: str) -> Next:
        act, _, which = key.partition(".")
        match act:
            case "read":
                found = await _read(turn, place.number, int(which))
                return Go(One, _after(found, place), _note(found, int(which)))
            case "answer":
                version, _, answer = which.partition(".")
                found = await _answered(turn, place.number, int(version), int(answer))
                return Go(One, _after(found, place), _note(found, int(version), int(answer)))
            case "files":
                count = await reading.files_again(turn.session, turn.actor, place.number, turn.now)
                return Stay(texts.files_again(count))
            case "list":
                return Go(Listed, ListPlace())
            case _:
                return Go(One, OnePlace(number=place.number, listed=place.listed))

    async def back(self, turn: Turn, place: OnePlace) -> Next:
        return Go(Listed, ListPlace()) if place.listed else await super().back(turn, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_ONE


async def _read(turn: Turn, number: int, version: int | None) -> Received:
    return await reading.read(turn.session, turn.actor, number, version, turn.now)


async def _answered(turn: Turn, number: int, version: int, place: int) -> Received:
    return await reading.answer(turn.session, turn.actor, number, version, place, turn.now)


def _after(found: Received, place: OnePlace) -> OnePlace:
    done = found.read_at is not None
    return OnePlace(number=place.number, listed=place.listed, done=done)


def _note(found: Received, version: int | None, answer: int | None = None) -> str:
    """What is to be said beside the screen, if what was meant did not happen."""
    asked = found.content.question is not None
    if version < found.version if version is not None else found.open and not asked:
        return texts.RETRACTED if found.retracted else texts.CORRECTED
    if found.open and asked and answer is None:
        return texts.QUESTION_FIRST
    if answer is not None and found.answer not in {answer, None}:
        return texts.ANSWERED_BEFORE
    return ""


async def _enter(_turn: Turn, subject: str) -> Go:
    """«12» is one announcement, «done.12» what became of it."""
    act, _, number = subject.rpartition(".")
    return Go(One, OnePlace(number=int(number), done=bool(act))) if number else Go(Listed, ListPlace())


def _opened(found: Received, note: str) -> Open:
    done = "done." if found.read_at is not None else ""
    return Open(DIALOGUE.name, f"{done}{found.number}", note)


async def _enter_read(turn: Turn, subject: str) -> Open:
    """«12.1»: the first wording of the 12th was read; «12» typed alone means the wording that arrived."""
    if not subject:
        return Open(DIALOGUE.name)
    number, version = _numbers(subject, 2)
    assert number is not None
    if await reading.tried_out(turn.session, turn.actor, number):
        return Open("announcements", str(number), texts.TRIED)
    found = await _read(turn, number, version)
    return _opened(found, _note(found, version))


async def _enter_newest(turn: Turn, _subject: str) -> Open:
    """«Đã đọc» typed in words means the newest announcement that waits for it; the screen says which."""
    mine = await reading.received(turn.session, turn.actor, turn.now)
    newest = next((one for one in mine if one.open), None)
    if newest is None:
        return Open(DIALOGUE.name)
    found = await _read(turn, newest.number, None)
    return _opened(found, _note(found, None))


async def _enter_answer(turn: Turn, subject: str) -> Open:
    """«12.1.0»: the first answer to the question of the first wording of the 12th."""
    number, version, place = _numbers(subject, 3)
    if number is None or version is None or place is None:
        return Open(DIALOGUE.name, subject.partition(".")[0])
    if await reading.tried_out(turn.session, turn.actor, number):
        return Open("announcements", str(number), texts.TRIED)
    found = await _answered(turn, number, version, place)
    return _opened(found, _note(found, version, place))


def _numbers(subject: str, count: int) -> list[int | None]:
    """The numbers a door names, None for those it leaves out."""
    told = [int(part) for part in subject.split(".") if part]
    return [told[place] if place < len(told) else None for place in range(count)]


async def _waiting(turn: Turn) -> int | None:
    """How many are open; whoever was never sent one does not see the entry."""
    count, waiting = await reading.counted(turn.session, turn.actor, turn.now)
    return waiting if count else None


DIALOGUE = Dialogue(
    name="received",
    steps=(Listed(), One()),
    enter=_enter,
    needs=Permission.MANAGE_ACCOUNT,
    label=texts.LABEL,
    waiting=_waiting,
)

#: Doors of an announcement that lead into the dialogue above.
READ = Dialogue(
    name="announcement_read",
    steps=(),
    enter=_enter_read,
    needs=Permission.MANAGE_ACCOUNT,
    word=told.WORD_READ,
    numbers=2,
)
SAID = Dialogue(
    name="announcement_said",
    steps=(),
    enter=_enter_newest,
    needs=Permission.MANAGE_ACCOUNT,
    says=told.READ,
    waiting=_waiting,
)
ANSWER = Dialogue(
    name="announcement_answer",
    steps=(),
    enter=_enter_answer,
    needs=Permission.MANAGE_ACCOUNT,
    word=told.WORD_ANSWER,
    numbers=3,
)
