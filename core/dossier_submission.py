"""What stood in a dossier when it was submitted, as canonical JSON, and what is read back from it.

Particulars are not in it, so that they can be erased; they stand in the reports, whose digests are here.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from core.appraisal import ItemFacts
from core.assessment import EvidenceFacts
from core.dossier_papers import DossierContent, NomineeContent
from core.dossiers import PaperFacts, PaperKind


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One submission of a dossier: its receipt, by whom and when; `overridden_for` where errors stayed."""

    id: int
    version: int
    receipt: str
    digest: str
    by: str
    at: datetime
    late: bool
    overridden_for: str = ""
    parts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FileThen:
    """A file as it stood in a submission.

    `sha256` is that of what people may see, `original` of what was uploaded: the same for a paper the house
    `made`. `of` is the place of the nominee it belongs to, 0 for all of them.
    """

    code: str
    name: str
    sha256: str
    original: str
    mime: str
    of: int = 0
    kind: str = ""
    made: bool = False


#: The `kind` of a file that came with a supplement, and of a signed self-assessment.
ADDED, SIGNED = "added", "signed"


@dataclass(frozen=True, slots=True)
class AddedThen:
    """What the unit was asked for after an earlier submission, and answered; `of` as above."""

    missing: str
    answer: str
    criterion: str = ""
    of: int = 0


@dataclass(frozen=True, slots=True)
class Then:
    """What a submission held: the names in their order, its papers and its evidence.

    Among the papers is what the minutes of a meeting held on paper were photographed as, among the evidence
    the files that came with supplements; what was said with them is `added`. `receipts` are those of the
    signed self-assessments, by place.
    """

    receipt: str
    unit: str
    campaign: str
    round_label: str
    names: tuple[str, ...]
    papers: tuple[FileThen, ...]
    evidence: tuple[FileThen, ...]
    added: tuple[AddedThen, ...] = ()
    receipts: tuple[str, ...] = ()


def canonical(
    content: DossierContent,
    papers: Sequence[PaperFacts],
    originals: Mapping[int, str],
    receipt: str,
    added: Sequence[tuple[ItemFacts, Sequence[EvidenceFacts]]] = (),
) -> str:
    """The JSON of a submission, the same for the same content; `originals` by paper, of the unit's own.

    `added` is what the unit was asked for since it first handed in, with the files it answered with.
    """
    return json.dumps(
        {
            "receipt": receipt,
            "version": content.facts.version,
            "unit": {"id": content.facts.unit_id, "name": content.facts.unit},
            "campaign": {"code": content.facts.campaign, "label": content.facts.campaign_label},
            "round": content.facts.round_label,
            "nominees": [_nominee(one) for one in content.nominees],
            "meeting": _meeting(content),
            "papers": [
                {
                    "kind": one.kind.value,
                    "nomination": one.nomination_id,
                    "name": one.name,
                    "sha256": one.sha256,
                    "original": originals.get(one.id, one.sha256),
                    "mime": one.mime,
                    "made": one.made,
                }
                for one in papers
            ],
            "supplement": [
                {
                    "nomination": item.nomination_id,
                    "criterion": item.criterion,
                    "missing": item.missing,
                    "answer": item.answer,
                    "files": [_file(file) for file in files if file.usable],
                }
                for item, files in added
            ],
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def digest_of(text: str) -> str:
    """The SHA-256 of a submission's JSON."""
    return sha256(text.encode()).hexdigest()


def then(text: str) -> Then:
    """What a submission held, from its JSON."""
    raw = json.loads(text)
    nominees = raw["nominees"]
    places = {one["nomination"]: place for place, one in enumerate(nominees, 1)}
    return Then(
        receipt=raw["receipt"],
        unit=raw["unit"]["name"],
        campaign=raw["campaign"]["label"],
        round_label=raw["round"],
        names=tuple(one["name"] for one in nominees),
        papers=(
            *(
                FileThen(
                    "",
                    one["name"],
                    one["sha256"],
                    one["original"],
                    one["mime"],
                    places.get(one["nomination"], 0),
                    one["kind"],
                    one["made"],
                )
                for one in raw["papers"]
            ),
            *_minutes(raw["meeting"]),
        ),
        evidence=(
            *(_file_then(file, place) for place, one in enumerate(nominees, 1) for file in one["evidence"]),
            *(
                _file_then(file, places.get(one["nomination"], 0), ADDED)
                for one in raw.get("supplement", ())
                for file in one["files"]
            ),
        ),
        added=tuple(
            AddedThen(one["missing"], one["answer"], one["criterion"], places.get(one["nomination"], 0))
            for one in raw.get("supplement", ())
        ),
        receipts=tuple(one["signed"]["receipt"] for one in nominees),
    )


def _minutes(meeting: Mapping[str, Any] | None) -> list[FileThen]:
    """The photo or scan of the minutes of a meeting that was held on paper."""
    proof = meeting["proof"] if meeting is not None else None
    return [_file_then(proof, 0, PaperKind.MINUTES.value)] if proof is not None else []


def _file_then(file: Mapping[str, str], place: int, kind: str = "") -> FileThen:
    return FileThen(file["code"], file["name"], file["served"], file["sha256"], file["mime"], place, kind)


def _nominee(one: NomineeContent) -> dict[str, object]:
    return {
        "nomination": one.facts.nomination_id,
        "place": one.facts.place,
        "subject": one.facts.subject.value,
        "name": one.facts.name,
        "post": one.facts.post,
        "unit": one.facts.unit,
        "achievement": one.facts.achievement,
        "signed": {"receipt": one.copy.receipt, "digest": one.copy.digest},
        "answers": [
            {
                "criterion": entry.criterion.code,
                "given": json.loads(entry.given),
                "outcome": entry.outcome.value,
                "note": entry.note,
                "evidence": [file.code for file in entry.files if file.usable],
            }
            for entry in one.copy.sheet.entries
        ],
        "evidence": [_file(file) for file in one.files],
    }


def _file(file: EvidenceFacts) -> dict[str, object]:
    return {
        "code": file.code,
        "name": file.name,
        "sha256": file.sha256,
        "served": file.served_sha256,
        "mime": file.mime,
        "size": file.size,
    }


def _meeting(content: DossierContent) -> dict[str, object] | None:
    record = content.meeting
    if record is None:
        return None
    return {
        "held_at": record.held_at.isoformat(),
        "ended_at": record.ended_at.isoformat(),
        "place": record.place,
        "chair": record.chair,
        "secretary": record.secretary,
        "members": record.members,
        "present": list(record.present),
        "absent": list(record.absent),
        "votes": [
            {
                "nomination": one.nomination_id,
                "entitled": one.count.entitled,
                "for": one.count.votes_for,
                "against": one.count.against,
                "blank": one.count.blank,
                "endorsed": one.endorsed,
            }
            for one in record.votes
        ],
        "conclusions": record.conclusions,
        "proof": _file(record.proof) if record.proof is not None and record.proof.usable else None,
    }
