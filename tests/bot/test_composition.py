"""From settings to channels: those that have a token, each as fast and as able as its settings say."""

from pathlib import Path

from pydantic import SecretStr

from bot.channels.base import Channel
from bot.clock import SystemClock
from bot.composition import channels_of, plan_of, rules_of
from bot.config import Data, Settings, Telegram, Zalo

TELEGRAM = Telegram(token=SecretStr("7:telegram"), in_flight=3)
ZALO = Zalo(token=SecretStr("41:zalo"))


def names(settings: Settings) -> list[str]:
    return [channel.name for channel in channels_of(settings)]


def zalo_of(settings: Settings) -> Channel:
    return channels_of(settings)[-1]


def test_every_channel_with_a_token_is_served() -> None:
    assert names(Settings()) == []
    assert names(Settings(telegram=TELEGRAM)) == ["telegram"]
    assert names(Settings(zalo=ZALO)) == ["zalo"]
    assert names(Settings(telegram=TELEGRAM, zalo=ZALO)) == ["telegram", "zalo"]


def test_each_has_its_own_pace(tmp_path: Path) -> None:
    settings = Settings(telegram=TELEGRAM, zalo=ZALO, data=Data(dir=tmp_path))
    speeds = plan_of(settings, channels_of(settings), SystemClock()).speeds
    assert (speeds["telegram"].in_flight, speeds["telegram"].limits.bulk) == (3, 20)
    assert (speeds["zalo"].in_flight, speeds["zalo"].limits.bulk, speeds["zalo"].limits.per_second) == (
        2,
        1,
        5,
    )


def test_how_fast_an_announcement_leaves_is_told_of_the_channel_there_is() -> None:
    assert rules_of(Settings(zalo=ZALO)).a_second == 1
    assert rules_of(Settings(telegram=TELEGRAM, zalo=ZALO)).a_second == 20


def test_a_plan_without_a_limit_is_not_metered() -> None:
    assert zalo_of(Settings(zalo=ZALO)).capabilities.metered
    unlimited = ZALO.model_copy(update={"monthly_messages": 0})
    assert not zalo_of(Settings(zalo=unlimited)).capabilities.metered


def test_no_token_shows() -> None:
    settings = Settings(telegram=TELEGRAM, zalo=ZALO)
    assert "41:zalo" not in f"{settings}{channels_of(settings)}"
    assert "41:zalo" in settings.secrets()
