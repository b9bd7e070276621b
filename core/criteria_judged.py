"""Whether an answer is enough: what was compared, weighed along the ways of its clause."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from core.criteria import Answer, Comparison, Criterion, NotApplicable, Outcome, Verdict, Way, compare
from core.measures import Measure


def judge(criterion: Criterion, answer: Answer | NotApplicable) -> Verdict:
    """Where the criterion stands with this answer.

    Without ways every figure is wanted, so anything still unanswered keeps it open; then one failed
    measure fails it, one not yet out makes it wait, and one that only people can judge leaves it to them.
    With ways only what still matters is wanted: a part that failed fails what needs it, and a part that
    passed is enough where one is.
    """
    if isinstance(answer, NotApplicable):
        return Verdict(Outcome.NOT_APPLICABLE, reason=answer.reason)
    weighing = _Weighing.of(criterion, answer)
    comparisons = tuple(weighing.comparisons.values())
    if not criterion.ways:
        return Verdict(_first(_EVERY, [one.standing for one in comparisons], Outcome.MET), comparisons)
    root = criterion.ways[0].code
    return Verdict(weighing.standing(root), comparisons, carried=dict(weighing.carrying(root)))


def to_ask(criterion: Criterion, answer: Answer | NotApplicable) -> Measure | Way | None:
    """What to ask next: a measure, or a way of which a part has to be picked; nothing once it is answered."""
    if isinstance(answer, NotApplicable):
        return None
    weighing = _Weighing.of(criterion, answer)
    if criterion.ways:
        return weighing.open_at(criterion.ways[0].code)
    return next((one.measure for one in weighing.comparisons.values() if not one.answered), None)


_EVERY = (Outcome.UNANSWERED, Outcome.NOT_MET, Outcome.AWAITED, Outcome.NEEDS_REVIEW)
_ALL_OF = (Outcome.NOT_MET, Outcome.UNANSWERED, Outcome.AWAITED, Outcome.NEEDS_REVIEW)
_ANY_OF = (Outcome.MET, Outcome.NEEDS_REVIEW, Outcome.AWAITED, Outcome.UNANSWERED)
_PICKED = (Outcome.MET, Outcome.NEEDS_REVIEW, Outcome.AWAITED)


def _first(order: Sequence[Outcome], parts: Collection[Outcome], otherwise: Outcome) -> Outcome:
    """The first of `order` that is among the parts."""
    return next((one for one in order if one in parts), otherwise)


@dataclass(frozen=True, slots=True)
class _Weighing:
    """One criterion beside one answer, part by part."""

    criterion: Criterion
    answer: Answer
    comparisons: Mapping[str, Comparison]

    @classmethod
    def of(cls, criterion: Criterion, answer: Answer) -> Self:
        """Every measure compared; files prove a document only on the way that the person took."""
        taken = set(_taken(criterion, answer))
        compared = {
            measure.code: _turned(
                criterion,
                compare(
                    measure, answer.given.get(measure.code), answer.files if measure.code in taken else 0
                ),
            )
            for measure in criterion.measures
        }
        return cls(criterion, answer, compared)

    def standing(self, code: str) -> Outcome:
        """Where a way, or a measure, stands. Where any of several excludes, none of them may."""
        way = self.criterion.way(code)
        if way is None:
            return self.comparisons[code].standing
        parts = {part: self.standing(part) for part in way.parts}
        if way.any_of is self.criterion.excludes:
            return _first(_ALL_OF, parts.values(), Outcome.MET)
        picked = self.answer.picked(way)
        if not picked:
            return _first(_ANY_OF, parts.values(), Outcome.NOT_MET)
        if parts[picked] is Outcome.UNANSWERED:
            return _first((Outcome.MET,), parts.values(), Outcome.UNANSWERED)
        return _first(_PICKED, parts.values(), Outcome.NOT_MET)

    def carrying(self, code: str) -> Iterator[tuple[str, str]]:
        """Each way that was chosen between, with the part that decided it."""
        way = self.criterion.way(code)
        standing = self.standing(code)
        if way is None or standing is Outcome.UNANSWERED:
            return
        if not self.criterion.chosen_between(way):
            for part in way.parts:
                yield from self.carrying(part)
            return
        deciding = [part for part in way.parts if self.standing(part) is standing]
        picked = self.answer.picked(way)
        if picked or standing is not Outcome.NOT_MET:
            part = picked if picked in deciding else deciding[0]
            yield way.code, part
            yield from self.carrying(part)

    def open_at(self, code: str) -> Measure | Way | None:
        """What to ask next of a way or a measure."""
        if self.standing(code) is not Outcome.UNANSWERED:
            return None
        way = self.criterion.way(code)
        if way is None:
            return self.criterion.measure(code)
        if not self.criterion.chosen_between(way):
            return next((found for part in way.parts if (found := self.open_at(part))), None)
        picked = self.answer.picked(way)
        return self.open_at(picked) if picked else way


def _taken(criterion: Criterion, answer: Answer) -> Iterator[str]:
    """The codes of the measures on the ways that were picked; of all, where there is nothing to pick."""
    if not criterion.ways:
        yield from (measure.code for measure in criterion.measures)
        return
    open_codes = [criterion.ways[0].code]
    while open_codes:
        code = open_codes.pop()
        way = criterion.way(code)
        if way is None:
            yield code
        elif not criterion.chosen_between(way):
            open_codes.extend(way.parts)
        elif picked := answer.picked(way):
            open_codes.append(picked)


def _turned(criterion: Criterion, comparison: Comparison) -> Comparison:
    """A disqualifier describes what excludes, so what holds there does not pass."""
    if not criterion.excludes:
        return comparison
    passes = None if comparison.passes is None else not comparison.passes
    return replace(comparison, passes=passes, excludes=True)
