"""How often somebody may ask, with a clock that is moved."""

from bot.web.rates import Rates


class Ticking:
    """A clock of seconds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_evenly_and_each_for_themselves() -> None:
    tick = Ticking()
    rates = Rates(2.0, 3, tick=tick)
    assert [rates.take("a") for _ in range(5)] == [True, True, True, False, False]
    assert rates.take("b")
    tick.now = 0.5
    assert [rates.take("a") for _ in range(2)] == [True, False]
    tick.now = 1000
    assert sum(rates.take("a") for _ in range(10)) == 3


def test_not_everybody_in_the_world_is_remembered() -> None:
    rates = Rates(1.0, 1, most=100, tick=Ticking())
    for number in range(5000):
        rates.take(str(number))
    assert len(rates._buckets) == 100  # noqa: SLF001 - what it costs in memory
    assert not rates.take("4999")
