"""What the marks of nominees come to, and where somebody was found wanting."""

from collections.abc import Collection, Mapping

from core.appraisal import Mark, NomineeVerdict, is_marked, verdict
from core.criteria import ClauseKind
from core.dossiers import NomineeFacts
from db.queries import appraisal as queries
from db.transaction import Session
from services import sheets


async def verdicts_of(session: Session, people: Collection[NomineeFacts]) -> dict[int, NomineeVerdict]:
    """What the marks of these nominees come to."""
    marks = await _marks(session, people)
    found: dict[int, NomineeVerdict] = {}
    for one in people:
        kinds = await kinds_of(session, one.assessment_id)
        found[one.nomination_id] = verdict(one.nomination_id, kinds, marks.get(one.nomination_id, {}))
    return found


async def kinds_of(session: Session, assessment_id: int) -> Mapping[str, ClauseKind]:
    """Every criterion there is to mark, with its kind."""
    sheet = await sheets.load(session, assessment_id)
    entries = sheet.facts().entries if sheet is not None else ()
    return {one.criterion.code: one.criterion.kind for one in entries if is_marked(one)}


async def wanting(session: Session, people: Collection[NomineeFacts]) -> dict[int, tuple[str, ...]]:
    """The criteria that each of these does not reach, or that are unclear, by code and name.

    What competition is about costs nobody anything and is left out.
    """
    marks = await _marks(session, people)
    found: dict[int, tuple[str, ...]] = {}
    for one in people:
        own = marks.get(one.nomination_id, {})
        sheet = await sheets.load(session, one.assessment_id)
        found[one.nomination_id] = tuple(
            f"{entry.criterion.code} {entry.criterion.label}"
            for entry in (sheet.facts().entries if sheet is not None else ())
            if own.get(entry.criterion.code) in {Mark.NOT_MET, Mark.UNCLEAR}
            and entry.criterion.kind is not ClauseKind.CONTENT
        )
    return found


async def _marks(session: Session, people: Collection[NomineeFacts]) -> dict[int, dict[str, Mark]]:
    marks: dict[int, dict[str, Mark]] = {}
    for row, _by in await queries.marks(session, [one.nomination_id for one in people]):
        marks.setdefault(row.nomination_id, {})[row.criterion] = Mark(row.mark)
    await sheets.load_all(session, [one.assessment_id for one in people])
    return marks
