"""Dossiers of units with their nominees, papers, findings and versions, for the screens that show them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from core.campaign_terms import Clause, SubjectKind
from core.deadlines import Obligation
from core.dossier_findings import Finding, FindingKind, Mend
from core.dossier_parts import Part
from core.dossier_submission import FileThen, Then, VersionFacts
from core.dossiers import (
    DossierAct,
    DossierFacts,
    DossierState,
    NomineeFacts,
    PaperFacts,
    PaperKind,
    StepFacts,
)
from tests.core.ladder_samples import an_obligation

AT = datetime(2026, 12, 14, 1, 5, tzinfo=UTC)
DIGEST = "0f" * 32


def samples(words: str) -> Mapping[object, Sequence[object]]:
    """Samples by type, with `words` for whatever a person wrote."""
    begun = DossierFacts(3, 1, 5, words, "004", words, "Năm 2026", DossierState.DRAFTING, 1)
    submitted = replace(
        begun, receipt="HS-222222", submitted_at=AT, received_at=AT, late=True, appraiser=words
    )
    dossiers = [
        begun,
        *(replace(submitted, state=one) for one in DossierState if one is not DossierState.DRAFTING),
        replace(submitted, state=DossierState.SUPPLEMENT, supplement_due=date(2026, 12, 20)),
    ]
    clause = Clause("009-H1", words)
    made = PaperFacts(1, PaperKind.REPORT, 7, DIGEST, "bao-cao.docx", 40_000, "", made=True, made_at=AT)
    version = VersionFacts(9, 1, "HS-222222", DIGEST, words, AT, late=True, overridden_for=words)
    proof = FileThen("MC-222222", words, DIGEST, DIGEST, "application/pdf", 1)
    return {
        DossierFacts: [replace(one, id=number) for number, one in enumerate(dossiers, 3)],
        DossierState | None: [None, *DossierState],
        NomineeFacts: [
            NomineeFacts(7, 8, SubjectKind.INDIVIDUAL, words, words, words, 5, 9, words, 1),
            NomineeFacts(8, 9, SubjectKind.COLLECTIVE, words, "", words, 5, None, words, 2),
        ],
        Part: [
            Part("other3", PaperKind.OTHER, clause),
            *(Part(kind.value, kind, clause) for kind in PaperKind if kind is not PaperKind.OTHER),
            Part("list", PaperKind.LIST),
        ],
        PaperFacts: [made, replace(made, id=2, name=words, sha256="", made=False)],
        Finding: [_finding(kind, words) for kind in FindingKind],
        StepFacts: [StepFacts(one, DossierState.SUBMITTED, 1, words, AT, words) for one in DossierAct],
        VersionFacts: [
            version,
            replace(version, version=2, late=False, overridden_for="", parts=((DIGEST, 9), (DIGEST, 8))),
        ],
        Then: [Then("HS-222222", words, words, "Năm 2026", (words,) * 10, (proof,), (proof,))],
        Obligation | None: [None, an_obligation()],
        int | None: [None, 2],
        Clause | None: [None, clause],
    }


def _finding(kind: FindingKind, words: str) -> Finding:
    """One of each kind, each with what its sentence reads."""
    dated = {
        FindingKind.MEETING_EARLY,
        FindingKind.MEETING_LATE,
        FindingKind.WINDOW_OPEN,
        FindingKind.LATE,
    }
    said = "2026-12-01" if kind in dated else words
    said = SubjectKind.INDIVIDUAL.value if kind is FindingKind.OVER_QUOTA else said
    mends = list(Mend)
    mend = mends[list(FindingKind).index(kind) % len(mends)]
    return Finding(kind, mend, "7", words, said, "2026-12-02" if kind in dated else words, 5, 3)
