"""Campaign files in, facts or findings out: careless, hostile and unreadable ones."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar import WorkCalendar
from core.campaign_files import FileProblem
from core.campaign_terms import Unsaid
from core.campaigns import digest
from core.criteria import Criterion
from core.measures import NumberMeasure, Operator
from core.texts import campaign_files as texts
from core.texts.campaigns import read_back
from services.papers.campaign_toml import CampaignFileError, check, read
from tests.services.short_plan import SHORT, attempt, findings_of, line_at

P = FileProblem


def test_a_short_plan_is_held_whole() -> None:
    short = read(SHORT, "ngan.toml")
    first: Criterion = short.criterion("009-c1")
    assert first.quote == "Nâng cao mức độ hài lòng."
    assert [measure.code for measure in first.measures] == ["ty-le", "phut"]
    minutes = first.measures[1]
    assert isinstance(minutes, NumberMeasure)
    assert (minutes.operator, minutes.low, minutes.high) == (Operator.AT_MOST, None, None)
    assert short.issued_on == date(2025, 3, 21)
    assert short.deadlines[0].last_day(2025) == date(2025, 12, 14)
    assert not isinstance(short.commendation, Unsaid)
    assert short.commendation.money == Unsaid("theo quy định")
    said = read_back(short, WorkCalendar())
    assert "hằng năm không quá 05 tập thể" in said
    assert "chậm nhất Chủ nhật 14/12/2025; 15/12/2025 là đã trễ" in said


def test_a_moment_without_an_offset_is_vietnamese_time() -> None:
    assert read(SHORT, "ngan.toml").rounds[0].closes_at == datetime(2025, 12, 5, 10, 0, tzinfo=UTC)


def test_looks_do_not_change_the_digest() -> None:
    spaced = "# ghi chú\n\n" + SHORT.replace(" = ", "   =   ").replace("90.5", "90.50")
    decomposed = SHORT.replace("ế", "e\u0302\u0301")
    for other in (spaced, decomposed, SHORT.replace("\n", "\r\n"), "\ufeff" + SHORT):
        assert digest(read(other, "khac.toml")) == digest(read(SHORT, "ngan.toml"))
    assert digest(read(SHORT.replace('">"', '">="'), "ngan.toml")) != digest(read(SHORT, "ngan.toml"))


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
        "ngan.toml, dòng 61: groups.items.measures.operator (009-c1): "
        "có phép so sánh (operator) nhưng thiếu mức cần đạt (target).\n"
        "ngan.toml, dòng 62: groups.items.measures.taget (009-c1): "
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
    ) | dict.fromkeys(("kind", "low", "high", "first", "last", "root"), "y")
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


@settings(deadline=None)  # a file takes its time on a busy machine
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
