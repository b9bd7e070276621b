"""Planted mistakes in a campaign file: each is found at its line and key."""

import pytest

from core.campaign_files import FileProblem
from tests.services.short_plan import SHORT, findings_of, line_at

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


@pytest.mark.parametrize(("stands", "becomes", "place", "key", "problem"), MISTAKES)
def test_a_planted_mistake_is_found_at_its_line_and_key(
    stands: str, becomes: str, place: str, key: str, problem: FileProblem
) -> None:
    assert stands in SHORT
    text = SHORT.replace(stands, becomes, 1)
    assert (line_at(text, place), key, problem) in findings_of(text)
