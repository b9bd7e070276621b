"""Alternatives of a plan, drawn at random: whatever is circular is found, and the rest is read."""

from hypothesis import given, settings
from hypothesis import strategies as st

from core.campaign_files import FileProblem
from services.papers.campaign_question_checks import question_faults

QUESTIONS = ("a", "b", "c")
WAYS = ("w", "x", "y", "z")

Parts = dict[str, list[str]]

parts_of_ways = st.fixed_dictionaries(
    {way: st.lists(st.sampled_from(QUESTIONS + WAYS), min_size=1, max_size=3, unique=True) for way in WAYS}
)


def contains_itself(parts: Parts) -> bool:
    """Whether following the parts from some way leads back to it, found by taking away what cannot."""
    left = dict(parts)
    while True:
        settled = [way for way, inside in left.items() if not any(one in left for one in inside)]
        if not settled:
            return bool(left)
        for way in settled:
            del left[way]


def reached_from(root: str, parts: Parts) -> set[str]:
    found: set[str] = set()
    waiting = [root]
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting.extend(parts.get(code, []))
    return found


@settings(deadline=None)  # a plan takes its time on a busy machine
@given(parts_of_ways, st.lists(st.sampled_from(("any_of", "all_of")), min_size=4, max_size=4))
def test_circles_are_found_and_nothing_is_asked_for_nothing(parts: Parts, kinds: list[str]) -> None:
    item: dict[str, object] = {
        "measures": [{"code": code, "label": code, "kind": "narrative"} for code in QUESTIONS],
        "ways": [{"code": way, kind: parts[way]} for way, kind in zip(WAYS, kinds, strict=True)],
    }
    faults = list(question_faults(("groups", 0, "items", 0), item))
    circular = {fault.problem for fault in faults} == {FileProblem.WAY_CIRCULAR}
    assert circular is contains_itself(parts)
    if not circular:
        unused = {fault.facts["value"] for fault in faults if fault.problem is FileProblem.WAY_UNUSED}
        assert unused == {*QUESTIONS, *WAYS} - reached_from(WAYS[0], parts)
