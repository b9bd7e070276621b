"""Rungs and quiet hours as people type them: read whole or refused."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.campaign_terms import DeadlineKind
from core.ladder import DEFAULT_LADDER, Audience, LadderProblem, Ladders, Rung
from core.ladder_typed import read_rungs
from core.quiet import read_hours
from core.refusals import Code, Refusal
from core.reminders_hours import Quiet
from core.roles import Role
from core.texts import reminders_ladder
from tests.core.ladder_samples import ladder_of


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("7 ngày trước", "person-7"),
        ("7 ngay lam viec truoc", "person-7"),
        ("Trước 7 ngày làm việc: nhắc người phụ trách", "person-7"),
        ("trong ngày", "person+0"),
        ("đúng ngày", "person+0"),
        ("2 ngày sau, văn phòng", "office+2"),
        ("sau 1 ngày làm việc: báo cấp phó", "deputy+1"),
        ("2 ngày sau báo cho văn phòng.", "office+2"),
        ("14, 7, 3, 1, 0", "person-14 person-7 person-3 person-1 person+0"),
        ("10 ngày trước; 3 ngày sau, văn phòng", "person-10 office+3"),
        ("1 ngày sau, cấp phó, 2 ngày sau, văn phòng", "deputy+1 office+2"),
    ],
)
def test_rungs_are_read(typed: str, keys: str) -> None:
    assert " ".join(one.key for one in read_rungs(typed)) == keys


def test_what_is_shown_of_a_rung_can_be_typed() -> None:
    for one in DEFAULT_LADDER.rungs:
        assert read_rungs(reminders_ladder.rung(one)) == (one,)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "văn phòng",
        "bảy ngày trước",
        "-7",
        "7 tuần trước",
        "²",
        "7 ngày trước, giám đốc",
        "7" * 500,
        "<b>7</b>",
    ],
)
def test_what_is_no_rung_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_rungs(typed)
    assert refused.value.facts["ladder"] is LadderProblem.UNREADABLE


@given(some.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    for reader in (read_rungs, read_hours):
        try:
            reader(typed)
        except Refusal as refused:
            assert refused.code in {Code.LADDER_WRONG, Code.QUIET_UNREADABLE}  # noqa: PT017 - most are refused


@pytest.mark.parametrize(
    ("typed", "starts", "ends"),
    [
        ("18h đến 8h", time(18), time(8)),
        ("11:30-13:30", time(11, 30), time(13, 30)),
        ("từ 21 giờ 30 tới 6 giờ", time(21, 30), time(6)),
        ("12-13", time(12), time(13)),
        ("22h - 24h", time(22), time(0)),
    ],
)
def test_hours_are_read(typed: str, starts: time, ends: time) -> None:
    assert read_hours(typed) == Quiet(starts, ends)


@pytest.mark.parametrize(
    "typed", ["", "18h", "25h đến 8h", "8h đến 8h", "8:75-9:00", "²1h đến 8h", "8-9" * 99]
)
def test_what_are_no_hours_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_hours(typed)
    assert refused.value.code is Code.QUIET_UNREADABLE


def test_a_rung_takes_its_place_or_is_refused() -> None:
    longer = DEFAULT_LADDER.adding(Rung(-10), Rung(3, Audience.OFFICE))
    assert [one.offset for one in longer.rungs] == [-14, -10, -7, -3, -1, 0, 1, 2, 3]
    assert longer.without(Rung(-10)).without(Rung(3, Audience.OFFICE)) == DEFAULT_LADDER
    assert not DEFAULT_LADDER.takes(Rung(-7))
    assert DEFAULT_LADDER.takes(Rung(-8))
    for act in (
        lambda: DEFAULT_LADDER.adding(Rung(-7)),
        lambda: DEFAULT_LADDER.without(Rung(-8)),
        lambda: ladder_of([3], None, None).without(Rung(-3)),
        lambda: Rung.from_key("mayor+1"),
    ):
        with pytest.raises(Refusal):
            act()


def test_ladders_are_changed_and_go_back() -> None:
    own, other = ladder_of([2]), ladder_of([5])
    head = (DeadlineKind.REPORT, Role.HEAD)
    changed = Ladders().changed(head, own).changed(None, other)
    assert (changed.at(head), changed.at(None), changed.at((DeadlineKind.PLAN, Role.HEAD))) == (
        own,
        other,
        other,
    )
    back = changed.changed(head, None).changed(None, None)
    assert back == Ladders()
