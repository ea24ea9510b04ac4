"""The two editions of a lesson are one lesson: the same code, every word in both languages, nothing left out."""

import re

import nbformat
import pytest

from notebooks import gallery
from notebooks.lesson import solutions
from tests.notebooks.conftest import BLOCK

NUMBERS = range(1, 9)
TRY = {"en": re.compile(r"You try (\d+\.\d+)"), "fr": re.compile(r"À vous (\d+\.\d+)")}
NOTES = {"en": "<b>Teacher's notes</b>", "fr": "<b>Notes pour l'enseignant</b>"}
ASIDE = {"words", "questions"}  # cells of text alone


def lesson(number: int, language: str) -> nbformat.NotebookNode:
    (path,) = [path for path in gallery.lessons(language) if path.name.startswith(f"{number}_")]
    return nbformat.read(path, as_version=4)


def tags(cell: nbformat.NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", ()))


def prose(notebook: nbformat.NotebookNode) -> str:
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def test_there_are_eight_lessons_in_each_language() -> None:
    english, french = ([path.name for path in gallery.lessons(language)] for language in ("en", "fr"))
    assert [int(name[0]) for name in english] == list(NUMBERS)
    assert english == french


@pytest.mark.parametrize("number", NUMBERS)
def test_both_editions_have_the_same_code_and_other_prose(number: int) -> None:
    pairs = list(zip(lesson(number, "en").cells, lesson(number, "fr").cells, strict=True))
    for english, french in pairs:
        assert (english.id, english.cell_type, tags(english)) == (french.id, french.cell_type, tags(french))
        same = english.cell_type == "code" and not tags(english) & ASIDE
        assert (english.source == french.source) == same, english.id
    assert len({english.id for english, _ in pairs}) == len(pairs)


@pytest.mark.parametrize("number", NUMBERS)
def test_both_editions_have_words_for_the_same_things(number: int) -> None:
    said = []
    for language in ("en", "fr"):
        (cell,) = [cell for cell in lesson(number, language).cells if "words" in tags(cell)]
        names: dict[str, object] = {}
        exec(cell.source, names)  # ours, and nothing but text
        assert names["language"] == language
        said.append({key: _kind(value) for key, value in names["words"].items()})
    assert said[0] == said[1]


def _kind(value: object) -> object:
    """What must agree between languages: keys, numbers of things, and places for values."""
    if isinstance(value, dict):
        return {key: _kind(part) for key, part in value.items()}
    return [_kind(part) for part in value] if isinstance(value, list) else value.count("{")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("number", NUMBERS)
def test_a_lesson_has_all_that_a_teacher_needs(number: int, language: str) -> None:
    notebook = lesson(number, language)
    assert notebook.metadata.hibari.language == language
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in notebook.cells)
    text = prose(notebook)
    assert NOTES[language] in text
    (questions,) = [cell.source for cell in notebook.cells if "questions" in tags(cell)]
    assert questions.count("Question(") == 5
    exercises = TRY[language].findall(text)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert exercises
    for exercise in exercises:
        assert f'show_solution("{exercise}", language)' in code
    assert sorted(solutions(number, language)) == sorted(exercises)


@pytest.mark.parametrize("number", NUMBERS)
def test_solutions_have_the_same_code_in_both_languages(number: int) -> None:
    english, french = solutions(number, "en"), solutions(number, "fr")
    assert english.keys() == french.keys()
    for exercise, text in english.items():
        assert BLOCK.findall(text) == BLOCK.findall(french[exercise])
        assert BLOCK.sub("", text) != BLOCK.sub("", french[exercise])
