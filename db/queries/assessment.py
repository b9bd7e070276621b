"""Self-assessments, answers, signatures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, func, literal_column, update
from sqlalchemy import select as select_columns
from sqlalchemy.sql.base import Executable
from sqlmodel import col, select

from db.engine import dialect_of, key_of, upsert
from db.models import Answer, Assessment, EvidenceUse, Round, Share, Signature
from db.transaction import Session, connection_of, write_later

_OF_A_PERSON = col(Assessment.track) != "collective"
# Spelt out, not bound: only so does SQLite see that the partial index holds them all.
_OF_A_UNIT = col(Assessment.track) == literal_column("'collective'")
_IN_ROUND = select(Assessment).where(
    col(Assessment.person_id) == bindparam("person"),
    col(Assessment.round_id) == bindparam("round"),
    _OF_A_PERSON,
)


async def find(session: Session, person_id: int, round_id: int) -> Assessment | None:
    """A person's self-assessment in a round."""
    return (await session.exec(_IN_ROUND, params={"person": person_id, "round": round_id})).first()


async def find_of_unit(session: Session, unit_id: int, round_id: int) -> Assessment | None:
    """A unit's self-assessment in a round."""
    query = select(Assessment).where(
        col(Assessment.unit_id) == unit_id, col(Assessment.round_id) == round_id, _OF_A_UNIT
    )
    return (await session.exec(query)).first()


@dataclass(frozen=True, slots=True)
class Held:
    """A self-assessment and the round it belongs to."""

    id: int
    person_id: int
    version_id: int
    unit_id: int
    state: str
    track: str
    filled_by: int | None
    round_label: str
    closes_at: datetime | None


_HELD = (
    select_columns(
        key_of(Assessment.id),
        col(Assessment.person_id),
        col(Assessment.version_id),
        col(Assessment.unit_id),
        col(Assessment.state),
        col(Assessment.track),
        col(Assessment.filled_by),
        col(Round.label),
        col(Round.closes_at),
    )
    .join(Round, col(Round.id) == col(Assessment.round_id))
    .where(col(Assessment.id).in_(bindparam("wanted", expanding=True)))
    .order_by(col(Assessment.id))
)
_ANSWERS = select_columns(
    col(Answer.assessment_id),
    col(Answer.criterion),
    col(Answer.given),
    col(Answer.outcome),
    col(Answer.note),
).where(col(Answer.assessment_id).in_(bindparam("of", expanding=True)))


async def held(session: Session, assessment_ids: Sequence[int]) -> list[Held]:
    """Self-assessments with their rounds, oldest first."""
    if not assessment_ids:
        return []
    rows = await connection_of(session).execute(_HELD, {"wanted": assessment_ids})
    return [Held(*row) for row in rows]


_ANSWERED = (
    select(func.count())
    .select_from(Answer)
    .where(col(Answer.assessment_id) == col(Assessment.id), col(Answer.outcome) != "")
    .scalar_subquery()
)
_OF_PERSON = (
    select(Assessment, _ANSWERED)
    .where(col(Assessment.person_id) == bindparam("person"), _OF_A_PERSON)
    .order_by(col(Assessment.id))
)


async def of_person(session: Session, person_id: int) -> list[tuple[Assessment, int]]:
    """All of a person's self-assessments, each with its number of answers."""
    rows = await session.exec(_OF_PERSON, params={"person": person_id})
    return [(row[0], row[1]) for row in rows.all()]


_OF_UNITS = (
    select(Assessment, _ANSWERED)
    .where(col(Assessment.unit_id).in_(bindparam("units", expanding=True)), _OF_A_UNIT)
    .order_by(col(Assessment.id))
)


async def of_units(session: Session, unit_ids: Collection[int]) -> list[tuple[Assessment, int]]:
    """All self-assessments of these units, each with its number of answers."""
    rows = await session.exec(_OF_UNITS, params={"units": list(unit_ids)})
    return [(row[0], row[1]) for row in rows.all()]


async def answers_of(
    session: Session, assessment_ids: Sequence[int]
) -> list[tuple[int, str, tuple[str, str, str]]]:
    """The self-assessment, the criterion, and what was given, came out and was noted, of each answer."""
    rows = await connection_of(session).execute(_ANSWERS, {"of": assessment_ids})
    return [(row[0], row[1], (row[2], row[3], row[4])) for row in rows]


@cache
def _keep_answer(dialect: str) -> Executable:
    statement = upsert(dialect, Answer)
    changed = {name: statement.excluded[name] for name in ("given", "outcome", "note", "updated_at")}
    return statement.on_conflict_do_update(index_elements=("assessment_id", "criterion"), set_=changed)


def keep_answer(session: Session, values: dict[str, object]) -> None:
    """Store an answer in place of the one before, by the end of the transaction."""
    write_later(session, _keep_answer(dialect_of(session)), values)


async def set_state(session: Session, assessment_id: int, state: str, now: datetime) -> None:
    """Draft or signed."""
    await session.exec(
        update(Assessment).where(col(Assessment.id) == assessment_id).values(state=state, updated_at=now)
    )


async def untouched(session: Session, assessment_id: int) -> bool:
    """Whether it holds nothing yet: no answer or note, no file, no share, no signature."""
    for model in (Answer, EvidenceUse, Share, Signature):
        query = select(model.id).where(col(model.assessment_id) == assessment_id).limit(1)
        if (await session.exec(query)).first() is not None:
            return False
    return True


async def move_to_version(session: Session, assessment_id: int, version_id: int) -> None:
    """Asked by another version of the campaign."""
    await session.exec(
        update(Assessment).where(col(Assessment.id) == assessment_id).values(version_id=version_id)
    )


async def live_signature(session: Session, assessment_id: int) -> Signature | None:
    """The signature in force."""
    query = select(Signature).where(
        col(Signature.assessment_id) == assessment_id, col(Signature.withdrawn_at).is_(None)
    )
    return (await session.exec(query)).first()


async def signature(session: Session, signature_id: int) -> Signature | None:
    """One signature."""
    return await session.get(Signature, signature_id)


async def by_receipts(session: Session, receipts: Collection[str]) -> Sequence[Signature]:
    """The signatures with these receipts, withdrawn ones too."""
    query = select(Signature).where(col(Signature.receipt).in_(receipts)).order_by(col(Signature.id))
    return (await session.exec(query)).all()


async def withdraw_signature(session: Session, signature_id: int, now: datetime) -> None:
    """End a signature; its copy stays on record."""
    await session.exec(update(Signature).where(col(Signature.id) == signature_id).values(withdrawn_at=now))


async def set_copy(session: Session, signature_id: int, sha256: str) -> None:
    """The paper of what was signed."""
    await session.exec(update(Signature).where(col(Signature.id) == signature_id).values(copy_sha256=sha256))


async def count_signatures(session: Session, year_prefix: str) -> int:
    """How many receipts begin like that."""
    query = select(func.count()).select_from(Signature).where(col(Signature.receipt).startswith(year_prefix))
    return (await session.exec(query)).first() or 0
