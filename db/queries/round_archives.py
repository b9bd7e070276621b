"""Everything that happened in a round, table by table, in the order it was made; and its archives."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select

from core.dossiers import DossierState
from db.engine import key_of
from db.models import (
    Announcement,
    AppraisalMark,
    Assessment,
    Award,
    CampaignVersion,
    CouncilQuestion,
    CouncilSitting,
    Dossier,
    DossierNominee,
    Evidence,
    Nomination,
    Person,
    Round,
    RoundArchive,
    RoundArchivePart,
    ShortlistChange,
    Signature,
    SupplementFile,
    SupplementItem,
    Unit,
)
from db.transaction import Session

#: A dossier that is on its way.
_UNDER_WAY = tuple(
    one.value for one in DossierState if one not in {DossierState.DRAFTING, DossierState.DECIDED}
)


async def rounds(session: Session) -> list[Round]:
    """Every round there ever was, the newest first."""
    query = select(Round).order_by(col(Round.year).desc(), col(Round.id).desc())
    return list((await session.exec(query)).all())


async def under_way(session: Session, round_id: int) -> bool:
    """Whether a dossier of a round is between its unit and the decision."""
    query = select(Dossier.id).where(col(Dossier.round_id) == round_id, col(Dossier.state).in_(_UNDER_WAY))
    return (await session.exec(query.limit(1))).first() is not None


async def sittings(session: Session, round_id: int) -> list[CouncilSitting]:
    """Every sitting on a round, those called off included."""
    query = (
        select(CouncilSitting)
        .where(col(CouncilSitting.round_id) == round_id)
        .order_by(col(CouncilSitting.id))
    )
    return list((await session.exec(query)).all())


async def plans(session: Session, code: str, versions: Collection[int]) -> list[CampaignVersion]:
    """The version of a campaign in force, and these."""
    query = (
        select(CampaignVersion)
        .where(
            col(CampaignVersion.code) == code,
            col(CampaignVersion.current).is_(True) | col(CampaignVersion.id).in_(versions),
        )
        .order_by(col(CampaignVersion.id))
    )
    return list((await session.exec(query)).all())


async def units_by_id(
    session: Session, round_id: int, table: type[Assessment | Nomination | Dossier]
) -> dict[int, int]:
    """Every self-assessment, nomination or dossier there ever was in a round, and of which unit it is."""
    query = (
        select(key_of(table.id), col(table.unit_id))
        .where(col(table.round_id) == round_id)
        .order_by(col(table.id))
    )
    return {row[0]: row[1] for row in (await session.exec(query)).all()}


async def assessments(session: Session, ids: Collection[int]) -> list[tuple[Assessment, Person]]:
    """These self-assessments, and whose they are."""
    query = (
        select(Assessment, Person)
        .join(Person, col(Person.id) == col(Assessment.person_id))
        .where(col(Assessment.id).in_(ids))
        .order_by(col(Assessment.id))
    )
    return list((await session.exec(query)).all())


async def signatures(
    session: Session, assessments: Collection[int]
) -> list[tuple[Signature, Evidence | None]]:
    """Every signature of these, those taken back included, each with the proof of who signed on paper."""
    query = (
        select(Signature, Evidence)
        .join(Evidence, col(Evidence.id) == col(Signature.proof_id), isouter=True)
        .where(col(Signature.assessment_id).in_(assessments))
        .order_by(col(Signature.id))
    )
    return list((await session.exec(query)).all())


async def nominations(session: Session, ids: Collection[int]) -> list[tuple[Nomination, Person | None]]:
    """These nominations, and of whom; a collective is nobody."""
    query = (
        select(Nomination, Person)
        .join(Person, col(Person.id) == col(Nomination.person_id), isouter=True)
        .where(col(Nomination.id).in_(ids))
        .order_by(col(Nomination.id))
    )
    return [(row[0], row[1]) for row in (await session.exec(query)).all()]


async def dossiers(session: Session, ids: Collection[int]) -> list[Dossier]:
    """These dossiers."""
    query = select(Dossier).where(col(Dossier.id).in_(ids)).order_by(col(Dossier.id))
    return list((await session.exec(query)).all())


async def places(session: Session, nominations: Collection[int]) -> list[DossierNominee]:
    """In which dossiers these ever stood."""
    query = (
        select(DossierNominee)
        .where(col(DossierNominee.nomination_id).in_(nominations))
        .order_by(col(DossierNominee.id))
    )
    return list((await session.exec(query)).all())


async def marks(session: Session, nominations: Collection[int]) -> list[AppraisalMark]:
    """Every mark of these, those that were changed included."""
    query = (
        select(AppraisalMark)
        .where(col(AppraisalMark.nomination_id).in_(nominations))
        .order_by(col(AppraisalMark.id))
    )
    return list((await session.exec(query)).all())


async def shortlist(session: Session, nominations: Collection[int]) -> list[ShortlistChange]:
    """What was changed on the shortlist by hand about these."""
    query = (
        select(ShortlistChange)
        .where(col(ShortlistChange.nomination_id).in_(nominations))
        .order_by(col(ShortlistChange.id))
    )
    return list((await session.exec(query)).all())


async def awards(session: Session, nominations: Collection[int]) -> list[Award]:
    """What these nominations brought."""
    query = select(Award).where(col(Award.nomination_id).in_(nominations)).order_by(col(Award.id))
    return list((await session.exec(query)).all())


async def asked_again(session: Session, dossiers: Collection[int]) -> list[SupplementItem]:
    """What the units of these dossiers were asked for again."""
    query = (
        select(SupplementItem)
        .where(col(SupplementItem.dossier_id).in_(dossiers), col(SupplementItem.asked_at).is_not(None))
        .order_by(col(SupplementItem.id))
    )
    return list((await session.exec(query)).all())


async def answering(session: Session, dossiers: Collection[int]) -> list[tuple[SupplementFile, Evidence]]:
    """The files that answer that."""
    query = (
        select(SupplementFile, Evidence)
        .join(Evidence, col(Evidence.id) == col(SupplementFile.evidence_id))
        .join(SupplementItem, col(SupplementItem.id) == col(SupplementFile.item_id))
        .where(col(SupplementItem.dossier_id).in_(dossiers))
        .order_by(col(SupplementFile.id))
    )
    return list((await session.exec(query)).all())


async def questions(session: Session, sitting_id: int) -> list[CouncilQuestion]:
    """What members asked in a sitting."""
    query = (
        select(CouncilQuestion)
        .where(col(CouncilQuestion.sitting_id) == sitting_id)
        .order_by(col(CouncilQuestion.id))
    )
    return list((await session.exec(query)).all())


async def names(session: Session) -> dict[int, str]:
    """What everybody is called."""
    return {row[0]: row[1] for row in (await session.exec(select(key_of(Person.id), col(Person.name)))).all()}


async def announced_since(session: Session, since: datetime) -> list[Announcement]:
    """What was announced since then, the oldest first."""
    query = select(Announcement).where(col(Announcement.left_at) >= since).order_by(col(Announcement.id))
    return list((await session.exec(query)).all())


async def unit_codes(session: Session, unit_ids: Collection[int]) -> dict[int, str]:
    """The office's own codes of units."""
    query = select(Unit).where(col(Unit.id).in_(unit_ids))
    return {row.id or 0: row.code for row in (await session.exec(query)).all()}


async def archive(session: Session, archive_id: int) -> RoundArchive | None:
    """One archive that was asked for."""
    return await session.get(RoundArchive, archive_id)


async def archives(session: Session, round_id: int) -> list[RoundArchive]:
    """Those of a round, the newest first."""
    query = (
        select(RoundArchive)
        .where(col(RoundArchive.round_id) == round_id)
        .order_by(col(RoundArchive.id).desc())
    )
    return list((await session.exec(query)).all())


async def parts(session: Session, archive_id: int) -> list[RoundArchivePart]:
    """The parts of one."""
    query = (
        select(RoundArchivePart)
        .where(col(RoundArchivePart.archive_id) == archive_id)
        .order_by(col(RoundArchivePart.part))
    )
    return list((await session.exec(query)).all())


async def end(session: Session, archive_id: int, state: str, now: datetime) -> bool:
    """An archive that is being made is made, or could not be; whether it was still being made."""
    result = await session.exec(
        update(RoundArchive)
        .where(col(RoundArchive.id) == archive_id, col(RoundArchive.state) == "making")
        .values(state=state, ended_at=now)
    )
    return bool(result.rowcount)
