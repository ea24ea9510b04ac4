"""The sheets of the page, as Gradio takes them: it puts its own container before every selector."""

import re
from pathlib import Path

SHEETS = sorted((Path(__file__).parents[2] / "ui" / "static").glob("*.css"))


def test_no_rule_names_what_stands_outside_the_container():
    # `body[data-tab=feed] .x` would become `.gradio-container … body[data-tab=feed] .x`, which nothing is
    for sheet in SHEETS:
        assert re.findall(r"(?<![\w.-])(?:body|html)\[[^{]*", sheet.read_text(encoding="utf-8")) == [], sheet.name


def test_no_list_of_selectors_is_inside_another():
    # it is cut at every comma, and what comes out outweighs the rules after it
    for sheet in SHEETS:
        assert re.findall(r":(?:is|where)\([^)]*,[^{]*", sheet.read_text(encoding="utf-8")) == [], sheet.name
