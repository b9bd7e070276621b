"""The first plan, whole: its clauses, targets, rounds and silences, and the words of the document."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from core.calendar import WorkCalendar
from core.campaign_terms import RoundKind, SubjectKind, Unsaid
from core.campaigns import Campaign, RemarkKind
from core.measures import LEVEL_LABEL_LIMIT, DeclarationMeasure, NumberMeasure, OrdinalMeasure
from core.roles import Role
from core.texts.campaigns import read_back
from services.papers.campaign_schema import keys_of
from services.papers.campaign_toml import check, read_file

ROOT = Path(__file__).resolve().parents[2]
PLANS = ROOT / "campaigns"
HOAI_NHON = PLANS / "hoai-nhon-2026-2030.toml"
SEEDS = ROOT.parent / "shared" / "seeds"


@pytest.fixture(scope="module")
def plan() -> Campaign:
    return read_file(HOAI_NHON)


def test_every_plan_in_the_folder_is_without_fault() -> None:
    plans = sorted(path for path in PLANS.glob("*.toml") if path.name != "laws.toml")
    assert check(plans) == []


def test_ten_groups_hold_thirty_two_items(plan: Campaign) -> None:
    counts = {group.letter: len(group.criteria) for group in plan.groups}
    assert counts == {"a": 3, "b": 3, "c": 4, "d": 3, "đ": 4, "e": 2, "g": 4, "h": 3, "i": 3, "k": 3}
    assert len({criterion.key for criterion in plan.criteria()}) == 32
    assert all(criterion.key.isascii() for criterion in plan.criteria())


def test_targets_are_those_of_the_plan(plan: Campaign) -> None:
    targets = [
        (criterion.code, measure.operator.value, str(measure.target), measure.unit)
        for criterion in plan.criteria()
        for measure in criterion.measures
        if isinstance(measure, NumberMeasure) and measure.operator is not None
    ]
    assert targets == [
        ("004-b1", "=", "100", "%"),
        ("004-c1", "=", "100", "%"),
        ("004-c1", ">=", "99", "%"),
        ("004-c2", ">=", "30", "%"),
        ("004-c3", ">", "90", "%"),
        ("004-g2", ">=", "90", "%"),
        ("004-h2", ">=", "90", "%"),
    ]
    cut = plan.criterion("004-c2").measures[0]
    assert isinstance(cut, NumberMeasure)
    assert (cut.aim, cut.low, cut.high) == (Decimal(50), Decimal(0), Decimal(100))


def test_two_indices_are_asked_on_one_scale_from_tot_up(plan: Campaign) -> None:
    par_index, sipas = plan.criterion("004-h1").measures
    assert isinstance(par_index, OrdinalMeasure)
    assert isinstance(sipas, OrdinalMeasure)
    assert par_index.scale == sipas.scale
    assert [level.label for level in sipas.scale.levels] == ["Yếu", "Trung bình", "Khá", "Tốt", "Xuất sắc"]
    assert (par_index.minimum, par_index.label, sipas.label) == ("tot", "PAR INDEX", "SIPAS")


def test_declarations_and_the_count(plan: Campaign) -> None:
    declared = [one.code for one in plan.criteria() if isinstance(one.measures[0], DeclarationMeasure)]
    assert declared == ["004-đ3", "004-e2"]
    count = plan.criterion("004-i1").measures[0]
    assert isinstance(count, NumberMeasure)
    assert (count.whole, count.operator, count.low) == (True, None, Decimal(0))


def test_every_item_can_be_asked_on_a_telephone(plan: Campaign) -> None:
    for criterion in plan.criteria():
        assert criterion.evidence
        assert criterion.usual
        for measure in criterion.measures:
            assert len(measure.question) <= 160
            assert measure.question.endswith("?")
    for scale in plan.scales:
        assert all(len(level.label) <= LEVEL_LABEL_LIMIT for level in scale.levels)


def test_rounds_are_five_years_and_the_period(plan: Campaign) -> None:
    assert [(one.code, one.kind, one.year) for one in plan.rounds] == [
        *((str(year), RoundKind.YEARLY, year) for year in range(2026, 2031)),
        ("giai-doan", RoundKind.PERIOD, None),
    ]
    assert all(one.closes_at == Unsaid() for one in plan.rounds)


def test_what_the_plan_leaves_open_stays_open(plan: Campaign) -> None:
    assert plan.number == plan.issued_on == plan.feedback == Unsaid()
    assert plan.window.starts_on == plan.window.ends_on == Unsaid()
    assert not isinstance(plan.commendation, Unsaid)
    assert plan.commendation.form == plan.commendation.quotas == plan.commendation.money == Unsaid()
    assert [one.day for one in plan.deadlines[:2]] == [Unsaid("theo quy định"), Unsaid("theo quy định")]


def test_who_does_what(plan: Campaign) -> None:
    assert [one.kind for one in plan.subjects] == [SubjectKind.COLLECTIVE, SubjectKind.INDIVIDUAL]
    assert plan.body("tc-hc").roles == (Role.OFFICE, Role.APPRAISER)
    assert [duty.code for duty in plan.duties] == ["004-V.1", "004-V.2", "004-V.4", "004-V.5", "004-V.6"]
    assert plan.duties[0].clauses[2].code == "004-V.1.3"


def test_the_missing_sections_are_recorded(plan: Campaign) -> None:
    assert {"IV", "V.3"} <= {one.where for one in plan.remarks if one.kind is RemarkKind.MISSING}


def test_the_plan_is_read_back_whole(plan: Campaign) -> None:
    said = read_back(plan, WorkCalendar())
    for criterion in plan.criteria():
        assert f"[{criterion.code}] {criterion.label}" in said
        assert criterion.quote in said
    assert "phải lớn hơn 90 %" in said
    assert "chưa quy định trong kế hoạch (nguyên văn: «theo quy định»)" in said
    assert "Thiếu trong văn bản (V.3)" in said
    assert "{" not in said
    assert "None" not in said


def words(text: str) -> str:
    return " ".join(text.replace("Luong y", "Lương y").split())


def test_quotes_are_the_words_of_the_document(plan: Campaign) -> None:
    found = sorted(SEEDS.glob("004*.txt"))
    if not found:
        pytest.skip("the document itself is not beside the repository")
    document = words(found[0].read_text(encoding="utf-8"))
    clauses = [
        *(group.title for group in plan.groups),
        *(criterion.quote for criterion in plan.criteria()),
        *(clause.quote for clause in (*plan.purposes, *plan.requirements)),
        *(subject.quote for subject in plan.subjects),
        *(clause.quote for duty in plan.duties for clause in duty.clauses),
        *(() if isinstance(plan.commendation, Unsaid) else (plan.commendation.quote,)),
        *plan.recipients,
        plan.title,
        *plan.legal_bases,
    ]
    assert [quote for quote in clauses if words(quote) not in document] == []


def test_every_clause_of_the_extraction_is_there(plan: Campaign) -> None:
    extraction = SEEDS / "extraction.md"
    if not extraction.exists():
        pytest.skip("the extraction is not beside the repository")
    section = extraction.read_text(encoding="utf-8").partition("\n### 2.5 ")[2].partition("\n## ")[0]
    asked = set(re.findall(r"^\| (004-\w+) \|", section, re.MULTILINE))
    assert len(asked) == 38
    held = {clause.code for clause in (*plan.purposes, *plan.requirements)}
    held |= {criterion.code for criterion in plan.criteria()}
    assert asked - held == set()


def test_every_key_of_the_format_is_explained() -> None:
    readme = (PLANS / "README.md").read_text(encoding="utf-8")
    for table, keys in keys_of().items():
        for key in keys:
            assert re.search(rf"`[^`\n]*\b{key}\b[^`\n]*`", readme), f"{table}.{key}"
