"""What people type into awards is kept as printable text and whole, or not at all."""

import unicodedata
from collections.abc import Sequence

from sqlalchemy import event

from core.refusals import Code, Refusal
from db.transaction import Savepoint, Session, connection_of, write_now
from tests.chat import Town
from tests.services.award_acts import STAGES, Row
from tests.services.award_world import REASON, Awards, awards, stage

NASTY = "=HYPERLINK(1)\u202e{{ 7*7 }}\u200b{% for x in y %}\x00\x07</w:t><!--\ud800 Số liệu quý ba"
LONG = "ạ" * 10_000
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


class Stored:
    """Every text that goes to the database, one after the other."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, *told: object) -> None:
        """Called before each statement with its parameters, of one row or of many."""
        parameters = told[3]
        rows = parameters if isinstance(parameters, list) else [parameters]
        self.texts += [one for row in rows if isinstance(row, tuple) for one in row if isinstance(one, str)]


def unseen(text: str) -> list[str]:
    """Letters nobody sees, but for the ends of lines."""
    return [letter for letter in text if unicodedata.category(letter) in UNSEEN and letter != "\n"]


def cut(text: str) -> bool:
    """Whether it is a part of the long text, and not all of it."""
    return "ạ" * 50 in text and LONG not in text


async def tries(session: Session, row: Row, world: Awards, words: str) -> Code | None:
    """The first who may does it, with these words; it is undone."""
    who = next(one for one in world.actors if row.may is None or (one in row.may and one not in row.but))
    told: Sequence[object] = [words if one == REASON else one for one in row.with_(world)]
    try:
        async with Savepoint(session):
            await row.act(session, world.actors[who], *told, **row.also)
            await session.flush()
            await write_now(session)
            raise KeyError(row.name)  # noqa: TRY301 - leaving a savepoint so undoes it
    except Refusal as refusal:
        return refusal.code
    except KeyError:
        return None


async def test_words_are_kept_whole_and_can_be_seen(numbers_town: Town) -> None:
    world = await awards(numbers_town)
    too_long = done = kept = 0
    for dossier_state, sitting_state, rows in STAGES:
        async with numbers_town.office() as session:
            await stage(session, world.dossier, dossier_state, sitting_state)
        async with numbers_town.office() as session:
            stored = Stored()
            engine = connection_of(session).sync_connection
            assert engine is not None
            event.listen(engine, "before_cursor_execute", stored)
            for row in (one for one in rows if REASON in one.with_(world)):
                too_long += await tries(session, row, world, LONG) is Code.TEXT_TOO_LONG
                done += await tries(session, row, world, NASTY) is None
                assert [one for one in stored.texts if unseen(one) or cut(one)] == [], row.name
                kept += any("{{ 7*7 }}" in one for one in stored.texts)
                stored.texts.clear()
            event.remove(engine, "before_cursor_execute", stored)
    assert too_long > 15
    assert done >= kept > 15
