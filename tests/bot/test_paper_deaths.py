"""The process ends while the house makes papers of awards: they are there once, and told once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import select, update

from bot.clock import SystemClock
from core.errands import ErrandKind
from db.models import (
    Account,
    AppraisalReport,
    CouncilItem,
    CouncilSitting,
    Dossier,
    DossierNominee,
    Poll,
    PollItem,
    Round,
    RoundArchive,
)
from db.transaction import Session
from services import errands
from tests.bot import staff
from tests.bot.lives import LifeServer
from tests.bot.test_council_deaths import a_sitting
from tests.bot.test_crashpoints import ARCHIVES, LAN, PAPERS, Office, an_office

#: What is made, where the process ends meanwhile, and how what was made is counted.
MADE = {
    ErrandKind.APPRAISAL_REPORT: (PAPERS[0], "SELECT sha256 FROM appraisal_report WHERE sha256 <> ''", 1),
    ErrandKind.COUNCIL_PAPERS: (PAPERS[0], "SELECT sha256 FROM council_paper", 2),
    ErrandKind.ROUND_ARCHIVE: (ARCHIVES[0], "SELECT sha256 FROM round_archive_part", 1),
}


@pytest.fixture
async def office(tmp_path: Path, lives: LifeServer) -> AsyncIterator[Office]:
    """A sitting has concluded, and Lan has asked for everything that can be made."""
    async with an_office(tmp_path, lives) as place:
        house = await staff.house_over(place.folder, place.api, SystemClock())
        async with house.transactions() as session:
            await a_sitting(session, SystemClock())
            await session.flush()
            await _concluded(session)
        await house.close()
        yield place


async def _concluded(session: Session) -> None:
    now = SystemClock().now()
    lan = (await session.exec(select(Account).where(Account.chat == str(LAN)))).one().person_id
    item = (await session.exec(select(CouncilItem))).one()
    item.chosen = True
    await session.exec(update(Poll).values(state="closed", ended_at=now))
    await session.exec(update(PollItem).values(votes_for=3))
    await session.exec(update(Round).values(closes_at=now))
    await session.exec(update(Dossier).values(state="concluded"))
    await session.exec(
        update(CouncilSitting).values(
            state="concluded", concluded_at=now, secretary_id=lan, conclusions="Thống nhất."
        )
    )
    of = (await session.exec(select(CouncilSitting.round_id))).one()
    session.add_all(
        [
            DossierNominee(
                dossier_id=item.dossier_id, nomination_id=item.nomination_id, place=1, added_at=now
            ),
            AppraisalReport(dossier_id=item.dossier_id, asked_by=lan, asked_at=now),
            RoundArchive(round_id=of, asked_by=lan, asked_at=now),
        ]
    )
    await session.flush()


@pytest.mark.parametrize("kind", MADE)
async def test_a_death_while_papers_are_made(kind: ErrandKind, office: Office) -> None:
    point, query, count = MADE[kind]
    house = await staff.house_over(office.folder, office.api, SystemClock())
    async with house.transactions() as session:
        await errands.add(session, kind, 1, SystemClock().now())
    await house.close()
    await office.dies_at(point)
    assert office.tell(query) == []
    for _ in "12":
        await office.goes_on()
        made = [str(sha256) for (sha256,) in office.tell(query)]
        assert len(made) == count
        kept = {path.name for path in (office.folder / "files").rglob("*")}
        assert set(made) <= kept
        assert len([one for one in office.heard(LAN) if one.strip()]) == 1
    assert list((office.folder / "quarantine").iterdir()) == []
