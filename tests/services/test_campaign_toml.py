"""Campaign files: the first plan whole, a copied one, and every fault at its line."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.campaign_files import FileProblem
from core.campaigns import Campaign, RemarkKind, RoundKind, SubjectKind, Unsaid, digest
from core.criteria import (
    LEVEL_LABEL_LIMIT,
    Criterion,
    DeclarationMeasure,
    NumberMeasure,
    Operator,
    OrdinalMeasure,
)
from core.roles import Role
from core.texts import campaign_files as texts
from core.texts.campaigns import read_back
from services.papers.campaign_schema import keys_of
from services.papers.campaign_toml import CampaignFileError, check, read, read_file

ROOT = Path(__file__).resolve().parents[2]
PLANS = ROOT / "campaigns"
HOAI_NHON = PLANS / "hoai-nhon-2026-2030.toml"
SEEDS = ROOT.parent / "shared" / "seeds"


@pytest.fixture(scope="module")
def plan() -> Campaign:
    return read_file(HOAI_NHON)


def test_every_plan_in_the_folder_is_without_fault() -> None:
    assert check(sorted(PLANS.glob("*.toml"))) == []


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
    said = read_back(plan)
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


# ---------------------------------------------------------------------------------- a short plan

SHORT = '''\
code = "009"
label = "Thi đua CCHC 2025"
kind = "competition"
title = "Phát động phong trào thi đua"
issuer = "Sở Y tế"
number = "41/KH-SYT"
issued_on = 2025-03-21

[window]
words = "từ ngày ban hành đến trước ngày 31/12/2025"
first_year = 2025
last_year = 2025
starts_on = 2025-03-21
ends_on = 2025-12-30

[[purposes]]
code = "009-M1"
quote = "Nâng cao ý thức trách nhiệm."

[[scales]]
code = "xep-loai"
levels = [
    { key = "hoan-thanh", label = "Hoàn thành" },
    { key = "tot", label = "Hoàn thành tốt" },
]

[[groups]]
code = "009-c"
letter = "c"
label = "Thủ tục"
title = "Cải cách thủ tục"
kind = "standard"

[[groups.items]]
code = "009-c1"
label = "Hài lòng"
quote = """Nâng cao
  mức độ hài lòng."""

[[groups.items.measures]]
code = "ty-le"
label = "Tỷ lệ"
kind = "number"
question = "Bao nhiêu phần trăm?"
unit = "%"
operator = ">"
target = 90.5

[[groups.items.measures]]
code = "phut"
label = "Thời gian"
kind = "number"
question = "Bao nhiêu phút?"
unit = "phút"
operator = "<="
target = 15

[[groups.items]]
code = "009-c2"
label = "Xếp loại"
quote = "Hoàn thành tốt nhiệm vụ trở lên."

[[groups.items.measures]]
kind = "ordinal"
question = "Mức nào?"
scale = "xep-loai"
minimum = "tot"

[[groups]]
code = "009-đ"
letter = "đ"
label = "Công vụ"
title = "Cải cách công vụ"
kind = "content"

[[groups.items]]
code = "009-đ1"
label = "Kế hoạch"
quote = "Có kế hoạch."

[[groups.items.measures]]
kind = "document"
question = "Gửi kế hoạch đã ban hành."

[commendation]
code = "009-III"
quote = "Tặng Giấy khen."
form = "Giấy khen"
money = { unsaid = "theo quy định" }

[[commendation.quotas]]
round = "yearly"
subject = "collective"
count = 5
at_most = true

[dossier]
clause = "009-III"
parts = ["Tờ trình", "Biên bản họp"]
copies = 1
send_to = "van-phong"

[[bodies]]
code = "van-phong"
name = "Văn phòng Sở"
roles = ["office"]

[[duties]]
code = "009-V.1"
heading = "Văn phòng Sở"
bodies = ["van-phong"]
quotes = ["Theo dõi.", "Đôn đốc."]

[[deadlines]]
code = "009-D1"
kind = "dossier"
clause = "009-V.1.2"
words = "trước ngày 15/12"
day = 2025-12-15
before = true
round = "2025"

[[rounds]]
code = "2025"
label = "Năm 2025"
kind = "yearly"
year = 2025
opens_at = 2025-11-01T07:00:00
closes_at = 2025-12-05T17:00:00

[[rounds]]
code = "ca-ky"
label = "Cả kỳ"
kind = "period"

[[remarks]]
kind = "noted"
where = "II"
words = "Ghi chú."
'''


def test_a_short_plan_is_held_whole() -> None:
    short = read(SHORT, "ngan.toml")
    first: Criterion = short.criterion("009-c1")
    assert first.quote == "Nâng cao mức độ hài lòng."
    assert [measure.code for measure in first.measures] == ["ty-le", "phut"]
    minutes = first.measures[1]
    assert isinstance(minutes, NumberMeasure)
    assert (minutes.operator, minutes.low, minutes.high) == (Operator.AT_MOST, None, None)
    assert short.issued_on == date(2025, 3, 21)
    assert short.deadlines[0].last_day == date(2025, 12, 14)
    assert not isinstance(short.commendation, Unsaid)
    assert short.commendation.money == Unsaid("theo quy định")
    said = read_back(short)
    assert "hằng năm không quá 05 tập thể" in said
    assert "chậm nhất Chủ nhật 14/12/2025; 15/12/2025 là đã trễ" in said


def test_a_moment_without_an_offset_is_vietnamese_time() -> None:
    assert read(SHORT, "ngan.toml").round("2025").closes_at == datetime(2025, 12, 5, 10, 0, tzinfo=UTC)


def test_looks_do_not_change_the_digest() -> None:
    spaced = "# ghi chú\n\n" + SHORT.replace(" = ", "   =   ").replace("90.5", "90.50")
    decomposed = SHORT.replace("ế", "e\u0302\u0301")
    for other in (spaced, decomposed, SHORT.replace("\n", "\r\n"), "\ufeff" + SHORT):
        assert digest(read(other, "khac.toml")) == digest(read(SHORT, "ngan.toml"))
    assert digest(read(SHORT.replace('">"', '">="'), "ngan.toml")) != digest(read(SHORT, "ngan.toml"))


# ---------------------------------------------------------------------------------- planted mistakes

P = FileProblem
MISTAKES = [
    # what stands in the file, what a hand makes of it, where the finding points, its key, its kind
    ('label = "Hài lòng"', 'lable = "Hài lòng"', "lable", "groups.items.lable", P.UNKNOWN_KEY),
    ('issuer = "Sở Y tế"', "", "code", "issuer", P.MISSING_KEY),
    (
        'quote = "Có kế hoạch."\n',
        "",
        '[[groups.items]]\ncode = "009-đ1"',
        "groups.items.quote",
        P.MISSING_KEY,
    ),
    ('issuer = "Sở Y tế"', "issuer = 5", "issuer", "issuer", P.NOT_TEXT),
    ("target = 90.5", 'target = "90.5"', 'target = "', "groups.items.measures.target", P.NOT_NUMBER),
    ("target = 90.5", "target = true", "target = true", "groups.items.measures.target", P.NOT_NUMBER),
    ("target = 90.5", "target = nan", "target = nan", "groups.items.measures.target", P.NOT_NUMBER),
    ("target = 90.5", "target = 90.12345678", "target = 90.1", "groups.items.measures.target", P.NOT_NUMBER),
    ("target = 90.5", "target = 190", "target = 190", "groups.items.measures.target", P.OUT_OF_BOUNDS),
    ("target = 90.5", "target = -1", "target = -1", "groups.items.measures.target", P.OUT_OF_BOUNDS),
    ("target = 90.5\n", "", 'operator = ">"', "groups.items.measures.operator", P.OPERATOR_ALONE),
    ('operator = ">"\n', "", "target = 90.5", "groups.items.measures.target", P.TARGET_ALONE),
    ("target = 90.5", "target = 90.5\naim = 95", "aim", "groups.items.measures.aim", P.AIM_MISPLACED),
    ('operator = ">"', 'operator = "=>"', 'operator = "=>"', "groups.items.measures.operator", P.NOT_IN_LIST),
    ('kind = "ordinal"', 'kind = "scale"', 'kind = "scale"', "groups.items.measures.kind", P.NOT_IN_LIST),
    (
        'kind = "ordinal"\n',
        "",
        '[[groups.items.measures]]\nquestion = "Mức',
        "groups.items.measures.kind",
        P.MISSING_KEY,
    ),
    (
        'minimum = "tot"',
        'minimum = "tot"\ntarget = 4',
        "target = 4",
        "groups.items.measures.target",
        P.WRONG_KIND,
    ),
    (
        'minimum = "tot"',
        'minimum = "kha"',
        'minimum = "kha"',
        "groups.items.measures.minimum",
        P.UNKNOWN_REFERENCE,
    ),
    (
        'scale = "xep-loai"',
        'scale = "xep"',
        'scale = "xep"',
        "groups.items.measures.scale",
        P.UNKNOWN_REFERENCE,
    ),
    (
        'minimum = "tot"\n',
        "",
        '[[groups.items.measures]]\nkind = "ordinal"',
        "groups.items.measures.minimum",
        P.MISSING_KEY,
    ),
    (
        'code = "phut"',
        'code = "ty-le"',
        'code = "ty-le"\nlabel = "Thời',
        "groups.items.measures.code",
        P.DUPLICATE_CODE,
    ),
    (
        'code = "phut"\n',
        "",
        '[[groups.items.measures]]\nlabel = "Thời',
        "groups.items.measures",
        P.MEASURE_UNNAMED,
    ),
    (
        'code = "009-c2"',
        'code = "009-c1"',
        'code = "009-c1"\nlabel = "Xếp',
        "groups.items.code",
        P.DUPLICATE_CODE,
    ),
    ('code = "009-c2"', 'code = "009-d2"', 'code = "009-d2"', "groups.items.code", P.NOT_OF_GROUP),
    ('code = "009-c2"', 'code = "008-c2"', 'code = "008-c2"', "groups.items.code", P.NOT_OF_CAMPAIGN),
    ('code = "009-c2"', 'code = "009 c2"', 'code = "009 c2"', "groups.items.code", P.BAD_CODE),
    ('code = "009-c2"', 'code = "009-ê2"', 'code = "009-ê2"', "groups.items.code", P.BAD_CODE),
    ('code = "009"', 'code = "010"', 'code = "010"', "code", P.CODE_UNLIKE_CLAUSES),
    ('code = "009"', 'code = "Số 9"', 'code = "Số', "code", P.BAD_CODE),
    ('letter = "đ"', 'letter = "f"', 'letter = "f"', "groups.letter", P.BAD_LETTER),
    ('letter = "đ"', 'letter = "ð"', 'letter = "ð"', "groups.letter", P.BAD_LETTER),
    ('letter = "đ"', 'letter = "b"', 'letter = "b"', "groups.letter", P.LETTER_ORDER),
    ('letter = "đ"', 'letter = "e"', 'code = "009-đ"', "groups.code", P.LETTER_MISMATCH),
    ('kind = "standard"', 'kind = "criteria"', 'kind = "criteria"', "groups.kind", P.NOT_IN_LIST),
    (
        'label = "Công vụ"',
        'label = "Cải cách chế độ công vụ, công chức"',
        'label = "Cải cách',
        "groups.label",
        P.TOO_LONG,
    ),
    ('label = "Công vụ"', 'label = "  "', 'label = "  "', "groups.label", P.EMPTY),
    (
        'label = "Hoàn thành tốt"',
        'label = "Hoàn thành tốt nhiệm vụ được giao"',
        '    { key = "tot"',
        "scales.levels.label",
        P.TOO_LONG,
    ),
    (
        'key = "hoan-thanh"',
        'key = "tot"',
        '    { key = "tot", label = "Hoàn thành tốt"',
        "scales.levels.key",
        P.DUPLICATE_CODE,
    ),
    ("issued_on = 2025-03-21", 'issued_on = "21/3/2025"', "issued_on", "issued_on", P.NOT_DATE),
    ("issued_on = 2025-03-21", "issued_on = 2025-03-21T08:00:00", "issued_on", "issued_on", P.NOT_DATE),
    ("issued_on = 2025-03-21", 'issued_on = { words = "x" }', "issued_on", "issued_on.words", P.UNKNOWN_KEY),
    (
        "closes_at = 2025-12-05T17:00:00",
        "closes_at = 2025-12-05",
        "closes_at",
        "rounds.closes_at",
        P.NOT_MOMENT,
    ),
    ("closes_at = 2025-12-05", "closes_at = 2025-10-05", "closes_at", "rounds.closes_at", P.ROUND_REVERSED),
    ("year = 2025\nopens", "year = 2026\nopens", "year = 2026", "rounds.year", P.YEAR_OUTSIDE),
    ("year = 2025\nopens", "opens", '[[rounds]]\ncode = "2025"', "rounds.year", P.YEAR_MISSING),
    (
        'kind = "period"',
        'kind = "period"\nyear = 2025',
        "year = 2025\n\n[[remarks]]",
        "rounds.year",
        P.YEAR_UNWANTED,
    ),
    ('code = "ca-ky"', 'code = "2025"', 'code = "2025"\nlabel = "Cả', "rounds.code", P.DUPLICATE_CODE),
    ("last_year = 2025", "last_year = 2024", "last_year", "window.last_year", P.YEARS_REVERSED),
    ("first_year = 2025", "first_year = 25", "first_year", "window.first_year", P.OUT_OF_BOUNDS),
    ("first_year = 2025", "first_year = 2025.0", "first_year", "window.first_year", P.NOT_INTEGER),
    ("ends_on = 2025-12-30", "ends_on = 2025-01-30", "ends_on", "window.ends_on", P.DAYS_REVERSED),
    ("at_most = true", 'at_most = "true"', "at_most", "commendation.quotas.at_most", P.NOT_BOOLEAN),
    ("count = 5", "count = 0", "count = 0", "commendation.quotas.count", P.OUT_OF_BOUNDS),
    ('parts = ["Tờ trình", "Biên bản họp"]', 'parts = "Tờ trình"', "parts", "dossier.parts", P.NOT_LIST),
    ('parts = ["Tờ trình", "Biên bản họp"]', "parts = []", "parts", "dossier.parts", P.EMPTY),
    ('["Tờ trình", "Biên bản họp"]', '[\n"Tờ trình",\n7]', "7]", "dossier.parts", P.NOT_TEXT),
    ('send_to = "van-phong"', 'send_to = "vp"', "send_to", "dossier.send_to", P.UNKNOWN_REFERENCE),
    ('clause = "009-III"', 'clause = "009-IV"', 'clause = "009-IV"', "dossier.clause", P.UNKNOWN_REFERENCE),
    (
        'clause = "009-V.1.2"',
        'clause = "009-V.1.3"',
        'clause = "009-V',
        "deadlines.clause",
        P.UNKNOWN_REFERENCE,
    ),
    ('bodies = ["van-phong"]', 'bodies = ["tccb"]', "bodies", "duties.bodies", P.UNKNOWN_REFERENCE),
    ('roles = ["office"]', 'roles = ["boss"]', "roles", "bodies.roles", P.NOT_IN_LIST),
    ("day = 2025-12-15\n", "", "before = true", "deadlines.before", P.BEFORE_NOTHING),
    ('round = "2025"', 'round = "2024"', 'round = "2024"', "deadlines.round", P.UNKNOWN_REFERENCE),
    ("[window]", "[[window]]", "[[window]]", "window", P.NOT_TABLE),
    ("[[purposes]]", "[purposes]", "[purposes]", "purposes", P.NOT_LIST),
    ("[[remarks]]", "[[remark]]", "[[remark]]", "remark", P.UNKNOWN_KEY),
]


Found = list[tuple[int | None, str, FileProblem]]


def attempt(text: str) -> Found:
    """What is found in the text; nothing where it is a plan that can be read back."""
    try:
        assert read_back(read(text, "ngan.toml"))
    except CampaignFileError as refused:
        return [(one.line, one.key, one.problem) for one in refused.findings]
    return []


def findings_of(text: str) -> Found:
    found = attempt(text)
    assert found
    return found


def line_at(text: str, piece: str) -> int:
    """The line on which `piece` begins as the start of a line."""
    return text[: text.index("\n" + piece) + 1].count("\n") + 1 if not text.startswith(piece) else 1


@pytest.mark.parametrize(("stands", "becomes", "place", "key", "problem"), MISTAKES)
def test_a_planted_mistake_is_found_at_its_line_and_key(
    stands: str, becomes: str, place: str, key: str, problem: FileProblem
) -> None:
    assert stands in SHORT
    text = SHORT.replace(stands, becomes, 1)
    assert (line_at(text, place), key, problem) in findings_of(text)


SYNTAX = [
    ("[window]", "[window", "[window", P.UNCLOSED),
    ('issuer = "Sở Y tế"', 'issuer = "Sở Y tế', "issuer", P.UNCLOSED),
    ('issuer = "Sở Y tế"', "issuer = Sở Y tế", "issuer", P.BAD_VALUE),
    ('issuer = "Sở Y tế"', 'issuer "Sở Y tế"', "issuer", P.SYNTAX),
    ('issuer = "Sở Y tế"', 'issuer = "Sở" Y tế"', "issuer", P.BAD_VALUE),
    ('issuer = "Sở Y tế"', 'issuer = "Sở Y tế"\nissuer = "Sở"', 'issuer = "Sở"', P.DUPLICATE_KEY),
    ("issued_on = 2025-03-21", "issued_on = 21/3/2025", "issued_on", P.BAD_VALUE),
    ("issued_on = 2025-03-21", "issued_on = 2025-02-30", "issued_on", P.BAD_VALUE),
    ("target = 90.5", "target = 90,5", "target = 90", P.BAD_VALUE),
    ("[dossier]", "[window]", "[window]\nclause", P.DUPLICATE_KEY),
    ('words = "Ghi chú."', 'words = ["Ghi', 'words = ["Ghi', P.UNCLOSED),
    ('title = "Phát', 'tiêu đề = "Phát', "tiêu", P.SYNTAX),
]


@pytest.mark.parametrize(("stands", "becomes", "place", "problem"), SYNTAX)
def test_a_fault_of_syntax_is_found_at_its_line(
    stands: str, becomes: str, place: str, problem: FileProblem
) -> None:
    text = SHORT.replace(stands, becomes, 1)
    assert findings_of(text) == [(line_at(text, place), "", problem)]


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        SHORT.replace('issuer = "Sở Y tế"', "issuer = 5")
        .replace("target = 90.5", "taget = 90.5")
        .replace('letter = "đ"', 'letter = "w"')
        .replace('kind = "noted"', 'kind = "odd"')
    )
    found = findings_of(text)
    assert [problem for _, _, problem in found] == [
        P.NOT_TEXT,
        P.OPERATOR_ALONE,
        P.UNKNOWN_KEY,
        P.BAD_LETTER,
        P.NOT_IN_LIST,
    ]
    lines = [line for line, _, _ in found if line is not None]
    assert lines == sorted(lines)


def test_a_finding_reads_as_one_sentence() -> None:
    with pytest.raises(CampaignFileError) as refused:
        read(SHORT.replace("target = 90.5\n", "taget = 90.5\n"), "ngan.toml")
    said = "\n".join(texts.finding(one) for one in refused.value.findings)
    assert said == (
        "ngan.toml, dòng 46: groups.items.measures.operator (009-c1): "
        "có phép so sánh (operator) nhưng thiếu mức cần đạt (target).\n"
        "ngan.toml, dòng 47: groups.items.measures.taget (009-c1): "
        "không có khóa này; có phải anh/chị muốn viết «target»."
    )


def test_a_repeated_code_names_the_first_line() -> None:
    with pytest.raises(CampaignFileError) as refused:
        read(SHORT.replace('code = "ca-ky"', 'code = "2025"'), "ngan.toml")
    first = line_at(SHORT, '[[rounds]]\ncode = "2025"') + 1
    assert refused.value.findings[0].sentence == f"mã «2025» đã dùng ở dòng {first}"


@pytest.mark.parametrize("problem", FileProblem)
def test_every_problem_has_a_sentence(problem: FileProblem) -> None:
    facts = dict.fromkeys(
        ("limit", "length", "value", "allowed", "example", "before", "letter", "prefix", "place"), "x"
    ) | dict.fromkeys(("kind", "low", "high", "first", "last"), "y")
    said = texts.sentence(problem, facts)
    assert "{" not in said
    assert not said.endswith(".")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", P.MISSING_KEY),
        ("\x00", P.SYNTAX),
        ("x = " + "[" * 5000 + "]" * 5000, P.TOO_DEEP),
        ("x = " + "{ a = " * 5000 + "1" + " }" * 5000, P.TOO_DEEP),
        ("x = " + "9" * 5000, P.TOO_DEEP),
        ("x = 1e99999999999999999999", P.TOO_DEEP),
        ("#" * (600 * 1024), P.TOO_BIG),
        ("a.b.c = 1\n[a]\n", P.DUPLICATE_KEY),
        ('groups = "none"', P.NOT_LIST),
        ("groups = [1, [2], {}]", P.NOT_TABLE),
        ('[[groups]]\nitems = [{ measures = [{ kind = ["number"] }] }]', P.NOT_IN_LIST),
        ("[window]\nwords = 1\nfirst_year = true", P.NOT_INTEGER),
        ('code = "\\u202e009"', P.MISSING_KEY),
        ('number = { unsaid = "x", more = 1 }', P.UNKNOWN_KEY),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else value,
)
def test_hostile_text_is_refused_with_findings(text: str, problem: FileProblem) -> None:
    assert problem in {found for _, _, found in findings_of(text)}


ODD_VALUES = ('""', "0", "-1", "1.5", "nan", "true", "[]", "[[]]", "{}", '["x"]', "2025-01-01", "07:00:00")


@given(
    st.lists(st.tuples(st.integers(0, SHORT.count("\n") - 1), st.sampled_from(("", *ODD_VALUES))), max_size=4)
)
def test_a_careless_hand_gets_a_plan_or_findings_and_nothing_else(slips: list[tuple[int, str]]) -> None:
    lines = SHORT.splitlines()
    for at, value in slips:
        key, equals, _ = lines[at].partition(" = ")
        lines[at] = f"{key} = {value}" if equals and value else ""
    for line, _, _ in attempt("\n".join(lines)):
        assert line is not None
        assert 1 <= line <= len(lines)


def test_invisible_characters_do_not_enter_the_plan() -> None:
    short = read(SHORT.replace("Tặng Giấy khen.", "Tặng\u202e \u200bGiấy  khen."), "ngan.toml")
    assert not isinstance(short.commendation, Unsaid)
    assert short.commendation.quote == "Tặng Giấy khen."


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'code = "009"\nlabel = "Thi \xd0ua"\n')
    missing = tmp_path / "khong-co.toml"
    assert [(one.line, one.problem) for one in check([missing, latin, tmp_path])] == [
        (None, P.UNREADABLE),
        (2, P.NOT_UTF8),
        (None, P.UNREADABLE),
    ]


def test_two_files_may_not_carry_the_same_plan_code(tmp_path: Path) -> None:
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    first.write_text(SHORT, encoding="utf-8")
    second.write_text("# bản khác\n" + SHORT, encoding="utf-8")
    assert [(one.file, one.line, one.key, one.problem) for one in check([first, second])] == [
        (str(second), 2, "code", P.DUPLICATE_CODE)
    ]
    assert check([first, first]) == []
