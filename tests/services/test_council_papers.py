"""The papers of a sitting: made once, laid out as decreed, and saying what was voted."""

from hashlib import sha256
from zoneinfo import ZoneInfo

from core.ballots import Vote
from core.council import PaperOf
from db.models import CouncilPaper
from services import council_papers, council_vote
from services.papers import council_documents, council_templates
from tests.chat import Town
from tests.services.decreed import laid_out
from tests.services.sitting import chamber
from tests.services.test_council import WORDS, called, person, voted
from tests.services.test_signed_copy import opened


async def test_the_papers_are_made_once_and_say_what_was_voted(numbers_town: Town) -> None:
    here = await chamber(numbers_town)
    async with here.town.office() as session:
        now, number = here.town.clock.now(), await called(here, session)
        await voted(here, session, number, *[(Vote.FOR, Vote.AGAINST)] * 4)
        await council_vote.conclude(session, await person(here, session, here.chair), number, WORDS, now)
    await here.town.settle()
    async with here.town.office() as session:
        content = await council_papers.content(session, number, now)
        assert content is not None
        made = council_documents.build(content, ZoneInfo("Asia/Ho_Chi_Minh"))
        assert made == council_documents.build(content, ZoneInfo("Asia/Ho_Chi_Minh"))
        for _again in range(2):
            shelved = {kind: (sha256(one).hexdigest(), len(one)) for kind, one in made.items()}
            await council_papers.shelved(session, number, shelved, now)
    rows = await here.town.rows(CouncilPaper)
    assert sorted(one.kind for one in rows) == ["decision", "minutes"]
    minutes, decision = (told(made[kind]) for kind in (PaperOf.MINUTES, PaperOf.DECISION))
    assert "Thành viên Hội đồng: 4 người, 4 người bỏ phiếu." in minutes
    assert WORDS in minutes
    assert "Tặng Giấy khen cho 01 cá nhân" in decision
    assert "Điều 75 Luật Thi đua, khen thưởng số 06/2022/QH15" in decision
    assert "Số: ……/QĐ-……" in decision
    lines = opened(made[PaperOf.DECISION]).paragraphs
    (*_others, plan) = [one for one in lines if one.text.startswith("Căn cứ Kế hoạch số")]
    assert plan.style is not None
    assert plan.style.font.italic
    (article,) = [one for one in lines if one.text.startswith("Điều 1.")]
    assert [run.text for run in article.runs if run.bold] == ["Điều 1. "]
    assert " trong thực hiện phong trào thi đua" in article.text
    assert "Bùi Văn Minh" not in decision
    laid_out(made[PaperOf.MINUTES], "/BB-HĐTĐKT", dated=False)
    laid_out(made[PaperOf.DECISION], "/QĐ-")
    for kind in PaperOf:
        shipped = council_documents.path(kind).read_bytes()
        assert told(shipped) == told(council_templates.written(kind))


def told(paper: bytes) -> str:
    """Everything a Word file says, tables included."""
    found = opened(paper)
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in found.paragraphs), *cells])
