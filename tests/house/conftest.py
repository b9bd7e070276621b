"""What the rules of the house share."""

from collections.abc import Iterator

import pytest

from tests.house import source


@pytest.fixture(scope="package", autouse=True)
def _trees() -> Iterator[None]:
    """Trees are kept as long as rules look through them; they are large."""
    yield
    source.source.cache_clear()
