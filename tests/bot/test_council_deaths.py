"""The process ends while the council votes: none is counted twice, and none that is lost is counted out."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import select

from bot.clock import SystemClock
from core.campaigns import Track
from db.models import (
    Account,
    Assessment,
    CouncilItem,
    CouncilMember,
    CouncilSitting,
    Dossier,
    Nomination,
    Poll,
    PollItem,
    PollVoter,
    RoleGrant,
    Round,
)
from db.transaction import Session
from tests import builders
from tests.bot import staff
from tests.bot.lives import LifeServer, Plot
from tests.bot.test_crashpoints import CRASHED, HUNG, LAN, Office, an_office
from tests.builders import LONG_AGO

FOR, CLOSE = "Đồng ý", "Kết thúc, kiểm phiếu"
SOON = timedelta(minutes=5)


@pytest.fixture
async def office(tmp_path: Path, lives: LifeServer) -> AsyncIterator[Office]:
    """Lan is in the chair of a sitting that votes for five more minutes; Hùng and a third vote with her."""
    async with an_office(tmp_path, lives) as place:
        house = await staff.house_over(place.folder, place.api, SystemClock())
        async with house.transactions() as session:
            await a_sitting(session, SystemClock())
        await house.close()
        yield place


async def a_sitting(session: Session, clock: SystemClock) -> None:
    """A vote is open about somebody of another unit; everybody who is here votes, and one more."""
    now = clock.now()
    unit = await builders.a_unit(session, "Phòng Khám", "PK")
    nominee = await builders.a_person(session, unit, now, name="Trần Văn Bình", code="NV900")
    third = await builders.a_person(session, 1, now, code="NV901")
    people = [one.person_id for one in (await session.exec(select(Account))).all()] + [third]
    for one in people:
        session.add(RoleGrant(person_id=one, role="council", since=LONG_AGO))
    of = (await session.exec(select(Round))).all()[0].id or 0
    sheet = Assessment(
        round_id=of,
        version_id=1,
        person_id=nominee,
        unit_id=unit,
        track=Track.INDIVIDUAL.value,
        created_at=now,
        updated_at=now,
    )
    dossier = Dossier(round_id=of, unit_id=unit, state="in_council", opened_at=now)
    sitting = CouncilSitting(
        round_id=of,
        held_at=now,
        called_at=now,
        chair_id=people[0],
        state="voting",
        quorum_part=2,
        quorum_whole=3,
        threshold_part=2,
        threshold_whole=3,
        base="members",
    )
    session.add_all([sheet, dossier, sitting])
    await session.flush()
    named = Nomination(
        round_id=of,
        assessment_id=sheet.id or 0,
        subject="individual",
        person_id=nominee,
        unit_id=unit,
        achievement="Rút ngắn thời gian chờ khám.",
        nominated_at=now,
    )
    poll = Poll(
        subject=f"council:{sitting.id}",
        base="members",
        opened_by=people[0],
        opened_at=now,
        closes_at=now + SOON,
        quorum_part=2,
        quorum_whole=3,
        threshold_part=2,
        threshold_whole=3,
    )
    session.add_all([named, poll])
    await session.flush()
    number, about = sitting.id or 0, named.id or 0
    session.add(CouncilItem(sitting_id=number, nomination_id=about, dossier_id=dossier.id or 0, place=1))
    session.add(PollItem(poll_id=poll.id or 0, nomination_id=about, place=1))
    for one in people:
        session.add(CouncilMember(sitting_id=number, person_id=one))
        session.add(PollVoter(poll_id=poll.id or 0, person_id=one))


VOTES = [(HUNG, "/bophieu"), (HUNG, "Bỏ phiếu (còn 1)"), (HUNG, FOR)]
COUNTS = [*VOTES, (LAN, "/hoidong"), (LAN, "Phiên 1"), (LAN, CLOSE), (LAN, f"{CLOSE} ngay")]


async def _life_of(office: Office, lines: list[tuple[int, str]], ends_at: str) -> None:
    """One life in which all this is said or pressed; the last line meets its end."""
    life = await office.lives.begin(
        Plot(str(office.folder), office.address, crashpoint=ends_at, crash_at=len(lines) - 1, in_flight=1)
    )
    for chat, line in lines:
        if line.startswith("/"):
            office.api.user_says(chat, line)
            continue
        await staff.eventually(partial(_button, office, chat, line))
        found = _button(office, chat, line)
        assert found is not None
        office.api.user_taps(chat, *found)
    assert await life.dies(20) == CRASHED


def _button(office: Office, chat: int, label: str) -> tuple[int, str] | None:
    """The newest button that begins so, once there is one."""
    for message in reversed(office.api.view(chat).messages):
        for button in (one for row in message.buttons for one in row):
            if button.label.startswith(label):
                return message.id, button.data
    return None


@pytest.mark.parametrize("point", ["desk.before_commit", "desk.after_commit"])
async def test_a_death_while_somebody_votes(point: str, office: Office) -> None:
    await _life_of(office, VOTES, point)
    kept = int(point == "desk.after_commit")
    assert office.tell("SELECT count(*) FROM poll_mark") == [(kept,)]
    await office.goes_on()
    assert office.tell("SELECT count(*) FROM poll_mark") == [(0,)]
    asked = [one for one in office.heard(HUNG) if "Xin bỏ phiếu lại" in one]
    assert len(asked) == kept
    assert office.tell("SELECT state, errors FROM inbox WHERE state <> 'done' OR errors > 0") == []
    ((left,),) = office.tell("SELECT (julianday(closes_at) - julianday(opened_at)) * 24 FROM poll")
    assert isinstance(left, float)
    assert (left > 1) is bool(kept)


@pytest.mark.parametrize("point", ["desk.before_commit", "desk.after_commit"])
async def test_a_death_while_the_chair_ends_a_vote(point: str, office: Office) -> None:
    """Counted once where it was counted; else it goes on, and who voted is asked again."""
    await _life_of(office, COUNTS, point)
    counted = point == "desk.after_commit"
    for _ in "12":
        await office.goes_on()
        assert office.tell("SELECT state FROM poll") == [("closed" if counted else "open",)]
        ((votes_for, against, blank),) = office.tell("SELECT votes_for, against, blank FROM poll_item")
        assert (votes_for in {0, int(counted)}, against, blank) == (True, 0, 0)  # One slip alone would tell.
        assert office.tell("SELECT state FROM council_sitting") == [("counted" if counted else "voting",)]
        assert len([one for one in office.heard(HUNG) if "Xin bỏ phiếu lại" in one]) == (not counted)
    assert office.tell("SELECT count(*) FROM journal WHERE verb = 'closed_vote'") == [(int(counted),)]
    shown = [one.text for one in office.api.ledger.accepted(chat_id=LAN) if "khởi động lại" in one.text]
    assert len(shown) == (not counted)
