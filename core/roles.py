"""Who may do what: one table of roles and permissions, and the one predicate that reads it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """The part a person plays, for a unit and its subtree or for the whole organisation."""

    STAFF = "staff"
    COORDINATOR = "coordinator"
    HEAD = "head"
    OFFICE = "office"
    APPRAISER = "appraiser"
    COUNCIL = "council"
    DIRECTOR = "director"
    COMMUNICATIONS = "communications"
    OBSERVER = "observer"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What an act asks for before anything else."""

    ASSESS_SELF = "assess_self"
    READ_PLAN = "read_plan"
    MANAGE_ACCOUNT = "manage_account"
    SEE_PEOPLE = "see_people"
    MANAGE_PEOPLE = "manage_people"
    ISSUE_CODES = "issue_codes"
    GIVE_ROLES = "give_roles"
    LOAD_CAMPAIGN = "load_campaign"
    ASK_OFFICE = "ask_office"
    ANSWER_QUESTIONS = "answer_questions"
    ASSESS_UNIT = "assess_unit"
    SIGN_UNIT = "sign_unit"
    ASSESS_FOR_OTHERS = "assess_for_others"
    NOMINATE = "nominate"
    HAND_IN = "hand_in"
    CONFIRM_HANDED_IN = "confirm_handed_in"
    NAME_DEPUTY = "name_deputy"
    SEE_BOARD = "see_board"
    NOTE_HINDRANCES = "note_hindrances"
    WAIVE = "waive"
    SEE_QUOTAS = "see_quotas"
    COMMEND = "commend"
    SEE_AWARDS = "see_awards"
    PREPARE_DOSSIER = "prepare_dossier"
    SUBMIT_DOSSIER = "submit_dossier"
    APPRAISE = "appraise"
    CALL_COUNCIL = "call_council"
    VOTE = "vote"
    DECIDE = "decide"
    ARCHIVE_ROUND = "archive_round"
    MANAGE_CALENDAR = "manage_calendar"
    ANNOUNCE = "announce"
    APPROVE_ANNOUNCEMENTS = "approve_announcements"
    READ_JOURNAL = "read_journal"
    GO_LIVE = "go_live"
    SEE_CHANNELS = "see_channels"
    MANAGE_CHANNELS = "manage_channels"


class Scope(StrEnum):
    """How far a permission reaches."""

    SELF = "self"
    UNIT = "unit"
    ALL = "all"


#: Whatever their role: the plan is everybody's to read, and one's own account one's own to see and freeze.
_EVERYBODY = {
    Permission.READ_PLAN: Scope.ALL,
    Permission.ASK_OFFICE: Scope.SELF,
    Permission.MANAGE_ACCOUNT: Scope.SELF,
}

TABLE: dict[Role, dict[Permission, Scope]] = {
    Role.STAFF: {**_EVERYBODY, Permission.ASSESS_SELF: Scope.SELF, Permission.SEE_AWARDS: Scope.SELF},
    Role.COORDINATOR: {
        **_EVERYBODY,
        Permission.SEE_PEOPLE: Scope.UNIT,
        Permission.MANAGE_PEOPLE: Scope.UNIT,
        Permission.ISSUE_CODES: Scope.UNIT,
        Permission.ASSESS_UNIT: Scope.UNIT,
        Permission.ASSESS_FOR_OTHERS: Scope.UNIT,
        Permission.HAND_IN: Scope.UNIT,
        Permission.PREPARE_DOSSIER: Scope.UNIT,
        Permission.SEE_AWARDS: Scope.UNIT,
    },
    Role.HEAD: {
        **_EVERYBODY,
        Permission.SEE_PEOPLE: Scope.UNIT,
        Permission.ISSUE_CODES: Scope.UNIT,
        Permission.ASSESS_UNIT: Scope.UNIT,
        Permission.SIGN_UNIT: Scope.UNIT,
        Permission.ASSESS_FOR_OTHERS: Scope.UNIT,
        Permission.NOMINATE: Scope.UNIT,
        Permission.HAND_IN: Scope.UNIT,
        Permission.CONFIRM_HANDED_IN: Scope.UNIT,
        Permission.NAME_DEPUTY: Scope.UNIT,
        Permission.PREPARE_DOSSIER: Scope.UNIT,
        Permission.SUBMIT_DOSSIER: Scope.UNIT,
        Permission.SEE_AWARDS: Scope.UNIT,
    },
    Role.OFFICE: {
        **_EVERYBODY,
        Permission.SEE_PEOPLE: Scope.ALL,
        Permission.MANAGE_PEOPLE: Scope.ALL,
        Permission.ISSUE_CODES: Scope.ALL,
        Permission.LOAD_CAMPAIGN: Scope.ALL,
        Permission.ANSWER_QUESTIONS: Scope.ALL,
        Permission.NOTE_HINDRANCES: Scope.ALL,
        Permission.WAIVE: Scope.ALL,
        Permission.SEE_QUOTAS: Scope.ALL,
        Permission.COMMEND: Scope.ALL,
        Permission.SEE_AWARDS: Scope.ALL,
        Permission.SEE_BOARD: Scope.ALL,
        Permission.SEE_CHANNELS: Scope.ALL,
        Permission.ANNOUNCE: Scope.ALL,
        Permission.APPROVE_ANNOUNCEMENTS: Scope.ALL,
        Permission.HAND_IN: Scope.SELF,
        Permission.NAME_DEPUTY: Scope.ALL,
        Permission.CALL_COUNCIL: Scope.ALL,
        Permission.ARCHIVE_ROUND: Scope.ALL,
    },
    Role.APPRAISER: {
        **_EVERYBODY,
        Permission.WAIVE: Scope.ALL,
        Permission.SEE_QUOTAS: Scope.ALL,
        Permission.APPRAISE: Scope.ALL,
        Permission.CALL_COUNCIL: Scope.ALL,
        Permission.SEE_AWARDS: Scope.ALL,
    },
    Role.COUNCIL: {**_EVERYBODY, Permission.SEE_QUOTAS: Scope.ALL, Permission.VOTE: Scope.ALL},
    Role.DIRECTOR: {**_EVERYBODY, Permission.SEE_QUOTAS: Scope.ALL, Permission.DECIDE: Scope.ALL},
    Role.COMMUNICATIONS: {**_EVERYBODY, Permission.ANNOUNCE: Scope.ALL},
    Role.OBSERVER: _EVERYBODY,
    Role.ADMINISTRATOR: {
        **_EVERYBODY,
        Permission.SEE_PEOPLE: Scope.ALL,
        Permission.MANAGE_PEOPLE: Scope.ALL,
        Permission.ISSUE_CODES: Scope.ALL,
        Permission.GIVE_ROLES: Scope.ALL,
        Permission.LOAD_CAMPAIGN: Scope.ALL,
        Permission.MANAGE_CALENDAR: Scope.ALL,
        Permission.ANNOUNCE: Scope.ALL,
        Permission.APPROVE_ANNOUNCEMENTS: Scope.ALL,
        Permission.READ_JOURNAL: Scope.ALL,
        Permission.ARCHIVE_ROUND: Scope.ALL,
        Permission.GO_LIVE: Scope.ALL,
        Permission.SEE_CHANNELS: Scope.ALL,
        Permission.MANAGE_CHANNELS: Scope.ALL,
    },
}


#: What somebody may do in their own right alone: whoever stands in does not say who stands in next.
NEVER_LENT = frozenset({Permission.NAME_DEPUTY})


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held for a unit's subtree (`unit_id`) or everywhere (`None`), for a period.

    Both ends are inclusive; `until` may be open. `instead_of` is the person in whose place it is held, by
    somebody who stands in for them; their own has none.
    """

    role: Role
    unit_id: int | None
    since: date
    until: date | None
    instead_of: int | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the grant is in force on that day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def allows(self, permission: Permission) -> Scope | None:
        """How far it reaches for an act; None where it does not."""
        if self.instead_of is not None and permission in NEVER_LENT:
            return None
        return TABLE[self.role].get(permission)


@dataclass(frozen=True, slots=True)
class Target:
    """What is acted on: its owner and the line of units above it, its own unit included."""

    person_id: int | None = None
    units: frozenset[int] = frozenset()


def may(
    grants: frozenset[Grant], person_id: int, permission: Permission, day: date, target: Target | None = None
) -> bool:
    """Whether someone holding `grants` may do this to `target` on that day; denied by default.

    Without a target the question is «at all»: useful for what to show in a menu, never for an act
    on somebody's data.
    """
    return any(
        grant.holds_on(day) and _reaches(grant, grant.allows(permission), person_id, target)
        for grant in grants
    )


def _reaches(grant: Grant, scope: Scope | None, person_id: int, target: Target | None) -> bool:
    if scope is None:
        return False
    if target is None or scope is Scope.ALL:
        return True
    if scope is Scope.SELF:
        return target.person_id == person_id
    return grant.unit_id is None or grant.unit_id in target.units


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """The roles that have a permission, however far it reaches."""
    return tuple(role for role in Role if permission in TABLE[role])


def matrix() -> list[tuple[Role, Permission, Scope | None]]:
    """Every cell of the table, empty ones included: the source of the printed matrix and its tests."""
    return [(role, permission, TABLE[role].get(permission)) for role in Role for permission in Permission]
