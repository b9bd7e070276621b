"""Every clause of the five documents stands in its plan, or is left out with a reason."""

import re
from pathlib import Path

import pytest

from core.campaigns import Campaign
from services.papers.campaign_toml import read_file

ROOT = Path(__file__).resolve().parents[2]
PLANS = ROOT / "campaigns"
SEEDS = ROOT.parent / "shared" / "seeds"

FILES = {
    "000": "binh-dinh-2021-2025.toml",
    "001": "ninh-thuan-2024.toml",
    "002": "ba-ria-vung-tau-2023.toml",
    "003": "binh-dinh-2025.toml",
    "004": "hoai-nhon-2026-2030.toml",
}

#: As in the extraction, so that this is checked where the documents are not beside the repository too.
CODES = {
    "000": "M1 M2 M3 Y1 Y2 C1 C2 C3 C4 C5 C6 C7 T1 N1 N2 A1 A2 A3 H1 H2 H3 D1 D2 D3 D4 K1",
    "001": "M1 M2 M3 Y1 Y2 Y3 T1 T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 X1 X2 X3 N1 N2 N3 N4 N5 "
    "L1 L2 L3 L4 L5 A1 H1 H2 H3 H4 D1 D2 D3 D4 K1 K2",
    "002": "M1 M2 M3 M4 Y1 Y2 C1 C2 C3 C4 C5 T1 T2 T3 T4 T5 N1 N2 A0 A1 A2 D1 K1",
    "003": "M1 M2 M3 C1a C1b C2a C2b C2c C2d C3a C3b C4a C4b C4c C4d C5 C6a C6b C6c C6d C7a C7b",
    "004": "M1 M2 M3 Y1 Y2 Y3 a1 a2 a3 b1 b2 b3 c1 c2 c3 c4 d1 d2 d3 đ1 đ2 đ3 đ4 e1 e2 "
    "g1 g2 g3 g4 h1 h2 h3 i1 i2 i3 k1 k2 k3",
}


def codes_of(plan: str) -> set[str]:
    return {f"{plan}-{code}" for code in CODES[plan].split()}


def traced(plan: str) -> set[str]:
    """The codes a plan represents, or leaves out with a reason."""
    campaign = read_file(PLANS / FILES[plan])
    left_out = {one.code for one in campaign.left_out if one.reason}
    return {clause.code for clause in campaign.clauses() if clause.quote} | left_out


def extraction() -> str:
    found = SEEDS / "extraction.md"
    if not found.exists():
        pytest.skip("the extraction of the documents is not beside the repository")
    return found.read_text(encoding="utf-8")


@pytest.mark.parametrize("plan", FILES)
def test_every_clause_is_in_its_plan_or_left_out_with_a_reason(plan: str) -> None:
    assert codes_of(plan) - traced(plan) == set()


def test_the_copied_codes_are_those_of_the_extraction() -> None:
    details = extraction().partition("\n## 2.")[2].partition("\n## 3.")[0]
    rows = re.findall(r"^\| (00\d-\w+) \|", details, re.MULTILINE)
    assert len(rows) == len(set(rows)) == 150
    assert set(rows) == {code for plan in FILES for code in codes_of(plan)}


def test_whatever_else_the_extraction_cites_is_in_a_plan() -> None:
    """Also what only its overviews of targets and dates name («003-C2» for a whole head)."""
    cited = set(re.findall(r"\b00\d-[^\W\d_]\d+[a-z]?\b", extraction()))
    assert cited - {code for plan in FILES for code in traced(plan)} == set()


@pytest.mark.parametrize("plan", FILES)
def test_no_code_cites_two_sentences(plan: str) -> None:
    quotes: dict[str, set[str]] = {}
    campaign: Campaign = read_file(PLANS / FILES[plan])
    for clause in campaign.clauses():
        quotes.setdefault(clause.code, set()).add(clause.quote)
    assert [code for code, said in quotes.items() if len(said) > 1] == []


#: What stands in the document as received, and what it became. Each is told in the plan's remarks.
CORRECTED = {
    "002": (("nổ lực", "nỗ lực"), ("các nhân thuộc", "cá nhân thuộc"), ("Kiểm sát bệnh", "Kiểm soát bệnh")),
    "004": (("Luong y", "Lương y"),),
}


def document(plan: str) -> str:
    """The words of the document: as received, or as reconstructed where the scan lost its accents."""
    whole = extraction()
    if plan in {"000", "003"}:
        title = {"000": "\n### 7.1 ", "003": "\n### 7.2 "}[plan]
        text = whole.partition(title)[2].partition("\n### 7.")[0].replace("**", "").replace("\n>", "\n")
    else:
        text = next(SEEDS.glob(f"{plan}*.txt")).read_text(encoding="utf-8").replace("*", "")
    for stands, becomes in CORRECTED.get(plan, ()):
        text = text.replace(stands, becomes)
    without_bullets = re.sub(r"\n *- ", "\n", text)
    return plain(re.sub(r"-\s*\n\s*", "-", without_bullets))


def plain(text: str) -> str:
    """Without line breaks, kinds of quotation marks and capitals, which make no other words."""
    return " ".join(re.sub(r"[“”\"]", '"', text).split()).removesuffix(".").casefold()


def own_words(plan: str) -> set[str]:
    """Codes of heads that the document has no sentence of its own for."""
    return {
        "000": {"000-III.3.b.2", "000-III.3.b", "000-III.3.a"},
        "001": {"001-II.2.1.1", "001-II.2.1.11", "001-II.2.1", "001-II.2.2.1", "001-II.2.2"},
        "002": {"002-III.2.1", "002-III.2.2"},
    }.get(plan, set())


@pytest.mark.parametrize("plan", FILES)
def test_every_sentence_is_the_documents_own(plan: str) -> None:
    words = document(plan)
    campaign = read_file(PLANS / FILES[plan])
    duties = {duty.code for duty in campaign.duties}
    said = {
        clause.code: plain(clause.quote)
        for clause in campaign.clauses()
        if clause.code not in own_words(plan) | duties
    }
    said |= {f"basis {n}": plain(basis) for n, basis in enumerate(campaign.legal_bases)}
    said |= {f"recipient {n}": plain(one) for n, one in enumerate(campaign.recipients)}
    said["title"] = plain(campaign.title)
    assert {code: quote for code, quote in said.items() if quote not in words} == {}
