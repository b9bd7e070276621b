"""The way in: one file in quarantine, one verdict."""

import asyncio
import logging
from dataclasses import dataclass, replace
from pathlib import Path

from bot.inspection.apart import Reading, read_apart
from bot.inspection.checked import look_in
from bot.inspection.clamd import Scanner, ScannerDownError
from bot.inspection.names import claimed_kind
from bot.inspection.policy import InspectionPolicy, Scanning
from core.evidence import FileFacts, FileKind, FileOutcome, RefusedFile, WaitingFile
from core.filenames import clean_name

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to happen with a file, and why.

    `reason` is set on a refusal, `waits_for` where nobody could look at the file yet. `name` is the
    declared name made safe to show. `served` is the cleaned copy, lying beside the original in
    quarantine and of the kind `facts.kind.served`; the caller stores it and throws both away.
    `scanned` says that a virus scanner saw the file.
    """

    outcome: FileOutcome
    name: str
    facts: FileFacts
    reason: RefusedFile | None = None
    waits_for: WaitingFile | None = None
    served: Path | None = None
    scanned: bool = False


class Inspector:
    """Looks at files, a few at once, each in a process of its own.

    Raises ValueError if the policy asks for a scanner and none is given, or the other way round.
    """

    def __init__(self, policy: InspectionPolicy, scanner: Scanner | None = None) -> None:
        if (scanner is None) != (policy.scanning is Scanning.OFF):
            raise ValueError(f"scanning is {policy.scanning.value}, scanner is {scanner!r}")
        self._policy = policy
        self._scanner = scanner
        self._turns = asyncio.Semaphore(policy.at_once)

    async def inspect(self, path: Path, declared_name: str) -> Verdict:
        """Look at the file at `path`, which a person called `declared_name`. It is never changed.

        Raises OSError only if the file itself cannot be opened.
        """
        name = clean_name(declared_name)
        claim = claimed_kind(name)
        size = _size(path)
        if isinstance(claim, RefusedFile):
            reason = RefusedFile.EMPTY if size == 0 else claim
            return Verdict(FileOutcome.REFUSED, name, FileFacts(size), reason=reason)
        unread = Verdict(FileOutcome.CLEAN, name, FileFacts(size, claim))
        reason_unread = self._refused_unread(claim, size)
        if reason_unread is not None:
            return replace(unread, outcome=FileOutcome.REFUSED, reason=reason_unread)
        served = path.with_name(f"{path.name}.served")
        async with self._turns:
            verdict = _judged(unread, await read_apart(path, claim, self._policy, served))
            if verdict.outcome is FileOutcome.CLEAN and self._scanner is not None:
                verdict = await self._scanned(path, verdict, self._scanner)
        if verdict.served is None:
            _remove(served)
        return verdict

    def _refused_unread(self, kind: FileKind, size: int) -> RefusedFile | None:
        if size == 0:
            return RefusedFile.EMPTY
        if kind not in self._policy.kinds:
            return RefusedFile.TYPE_NOT_ALLOWED
        if size > self._policy.limits.max_bytes:
            return RefusedFile.TOO_BIG
        if kind is FileKind.HEIC and not self._policy.heic:
            return RefusedFile.HEIC_NOT_READ
        return None

    async def _scanned(self, path: Path, verdict: Verdict, scanner: Scanner) -> Verdict:
        try:
            found = await scanner.scan(path)
        except ScannerDownError as error:
            _log.warning("the virus scanner gave no answer: %s", error)
            if self._policy.scanning is Scanning.BEST_EFFORT:
                return verdict
            return _waiting(verdict, WaitingFile.SCANNER_DOWN)
        if found is None:
            return replace(verdict, scanned=True)
        _log.warning("the virus scanner found %s", found)
        return replace(_refused(verdict, RefusedFile.INFECTED), scanned=True)


def _judged(unread: Verdict, reading: Reading) -> Verdict:
    facts = FileFacts(
        unread.facts.size,
        unread.facts.kind,
        width=reading.facts.get("width"),
        height=reading.facts.get("height"),
        pages=reading.facts.get("pages"),
        members=reading.facts.get("members"),
        unpacked=reading.facts.get("unpacked"),
        look=look_in(reading.facts),
    )
    verdict = replace(unread, facts=facts, served=reading.served)
    if reading.reason is not None:
        return _refused(verdict, reading.reason)
    if reading.waits_for is not None:
        return _waiting(verdict, reading.waits_for)
    return verdict


def _refused(verdict: Verdict, reason: RefusedFile) -> Verdict:
    return replace(verdict, outcome=FileOutcome.REFUSED, reason=reason, served=None)


def _waiting(verdict: Verdict, cause: WaitingFile) -> Verdict:
    return replace(verdict, outcome=FileOutcome.WAIT, waits_for=cause, served=None)


def _size(path: Path) -> int:
    return path.stat().st_size


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
