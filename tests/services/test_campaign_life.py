"""Whatever an office does with its plans, in whatever order, what must hold holds."""

import random
from collections.abc import Awaitable

import pytest

from core.refusals import Refusal
from db.models import CampaignDate, CampaignVersion
from db.transaction import Savepoint, Session
from services import campaigns, journal
from services.actor import console
from tests.chat import Town
from tests.services.short_plan import SHORT

FROM_ISSUE = SHORT.replace("issued_on = 2025-03-21\n", "").replace(
    "starts_on = 2025-03-21\n", "from_issue = true\n"
)
PLANS = (
    SHORT,
    SHORT.replace("2025-12-15", "2025-12-20"),
    SHORT.replace("2025-12-05T17:00:00", "2025-12-06T17:00:00"),
    FROM_ISSUE,
)
DATES = (
    ("issued_on", ("20/03/2025", "22/03/2025", "31/02/2025")),
    ("deadline:009-D1", ("18/12/2025", "19/12/2025", "15/12")),
    ("round:2025:closes_at", ("17:00 01/12/2025", "17:00 01/10/2025")),
    ("round:ca-ky:closes_at", ("17:00 31/12/2025",)),
)
LETTER = "Công văn số 12/SYT-VP"


class Clerk:
    """Does something with plans, often what cannot be done."""

    def __init__(self, town: Town, seed: int) -> None:
        self.chance = random.Random(seed)
        self.now = town.clock.now()
        self.office = console(self.now.date())

    def act(self, session: Session) -> Awaitable[object]:
        version = self.chance.randint(1, 7)
        match self.chance.randrange(6):
            case 0:
                plan = self.chance.choice(PLANS)
                return campaigns.prepare(session, self.office, plan, "x", self.now)
            case 1:
                return campaigns.approve(session, self.office, version, self.now)
            case 2 | 3:
                return campaigns.publish(session, self.office, version, self.now)
            case 4:
                return campaigns.discard(session, self.office, version, self.now)
        subject, values = self.chance.choice(DATES)
        value = self.chance.choice(values)
        return campaigns.enter_date(session, self.office, "009", subject, value, LETTER, self.now)

    async def tries(self, session: Session) -> bool:
        try:
            async with Savepoint(session):
                await self.act(session)
        except Refusal:
            return False
        return True


@pytest.mark.parametrize("seed", range(6))
async def test_what_holds_after_every_step(numbers_town: Town, seed: int) -> None:
    clerk = Clerk(numbers_town, seed)
    published: set[str] = set()
    done = 0
    for _ in range(40):
        async with numbers_town.office() as session:
            done += await clerk.tries(session)
            in_force = await campaigns.in_force(session)
            assert (await journal.verify(session)).broken_at is None
        versions = await numbers_town.rows(CampaignVersion)
        current = [one for one in versions if one.current]
        assert len({one.code for one in current}) == len(current) == len(in_force)
        assert all(
            one.state == "published" and one.published_at is not None for one in current if one.id != 1
        )
        assert all((one.state == "draft") == (one.approved_at is None) for one in versions)
        now_published = {one.digest for one in versions if one.state == "published"}
        assert published <= now_published
        published = now_published
        kept = [one.subject for one in await numbers_town.rows(CampaignDate) if one.replaced_at is None]
        assert len(kept) == len(set(kept))
    assert done > 10
