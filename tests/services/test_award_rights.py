"""Every act of awards by everybody there is: who may not is told that there is nothing."""

import ast
from collections.abc import Iterator

import pytest

from core.refusals import Code, Refusal
from db.transaction import Savepoint, Session, write_now
from services import journal
from services.actor import Actor
from tests.chat import Town
from tests.house.source import sources
from tests.services.award_acts import STAGES, Row
from tests.services.award_world import Awards, awards, stage

#: What an act of awards may be called without: it answers whether or as far as somebody may.
WITHOUT_A_ROW = {
    "services.dossier_editing.tells_for": "answers yes or no about a nominee whom one sees",
    "services.dossier_submission.may_submit": "answers yes or no",
}


#: Lines that only follow from another, in which both are named.
BESIDE = {"ended_nomination"}


class TriedError(Exception):
    """It was possible, and is undone."""


async def outcome(session: Session, row: Row, actor: Actor, world: Awards, *, allowed: bool) -> Code | None:
    """What somebody is told who tries; nothing where it can be done, and it is undone then."""
    try:
        if not allowed:
            await row.act(session, actor, *row.with_(world), **row.also)
            return None
        async with Savepoint(session):
            await row.act(session, actor, *row.with_(world), **row.also)
            await _both_named(session, row, actor)
            raise TriedError  # noqa: TRY301 - leaving a savepoint so undoes it
    except Refusal as refusal:
        return refusal.code
    except TriedError:
        return None


async def _both_named(session: Session, row: Row, actor: Actor) -> None:
    """Who stands in does it in somebody's name: the journal has both."""
    await write_now(session)
    if any(one.instead_of is not None for one in actor.grants):
        for line in await journal.latest(session, 3):
            if line.actor == actor.label and line.verb not in BESIDE:
                assert "instead_of" in line.facts, (row.name, line.verb)


def wanted(row: Row, who: str) -> str:
    """What the table says of one of them."""
    if row.may is not None and who not in row.may:
        return Code.NOT_FOUND
    return row.but.get(who, "may")


@pytest.mark.timeout(120)
async def test_everybody_may_do_what_is_theirs_and_nothing_else(numbers_town: Town) -> None:
    world = await awards(numbers_town)
    wrong: list[str] = []
    for dossier_state, sitting_state, rows in STAGES:
        async with numbers_town.office() as session:
            await stage(session, world.dossier, dossier_state, sitting_state)
        async with numbers_town.office() as session:
            for row in rows:
                for who, actor in world.actors.items():
                    if who == "third":  # As the other members.
                        continue
                    expected = wanted(row, who)
                    allowed = expected is not Code.NOT_FOUND
                    found = await outcome(session, row, actor, world, allowed=allowed)
                    told = found if found is Code.NOT_FOUND or expected != "may" else "may"
                    if told != expected:
                        wrong.append(f"{row.name} by {who}: {found or 'done'}, not {expected}")
    assert not wrong, "\n".join(wrong)


def acts() -> Iterator[str]:
    """Every public function with an actor in the services of awards."""
    modules = {row.act.__module__ for _state, _sitting, rows in STAGES for row in rows}
    for source in sources("services"):
        module = source.path.removesuffix(".py").replace("/", ".")
        if module not in modules:
            continue
        for node in source.tree.body:
            if not isinstance(node, ast.AsyncFunctionDef) or node.name.startswith("_"):
                continue
            if "actor" in {one.arg for one in node.args.args}:
                yield f"{module}.{node.name}"


def test_every_act_of_awards_has_its_row() -> None:
    known = {row.name for _state, _sitting, rows in STAGES for row in rows}
    assert set(acts()) - known == set(WITHOUT_A_ROW)
