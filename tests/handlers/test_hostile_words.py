"""Whatever anybody types at a step, or sends for a door: it is taken, or there is a sentence about it."""

from contextlib import suppress
from dataclasses import replace
from itertools import cycle, islice

import pytest

from core.refusals import Refusal
from core.roles import Grant, Role
from db.transaction import Savepoint
from handlers import DIALOGUES
from handlers.dialogue import AnyStep, Go, Next, Turn
from tests.builders import LONG_AGO
from tests.chat import Town
from tests.handlers.places import STEPS, populated
from tests.handlers.test_every_step import a_turn

HOSTILE = (
    "=HYPERLINK(1)\u202e{{ 7*7 }}\u200b{% for x in y %}\x07</w:t><!-- Số liệu quý ba",
    "ạ" * 10_000,
    "9" * 400,
    "٣ ² 1e999 -0 ½ NaN",
    "31/02/2026 25:61 00/00/0000",
    "99/99/99999",
    "'; DROP TABLE award; --\n/start\n\n" + "\u0301" * 300,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
)


#: What a door may say that is ours in its form, but for how many numbers the dialogue takes, and what is not.
SUBJECTS = (
    *("1", "2", "0", "-1", "1.1", "1.2", "2.2", "1.2.3", "1.", ".1", "..", "004:004-D2:2026:2", "004:::"),
    *("a:b:c:d:e", str(10**6), "x", "²", "٣", "1 OR 1=1", "9" * 30, "1." + "9" * 30, "due.x", "\0", "3.x"),
)


class TakenError(Exception):
    """It was taken, and is undone."""


@pytest.mark.parametrize(
    "each", [2, pytest.param(len(HOSTILE), marks=[pytest.mark.gate, pytest.mark.timeout(120)])]
)
async def test_words_meant_to_harm_fall_over_nowhere(each: int, telegram_town: Town) -> None:
    world = await populated(telegram_town)
    takes = [
        name for name, step in STEPS.items() if "said" in _own(step) and name.partition(".")[0] != "joining"
    ]
    words = cycle(HOSTILE)
    async with telegram_town.office() as session:
        turn = await a_turn(session, world.lan)
        for name in takes:
            step = STEPS[name]
            place = step.place_type.model_validate(world.frames[name].place)
            for said in islice(words, each):
                with suppress(Refusal, TakenError):
                    async with Savepoint(session):
                        await _shown(turn, name, await step.said(turn, place, said))
        assert await _doors(turn) > 100
    assert len(takes) > 80


async def _doors(turn: Turn) -> int:
    """Every door with every subject, by somebody who may do everything; returns how many there are."""
    every = turn.actor.grants | {Grant(role, None, LONG_AGO, None) for role in Role}
    turn = replace(turn, _actor=replace(turn.actor, grants=every))
    ways = [(one, subject) for one in DIALOGUES for subject in SUBJECTS if one.led_to_by(subject)]
    for dialogue, subject in ways:
        with suppress(Refusal, TakenError):
            async with Savepoint(turn.session):
                entered = await dialogue.enter(turn, subject)
                await _shown(turn, f"{dialogue.name}.", entered if isinstance(entered, Go) else None)
    return len(ways)


def _own(step: AnyStep) -> set[str]:
    """What a step defines itself, beside what every step has."""
    own = [one for one in type(step).__mro__ if one.__module__ not in {"handlers.dialogue", "builtins"}]
    return {name for one in own for name in vars(one)}


async def _shown(turn: Turn, name: str, answer: Next | None) -> None:
    """What is typed is shown at the next step, and kept with the conversation until then."""
    if isinstance(answer, Go):
        of = next(one for one in DIALOGUES if one.name == name.partition(".")[0])
        step = of.by_name[answer.step_name]
        place = step.place_type.model_validate(answer.place.model_dump(mode="json"))
        assert (await step.show(turn, place)).to_json().encode()
    raise TakenError
