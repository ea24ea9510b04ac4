"""What the lessons share: quizzes that answer, solutions that wait, controls that a printed page does without."""

from pathlib import Path

import nbformat
import numpy as np
import pytest
from IPython.display import HTML
from nbclient.exceptions import CellExecutionError

from notebooks import gallery, lesson
from notebooks.quiz import Question, quiz
from pipelines.director import direct

ONE = Question("2 < 3?", ("<b>no</b>", "yes"), right=1, because="Count & see.")


def test_a_quiz_marks_the_right_choice_and_only_that_one() -> None:
    page = quiz("lesson-9", [ONE], "en").data
    assert page.count("class='right'") == 1 and page.count("class='wrong'") == 1
    assert page.index("class='wrong'") < page.index("class='right'"), "the second choice is right"
    assert "&lt;b&gt;no&lt;/b&gt;" in page and "<b>no</b>" not in page
    assert page.count("Count &amp; see.") == 2, "a wrong answer teaches, too"


def test_a_quiz_speaks_french() -> None:
    page = quiz("leçon", [ONE], "fr").data
    assert "Pas tout à fait." in page and "Not quite." not in page


def test_a_solution_is_shown_folded_and_in_the_reader_s_language(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    monkeypatch.setattr(lesson, "display", shown.append)
    lesson.show_solution("1.1", "fr")
    lesson.show_solution("1.99", "en")
    assert shown[0].data.startswith("<details><summary><b>Montrer la solution")
    assert '<code class="language-python">' in shown[0].data
    assert "There is no solution 1.99" in shown[1].data


def test_a_prompt_shows_what_was_understood_and_what_was_not() -> None:
    prompt = "A dragon <knits> on the beach"
    page = lesson.marked(prompt, direct(prompt).coverage)
    assert isinstance(page, HTML)
    assert "shots.0.place=beach" in page.data
    assert "line-through" in page.data
    assert "<knits>" not in page.data


def test_controls_become_widgets_and_in_a_printed_page_the_first_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, shown = [], []
    monkeypatch.setattr(lesson, "display", shown.append)
    monkeypatch.setenv(lesson.STATIC, "1")
    lesson.play(lambda colour, steps: drawn.append((colour, steps)), colour=["red", "blue"], steps=[4, 20])
    assert drawn == [("red", 4)] and shown == []
    monkeypatch.delenv(lesson.STATIC)
    lesson.play(lambda colour, steps: None, colour=["red", "blue"], steps=[4, 20])
    (widget,) = shown
    assert [control.value for control in widget.children[:2]] == ["red", 4]


def test_pictures_stand_side_by_side_under_their_titles() -> None:
    figure = lesson.strip([np.zeros((40, 20, 3), np.uint8)] * 3, ["a", "b", "c"])
    assert [axis.get_title() for axis in figure.axes] == ["a", "b", "c"]
    lesson.plt.close(figure)


def notebook_with(*sources: str) -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# 1 · Sums & more"), *cells], metadata=metadata
    )


def test_the_gallery_shows_outputs_and_lists_both_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gallery, "FOLDER", tmp_path / "lessons")
    for folder in (tmp_path / "lessons", tmp_path / "lessons" / "fr"):
        folder.mkdir()
        nbformat.write(notebook_with("print(6 * 7, 'is the answer')"), folder / "1_sums.ipynb")
    (tmp_path / "pages").mkdir()
    gallery.build(tmp_path / "pages", [1])
    page = (tmp_path / "pages" / "fr" / "1_sums.html").read_text()
    assert "42 is the answer" in page
    assert 'src="http' not in page and "cdnjs" not in page, "a page loads nothing from elsewhere"
    index = (tmp_path / "pages" / "index.html").read_text()
    assert 'href="en/1_sums.html"' in index and 'href="fr/1_sums.html"' in index
    assert "Sums &amp; more" in index


def test_a_page_leads_to_the_other_edition_and_to_ones_own_copy(tmp_path: Path) -> None:
    top = "# 1 · Sums\n\n[Colab](https://colab.example/OWNER/hibari)\n\nInstead of `OWNER` …\n\n[fr](fr/1_sums.ipynb)"
    alone, copied = notebook_with("1"), notebook_with("1")
    alone.cells[0].source = copied.cells[0].source = top
    assert "OWNER" not in gallery.page_of(alone, tmp_path, None)
    page = gallery.page_of(copied, tmp_path, "ada/films")
    assert "OWNER" not in page and 'href="https://colab.example/ada/films"' in page
    assert 'href="../fr/1_sums.html"' in page


def test_a_page_does_not_give_the_answers_of_its_quiz_away(tmp_path: Path) -> None:
    notebook = notebook_with("questions = ['the answer is 42']", "print('a quiz')")
    notebook.cells[1].metadata["tags"] = ["questions"]
    page = gallery.page_of(notebook, tmp_path, None)
    assert "a quiz" in page and "the answer is 42" not in page


def test_a_lesson_that_fails_is_not_shown_as_if_it_had_worked(tmp_path: Path) -> None:
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        gallery.run(notebook_with("1 / 0"), tmp_path)
