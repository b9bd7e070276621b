"""The Word copy of a signed self-assessment."""

from datetime import tzinfo

from core.assessment import SignedCopy


def build(copy: SignedCopy, zone: tzinfo) -> bytes:
    """The bytes of the copy."""
    raise NotImplementedError
