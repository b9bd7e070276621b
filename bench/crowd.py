"""An office of thousands in several campaigns at once, and plans of any size."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert
from sqlmodel import SQLModel, col, select

from core.campaigns import LETTERS
from core.roles import Role
from db.models import (
    Account,
    Answer,
    Assessment,
    CampaignVersion,
    Evidence,
    Person,
    RoleGrant,
    Round,
    Signature,
)
from db.transaction import Session, Transactions, connection_of
from services import campaigns, outbox
from services.actor import console
from tests import builders

#: Criteria under one head, as in a real plan.
_UNDER_ONE_HEAD = 25
#: Rows of one statement.
_PORTION = 5_000
#: What is kept of a signed self-assessment, in letters.
_COPY = "x" * 12_000
_LONG_AGO = date(2020, 1, 1)
_YEAR = 2026

_GROUP = """
[[groups]]
code = "{plan}-{letter}"
letter = "{letter}"
label = "Nhóm {letter}"
title = "Thi đua thực hiện các nhiệm vụ của nhóm {letter}"
kind = "content"
"""
_ITEM = """
[[groups.items]]
code = "{plan}-{letter}{number}"
label = "Tiêu chí {letter}{number}"
quote = "Nâng cao mức độ hài lòng của người dân khi giải quyết việc {letter}{number} đạt trên 90%."
evidence = "Kết quả khảo sát hài lòng"
usual = "Người tiếp nhận, giải quyết thủ tục hành chính"

[[groups.items.measures]]
{measure}
"""
_MEASURES = (
    'kind = "number"\nquestion = "Tỷ lệ hài lòng là bao nhiêu?"\nunit = "%"\noperator = ">"\ntarget = 90',
    'kind = "narrative"\nquestion = "Anh/chị đã làm những gì, kết quả ra sao?"',
    'kind = "declaration"\nquestion = "Anh/chị đã thực hiện đầy đủ chưa?"',
    'kind = "ordinal"\nquestion = "Chỉ số xếp ở mức nào?"\nscale = "chi-so"\nminimum = "tot"',
)


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many people, each in every campaign; so many answers in all, spread evenly.

    Every person has so many `files`; so many self-assessments were `signed` and taken back, and each
    campaign had so many versions before the one in force.
    """

    people: int = 5_000
    campaigns: int = 3
    criteria: int = 40
    answers: int = 200_000
    files: int = 2
    signed: int = 5_000
    old_versions: int = 20
    bot: str = "bench"

    def chat(self, number: int) -> int:
        """The chat of one of them."""
        return 1_000_000 + number

    def codes(self) -> list[str]:
        """The campaigns' codes."""
        return [str(101 + number) for number in range(self.campaigns)]


def plan_of(criteria: int, code: str) -> str:
    """A plan of so many criteria: the real one of Hoài Nhơn with other contents."""
    real = builders.PLAN_FILE.read_text("utf-8")
    head, _groups, rest = real.partition("[[groups]]")
    _contents, mark, end = rest.partition("[commendation]")
    whole = f"{head}{''.join(_contents_of(criteria, code))}\n{mark}{end}"
    whole = whole.replace('"004-', f'"{code}-').replace('code = "004"', f'code = "{code}"')
    return whole.replace('label = "Thi đua', f'label = "{code} Thi đua', 1)


def _contents_of(criteria: int, code: str) -> Iterator[str]:
    for place in range(criteria):
        letter = LETTERS[place // _UNDER_ONE_HEAD]
        if place % _UNDER_ONE_HEAD == 0:
            yield _GROUP.format(plan=code, letter=letter)
        number = place % _UNDER_ONE_HEAD + 1
        measure = _MEASURES[place % len(_MEASURES)]
        yield _ITEM.format(plan=code, letter=letter, number=number, measure=measure)


async def settle(transactions: Transactions, crowd: Crowd, now: datetime) -> None:
    """Fill an empty database with all of them, their roles, chats, self-assessments, answers and files."""
    async with transactions() as session:
        for code in crowd.codes():
            source = plan_of(crowd.criteria, code)
            await campaigns.load(session, console(now.date()), source, f"{code}.toml", now)
        await outbox.set_live(session)
        unit = await builders.a_unit(session)
        versions = {campaign.code: version for version, campaign in await campaigns.in_force(session)}
        rounds = {
            row.campaign: row.id or 0
            for row in await session.exec(select(Round).where(col(Round.year) == _YEAR))
        }
        people = range(1, crowd.people + 1)
        await _fill(session, Person, (_person(number, unit, now) for number in people))
        await _fill(session, RoleGrant, (_grant(number, unit) for number in people))
        await _fill(session, Account, (_account(number, crowd, now) for number in people))
        await _fill(session, Assessment, _assessments(crowd, rounds, versions, unit, now))
        await _fill(session, Answer, _answers(crowd, now))
        await _fill(session, Evidence, _files(crowd, now))
        await _fill(session, Signature, _signatures(crowd, now))
        await _fill(session, CampaignVersion, _old_versions(crowd, now))


async def _fill(session: Session, table: type[SQLModel], rows: Iterator[dict[str, object]]) -> None:
    """Write rows in portions, past the objects."""
    portion: list[dict[str, object]] = []
    for row in rows:
        portion.append(row)
        if len(portion) == _PORTION:
            await connection_of(session).execute(insert(table), portion)
            portion = []
    if portion:
        await connection_of(session).execute(insert(table), portion)


def _person(number: int, unit: int, now: datetime) -> dict[str, object]:
    return {
        "id": number,
        "staff_code": f"NV{number:05}",
        "name": f"Nguyễn Thị Mẫu {number}",
        "folded": f"nguyen thi mau {number}",
        "unit_id": unit,
        "created_at": now,
        "updated_at": now,
    }


def _grant(number: int, unit: int) -> dict[str, object]:
    return {"person_id": number, "role": Role.STAFF.value, "unit_id": unit, "since": _LONG_AGO}


def _account(number: int, crowd: Crowd, now: datetime) -> dict[str, object]:
    chat = str(crowd.chat(number - 1))
    return {"person_id": number, "channel": "telegram", "bot": crowd.bot, "chat": chat, "linked_at": now}


def _assessments(
    crowd: Crowd, rounds: dict[str, int], versions: dict[str, int], unit: int, now: datetime
) -> Iterator[dict[str, object]]:
    for number in range(crowd.people):
        for place, code in enumerate(crowd.codes()):
            yield {
                "id": 1 + number * crowd.campaigns + place,
                "person_id": 1 + number,
                "round_id": rounds[code],
                "version_id": versions[code],
                "unit_id": unit,
                "created_at": now,
                "updated_at": now,
            }


def _answers(crowd: Crowd, now: datetime) -> Iterator[dict[str, object]]:
    """As many answers to the first criteria of each self-assessment as make the whole number."""
    sheets = crowd.people * crowd.campaigns
    for sheet in range(sheets):
        of_sheet = crowd.answers * (sheet + 1) // sheets - crowd.answers * sheet // sheets
        code = crowd.codes()[sheet % crowd.campaigns]
        for place in range(min(of_sheet, crowd.criteria)):
            letter = LETTERS[place // _UNDER_ONE_HEAD]
            yield {
                "assessment_id": 1 + sheet,
                "criterion": f"{code}-{letter}{place % _UNDER_ONE_HEAD + 1}",
                "given": '{"given": {"1": {"text": "Đã làm đủ việc được giao."}}}',
                "outcome": "needs_review",
                "updated_at": now,
            }


def _files(crowd: Crowd, now: datetime) -> Iterator[dict[str, object]]:
    for number in range(crowd.people * crowd.files):
        yield {
            "code": f"MC-{number:08}",
            "person_id": 1 + number % crowd.people,
            "name": f"anh-{number}.jpg",
            "size": 100_000,
            "mime": "image/jpeg",
            "source": "{}",
            "facts": "{}",
            "state": "clean",
            "received_at": now,
        }


def _signatures(crowd: Crowd, now: datetime) -> Iterator[dict[str, object]]:
    """Copies as large as those of real self-assessments."""
    for number in range(min(crowd.signed, crowd.people * crowd.campaigns)):
        yield {
            "assessment_id": 1 + number,
            "receipt": f"BN-{number:08}",
            "content": _COPY,
            "digest": f"{number:064x}",
            "signed_at": now,
            "withdrawn_at": now,
        }


def _old_versions(crowd: Crowd, now: datetime) -> Iterator[dict[str, object]]:
    """Versions that others took the place of, each with its whole source."""
    for code in crowd.codes():
        source = plan_of(crowd.criteria, code)
        for number in range(crowd.old_versions):
            yield {
                "code": code,
                "digest": f"{number:064x}",
                "source": source,
                "loaded_at": now,
                "state": "published",
                "current": False,
            }
