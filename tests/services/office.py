"""A house to import people into, and what can be seen of it afterwards."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.people_plan import ImportPlan
from core.people_sheet import Column, FindingCode, Sheet
from core.roles import Grant
from core.texts import people_sheet as texts
from db.queries import people as people_queries
from db.transaction import Transactions
from services import journal, organisation
from services.actor import Actor, console
from services.organisation import ImportResult
from services.papers import people_sheet
from services.people_roster import Standing, standing
from tests.services.sheets import a_sheet

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DAY = timedelta(days=1)

CODE, UNIT, KIND, PARENT = Column.UNIT_CODE, Column.UNIT, Column.UNIT_KIND, Column.PARENT
NAME, STAFF, PHONE, POST = Column.NAME, Column.STAFF_CODE, Column.PHONE, Column.POST
ROLES, RATING, HEAD, DEPUTY = Column.ROLES, Column.RATING, Column.HEAD, Column.DEPUTY

CENTRE = {CODE: "TT", UNIT: "Trung tâm Y tế Mẫu", PARENT: ""}
WARD = {CODE: "K1", UNIT: "Khoa Nội", PARENT: "TT"}


class Office:
    """A house to import into, seen as somebody with some roles would see it."""

    def __init__(self, transactions: Transactions) -> None:
        self.transactions = transactions
        self.now = MONDAY

    @property
    def today(self) -> date:
        return self.now.date()

    def actor(self, *grants: Grant) -> Actor:
        if not grants:
            return console(self.today)
        return Actor(person_id=1, name="", unit_id=1, today=self.today, grants=frozenset(grants))

    async def imports(self, *rows: dict[Column, str], sheet: Sheet | None = None) -> ImportPlan:
        return (await self.enter(sheet or a_sheet(*rows), self.actor())).plan

    async def enter(self, sheet: Sheet, actor: Actor) -> ImportResult:
        """Import; the dry run just before has to say the very same."""
        async with self.transactions() as session:
            dry = await organisation.plan_people(session, actor, sheet, self.today)
        async with self.transactions() as session:
            result = await organisation.import_people(session, actor, sheet, self.now)
        assert result.plan == dry
        return result

    async def exports(self) -> Sheet:
        async with self.transactions() as session:
            return people_sheet.read(await organisation.export_people(session, self.actor(), self.now))

    async def told(self, plan: ImportPlan) -> list[str]:
        return [texts.place_and_sentence(finding) for finding in plan.findings]

    async def tree(self, day: date | None = None) -> dict[str, str]:
        """Each unit's name on a day, with the name above it."""
        async with self.transactions() as session:
            found = {}
            for unit in await people_queries.units(session):
                row = await people_queries.unit_name_on(session, unit.id or 0, day or self.today)
                above = row and row.parent_id
                parent = await people_queries.unit_name_on(session, above or 0, day or self.today)
                if row is not None:
                    found[row.name] = parent.name if parent else ""
            return found

    async def roles(self, staff_code: str) -> set[tuple[str, str]]:
        """What somebody holds today, and for which unit."""
        async with self.transactions() as session:
            house = await standing(session, self.today)
            (person,) = [one for one in house.people.values() if one.staff_code == staff_code]
            held = house.grants.get(person.id or 0, [])
            return {(row.role, house.units[row.unit_id].code if row.unit_id else "") for row in held}

    async def leaders(self, unit_code: str) -> dict[str, str]:
        """Who leads a unit today."""
        async with self.transactions() as session:
            house = await standing(session, self.today)
            (unit_id,) = [key for key, unit in house.units.items() if unit.code == unit_code]
            return {
                house.people[row.person_id].staff_code: row.rank for row in house.leaders.get(unit_id, [])
            }

    async def unit_id(self, code: str) -> int:
        async with self.transactions() as session:
            (unit,) = [unit for unit in await people_queries.units(session) if unit.code == code]
            return unit.id or 0

    async def journal(self) -> list[tuple[str, str]]:
        async with self.transactions() as session:
            assert (await journal.verify(session)).broken_at is None
            return [(entry.verb, str(entry.facts)) for entry in reversed(await journal.latest(session, 200))]


def a_person(code: str = "A1", name: str = "Nguyễn Văn Thử", **more: str) -> dict[Column, str]:
    return {**WARD, NAME: name, STAFF: code} | {Column(column): text for column, text in more.items()}


def codes_of(plan: ImportPlan) -> list[tuple[int, FindingCode]]:
    return [(finding.row, finding.code) for finding in plan.findings]


async def standing_of(office: Office) -> Standing:
    async with office.transactions() as session:
        return await standing(session, office.today)


def rows_of(sheet: Sheet) -> list[dict[Column, str]]:
    return [{column: sheet.text(line, column) or "" for column in Column} for line in sheet.lines]
