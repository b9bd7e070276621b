"""How far a case has come, and how long it is shown."""

from datetime import UTC, datetime, timedelta

import pytest

from core.council import SittingState
from core.dossiers import DossierState
from core.results import SHOWN, STUCK, Stage, shown, stage_of
from core.texts import results as texts

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.mark.parametrize("state", DossierState)
def test_every_state_of_a_dossier_has_a_stage_with_words(state: DossierState) -> None:
    stage = stage_of(state, commended=True)
    assert texts.STAGES[stage]
    assert (stage is Stage.COMMENDED) is (state is DossierState.DECIDED)


def test_what_the_director_approved_waits_for_the_signature() -> None:
    assert stage_of(DossierState.CONCLUDED, SittingState.APPROVED) is Stage.APPROVED
    assert stage_of(DossierState.CONCLUDED, SittingState.CONCLUDED) is Stage.CONCLUDED
    assert stage_of(DossierState.DECIDED, SittingState.DECIDED, commended=False) is Stage.NOT_CHOSEN


def test_what_is_decided_is_shown_for_a_while() -> None:
    assert shown(Stage.NOT_CHOSEN, NOW - SHOWN, NOW)
    assert not shown(Stage.NOT_CHOSEN, NOW - SHOWN - timedelta(seconds=1), NOW)
    assert shown(Stage.PROPOSED, NOW - STUCK, NOW)
    assert not shown(Stage.PROPOSED, NOW - STUCK - timedelta(seconds=1), NOW)


def test_the_sums_of_a_vote_are_left_out() -> None:
    assert texts.why("Không đạt 2/3 phiếu đã bỏ: 1 đồng ý, 3 không đồng ý") == "không đạt 2/3 phiếu đã bỏ"
    assert texts.why("Hết suất") == "hết suất"
