"""Every act of awards, with who may do it: anybody else does not even learn that there is something."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from core.appraisal import Mark, TieRule
from core.ballots import Count, PollRules, Vote
from core.dossiers import DossierAct, DossierState, PaperKind
from core.messages import FileRef
from core.paper_templates import TemplateKind
from core.refusals import Code
from core.roles import Permission
from services import (
    appraisal,
    appraisal_likeness,
    appraisal_marks,
    appraisal_report,
    appraisal_rules,
    appraisal_shortlist,
    appraisal_supplement,
    award_annulments,
    award_giving,
    award_sheets,
    awards,
    ballot_voters,
    ballots,
    council,
    council_decision,
    council_papers,
    council_questions,
    council_vote,
    dossier_doctor,
    dossier_editing,
    dossier_occasions,
    dossier_papers,
    dossier_submission,
    dossiers,
    nominations,
    paper_templates,
    particulars,
    results,
    results_announcement,
    round_archives,
    unit_meetings,
    unit_reviews,
    unit_rounds,
    unit_votes,
    unit_windows,
)
from services.council import ToCall
from services.hindrances import Whom
from tests.handlers.award_places import BEFORE
from tests.services.award_world import REASON, Awards

Function = Callable[..., Awaitable[object]]
Arguments = Callable[[Awards], Sequence[object]]

UNIT = frozenset({"coordinator", "head", "stand_in"})
LEADS = frozenset({"head", "stand_in"})
#: Of some unit, where nothing is named yet.
ANY_UNIT, ANY_LEADS = UNIT | {"other_head"}, LEADS | {"other_head"}
#: Whoever works in the unit sees what is shown to it.
THERE = frozenset({"nominee", "colleague", "coordinator", "head", "near_appraiser"})
APPRAISES = frozenset({"appraiser", "second", "near_appraiser"})
CALLS = APPRAISES | {"office"}
VOTES = frozenset({"chair", "member", "third"})
COUNCIL = VOTES | {"not_sitting"}
QUOTAS = CALLS | COUNCIL | {"director"}
RUNS = frozenset({"office", "administrator"})
#: Refused by name where they have an interest of their own.
NEAR = {"near_appraiser": Code.APPRAISAL_CONFLICT}
#: What the council decides is not entered beside it.
IN_DOSSIER = {"office": Code.COMMENDED_BY_COUNCIL}
HELD = NEAR | {"second": Code.APPRAISAL_ELSEWHERE}


@dataclass(frozen=True)
class Row:
    """An act, who may do it, and what it is tried with besides the session and who does it.

    Where `may` is None it is everybody's own to do, and shows nothing of anybody else.
    """

    act: Function
    may: frozenset[str] | None
    with_: Arguments
    but: dict[str, Code] = field(default_factory=dict)
    also: dict[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How it is called."""
        return f"{self.act.__module__}.{self.act.__name__}"


def _of(*_names: str) -> Arguments:
    """The numbers of the world of these names, `now` among them."""
    return lambda world: [getattr(world, name) for name in _names]


def _toward(w: Awards) -> ToCall:
    return ToCall(w.round, w.now, "", [w.person("chair")], w.person("chair"), PollRules())


_DOSSIER, _MEETING = _of("dossier", "now"), _of("meeting", "now")
_LAN = _of("dossier", "lan", "now")
_SITTING = _of("sitting", "now")


def _said(*names: str) -> Arguments:
    """The same with words before the time."""
    return lambda world: [*(getattr(world, name) for name in names), REASON, world.now]


def _later(w: Awards) -> list[object]:
    return [w.now + timedelta(hours=1), w.now]


#: While the unit prepares its dossier and reviews its people.
DRAFTING = (
    Row(dossiers.open_for, UNIT, lambda w: [w.round, 1, w.now]),
    Row(dossiers.gather, UNIT, _DOSSIER),
    Row(dossiers.one, UNIT, _DOSSIER),
    Row(dossiers.of_units, ANY_UNIT, _of("now")),
    Row(dossiers.history, UNIT, _DOSSIER),
    Row(dossiers.ensure_open, UNIT, _of("dossier")),
    Row(dossiers.move, LEADS, lambda w: [w.dossier, DossierAct.SUBMIT, w.now]),
    Row(dossier_editing.shift, UNIT, lambda w: [w.dossier, w.lan, 1, w.now]),
    Row(dossier_editing.take_out, UNIT, _said("dossier", "lan")),
    Row(dossier_editing.put_back, UNIT, _of("dossier", "minh", "now")),
    Row(dossier_editing.taken_out, UNIT, _DOSSIER),
    Row(dossier_editing.nominee, UNIT, _LAN),
    Row(dossier_editing.sent, UNIT, _DOSSIER),
    Row(dossier_editing.attach, UNIT, lambda w: [w.dossier, PaperKind.REPORT, w.lan, [], w.now]),
    Row(dossier_editing.detach, UNIT, _of("dossier", "paper", "now")),
    Row(dossier_submission.submit, LEADS, lambda w: [w.dossier, 1, REASON, w.now]),
    Row(dossier_submission.hand_back, LEADS, _DOSSIER),
    Row(dossier_submission.withdraw, LEADS, lambda w: [w.dossier, 1, REASON, w.now]),
    Row(dossier_submission.own, LEADS, _DOSSIER),
    Row(dossier_submission.versions, UNIT, _DOSSIER),
    Row(dossier_submission.version, UNIT, lambda w: [w.dossier, 0, w.now]),
    Row(dossier_doctor.examine, UNIT, _DOSSIER),
    Row(dossier_occasions.openings, ANY_UNIT, _of("now")),
    Row(dossier_occasions.opened_for, UNIT, lambda w: ["009:009-D1:2026:1", w.now]),
    Row(dossier_papers.ask, UNIT, _DOSSIER),
    Row(particulars.mine, None, _of()),
    Row(particulars.one, frozenset({"nominee"}), _of("lan")),
    Row(particulars.tell, frozenset({"nominee"}), lambda w: [w.lan, "born_on", "1/2/1980", w.now]),
    Row(particulars.erase, frozenset({"nominee"}), _of("lan", "now")),
    Row(particulars.invite, UNIT, _DOSSIER),
    Row(unit_reviews.review, UNIT, lambda w: [w.round, 1, w.now]),
    Row(unit_reviews.candidates, UNIT, lambda w: [w.round, 1, 0, w.now]),
    Row(unit_reviews.compared, UNIT, lambda w: [[w.sheet], w.now]),
    Row(unit_reviews.proof, UNIT, lambda w: [w.sheet, "N1", w.evidence, w.now]),
    Row(unit_reviews.send_back, LEADS, lambda w: [w.sheet, "N1", REASON, w.now]),
    Row(unit_reviews.returned, frozenset({"nominee"}), _of("back")),
    Row(unit_rounds.places, ANY_UNIT, _of("now")),
    Row(unit_rounds.dossier, UNIT, lambda w: [w.dossier, Permission.PREPARE_DOSSIER]),
    Row(unit_rounds.instead, ANY_LEADS, lambda _w: [1]),
    Row(unit_windows.open_window, LEADS, lambda w: [w.round, 1, 3, w.now]),
    Row(unit_windows.of_dossier, UNIT, _DOSSIER),
    Row(unit_windows.one, UNIT, _of("window", "now")),
    Row(unit_windows.objections, UNIT, lambda w: [w.dossier, w.now]),
    Row(unit_windows.objection, UNIT, _of("objection")),
    Row(unit_windows.settle, LEADS, _said("objection")),
    Row(unit_windows.mine, None, _of("now")),
    Row(unit_windows.count_open, None, _of("now")),
    Row(unit_windows.shown, THERE, _of("window", "now")),
    Row(unit_windows.mine_of, THERE, _of("window", "lan")),
    Row(unit_windows.object_to, THERE, _said("window", "lan"), {"nominee": Code.OWN_CASE}, {"named": True}),
    Row(unit_meetings.prepare, LEADS, lambda w: [w.round, 1, w.now], also={"on_paper": True}),
    Row(unit_meetings.one, UNIT, _MEETING),
    Row(unit_meetings.acts, UNIT, _MEETING),
    Row(unit_meetings.latest, UNIT, _DOSSIER),
    Row(unit_meetings.people, UNIT, lambda w: [w.meeting, 0, w.now]),
    Row(unit_meetings.toggle_member, LEADS, lambda w: [w.meeting, w.person("coordinator"), w.now]),
    Row(unit_meetings.set_chair, LEADS, lambda w: [w.meeting, w.person("colleague"), w.now]),
    Row(unit_meetings.set_secretary, LEADS, lambda w: [w.meeting, w.person("colleague"), w.now]),
    Row(unit_meetings.set_place, LEADS, _said("meeting")),
    Row(unit_meetings.set_time, LEADS, lambda w: [w.meeting, w.now, w.now]),
    Row(unit_meetings.set_absence, LEADS, lambda w: [w.meeting, w.person("colleague"), REASON, w.now]),
    Row(
        unit_meetings.note_conflict, LEADS, lambda w: [w.meeting, w.person("colleague"), w.lan, REASON, w.now]
    ),
    Row(unit_meetings.set_proof, LEADS, lambda w: [w.meeting, w.evidence, w.now]),
    Row(unit_meetings.set_rules, LEADS, lambda w: [w.meeting, PollRules(), w.now]),
    Row(unit_meetings.conclude, LEADS, _said("meeting")),
    Row(unit_meetings.invite, LEADS, _MEETING),
    Row(unit_meetings.annul, LEADS, _said("meeting")),
    Row(unit_meetings.preparing, LEADS, _MEETING),
    Row(unit_votes.open_vote, LEADS, lambda w: [w.meeting, *_later(w)]),
    Row(unit_votes.close_vote, LEADS, _MEETING),
    Row(unit_votes.enter_votes, LEADS, lambda w: [w.meeting, w.lan, Count(0), w.now]),
    Row(nominations.rounds, ANY_UNIT | QUOTAS, _of("now")),
    Row(nominations.candidates, ANY_LEADS, lambda w: [w.round, 0, w.now]),
    Row(nominations.candidate, LEADS, _of("sheet", "now")),
    Row(nominations.with_one_more, LEADS, _of("sheet", "now")),
    Row(nominations.propose, LEADS, _said("sheet")),
    Row(nominations.withdraw, LEADS, _of("sheet", "now")),
    Row(nominations.told_quota, ANY_UNIT, _of("round")),
    Row(nominations.ledgers, QUOTAS, _of("now")),
    Row(nominations.round_ledger, QUOTAS, _of("round")),
    Row(nominations.nominees, QUOTAS, lambda w: [w.round, 0, w.now]),
    Row(nominations.nominee, QUOTAS, _of("lan", "now")),
    Row(nominations.pass_over, frozenset({"office"}), _of("minh", "now")),
    Row(nominations.commend, frozenset({"office"}), _of("lan", "now")),
    Row(award_giving.whom, frozenset({"office"}), _of("lan", "now")),
    Row(award_giving.ensure_open, frozenset({"office"}), _of("lan", "now"), IN_DOSSIER),
    Row(
        award_giving.give,
        frozenset({"office"}),
        lambda w: [w.lan, "9/QĐ-SYT", w.today, w.now],
        IN_DOSSIER,
    ),
)

#: While it lies with an appraiser. What is noted there, and what is not handed in, is nobody else's.
APPRAISING = (
    Row(dossiers.one, UNIT | CALLS, _DOSSIER),
    Row(dossiers.prepared, UNIT, _DOSSIER),
    Row(dossiers.history, UNIT | CALLS, _DOSSIER),
    Row(
        dossiers.in_states, CALLS | COUNCIL | {"director"}, lambda w: [[DossierState.APPRAISING], 0, 9, w.now]
    ),
    Row(dossiers.move, APPRAISES, lambda w: [w.dossier, DossierAct.FINISH, w.now]),
    Row(appraisal.queue, APPRAISES, lambda w: [0, w.now]),
    Row(appraisal.desk, APPRAISES, _DOSSIER),
    Row(appraisal.take_archive, APPRAISES, _DOSSIER, NEAR),
    Row(appraisal.take_up, APPRAISES, _DOSSIER, NEAR),
    Row(appraisal.let_go, APPRAISES, _said("dossier"), HELD),
    Row(appraisal.colleagues, APPRAISES, _DOSSIER),
    Row(appraisal.hand_over, APPRAISES, lambda w: [w.dossier, w.person("second"), w.now], HELD),
    Row(appraisal.declare_conflict, APPRAISES, _said("dossier")),
    Row(appraisal.finish, APPRAISES, _said("dossier"), HELD),
    Row(appraisal.reopen, APPRAISES, _said("dossier"), NEAR),
    Row(appraisal.held, APPRAISES, _DOSSIER, HELD),
    Row(appraisal.ensure_free_of, APPRAISES, _DOSSIER, NEAR),
    Row(appraisal_likeness.of, APPRAISES, _of("lan")),
    Row(appraisal_marks.nominee, APPRAISES, _of("lan", "now"), NEAR),
    Row(appraisal_marks.history, APPRAISES, lambda w: [w.lan, "N1", w.now], NEAR),
    Row(appraisal_marks.file, APPRAISES, _of("lan", "evidence", "now"), NEAR),
    Row(appraisal_marks.mark, APPRAISES, lambda w: [w.lan, ["N1"], Mark.MET, "", w.now], HELD),
    Row(appraisal_marks.mark_rest, APPRAISES, _of("lan", "now"), HELD),
    Row(appraisal_shortlist.seen, CALLS, _of("round", "now")),
    Row(appraisal_shortlist.one, CALLS, _of("lan", "now")),
    Row(appraisal_shortlist.change, APPRAISES, lambda w: [w.lan, 1, REASON, w.now], NEAR),
    Row(appraisal_supplement.note, APPRAISES, _said("dossier"), HELD),
    Row(appraisal_supplement.noted, APPRAISES, _DOSSIER, NEAR),
    Row(appraisal_supplement.drop, APPRAISES, _of("dossier", "noted", "now"), HELD),
    Row(appraisal_supplement.send_back, APPRAISES, lambda w: [w.dossier, None, w.now], HELD),
    Row(appraisal_supplement.answers, APPRAISES, _DOSSIER, NEAR),
    Row(appraisal_supplement.about, APPRAISES, lambda w: [w.dossier, w.lan, "009-N1", w.now], NEAR),
    Row(appraisal_supplement.answered_item, APPRAISES, _of("dossier", "item", "now"), NEAR),
    Row(appraisal_report.ask, APPRAISES, _DOSSIER, NEAR),
    Row(appraisal_report.made_last, APPRAISES, _DOSSIER, NEAR),
    Row(appraisal_rules.seen, RUNS, _of()),
    Row(appraisal_rules.set_days, RUNS, lambda w: ["appraisal", 5, w.now]),
    Row(appraisal_rules.set_order, RUNS, lambda w: [[TieRule.MORE_MET], w.now]),
    Row(paper_templates.used, RUNS, _of()),
    Row(paper_templates.sent, RUNS, lambda _w: [TemplateKind.LIST]),
    Row(paper_templates.one, RUNS, _of("template")),
    Row(
        paper_templates.receive,
        RUNS,
        lambda w: [TemplateKind.LIST, FileRef("f", "u", "a.docx", 9, ""), w.now],
    ),
    Row(paper_templates.put_in_force, RUNS, _of("template", "today", "now")),
    Row(paper_templates.end, RUNS, _of("template", "now")),
    Row(paper_templates.ask_set, RUNS, _of("now")),
)

#: While its unit has it back.
SUPPLEMENT = (
    Row(appraisal_supplement.mine, ANY_UNIT, _of("now")),
    Row(appraisal_supplement.one, UNIT, _DOSSIER),
    Row(appraisal_supplement.item, UNIT, _of("item", "now")),
    Row(appraisal_supplement.answer, UNIT, _said("item")),
    Row(appraisal_supplement.add_files, UNIT, lambda w: [w.item, [], w.now]),
    Row(appraisal_supplement.give_back, LEADS, _DOSSIER),
)

#: While the council votes.
VOTING = (
    Row(dossiers.one, UNIT | CALLS | COUNCIL | {"director"}, _DOSSIER),
    Row(council.ready, CALLS, _of()),
    Row(council.eligible_members, CALLS, _of()),
    Row(council.call, CALLS, lambda w: [_toward(w), w.now]),
    Row(council.cancel, CALLS, _said("sitting")),
    Row(council.listed, None, _of("now")),
    Row(council.one, CALLS | VOTES, _SITTING),
    Row(council_vote.open_vote, frozenset({"chair"}), lambda w: [w.sitting, *_later(w)]),
    Row(council_vote.turnout, CALLS | VOTES, _SITTING),
    Row(council_vote.on_paper, frozenset({"office"}), lambda w: [w.sitting, w.person("member"), w.now]),
    Row(
        council_vote.ensure_counts,
        frozenset({"office"}),
        lambda w: [w.sitting, w.lan, (0, 0, 0), w.now],
    ),
    Row(council_vote.enter_paper, frozenset({"office"}), lambda w: [w.sitting, {}, w.scan, w.now]),
    Row(council_vote.set_rules, frozenset({"chair"}), lambda w: [w.sitting, PollRules(), w.now]),
    Row(council_vote.close_vote, frozenset({"chair"}), _SITTING),
    Row(council_vote.vote_again, frozenset({"chair"}), _said("sitting")),
    Row(council_vote.counted, CALLS | VOTES, _SITTING),
    Row(council_vote.settle, frozenset({"chair"}), _said("sitting", "lan")),
    Row(council_vote.conclude, frozenset({"chair"}), _said("sitting")),
    Row(council_questions.declare_conflict, VOTES, _said("sitting", "lan")),
    Row(council_questions.ask, VOTES, _said("sitting", "lan")),
    Row(council_questions.question, UNIT, _of("question", "now")),
    Row(council_questions.answer, UNIT, _said("question")),
    Row(council_questions.archive, CALLS | VOTES, _of("sitting", "lan", "now")),
    Row(council_questions.paper, CALLS | VOTES, _of("sitting", "lan", "now")),
    Row(council_papers.handed, CALLS | VOTES, _SITTING),
    Row(ballots.mine, None, _of()),
    Row(ballots.left, VOTES, _of("poll")),
    Row(ballots.open_to, VOTES, _of("poll")),
    Row(ballots.cast, VOTES, lambda w: [w.poll, w.lan, Vote.FOR, w.now]),
    Row(ballots.declare_conflict, VOTES, _said("poll", "lan")),
    Row(ballot_voters.sheet, VOTES, _of("poll", "now")),
)

#: Once it has concluded.
CONCLUDED = (
    Row(council.one, CALLS | VOTES | {"director"}, _SITTING),
    Row(council_vote.counted, CALLS | VOTES | {"director"}, _SITTING),
    Row(council_papers.handed, CALLS | VOTES | {"director"}, _SITTING),
    Row(council_decision.approve, frozenset({"director"}), lambda w: [w.sitting, 0, w.now]),
    Row(council_decision.refer, frozenset({"director"}), _said("sitting")),
    Row(
        council_decision.enter,
        frozenset({"office"}),
        lambda w: [w.sitting, "125/QĐ-SYT", w.today, w.scan, w.now],
    ),
    Row(council_decision.end, frozenset({"office"}), lambda w: [w.sitting, w.now]),
)

_OFFICE = frozenset({"office"})
#: Who sees awards at all, and those of the nominee.
_SEES = ANY_UNIT | APPRAISES | {"nominee", "colleague", "office"}
_SEES_HERS = UNIT | APPRAISES | {"nominee", "office"}


def _hers(w: Awards) -> list[object]:
    return [w.person("nominee"), None, w.now]


#: The record of awards, whenever.
ON_RECORD = (
    Row(awards.mine, _SEES, _of("now")),
    Row(awards.within, _SEES, lambda w: [0, w.now]),
    Row(awards.one, _SEES_HERS, _of("award", "now")),
    Row(awards.history, _SEES_HERS, _hers),
    Row(awards.find, _OFFICE, lambda w: ["lan", w.now]),
    Row(awards.to_enter, _OFFICE, _hers),
    Row(
        awards.enter,
        _OFFICE,
        lambda w: [Whom("", "", w.person("colleague")), BEFORE, w.now],
    ),
    Row(awards.note_decided, _OFFICE, lambda w: [w.lan, "9/QĐ-SYT", w.today, w.now]),
    Row(award_annulments.propose, _OFFICE, lambda w: [w.award, REASON, "", w.now], also={"slip": True}),
    Row(
        award_annulments.decide,
        _OFFICE,
        _of("annulled", "annulment", "now"),
        also={"granted": True},
    ),
    Row(award_annulments.waiting, _OFFICE, _of("now")),
    Row(award_sheets.receive, _OFFICE, lambda w: [FileRef("f", "u", "a.xlsx", 9, ""), w.now]),
    Row(award_sheets.sent, _OFFICE, _of()),
    Row(award_sheets.one, _OFFICE, _of("award_sheet", "now")),
    Row(award_sheets.wrong, _OFFICE, lambda w: [[], w.now]),
    Row(award_sheets.ask_template, _OFFICE, _of("now")),
    Row(award_sheets.enter, _OFFICE, _of("award_sheet", "now")),
    Row(award_sheets.drop, _OFFICE, _of("award_sheet", "now")),
)

#: What is said of it, and what is kept when a round is over.
AROUND = (
    Row(results.standing, None, _of("now")),
    Row(results_announcement.draft, frozenset({"office"}), _SITTING),
    Row(round_archives.listed, RUNS, _of("now")),
    Row(round_archives.one, RUNS, _of("round", "now")),
    Row(round_archives.find, RUNS, lambda w: ["009/2026", w.now]),
    Row(round_archives.names, RUNS, _of()),
    Row(round_archives.ask, RUNS, _of("round", "now")),
    Row(round_archives.content, RUNS, _of("round", "now")),
)

#: Where a dossier, and the sitting it is before, stand while these are tried.
STAGES: tuple[tuple[str, str, tuple[Row, ...]], ...] = (
    ("drafting", "", DRAFTING + ON_RECORD),
    ("appraising", "", APPRAISING),
    ("supplement", "", SUPPLEMENT),
    ("in_council", "voting", VOTING),
    ("concluded", "concluded", CONCLUDED + AROUND),
)
