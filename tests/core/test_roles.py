"""Who may do what: every cell of the table, for every relation, on every kind of day."""

from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.roles import Grant, Permission, Role, Scope, Target, matrix, may
from core.texts.roles import printed_matrix

PAGE = Path(__file__).resolve().parents[2] / "docs" / "roles.md"

# Written by hand from what each role is for; not derived from core/roles.py.
EXPECTED = """
                staff coordinator head office appraiser council director communications observer administrator
assess_self       self  -           -    -      -         -       -        -              -        -
read_plan         all   all         all  all    all       all     all      all            all      all
manage_account    self  self        self self   self      self    self     self           self     self
see_people        -     unit        unit all    -         -       -        -              -        all
manage_people     -     unit        -    all    -         -       -        -              -        all
issue_codes       -     unit        unit all    -         -       -        -              -        all
give_roles        -     -           -    -      -         -       -        -              -        all
load_campaign     -     -           -    all    -         -       -        -              -        all
ask_office        self  self        self self   self      self    self     self           self     self
answer_questions  -     -           -    all    -         -       -        -              -        -
assess_unit       -     unit        unit -      -         -       -        -              -        -
sign_unit         -     -           unit -      -         -       -        -              -        -
assess_for_others -     unit        unit -      -         -       -        -              -        -
nominate          -     -           unit -      -         -       -        -              -        -
hand_in           -     unit        unit self   -         -       -        -              -        -
confirm_handed_in -     -           unit -      -         -       -        -              -        -
name_deputy       -     -           unit all    -         -       -        -              -        -
see_board         -     -           -    all    -         -       -        -              -        -
commend           -     -           -    all    -         -       -        -              -        -
see_awards        self  unit        unit all    all       -       -        -              -        -
note_hindrances   -     -           -    all    -         -       -        -              -        -
waive             -     -           -    all    all       -       -        -              -        -
see_quotas        -     -           -    all    all       all     all      -              -        -
prepare_dossier   -     unit        unit -      -         -       -        -              -        -
submit_dossier    -     -           unit -      -         -       -        -              -        -
appraise          -     -           -    -      all       -       -        -              -        -
call_council      -     -           -    all    all       -       -        -              -        -
vote              -     -           -    -      -         all     -        -              -        -
decide            -     -           -    -      -         -       all      -              -        -
archive_round     -     -           -    all    -         -       -        -              -        all
manage_calendar   -     -           -    -      -         -       -        -              -        all
announce          -     -           -    all    -         -       -        all            -        all
approve_announcements -     -           -    all    -         -       -        -              -        all
read_journal      -     -           -    -      -         -       -        -              -        all
go_live           -     -           -    -      -         -       -        -              -        all
see_channels      -     -           -    all    -         -       -        -              -        all
manage_channels   -     -           -    -      -         -       -        -              -        all
"""

# A department over two centres; the role is held for the first ward of the first centre.
DEPARTMENT, CENTRE, WARD, ROOM, OTHER_WARD, OTHER_CENTRE = range(1, 7)
LINES = {
    DEPARTMENT: {DEPARTMENT},
    CENTRE: {CENTRE, DEPARTMENT},
    WARD: {WARD, CENTRE, DEPARTMENT},
    ROOM: {ROOM, WARD, CENTRE, DEPARTMENT},
    OTHER_WARD: {OTHER_WARD, CENTRE, DEPARTMENT},
    OTHER_CENTRE: {OTHER_CENTRE, DEPARTMENT},
}
ME, SOMEBODY = 7, 8


def somebody_in(unit: int) -> Target:
    return Target(person_id=SOMEBODY, units=frozenset(LINES[unit]))


RELATIONS = {
    "own data": Target(person_id=ME),
    "own unit": somebody_in(WARD),
    "unit below": somebody_in(ROOM),
    "sibling": somebody_in(OTHER_WARD),
    "parent": somebody_in(CENTRE),
    "another branch": somebody_in(OTHER_CENTRE),
    "whole organisation": somebody_in(DEPARTMENT),
    "nothing in particular": Target(),
}
EVERYTHING = set(RELATIONS)
# What each scope reaches: with the role held for the ward, and with the role held everywhere.
REACHED = {
    "-": (set[str](), set[str]()),
    "self": ({"own data"}, {"own data"}),
    "unit": ({"own unit", "unit below"}, EVERYTHING),
    "all": (EVERYTHING, EVERYTHING),
}

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
A_DAY = timedelta(days=1)
DAYS = {
    FIRST - A_DAY: False,
    FIRST: True,
    FIRST + A_DAY: True,
    LAST: True,
    LAST + A_DAY: False,
}


def expected() -> dict[tuple[Role, Permission], str]:
    heads, *rows = [line.split() for line in EXPECTED.strip().splitlines()]
    return {
        (Role(role), Permission(permission)): word
        for permission, *words in rows
        for role, word in zip(heads, words, strict=True)
    }


def test_every_role_and_permission_is_expected() -> None:
    assert set(expected()) == set(product(Role, Permission))


def test_the_table_is_the_expected_one() -> None:
    assert {(role, permission): scope or "-" for role, permission, scope in matrix()} == expected()


@pytest.mark.parametrize(("role", "permission"), list(product(Role, Permission)))
def test_a_cell_reaches_what_it_should_and_no_further(role: Role, permission: Permission) -> None:
    in_the_ward, everywhere = REACHED[expected()[role, permission]]
    for unit, reached in ((WARD, in_the_ward), (None, everywhere)):
        for until, (day, in_force) in product((LAST, None), DAYS.items()):
            holds = in_force or (until is None and day > LAST)
            grants = frozenset({Grant(role, unit, FIRST, until)})
            found = {name for name, target in RELATIONS.items() if may(grants, ME, permission, day, target)}
            assert found == (reached if holds else set()), (unit, until, day)
            assert may(grants, ME, permission, day) == bool(reached and holds)


def test_own_data_is_not_reached_through_the_unit_of_another() -> None:
    grants = frozenset({Grant(Role.STAFF, WARD, FIRST, None)})
    colleague = Target(person_id=SOMEBODY, units=frozenset(LINES[WARD]))
    own = Target(person_id=ME, units=frozenset(LINES[WARD]))
    assert may(grants, ME, Permission.ASSESS_SELF, FIRST, own)
    assert not may(grants, ME, Permission.ASSESS_SELF, FIRST, colleague)
    assert not may(grants, ME, Permission.ASSESS_SELF, FIRST, Target(units=frozenset(LINES[WARD])))


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
permissions = st.sampled_from(Permission)
grants_held = st.frozensets(
    st.builds(
        Grant,
        role=st.sampled_from(Role),
        unit_id=st.none() | st.sampled_from(sorted(LINES)),
        since=days,
        until=st.none() | days,
    ),
    max_size=4,
)
targets = st.sampled_from([None, *RELATIONS.values()])


@given(permissions, days, targets)
def test_no_role_means_nothing(permission: Permission, day: date, target: Target | None) -> None:
    assert not may(frozenset(), ME, permission, day, target)


@given(grants_held, permissions, targets)
def test_roles_of_other_days_mean_nothing(
    grants: frozenset[Grant], permission: Permission, target: Target | None
) -> None:
    assert not may(grants, ME, permission, date(2025, 12, 31), target)
    ended = frozenset(grant for grant in grants if grant.until is not None)
    assert not may(ended, ME, permission, date(2027, 1, 1), target)


@given(grants_held, grants_held, permissions, days, targets)
def test_roles_add_up(
    some: frozenset[Grant], others: frozenset[Grant], permission: Permission, day: date, target: Target | None
) -> None:
    apart = may(some, ME, permission, day, target) or may(others, ME, permission, day, target)
    assert may(some | others, ME, permission, day, target) == apart


@given(grants_held, permissions, days, st.sampled_from(list(RELATIONS.values())))
def test_what_is_allowed_on_something_is_allowed_at_all(
    grants: frozenset[Grant], permission: Permission, day: date, target: Target
) -> None:
    if may(grants, ME, permission, day, target):
        assert may(grants, ME, permission, day)


@given(grants_held, permissions, days)
def test_whoever_reaches_a_unit_reaches_what_is_below_it(
    grants: frozenset[Grant], permission: Permission, day: date
) -> None:
    if may(grants, ME, permission, day, somebody_in(WARD)):
        assert may(grants, ME, permission, day, somebody_in(ROOM))


def test_the_page_says_what_the_table_says() -> None:
    again = "import core.texts.roles as roles; print(roles.printed_matrix(), end=str())"
    assert PAGE.read_text(encoding="utf-8") == printed_matrix(), (
        f"Changed on purpose? Print the page anew: python -c '{again}' > docs/roles.md"
    )


def test_every_scope_is_explained_on_the_page() -> None:
    page = printed_matrix()
    assert all(f"`{word.value}`" in page for word in (*Role, *Permission, *Scope))
