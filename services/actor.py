"""Who acts: a person with the roles they hold today, or the office at its own machine."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo

from core.messages import Address
from core.refusals import Code, Refusal
from core.roles import Grant, Permission, Role, Target, may
from db.transaction import Session

#: Acts the house performs by itself, with nobody's permission to ask.
SYSTEM_ACTS = frozenset(
    {
        "services.announcement_audience.reached",
        "services.announcement_audience.rules_of",
        "services.announcement_changes.overtaken",
        "services.announcement_delivery.settle",
        "services.announcement_departure.gave_up",
        "services.announcement_departure.go_on",
        "services.announcement_progress.renew",
        "services.announcement_replacing.hold_back",
        "services.announcement_replacing.reword",
        "services.announcement_sheets.lost",
        "services.announcement_sheets.made",
        "services.announcement_waves.fan_out",
        "services.announcement_waves.keep",
        "services.announcement_waves.lay",
        "services.announcement_waves.word",
        "services.announcement_files.lost",
        "services.announcement_files.refused",
        "services.announcement_files.stored",
        "services.announcements.ask_again",
        "services.appraisal_likeness.keep",
        "services.appraisal_report.lost",
        "services.appraisal_report.made",
        "services.appraisal_supplement.remind",
        "services.assessment.weigh_after_check",
        "services.award_sheets.faulty",
        "services.award_sheets.lost",
        "services.award_sheets.read",
        "services.award_sheets.template_made",
        "services.award_sheets.turned_down",
        "services.ballot_voters.ask_again",
        "services.ballots.cancel",
        "services.ballots.close",
        "services.ballot_papers.enter_paper",
        "services.ballots.lost",
        "services.ballots.open_poll",
        "services.ballot_papers.votes_on_paper",
        "services.campaign_papers.asked",
        "services.campaign_papers.faulty",
        "services.campaign_papers.lost",
        "services.campaign_papers.made",
        "services.campaign_papers.read",
        "services.campaign_papers.turned_down",
        "services.channels.tell_of_added",
        "services.code_sheets.forgotten",
        "services.code_sheets.lost",
        "services.code_sheets.made",
        "services.code_sheets.write",
        "services.dossier_papers.asked",
        "services.dossier_papers.lost",
        "services.dossier_papers.made",
        "services.paper_templates.lost",
        "services.paper_templates.set_made",
        "services.paper_templates.tried",
        "services.paper_templates.turned_down",
        "services.council.moved",
        "services.council_past.set_aside",
        "services.council_papers.shelved",
        "services.council_vote.remind",
        "services.dossier_archives.lost",
        "services.dossier_archives.handed",
        "services.dossier_archives.made",
        "services.errands.add",
        "services.errands.again",
        "services.evidence_checks.lost",
        "services.evidence_checks.refused",
        "services.evidence_checks.stored",
        "services.evidence_checks.take_over",
        "services.housekeeping.forget",
        "services.inbox.bury",
        "services.inbox.receive",
        "services.journal.note",
        "services.outbox.notify",
        "services.outbox.notify_administrators",
        "services.outbox.post",
        "services.outbox.post_gathered",
        "services.outbox.set_live",
        "services.people.count_wrong_code",
        "services.people.accept",
        "services.people.disown",
        "services.people.set_reachable",
        "services.quota_meter.count_interrupted",
        "services.quota_meter.count_received",
        "services.quota_meter.count_sent",
        "services.quota_meter.leave",
        "services.quota_meter.restarted",
        "services.quota_meter.stop",
        "services.reminders.remind",
        "services.reminders.remind_of",
        "services.reminders.settle",
        "services.reminders.told_of_day",
        "services.reminders.withdraw",
        "services.results_telling.tell",
        "services.rerouting.channel_back",
        "services.rerouting.channel_down",
        "services.rerouting.give_up_chat",
        "services.rerouting.leave_chat",
        "services.round_archives.lost",
        "services.round_archives.made",
        "services.round_archives.note_made",
        "services.sharing.hand_back",
        "services.signing.copy_made",
        "services.timetable.ran",
        "services.unit_votes.look_after",
        "services.unit_windows.close_past",
        "services.uploads.finish",
    }
)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person and what they may do on `today`; roles are read anew for every turn."""

    person_id: int
    name: str
    unit_id: int
    today: date
    grants: frozenset[Grant]
    post: str = ""
    address: Address | None = field(default=None, compare=False)
    reachable: bool = field(default=True, compare=False)

    @property
    def label(self) -> str:
        """How the journal names this actor: by id, never by name."""
        return f"person:{self.person_id}" if self.person_id else "console"

    @property
    def own(self) -> Target:
        """The person's own data."""
        return Target(person_id=self.person_id)

    def may(self, permission: Permission, target: Target | None = None) -> bool:
        """Whether the act is allowed; without a target, whether it is at all.

        One's own account, with what one was sent there, stays one's own also without a role.
        """
        if permission is Permission.MANAGE_ACCOUNT and self.person_id and target in {None, self.own}:
            return True
        return may(self.grants, self.person_id, permission, self.today, target)

    def instead_of(self, permission: Permission, target: Target) -> int | None:
        """In whose place they would do it; None where they may in their own right, or not at all."""
        own = frozenset(one for one in self.grants if one.instead_of is None)
        if may(own, self.person_id, permission, self.today, target):
            return None
        held = (
            one.instead_of
            for one in sorted(self.grants - own, key=lambda one: one.instead_of or 0)
            if may(frozenset({one}), self.person_id, permission, self.today, target)
        )
        return next(held, None)

    def require(self, permission: Permission, target: Target | None = None) -> None:
        """Raise `Refusal(NOT_FOUND)` unless the act is allowed."""
        if not self.may(permission, target):
            raise Refusal(Code.NOT_FOUND)


def today(session: Session, now: datetime) -> date:
    """The date at the office, whose zone the house was opened with (`Transactions.over(zone=…)`)."""
    return local(session, now).date()


def local(session: Session, now: datetime) -> datetime:
    """The moment in the zone of the office."""
    zone = session.info.get("zone", UTC)
    assert isinstance(zone, tzinfo)
    return now.astimezone(zone)


def console(today: date) -> Actor:
    """Whoever has the command line of the machine: an administrator without a chat."""
    return Actor(
        person_id=0,
        name="",
        unit_id=0,
        today=today,
        grants=frozenset({Grant(Role.ADMINISTRATOR, None, today, None)}),
    )
