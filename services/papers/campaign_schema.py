"""The tables of a campaign file, and how each becomes a fact."""

from datetime import date, time
from typing import Annotated, get_args

from pydantic import AfterValidator, Discriminator, Field, Tag

from core import campaign_terms as terms
from core import campaigns as facts
from core.roles import Role
from services.papers.campaign_fields import (
    EITHER,
    Amount,
    AmountOrUnsaid,
    Button,
    ClauseCode,
    DateOrUnsaid,
    Key,
    Label,
    Moment,
    Open,
    Optional,
    PlanCode,
    Row,
    Text,
    TextOrUnsaid,
    UnsaidRow,
    Year,
    between,
    or_unsaid,
)
from services.papers.campaign_items import GroupRow, ScaleRow


class ClauseRow(Row):
    """One sentence of the plan: a purpose or a requirement."""

    code: ClauseCode
    quote: Text

    def fact(self) -> terms.Clause:
        return terms.Clause(self.code, self.quote)


def _clause_or_open(value: object) -> str:
    open_words = isinstance(value, UnsaidRow) or (isinstance(value, dict) and "unsaid" in value)
    return "open" if open_words else "said"


CLAUSE_EITHER = Discriminator(_clause_or_open)


class SubjectRow(Row):
    """`[[subjects]]`: who may enter."""

    kind: Annotated[terms.SubjectKind, Field(strict=False)]
    code: ClauseCode
    quote: Text

    def fact(self) -> facts.Subject:
        return facts.Subject(self.kind, self.code, self.quote)


class BodyRow(Row):
    """`[[bodies]]`: a body with duties, and the roles it maps to."""

    code: Key
    name: Text
    aliases: list[Text] = Field(default_factory=list)
    roles: list[Annotated[Role, Field(strict=False)]] = Field(default_factory=list)

    def fact(self) -> facts.Body:
        return facts.Body(self.code, self.name, tuple(self.aliases), tuple(self.roles))


class DutyRow(Row):
    """`[[duties]]`: one item of «Tổ chức thực hiện»; its sentences are cited by their place."""

    code: ClauseCode
    heading: Text
    quotes: Annotated[list[Text], Field(min_length=1)]
    bodies: list[Key] = Field(default_factory=list)

    def fact(self) -> facts.Duty:
        clauses = (terms.Clause(f"{self.code}.{n}", quote) for n, quote in enumerate(self.quotes, 1))
        return facts.Duty(self.code, self.heading, tuple(self.bodies), tuple(clauses))


ClauseOrUnsaid = Annotated[Annotated[ClauseRow, Tag("said")] | Open, CLAUSE_EITHER]
ClausesOrUnsaid = Annotated[Annotated[list[ClauseRow], Field(min_length=1), Tag("said")] | Open, EITHER]


class QuotaRow(Row):
    """`[[commendation.quotas]]`: how many may be commended, and the clause that says so."""

    code: ClauseCode
    quote: Text
    round: Annotated[terms.RoundKind, Field(strict=False)]
    subject: Annotated[terms.SubjectKind, Field(strict=False)]
    count: Amount
    at_most: bool

    def fact(self) -> terms.Quota:
        clause = terms.Clause(self.code, self.quote)
        return terms.Quota(self.round, self.subject, self.count, self.at_most, clause)


QuotasOrUnsaid = Annotated[Annotated[list[QuotaRow], Field(min_length=1), Tag("said")] | Open, EITHER]


class CommendationRow(Row):
    """`[commendation]`: what the plan says about commending."""

    code: ClauseCode
    quote: Text
    decided_by: Optional = ""
    form: ClauseOrUnsaid | None = None
    quotas: QuotasOrUnsaid | None = None
    money: ClausesOrUnsaid | None = None
    clauses: list[ClauseRow] = Field(default_factory=list)

    def fact(self) -> terms.Commendation:
        form, quotas = or_unsaid(self.form), or_unsaid(self.quotas)
        return terms.Commendation(
            code=self.code,
            quote=self.quote,
            decided_by=self.decided_by,
            form=form.fact() if isinstance(form, ClauseRow) else form,
            quotas=tuple(one.fact() for one in quotas) if isinstance(quotas, list) else quotas,
            money=_clauses(self.money),
            clauses=tuple(one.fact() for one in self.clauses),
        )


def _clauses(rows: list[ClauseRow] | UnsaidRow | None) -> tuple[terms.Clause, ...] | terms.Unsaid:
    said = or_unsaid(rows)
    return tuple(row.fact() for row in said) if isinstance(said, list) else said


class DossierRow(Row):
    """`[dossier]`: the papers that propose a commendation."""

    clause: ClauseCode
    parts: ClausesOrUnsaid | None = None
    copies: AmountOrUnsaid | None = None
    copies_clause: ClauseRow | None = None
    send_to: Optional = ""
    appraised_by: Optional = ""

    def fact(self) -> terms.Dossier:
        return terms.Dossier(
            clause=self.clause,
            parts=_clauses(self.parts),
            copies=or_unsaid(self.copies),
            copies_clause=self.copies_clause.fact() if self.copies_clause else None,
            send_to=self.send_to,
            appraised_by=self.appraised_by,
        )


class FeedbackRow(Row):
    """`[feedback]`: where difficulties are told."""

    words: Text
    to: Optional = ""
    written: bool = False
    changes: bool = False

    def fact(self) -> terms.Feedback:
        return terms.Feedback(self.words, self.to, self.written, self.changes)


class YearDayRow(Row):
    """`{ month = 12, day = 15 }`: a day of every year."""

    month: Annotated[int, AfterValidator(between(1, 12))]
    day: Annotated[int, AfterValidator(between(1, 31))]

    def fact(self) -> terms.YearDay:
        return terms.YearDay(self.month, self.day)


class DeadlineRow(Row):
    """`[[deadlines]]`: something due."""

    code: ClauseCode
    kind: Annotated[terms.DeadlineKind, Field(strict=False)]
    clause: ClauseCode
    words: Optional = ""
    day: date | None = None
    every_year: YearDayRow | None = None
    before: bool = False
    at: time | None = None
    round: Optional = ""

    def fact(self) -> terms.Deadline:
        day: date | terms.YearDay | terms.Unsaid = terms.Unsaid(self.words)
        if self.every_year is not None:
            day = self.every_year.fact()
        elif self.day is not None:
            day = self.day
        return terms.Deadline(
            self.code, self.kind, self.clause, self.words, day, self.before, self.round, at=self.at
        )


class RoundRow(Row):
    """`[[rounds]]`: one time that everybody answers."""

    code: Key
    label: Button
    kind: Annotated[terms.RoundKind, Field(strict=False)]
    year: Year | None = None
    opens_at: Moment | None = None
    closes_at: Moment | None = None

    def fact(self) -> terms.Round:
        opens, closes = or_unsaid(self.opens_at), or_unsaid(self.closes_at)
        return terms.Round(self.code, self.label, self.kind, self.year, opens, closes)


class RemarkRow(Row):
    """`[[remarks]]`: something odd about the document itself."""

    kind: Annotated[facts.RemarkKind, Field(strict=False)]
    where: Text
    words: Text

    def fact(self) -> facts.Remark:
        return facts.Remark(self.kind, self.where, self.words)


class SignatoryRow(Row):
    """`[signatory]`: who signed."""

    name: Text
    title: TextOrUnsaid | None = None

    def fact(self) -> facts.Signatory:
        return facts.Signatory(self.name, or_unsaid(self.title))


class WindowRow(Row):
    """`[window]`: when the campaign runs."""

    words: Text
    first_year: Year
    last_year: Year
    starts_on: DateOrUnsaid | None = None
    ends_on: DateOrUnsaid | None = None
    from_issue: bool = False
    clauses: list[ClauseRow] = Field(default_factory=list)

    def fact(self) -> terms.Window:
        return terms.Window(
            words=self.words,
            first_year=self.first_year,
            last_year=self.last_year,
            starts_on=or_unsaid(self.starts_on),
            ends_on=or_unsaid(self.ends_on),
            from_issue=self.from_issue,
            clauses=tuple(row.fact() for row in self.clauses),
        )


class LeftOutRow(Row):
    """`[[left_out]]`: a clause that is not part of the campaign, and why."""

    code: ClauseCode
    reason: Text

    def fact(self) -> facts.LeftOut:
        return facts.LeftOut(self.code, self.reason)


class CampaignRow(Row):
    """The whole file."""

    code: PlanCode
    label: Label
    kind: Annotated[facts.CampaignKind, Field(strict=False)]
    title: Text
    issuer: Text
    window: WindowRow
    number: TextOrUnsaid | None = None
    issued_on: DateOrUnsaid | None = None
    signatory: SignatoryRow | None = None
    legal_bases: list[Text] = Field(default_factory=list)
    parent: Optional = ""
    parent_code: Annotated[str, Field(max_length=12)] = ""
    theme: Optional = ""
    feedback: FeedbackRow | None = None
    recipients: list[Text] = Field(default_factory=list)
    units: list[Label] = Field(default_factory=list)
    purposes: list[ClauseRow] = Field(default_factory=list)
    requirements: list[ClauseRow] = Field(default_factory=list)
    subjects: list[SubjectRow] = Field(default_factory=list)
    scales: list[ScaleRow] = Field(default_factory=list)
    groups: list[GroupRow] = Field(default_factory=list)
    commendation: CommendationRow | None = None
    dossier: DossierRow | None = None
    bodies: list[BodyRow] = Field(default_factory=list)
    duties: list[DutyRow] = Field(default_factory=list)
    deadlines: list[DeadlineRow] = Field(default_factory=list)
    rounds: list[RoundRow] = Field(default_factory=list)
    remarks: list[RemarkRow] = Field(default_factory=list)
    left_out: list[LeftOutRow] = Field(default_factory=list)

    def fact(self) -> facts.Campaign:
        scales = {row.code: row.fact() for row in self.scales}
        return facts.Campaign(
            code=self.code,
            label=self.label,
            kind=self.kind,
            title=self.title,
            issuer=self.issuer,
            signatory=self.signatory.fact() if self.signatory else terms.Unsaid(),
            number=or_unsaid(self.number),
            issued_on=or_unsaid(self.issued_on),
            legal_bases=tuple(self.legal_bases),
            parent=self.parent,
            parent_code=self.parent_code,
            theme=self.theme,
            window=self.window.fact(),
            purposes=tuple(row.fact() for row in self.purposes),
            requirements=tuple(row.fact() for row in self.requirements),
            subjects=tuple(row.fact() for row in self.subjects),
            scales=tuple(scales.values()),
            groups=tuple(row.fact(scales) for row in self.groups),
            bodies=tuple(row.fact() for row in self.bodies),
            duties=tuple(row.fact() for row in self.duties),
            commendation=self.commendation.fact() if self.commendation else terms.Unsaid(),
            dossier=self.dossier.fact() if self.dossier else terms.Unsaid(),
            deadlines=tuple(row.fact() for row in self.deadlines),
            feedback=self.feedback.fact() if self.feedback else terms.Unsaid(),
            rounds=tuple(row.fact() for row in self.rounds),
            recipients=tuple(self.recipients),
            units=tuple(self.units),
            remarks=tuple(row.fact() for row in self.remarks),
            left_out=tuple(row.fact() for row in self.left_out),
        )


def keys_of(row: type[Row] = CampaignRow, table: str = "") -> dict[str, set[str]]:
    """Every key of the format, by the table it stands in («», «groups», «groups.items» …)."""
    found: dict[str, set[str]] = {table: set(row.model_fields)}
    for name, field in row.model_fields.items():
        for inner in _rows_in(field.annotation, *field.metadata):
            inside = f"{table}.{name}".lstrip(".")
            for place, keys in keys_of(inner, inside).items():
                found.setdefault(place, set()).update(keys)
    return found


def _rows_in(*annotations: object) -> list[type[Row]]:
    found: list[type[Row]] = []
    for annotation in annotations:
        if isinstance(annotation, type) and issubclass(annotation, Row):
            found.append(annotation)
        else:
            found.extend(_rows_in(*get_args(annotation)))
    return found
