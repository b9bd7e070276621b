"""A department of many people with an account each, and an announcement for all that is about to leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bench.departments import fill
from bench.telegram import BOT, FIRST_CHAT
from core.announcement_content import Content
from core.announcements import Audience, State
from core.errands import ErrandKind
from core.roles import Role
from db.models import Account, Announcement, Person, RoleGrant, Unit, UnitName
from db.queries import announcements as queries
from db.transaction import Session
from services import errands, outbox

NOTICE = Content(
    "Họp triển khai phong trào",
    "Đúng 08:00 thứ Ba tại hội trường. Đề nghị các khoa, phòng cử người dự đầy đủ.",
    wants_reading=True,
)
_OPENED = date(2026, 1, 1)
_TO_A_UNIT = 40


@dataclass(frozen=True, slots=True)
class Multitude:
    """So many people, forty to a unit, all of whom can be written to; the author is one more."""

    people: int

    async def settle(self, session: Session, now: datetime) -> int:
        """Fill an empty database; returns the number of an announcement whose time has come."""
        for table, rows in (
            (Unit, self._units()),
            (UnitName, self._names()),
            (Person, self._everybody(now)),
            (RoleGrant, self._roles()),
            (Account, self._accounts(now)),
        ):
            await fill(session, table, rows)
        await outbox.set_live(session)
        number = await queries.add(
            session,
            Announcement(
                author_id=self.people + 1,
                content=NOTICE.to_json(),
                audience=Audience(roles=frozenset({Role.STAFF})).to_json(),
                state=State.SCHEDULED.value,
                changed_at=now,
                approved_by=self.people + 1,
                leaves_at=now,
            ),
        )
        await errands.add(session, ErrandKind.ANNOUNCE, number, now)
        return number

    def _places(self) -> range:
        return range(1, self.people // _TO_A_UNIT + 2)

    def _units(self) -> Iterator[dict[str, object]]:
        for number in self._places():
            yield {"id": number, "code": f"U{number}", "kind": "ward"}

    def _names(self) -> Iterator[dict[str, object]]:
        """The first unit is above the others."""
        for number in self._places():
            name, folded = f"Trung tâm Y tế {number}", f"trung tam y te {number}"
            parent = 1 if number > 1 else None
            yield {"unit_id": number, "name": name, "folded": folded, "parent_id": parent, "since": _OPENED}

    def _everybody(self, now: datetime) -> Iterator[dict[str, object]]:
        for number in range(1, self.people + 2):
            yield {
                "id": number,
                "staff_code": f"NV{number}",
                "name": f"Nguyễn Thị Mẫu {number}",
                "folded": f"nguyen thi mau {number}",
                "unit_id": (number - 1) // _TO_A_UNIT + 1,
                "created_at": now,
                "updated_at": now,
            }

    def _roles(self) -> Iterator[dict[str, object]]:
        for number in range(1, self.people + 1):
            yield {"person_id": number, "role": Role.STAFF.value, "since": _OPENED}
        yield {"person_id": self.people + 1, "role": Role.OFFICE.value, "since": _OPENED}

    def _accounts(self, now: datetime) -> Iterator[dict[str, object]]:
        for number in range(1, self.people + 1):
            chat = str(FIRST_CHAT + number - 1)
            yield {"person_id": number, "channel": "telegram", "bot": BOT, "chat": chat, "linked_at": now}
