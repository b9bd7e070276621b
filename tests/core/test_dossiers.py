"""The states of a dossier: every cell of the table."""

from itertools import product

import pytest

from core.dossiers import HANDED_IN, OPEN_TO_THE_UNIT, DossierAct, DossierState, acts, after
from core.refusals import Code, Refusal

# Written by hand from what each act is for; «-» is refused.
EXPECTED = """
             drafting   submitted   appraising  supplement  appraised   in_council  concluded   decided
submit       submitted  -           -           appraising  -           -           -           -
withdraw     -          drafting    drafting    drafting    drafting    -           -           -
take_up      -          appraising  -           -           -           -           -           -
let_go       -          -           submitted   -           -           -           -           -
return       -          -           supplement  -           -           -           -           -
finish       -          -           appraised   -           -           -           -           -
reopen       -          -           -           -           appraising  -           -           -
put          -          -           -           -           in_council  -           -           -
take_off     -          -           -           -           -           appraised   -           -
conclude     -          -           -           -           -           concluded   -           -
refer        -          -           -           -           -           -           in_council  -
decide       -          -           -           -           -           -           decided     -
"""


def expected() -> dict[tuple[DossierState, DossierAct], str]:
    heads, *rows = [line.split() for line in EXPECTED.strip().splitlines()]
    return {
        (DossierState(state), DossierAct(act)): led_to
        for act, *cells in rows
        for state, led_to in zip(heads, cells, strict=True)
    }


def test_the_table_has_every_cell() -> None:
    assert set(expected()) == set(product(DossierState, DossierAct))


@pytest.mark.parametrize(("state", "act"), list(product(DossierState, DossierAct)))
def test_an_act_leads_where_it_should_and_is_refused_elsewhere(state: DossierState, act: DossierAct) -> None:
    led_to = expected()[state, act]
    assert (act in acts(state)) == (led_to != "-")
    if led_to != "-":
        assert after(state, act) == DossierState(led_to)
        return
    with pytest.raises(Refusal) as refused:
        after(state, act)
    assert refused.value.code is Code.DOSSIER_MOVED_ON


def test_a_decision_is_reached_and_ends_it() -> None:
    reached, fresh = {DossierState.DRAFTING}, {DossierState.DRAFTING}
    while fresh:
        fresh = {after(state, act) for state in fresh for act in acts(state)} - reached
        reached |= fresh
    assert reached == set(DossierState)
    assert acts(DossierState.DECIDED) == ()


def test_what_is_open_to_the_unit_is_what_it_can_submit() -> None:
    assert {state for state in DossierState if DossierAct.SUBMIT in acts(state)} == OPEN_TO_THE_UNIT
    assert DossierState.SUPPLEMENT in HANDED_IN
