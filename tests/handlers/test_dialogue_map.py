"""The map of dialogues: every screen is on it, can be reached, and can be left."""

from handlers import DIALOGUES
from handlers.dialogue_map import mermaid, ways


def test_every_screen_is_reached_from_the_first_one_of_its_dialogue() -> None:
    found = ways(DIALOGUES)
    for dialogue in DIALOGUES:
        reached = {way.to for way in found if way.dialogue == dialogue.name and not way.opens}
        unreached = {step.name for step in dialogue.steps[1:]} - reached - {"rounds"}
        assert not unreached, f"{dialogue.name}: nothing leads to {sorted(unreached)}"


def test_every_way_leads_to_a_screen_or_a_dialogue_that_exists() -> None:
    screens = {(dialogue.name, step.name) for dialogue in DIALOGUES for step in dialogue.steps}
    names = {dialogue.name for dialogue in DIALOGUES}
    for way in ways(DIALOGUES):
        assert (way.to in names) if way.opens else ((way.dialogue, way.to) in screens), way


def test_the_menu_opens_whatever_has_a_label() -> None:
    opened = {way.to for way in ways(DIALOGUES) if way.dialogue == "menu" and way.opens}
    assert {"assessment", "evidence", "account"} <= opened


def test_the_drawing_names_each_screen_once() -> None:
    drawing = mermaid(DIALOGUES)
    assert drawing.startswith("flowchart LR")
    for dialogue in DIALOGUES:
        for step in dialogue.steps:
            assert drawing.count(f"{dialogue.name}_{step.name}[{step.name}]") == 1
