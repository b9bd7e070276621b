"""Journeys are written out: one transcript a journey and platform, to be read by a colleague."""

from collections.abc import Generator, Iterator

import pytest

from tests import transcripts
from tests.chat import Town

_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if call.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture
def town(town: Town, request: pytest.FixtureRequest) -> Iterator[Town]:
    """A town whose journey is compared with its transcript in the end."""
    yield town
    if town.surface.name in transcripts.SHOWN and not request.node.stash.get(_FAILED, True):
        title = str(request.function.__doc__)
        name = request.node.originalname.removeprefix("test_")
        transcripts.check(
            transcripts.FOLDER / f"{name}.{town.surface.name}.txt",
            transcripts.written(title, town.surface.name, town.transcript),
            update=request.config.getoption("--update-transcripts"),
        )
