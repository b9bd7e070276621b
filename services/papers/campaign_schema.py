"""The tables of a campaign file, and how each becomes a fact."""

from datetime import date
from typing import Annotated, get_args

from pydantic import Field, Tag

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
    TextsOrUnsaid,
    Year,
    or_unsaid,
)
from services.papers.campaign_items import GroupRow, ScaleRow


class ClauseRow(Row):
    """One sentence of the plan: a purpose or a requirement."""

    code: ClauseCode
    quote: Text

    def fact(self) -> facts.Clause:
        return facts.Clause(self.code, self.quote)


class SubjectRow(Row):
    """`[[subjects]]`: who may enter."""

    kind: Annotated[facts.SubjectKind, Field(strict=False)]
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
        clauses = (facts.Clause(f"{self.code}.{n}", quote) for n, quote in enumerate(self.quotes, 1))
        return facts.Duty(self.code, self.heading, tuple(self.bodies), tuple(clauses))


class QuotaRow(Row):
    """`[[commendation.quotas]]`: how many may be commended."""

    round: Annotated[facts.RoundKind, Field(strict=False)]
    subject: Annotated[facts.SubjectKind, Field(strict=False)]
    count: Amount
    at_most: bool

    def fact(self) -> facts.Quota:
        return facts.Quota(self.round, self.subject, self.count, self.at_most)


QuotasOrUnsaid = Annotated[Annotated[list[QuotaRow], Field(min_length=1), Tag("said")] | Open, EITHER]


class CommendationRow(Row):
    """`[commendation]`: what the plan says about commending."""

    code: ClauseCode
    quote: Text
    decided_by: Optional = ""
    form: TextOrUnsaid | None = None
    quotas: QuotasOrUnsaid | None = None
    money: TextOrUnsaid | None = None

    def fact(self) -> facts.Commendation:
        quotas = or_unsaid(self.quotas)
        return facts.Commendation(
            code=self.code,
            quote=self.quote,
            decided_by=self.decided_by,
            form=or_unsaid(self.form),
            quotas=tuple(one.fact() for one in quotas) if isinstance(quotas, list) else quotas,
            money=or_unsaid(self.money),
        )


class DossierRow(Row):
    """`[dossier]`: the papers that propose a commendation."""

    clause: ClauseCode
    parts: TextsOrUnsaid | None = None
    copies: AmountOrUnsaid | None = None
    send_to: Optional = ""
    appraised_by: Optional = ""

    def fact(self) -> facts.Dossier:
        parts = or_unsaid(self.parts)
        return facts.Dossier(
            clause=self.clause,
            parts=tuple(parts) if isinstance(parts, list) else parts,
            copies=or_unsaid(self.copies),
            send_to=self.send_to,
            appraised_by=self.appraised_by,
        )


class DeadlineRow(Row):
    """`[[deadlines]]`: something due."""

    code: ClauseCode
    kind: Annotated[facts.DeadlineKind, Field(strict=False)]
    clause: ClauseCode
    words: Optional = ""
    day: date | None = None
    before: bool = False
    round: Optional = ""

    def fact(self) -> facts.Deadline:
        day = self.day if self.day is not None else facts.Unsaid(self.words)
        return facts.Deadline(self.code, self.kind, self.clause, self.words, day, self.before, self.round)


class RoundRow(Row):
    """`[[rounds]]`: one time that everybody answers."""

    code: Key
    label: Button
    kind: Annotated[facts.RoundKind, Field(strict=False)]
    year: Year | None = None
    opens_at: Moment | None = None
    closes_at: Moment | None = None

    def fact(self) -> facts.Round:
        opens, closes = or_unsaid(self.opens_at), or_unsaid(self.closes_at)
        return facts.Round(self.code, self.label, self.kind, self.year, opens, closes)


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

    def fact(self) -> facts.Window:
        starts, ends = or_unsaid(self.starts_on), or_unsaid(self.ends_on)
        return facts.Window(self.words, self.first_year, self.last_year, starts, ends)


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
    feedback: TextOrUnsaid | None = None
    recipients: list[Text] = Field(default_factory=list)
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

    def fact(self) -> facts.Campaign:
        scales = {row.code: row.fact() for row in self.scales}
        return facts.Campaign(
            code=self.code,
            label=self.label,
            kind=self.kind,
            title=self.title,
            issuer=self.issuer,
            signatory=self.signatory.fact() if self.signatory else facts.Unsaid(),
            number=or_unsaid(self.number),
            issued_on=or_unsaid(self.issued_on),
            legal_bases=tuple(self.legal_bases),
            parent=self.parent,
            window=self.window.fact(),
            purposes=tuple(row.fact() for row in self.purposes),
            requirements=tuple(row.fact() for row in self.requirements),
            subjects=tuple(row.fact() for row in self.subjects),
            scales=tuple(scales.values()),
            groups=tuple(row.fact(scales) for row in self.groups),
            bodies=tuple(row.fact() for row in self.bodies),
            duties=tuple(row.fact() for row in self.duties),
            commendation=self.commendation.fact() if self.commendation else facts.Unsaid(),
            dossier=self.dossier.fact() if self.dossier else facts.Unsaid(),
            deadlines=tuple(row.fact() for row in self.deadlines),
            feedback=or_unsaid(self.feedback),
            rounds=tuple(row.fact() for row in self.rounds),
            recipients=tuple(self.recipients),
            remarks=tuple(row.fact() for row in self.remarks),
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
