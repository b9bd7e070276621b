"""What came of an announcement for each person, as far as the outbox knows, and in sums."""

from functools import cache

from sqlalchemy import ColumnElement, Exists, Update, and_, bindparam, case, exists, func, update
from sqlalchemy import select as select_columns
from sqlmodel import col

from core.announcements import NotReached, Tally
from db.engine import key_of
from db.models import AnnouncementRecipient, OutboxRow
from db.queries.announcement_replacing import has_some, of_wording
from db.transaction import Session, connection_of, write_now

_ENDED = ("dead", "expired", "cancelled")


@cache
def _settling() -> Update:
    recipient, row = AnnouncementRecipient, OutboxRow
    any_wording = and_(
        col(row.batch) == bindparam("announcement"), col(row.recipient) == col(recipient.person_id)
    )
    mine = and_(any_wording, of_wording(), col(row.error) != "withdrawn")

    def any_of(*states: str) -> Exists:
        return exists(select_columns(key_of(row.id)).where(mine, col(row.state).in_(states)))

    on_its_way = exists(
        select_columns(key_of(row.id)).where(any_wording, col(row.state).in_(("queued", "sending", "paused")))
    )

    because = (
        select_columns(
            case(
                (and_(col(row.state) == "cancelled", col(row.error) == "stopped"), "stopped"),
                (col(row.state) == "cancelled", "unreachable"),
                (and_(col(row.state) == "dead", col(row.error).like("unreachable%")), "unreachable"),
                (col(row.state) == "expired", "expired"),
                else_="rejected",
            )
        )
        .where(mine, col(row.state).in_(_ENDED))
        .order_by(key_of(row.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    sent_at = (
        select_columns(func.max(row.finished_at)).where(mine, col(row.state) == "sent").scalar_subquery()
    )
    twice = exists(select_columns(key_of(row.id)).where(mine, col(row.repeats) > 0))
    return (
        update(recipient)
        .where(
            col(recipient.announcement_id) == bindparam("announcement"),
            col(recipient.state) == "queued",
            ~on_its_way,
            any_of("sent", *_ENDED),
        )
        .values(
            state=case((any_of(*_ENDED), because), else_="sent"),
            got=case(
                (and_(any_of(*_ENDED), ~has_some("sent")), col(recipient.got)), else_=col(recipient.version)
            ),
            sent_at=sent_at,
            perhaps_twice=twice,
        )
    )


async def settle(session: Session, announcement_id: int) -> None:
    """Record for whom it has arrived, and why not for others, as far as the outbox knows."""
    await write_now(session)
    await connection_of(session).execute(_settling(), {"announcement": announcement_id})


async def tally(session: Session, announcement_id: int, right: int) -> Tally:
    """What became of it so far; `right` is the place of the right answer, -1 where nothing is asked.

    Readings and answers count for the wording people are to have: who confirmed an older one has not read.
    """
    recipient = AnnouncementRecipient
    sort, read = col(recipient.state), _read()
    query = (
        select_columns(
            sort,
            func.count(),
            func.count(case((read, 1))),
            func.count(case((read, col(recipient.answer)))),
            func.count(case((and_(read, col(recipient.answer) == right), 1))),
            func.count(case((col(recipient.perhaps_twice).is_(True), 1))),
        )
        .where(col(recipient.announcement_id) == announcement_id)
        .group_by(sort)
        .order_by(sort)
    )
    rows = list(await connection_of(session).execute(query))
    counted = {row[0]: row[1] for row in rows}
    return Tally(
        sent=counted.pop("sent", 0),
        waiting=counted.pop("queued", 0),
        not_reached={NotReached(state): count for state, count in counted.items()},
        read=sum(row[2] for row in rows),
        answered=sum(row[3] for row in rows),
        right=sum(row[4] for row in rows),
        perhaps_twice=sum(row[5] for row in rows),
    )


async def answers(session: Session, announcement_id: int) -> dict[int, int]:
    """How often each answer was given, by its place."""
    recipient = AnnouncementRecipient
    query = (
        select_columns(col(recipient.answer), func.count())
        .where(col(recipient.announcement_id) == announcement_id, col(recipient.answer).is_not(None), _read())
        .group_by(col(recipient.answer))
    )
    rows = await connection_of(session).execute(query)
    return {place: count for place, count in rows if place is not None}


def _read() -> ColumnElement[bool]:
    """Whether a recipient confirmed the wording they are to have."""
    return col(AnnouncementRecipient.read_version) == col(AnnouncementRecipient.version)
