"""Nudges of every tone, digests and weekly lines, for the screens that tell them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time

from core.deadlines import Extension, Obligation, Standing, standing
from core.ladder import Audience
from core.messages import Door
from core.reminders_digest import Digest, OpenItem, WeeklyLine
from core.reminders_facts import Besides, Failure, Ground, Nudge, Reminded, Tone
from core.reminders_hours import SnoozeChoice, SnoozeKind
from tests.core.ladder_samples import CALENDAR, DEPUTY, HEAD, OFFICE, an_obligation, moment

_DAYS = (date(2026, 12, 4), date(2026, 12, 12), date(2026, 12, 14), date(2026, 12, 16))


def samples(words: str) -> Mapping[object, Sequence[object]]:
    """Samples by type, with `words` for whatever a person wrote."""
    nudges = _nudges(words)
    weekly = _weekly(nudges)
    return {
        Nudge: nudges,
        Digest: [
            Digest(HEAD, (nudges[0],)),
            Digest(OFFICE, tuple(nudges)),
            Digest(OFFICE, (*nudges, *nudges)),
        ],
        WeeklyLine: weekly,
        WeeklyLine | None: [None, *weekly],
        Reminded: [
            Reminded(words, rung, moment(_DAYS[0]), moment(_DAYS[0]) if not why else None, why)
            for rung in (
                "hand@2026-12-04",
                "person-7",
                "cut_off+0",
                "last+3",
                "office+2",
                "again@20261204T0900",
            )
            for why in (None, *Failure)
        ],
        Door: [Door("deadline", "7", "Mở", "VIEC")],
        Mapping[int, str]: [{}, {HEAD: words, DEPUTY: words}],
        Obligation: [one.obligation for one in nudges[:3]],
        Standing: [one.standing for one in nudges[:4]],
        Sequence[tuple[int, Obligation, Standing]]: [
            [],
            [(place, one.obligation, one.standing) for place, one in enumerate(nudges)],
        ],
        SnoozeChoice: [SnoozeChoice(kind, moment(_DAYS[0], 9)) for kind in SnoozeKind],
        Sequence[SnoozeChoice]: [[], [SnoozeChoice(kind, moment(_DAYS[0], 9)) for kind in SnoozeKind]],
    }


def _nudges(words: str) -> list[Nudge]:
    plain = replace(an_obligation(), words=words, label=words, unit=words)
    several = replace(plain, missing=(words,) * 12, cut_off=date(2026, 12, 8), at=time(17), rests_on=words)
    wordless = replace(
        plain, words="", clause="", extension=Extension(date(2026, 12, 13), words), person=None
    )
    nudges = []
    for tone, person, audience, ground in (
        (Tone.REMINDER, HEAD, Audience.PERSON, None),
        (Tone.CUT_OFF, HEAD, Audience.PERSON, None),
        (Tone.AGAIN, DEPUTY, Audience.PERSON, None),
        (Tone.ESCALATION, DEPUTY, Audience.DEPUTY, Ground(moment(_DAYS[0]))),
        *((Tone.ESCALATION, OFFICE, Audience.OFFICE, Ground(failure=one)) for one in Failure),
        (Tone.LAST_WORD, HEAD, Audience.PERSON, None),
    ):
        for one, day in zip((plain, several, wordless, plain), _DAYS, strict=True):
            found = standing(one, day, CALENDAR)
            told = (
                (
                    Besides(Audience.DEPUTY, reached=False, failure=Failure.NO_ACCOUNT),
                    Besides(Audience.OFFICE),
                )
                if one is plain
                else ()
            )
            principal = HEAD if audience is Audience.PERSON else person
            rung = f"{audience.value}-3"
            nudges.append(Nudge(one, one.due, person, principal, audience, rung, tone, found, ground, told))
    return nudges


def _weekly(nudges: Sequence[Nudge]) -> list[WeeklyLine]:
    items = tuple(OpenItem(one.obligation, one.standing) for one in nudges[:4])
    monday = date(2026, 12, 7)
    return [WeeklyLine(HEAD, monday, items), WeeklyLine(HEAD, monday, items[3:])]
