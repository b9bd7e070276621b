"""Doors of a reminder: «Đã làm», checked and not believed; «Nhắc lại»; «Mở»."""

from core.campaign_terms import DeadlineKind
from core.messages import Capabilities, Message
from core.reminders_hours import SnoozeKind
from core.roles import Permission
from core.texts import reminders as told
from core.texts import reminders_doors as texts
from handlers.dialogue import Dialogue, Go, Next, Open, Place, Step, Turn
from handlers.pages import turned
from services import reminder_answers
from services.reminder_answers import Reminded


class ListPlace(Place):
    """At a page of everything I was reminded of."""

    page: int = 0


class NudgePlace(Place):
    """At one thing I was reminded of."""

    nudge: int


class Mine(Step[ListPlace]):
    """What I was reminded of and is still open."""

    name = "mine"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        found = await reminder_answers.mine(turn.session, turn.actor, turn.now)
        return texts.mine([(one.number, one.obligation, one.standing) for one in found], place.page)

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        page = turned(place.page, key)
        if page is not None:
            return Go(Mine, ListPlace(page=page))
        return Go(One, NudgePlace(nudge=int(key.removeprefix("nudge."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class One(Step[NudgePlace]):
    """One thing: when it is due and what is missing."""

    name = "one"
    place_type = NudgePlace

    async def show(self, turn: Turn, place: NudgePlace) -> Message:
        found = await reminder_answers.one(turn.session, turn.actor, place.nudge, turn.now)
        return texts.one(
            found.obligation,
            found.standing,
            may_put_off=bool(found.choices),
            may_hand_in=await reminder_answers.may_hand_in(turn.session, turn.actor, found.obligation),
            office=_of_office(turn, found),
        )

    async def chose(self, turn: Turn, place: NudgePlace, key: str) -> Next:
        match key:
            case "later":
                return Go(Later, place)
            case "open":
                return await _opened(turn, place)
            case "nudge":
                return Open("nudging", await _key(turn, place.nudge))
            case "extend":
                return Open("extensions", f"grant.{await _key(turn, place.nudge)}")
            case "deputy":
                return Open("deputies", (await _key(turn, place.nudge)).rpartition(":")[2])
            case _:
                return await _checked(turn, place)

    async def back(self, turn: Turn, place: NudgePlace) -> Next:
        return Go(Mine, ListPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Later(Step[NudgePlace]):
    """Until when I put it off."""

    name = "later"
    place_type = NudgePlace

    async def show(self, turn: Turn, place: NudgePlace) -> Message:
        found = await reminder_answers.one(turn.session, turn.actor, place.nudge, turn.now)
        return texts.ask_later(found.obligation, found.choices, turn.local_now)

    async def chose(self, turn: Turn, place: NudgePlace, key: str) -> Next:
        kind = SnoozeKind(key.removeprefix("at."))
        until = await reminder_answers.put_off(turn.session, turn.actor, place.nudge, kind, turn.now)
        return Go(One, place, told.snoozed(until.astimezone(turn.zone)))

    async def back(self, turn: Turn, place: NudgePlace) -> Next:
        return Go(One, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_LATER


async def _checked(turn: Turn, place: NudgePlace) -> Go:
    """Whoever says that it is done is told whether it came in."""
    found = await reminder_answers.one(turn.session, turn.actor, place.nudge, turn.now)
    done = found.obligation.done_at is not None
    return Go(One, place, texts.DONE if done else texts.not_done(found.obligation))


def _of_office(turn: Turn, found: Reminded) -> bool:
    """Whether it came up to them as one of the office, whose part is to help and not to hand in."""
    return not found.own and turn.actor.may(Permission.SEE_BOARD)


async def _opened(turn: Turn, place: NudgePlace) -> Go | Open:
    """Where it is handed in, for whoever may; where the office sees it; else its page here."""
    found = await reminder_answers.one(turn.session, turn.actor, place.nudge, turn.now)
    if await reminder_answers.may_hand_in(turn.session, turn.actor, found.obligation):
        dossier = found.obligation.kind is DeadlineKind.DOSSIER
        return Open("dossiers" if dossier else "submissions", found.obligation.id)
    return Open("board", found.obligation.id) if _of_office(turn, found) else Go(One, place)


async def _key(turn: Turn, number: int) -> str:
    """The key of what they were reminded of."""
    return (await reminder_answers.one(turn.session, turn.actor, number, turn.now)).obligation.id


async def _enter(turn: Turn, subject: str) -> Go | Open:
    act, _, number = subject.rpartition(".")
    if not number:
        return Go(Mine, ListPlace())
    place = NudgePlace(nudge=int(number))
    match act:
        case "done":
            return await _checked(turn, place)
        case "later":
            return Go(Later, place)
    return await _opened(turn, place)


async def _enter_done(_turn: Turn, subject: str) -> Open:
    return Open(DIALOGUE.name, f"done.{subject}" if subject else "")


async def _enter_later(_turn: Turn, subject: str) -> Open:
    return Open(DIALOGUE.name, f"later.{subject}" if subject else "")


async def _enter_nudge(turn: Turn, subject: str) -> Open:
    return Open("nudging", await _key(turn, int(subject))) if subject else Open("board")


async def _enter_nudge_all(turn: Turn, subject: str) -> Open:
    if not subject:
        return Open("board")
    return Open("nudging", f"due.{(await _key(turn, int(subject))).rpartition(':')[0]}")


async def _enter_extend(turn: Turn, subject: str) -> Open:
    return Open("extensions", f"grant.{await _key(turn, int(subject))}" if subject else "")


async def _enter_deputy(turn: Turn, subject: str) -> Open:
    return Open("deputies", (await _key(turn, int(subject))).rpartition(":")[2] if subject else "")


DIALOGUE = Dialogue(
    name="reminders",
    steps=(Mine(), One(), Later()),
    enter=_enter,
    needs=Permission.MANAGE_ACCOUNT,
    word=texts.WORD,
)

#: Doors of a reminder that lead into the dialogue above.
IS_DONE = Dialogue(
    name="reminder_done",
    steps=(),
    enter=_enter_done,
    needs=Permission.MANAGE_ACCOUNT,
    word=texts.WORD_DONE,
)
LATER = Dialogue(
    name="reminder_later",
    steps=(),
    enter=_enter_later,
    needs=Permission.MANAGE_ACCOUNT,
    word=texts.WORD_LATER,
)

#: What the office may do about something that came up to it.
NUDGE = Dialogue(
    name="reminder_nudge",
    steps=(),
    enter=_enter_nudge,
    needs=Permission.SEE_BOARD,
    word=texts.WORD_NUDGE,
)
NUDGE_ALL = Dialogue(
    name="reminder_nudge_all",
    steps=(),
    enter=_enter_nudge_all,
    needs=Permission.SEE_BOARD,
    word=texts.WORD_NUDGE_ALL,
)
EXTEND = Dialogue(
    name="reminder_extend",
    steps=(),
    enter=_enter_extend,
    needs=Permission.SEE_BOARD,
    word=texts.WORD_EXTEND,
)
DEPUTY = Dialogue(
    name="reminder_deputy",
    steps=(),
    enter=_enter_deputy,
    needs=Permission.NAME_DEPUTY,
    word=texts.WORD_DEPUTY,
)
