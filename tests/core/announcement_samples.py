"""Announcements in every state and for every kind of audience, for the screens that show them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from core.announcement_approval import Asked, Pending, Rewording
from core.announcement_choices import AudienceNames, Look, Moved, PersonChoice, PlanChoice, Timed, UnitChoice
from core.announcement_content import Content, Question
from core.announcement_reading import Received
from core.announcement_results import LeftOut, Spread, Told, UnitTally
from core.announcement_writing import Template
from core.announcements import (
    Addressee,
    AnnouncementFacts,
    Audience,
    Condition,
    NotReached,
    Reach,
    State,
    Tally,
)
from core.campaigns import Campaign
from core.messages import Choice, FileOut, Row
from core.organisation import UnitKind
from core.roles import Role
from core.texts import pages

AT = datetime(2026, 12, 14, 1, 5, tzinfo=UTC)


def samples(words: str, plan: Campaign) -> Mapping[object, Sequence[object]]:
    """Samples by type, with `words` for whatever a person wrote."""
    contents = _contents(words)
    facts = _facts(words, contents)
    aimed = _names(words)
    cut_off = [Addressee(9, words, words, 1, words, "", why) for why in NotReached]
    reached = [Addressee(number, words, words, 1, words, "0912", channel="telegram") for number in range(30)]
    reaches = [Reach(()), Reach((*reached, *cut_off), 75), Reach(tuple(cut_off)), Reach(tuple(reached), 7200)]
    looks = [
        Look(one, name, reach, second, live, 60, without_files=(("zalo", 3),) if second else ())
        for one, name, reach, second, live in zip(
            facts, aimed, reaches * 2, [True, False] * 4, [False, True, True, False] * 2, strict=True
        )
    ]
    rewordings = [Rewording(contents[1], words, 1, 1, AT.isoformat())]
    rewordings += [Rewording(contents[2], words, 1, 2, AT.isoformat(), retracts=True)]
    rows: list[Row] = [(Choice("audience", "Người nhận"), Choice("sending", "Gửi…"))]
    return {
        Content: contents,
        Rewording: rewordings,
        Pending: [Pending(one, words, mine) for one, mine in zip(rewordings, (True, False), strict=True)],
        Asked | None: [None, *Asked],
        Asked: list(Asked),
        Mapping[State, int]: [dict.fromkeys(State, 2)],
        Question: [contents[2].question],
        Question | None: [None, contents[2].question],
        AnnouncementFacts: facts,
        State: list(State),
        Audience: [Audience(), Audience(people=frozenset({1, 2}), only_people=True)],
        AudienceNames: aimed,
        Addressee: [*cut_off, reached[0]],
        Reach: reaches,
        Look: looks,
        Timed: [Timed(AT, AT), *(Timed(AT, AT + timedelta(days=1), why) for why in Moved)],
        UnitKind: list(UnitKind),
        UnitChoice: [UnitChoice(number, words, number % 2 * 3) for number in range(1, 10)],
        PlanChoice: [PlanChoice("004", words), PlanChoice("005", words)],
        PersonChoice: [PersonChoice(number, words, words, words) for number in range(1, 4)],
        Condition | None: [None, *Condition],
        Collection[str]: [set(), {"station"}],
        Collection[int]: [set(), {1, 2}],
        Collection[Role]: [set(), {Role.HEAD}],
        Row: rows,
        tuple[Row, ...]: [pages.turns(1, 30)],
        Received: [
            Received(12, contents[1], 1, AT),
            Received(13, contents[1], 2, AT, AT),
            Received(14, contents[2], 1, AT, AT, 0),
            Received(15, contents[2], 1, AT, AT, 1),
            Received(16, contents[2], 1, AT, retracted=True),
        ],
        Tally: [Tally(), Tally(12, 3, dict.fromkeys(NotReached, 2), 5, 3, 4, 1)],
        Mapping[int, int]: [{}, {0: 3, 1: 9}],
        UnitTally: [UnitTally(f"{words} {number}", 12, 10, number) for number in range(10)],
        Sequence[Told]: [[Told(1, contents[1], "", words, AT), Told(2, contents[2], words, words, AT)]],
        Spread: [
            Spread({}, {}, 0, fresh=False),
            Spread({"telegram": 5}, {"zalo": 3}, 2, fresh=True, gone=1, files=2, told=4),
        ],
        LeftOut: [LeftOut(), LeftOut(2, 3)],
        Template: list(Template),
        Iterable[Campaign]: [[plan]],
        Iterable[str]: [[words]],
    }


def _contents(words: str) -> list[Content]:
    file = FileOut("0f" * 32, words, "application/pdf")
    return [
        Content(words),
        Content(words, words, wants_reading=True),
        Content(words, words, (file,), question=Question(words, (words[:50], words[:55]), 1)),
    ]


def _facts(words: str, contents: Sequence[Content]) -> list[AnnouncementFacts]:
    """One in each state."""
    timed = {State.SCHEDULED, State.RUNNING}
    return [
        AnnouncementFacts(
            id=number,
            author_id=number % 2 + 3,
            author=words,
            campaign="004",
            content=contents[0 if state is State.DRAFT else 1 + number % 2],
            audience=Audience(),
            state=state,
            version=1,
            changed_at=AT,
            wanted_at=AT if state is State.WAITING else None,
            leaves_at=AT if state in timed else None,
            approver=words,
            yearly=state is State.SCHEDULED,
        )
        for number, state in enumerate(State, start=1)
    ]


def _names(words: str) -> list[AudienceNames]:
    many = tuple(f"{words} {number}" for number in range(12))
    return [
        AudienceNames(everybody=True),
        AudienceNames(everybody=True, people=many),
        AudienceNames(),
        AudienceNames(
            units=many, kinds=(UnitKind.STATION, UnitKind.WARD), roles=(Role.HEAD, Role.COORDINATOR)
        ),
        AudienceNames(campaign=words, condition=Condition.NO_PLAN),
        AudienceNames(campaign=words, condition=Condition.NOT_BEGUN, people=many),
        AudienceNames(condition=Condition.UNREAD, unread=words),
        AudienceNames(people=many),
    ]
