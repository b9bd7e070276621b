"""«Họp bình xét»: the council of a unit called, its secret vote opened, or its minutes on paper told."""

import re
from datetime import timedelta

from core.ballots import Count
from core.dates import read_moment
from core.messages import Capabilities, FileRef, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import ballots as ballot_texts
from core.texts import unit_meetings as texts
from core.texts.unit_reviews import place as told
from handlers.ballots import rules_with
from handlers.dialogue import Dialogue, Go, Next, Place, Stay, Step, Turn
from services import calendar, evidence, unit_meetings, unit_reviews, unit_votes

_SUMS = re.compile(r"(?<![0-9])[0-9]{1,3}(?![0-9])")


class KindPlace(Place):
    """Before a unit's meeting of a round is begun."""

    round: int
    unit: int


class MeetingPlace(Place):
    """At a meeting; `page` in the list of people, `what` is said of `person`, and of `nominee`."""

    meeting: int
    page: int = 0
    what: str = ""
    person: int = 0
    nominee: int = 0


class Kind(Step[KindPlace]):
    """Here, or on paper already."""

    name = "kind"
    place_type = KindPlace

    async def show(self, turn: Turn, place: KindPlace) -> Message:
        facts = await unit_reviews.review(turn.session, turn.actor, place.round, place.unit, turn.now)
        return texts.ask_kind(told(facts.of))

    async def chose(self, turn: Turn, place: KindPlace, key: str) -> Next:
        number = await unit_meetings.prepare(
            turn.session, turn.actor, place.round, place.unit, turn.now, on_paper=key == "paper"
        )
        return Go(Meeting, MeetingPlace(meeting=number))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Meeting(Step[MeetingPlace]):
    """How it stands, and what comes next."""

    name = "meeting"
    place_type = MeetingPlace

    async def show(self, turn: Turn, place: MeetingPlace) -> Message:
        facts = await unit_meetings.one(turn.session, turn.actor, place.meeting, turn.now)
        acts = await unit_meetings.acts(turn.session, turn.actor, place.meeting, turn.now)
        return texts.meeting(facts, acts=acts)

    async def chose(self, turn: Turn, place: MeetingPlace, key: str) -> Next:
        match key:
            case "look":
                return Stay()
            case "members" | "proof" | "rules":
                return Go(key, place)
            case "vote":
                return Go(Closing, place)
            case "absent" | "chair" | "secretary" | "conflict":
                return Go(WhichMember, place.model_copy(update={"what": key}))
            case "place" | "time" | "conclude" | "annul":
                return Go(Line, place.model_copy(update={"what": key}))
            case "sums":
                return Go(WhichNominee, place.model_copy(update={"what": key}))
            case "invite":
                await unit_meetings.invite(turn.session, turn.actor, place.meeting, turn.now)
                return Stay(texts.INVITED)
            case "again":
                of = (await unit_meetings.one(turn.session, turn.actor, place.meeting, turn.now)).of
                return Go(Kind, KindPlace(round=of.round_id, unit=of.unit_id))
            case _:
                held = key.removeprefix("close.")
                await unit_votes.close_vote(turn.session, turn.actor, place.meeting, turn.now, held)
                return Go(Meeting, place, texts.VOTE_CLOSED)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class _AtMeeting(Step[MeetingPlace]):
    """Something about a meeting, and back to it."""

    place_type = MeetingPlace

    async def back(self, turn: Turn, place: MeetingPlace) -> Next:
        return _home(place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Members(_AtMeeting):
    """Who belongs to the council."""

    name = "members"

    async def show(self, turn: Turn, place: MeetingPlace) -> Message:
        facts = await unit_meetings.one(turn.session, turn.actor, place.meeting, turn.now)
        people, more = await unit_meetings.people(
            turn.session, turn.actor, place.meeting, place.page, turn.now
        )
        return texts.ask_members(facts, people, page_number=place.page, more=more)

    async def chose(self, turn: Turn, place: MeetingPlace, key: str) -> Next:
        if key.startswith("page."):
            return Go(Members, place.model_copy(update={"page": int(key.removeprefix("page."))}))
        person = int(key.removeprefix("person."))
        await unit_meetings.toggle_member(turn.session, turn.actor, place.meeting, person, turn.now)
        return Stay()


class WhichMember(_AtMeeting):
    """One of the members: in the chair, taking the minutes, away, or in conflict."""

    name = "member"

    async def show(self, turn: Turn, place: MeetingPlace) -> Message:
        facts = await unit_meetings.one(turn.session, turn.actor, place.meeting, turn.now)
        return texts.ask_one(facts, texts.WHICH[place.what])

    async def chose(self, turn: Turn, place: MeetingPlace, key: str) -> Next:
        person = int(key.removeprefix("person."))
        at = (turn.session, turn.actor, place.meeting, person)
        match place.what:
            case "chair":
                await unit_meetings.set_chair(*at, turn.now)
                return _home(place, texts.SAVED)
            case "secretary":
                await unit_meetings.set_secretary(*at, turn.now)
                return _home(place, texts.SAVED)
            case "conflict":
                return Go(WhichNominee, place.model_copy(update={"person": person}))
            case _:
                return Go(Line, place.model_copy(update={"person": person}))


class WhichNominee(_AtMeeting):
    """One of the nominees: whom a member does not vote about, or whose votes are entered."""

    name = "nominee"

    async def show(self, turn: Turn, place: MeetingPlace) -> Message:
        facts = await unit_meetings.one(turn.session, turn.actor, place.meeting, turn.now)
        return texts.ask_nominee(facts, texts.WHICH[place.what])

    async def chose(self, turn: Turn, place: MeetingPlace, key: str) -> Next:
        return Go(Line, place.model_copy(update={"nominee": int(key.removeprefix("nominee."))}))


class Line(_AtMeeting):
    """Something to type: a place, a time, a reason, three figures, conclusions."""

    name = "line"

    async def show(self, turn: Turn, place: MeetingPlace) -> Message:
        facts = await unit_meetings.one(turn.session, turn.actor, place.meeting, turn.now)
        return texts.ask_line(facts, place.what, place.person, place.nominee)

    async def chose(self, turn: Turn, place: MeetingPlace, key: str) -> Next:
        await unit_meetings.set_absence(turn.session, turn.actor, place.meeting, place.person, "", turn.now)
        return _home(place, texts.SAVED)

    async def said(self, turn: Turn, place: MeetingPlace, text: str) -> Next:
        at = (turn.session, turn.actor, place.meeting)
        match place.what:
            case "place":
                await unit_meetings.set_place(*at, text, turn.now)
            case "time":
                known = await calendar.in_force(turn.session)
                await unit_meetings.set_time(*at, read_moment(text, turn.local_now, known), turn.now)
            case "absent":
                await unit_meetings.set_absence(*at, place.person, text, turn.now)
            case "conflict":
                await unit_meetings.note_conflict(*at, place.person, place.nominee, text, turn.now)
            case "sums":
                return await self._sums(turn, place, text)
            case "annul":
                await unit_meetings.annul(*at, text, turn.now)
                return _home(place, texts.ANNULLED)
            case _:
                await unit_meetings.conclude(*at, text, turn.now)
                return _home(place, texts.CONCLUDED)
        return _home(place, texts.SAVED)

    async def _sums(self, turn: Turn, place: MeetingPlace, text: str) -> Next:
        found = [int(one) for one in _SUMS.findall(text)]
        if len(found) != len(("for", "against", "blank")):
            return Stay(texts.SUMS_UNREADABLE)
        sums = Count(sum(found), *found)
        at = (turn.session, turn.actor, place.meeting, place.nominee)
        await unit_votes.enter_votes(*at, sums, turn.now)
        facts = await unit_meetings.one(turn.session, turn.actor, place.meeting, turn.now)
        left = [one for one in facts.agenda if one.count is None and not one.withdrawn]
        if left:
            return Go(Line, place.model_copy(update={"nominee": left[0].nomination_id}), texts.SAVED)
        return _home(place, texts.SAVED)


class Rules(_AtMeeting):
    """When the vote counts and who passes."""

    name = "rules"

    async def show(self, turn: Turn, place: MeetingPlace) -> Message:
        facts = await unit_meetings.one(turn.session, turn.actor, place.meeting, turn.now)
        return ballot_texts.ask_rules(facts.rules)

    async def chose(self, turn: Turn, place: MeetingPlace, key: str) -> Next:
        facts = await unit_meetings.one(turn.session, turn.actor, place.meeting, turn.now)
        rules = rules_with(facts.rules, key)
        await unit_meetings.set_rules(turn.session, turn.actor, place.meeting, rules, turn.now)
        return Stay()


class Closing(_AtMeeting):
    """Until when; with it, the vote is open."""

    name = "closing"

    async def show(self, turn: Turn, place: MeetingPlace) -> Message:
        return texts.ask_closing(await unit_meetings.one(turn.session, turn.actor, place.meeting, turn.now))

    async def chose(self, turn: Turn, place: MeetingPlace, key: str) -> Next:
        until = turn.now + timedelta(hours=int(key.removeprefix("hours.")))
        await unit_votes.open_vote(turn.session, turn.actor, place.meeting, until, turn.now)
        return _home(place, texts.VOTE_OPENED)


class Proof(_AtMeeting):
    """The picture of the signed minutes."""

    name = "proof"
    takes_files = 1

    async def show(self, turn: Turn, place: MeetingPlace) -> Message:
        facts = await unit_meetings.one(turn.session, turn.actor, place.meeting, turn.now)
        return texts.ask_proof(facts, turn.zone, turn.can)

    async def chose(self, turn: Turn, place: MeetingPlace, key: str) -> Next:
        return Stay()

    async def said(self, turn: Turn, place: MeetingPlace, text: str) -> Next:
        return Stay(texts.NOT_ASKED_HERE)

    async def sent(self, turn: Turn, place: MeetingPlace, files: tuple[FileRef, ...]) -> Next:
        if len(files) != 1 or files[0].group:
            return Stay(texts.ONLY_ONE)
        (file,) = await evidence.receive(
            turn.session, turn.actor, files, turn.now, serving=Permission.NOMINATE
        )
        await unit_meetings.set_proof(turn.session, turn.actor, place.meeting, file.id, turn.now)
        return Stay()


def _home(place: MeetingPlace, note: str = "") -> Go:
    return Go(Meeting, MeetingPlace(meeting=place.meeting), note)


async def _enter(turn: Turn, subject: str) -> Go:
    """At one meeting («5»), or at what a unit does in a round («12.3»)."""
    first, _dot, second = subject.partition(".")
    if not first:
        raise Refusal(Code.NOT_FOUND)
    if not second:
        return Go(Meeting, MeetingPlace(meeting=int(first)))
    facts = await unit_reviews.review(turn.session, turn.actor, int(first), int(second), turn.now)
    if facts.meeting is not None:
        return Go(Meeting, MeetingPlace(meeting=facts.meeting.id))
    return Go(Kind, KindPlace(round=int(first), unit=int(second)))


DIALOGUE = Dialogue(
    name="unit_meetings",
    steps=(
        Kind(),
        Meeting(),
        Members(),
        WhichMember(),
        WhichNominee(),
        Line(),
        Rules(),
        Closing(),
        Proof(),
    ),
    enter=_enter,
    needs=Permission.PREPARE_DOSSIER,
    word=texts.WORD,
    numbers=2,
)
