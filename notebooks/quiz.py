"""A quiz that checks itself: radio buttons and a style sheet, so that it works in a notebook and in a plain page."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from IPython.display import HTML

_WORDS = {
    "en": {"right": "Yes.", "wrong": "Not quite.", "score": "Right so far:", "of": "of"},
    "fr": {"right": "Oui.", "wrong": "Pas tout à fait.", "score": "Réponses justes :", "of": "sur"},
}

_STYLE = """
<style>
.hibari-quiz { counter-reset: right; max-width: 46em; }
.hibari-quiz fieldset { border: 1px solid #bbb7c6; border-radius: 8px; margin: 0 0 1em; padding: .4em 1em .8em; }
.hibari-quiz legend { font-weight: 600; padding: 0 .4em; }
.hibari-quiz label { display: block; padding: .2em 0; }
.hibari-quiz input.right:checked { counter-increment: right; }
.hibari-quiz .answer { display: none; margin-left: 1.6em; padding: .2em .6em; border-left: 4px solid; }
.hibari-quiz input:checked + .answer { display: block; }
.hibari-quiz .yes { border-color: #4a9a5b; }
.hibari-quiz .no { border-color: #b3261e; }
.hibari-quiz .score::after { content: counter(right); font-weight: 600; }
</style>
"""


@dataclass(frozen=True)
class Question:
    """One question with its choices; `right` is the number of the right one, from 0."""

    text: str
    choices: tuple[str, ...]
    right: int
    because: str  # said with every answer: a wrong one teaches, too


def quiz(name: str, questions: Sequence[Question], language: str) -> HTML:
    """The questions as a form that says at once whether an answer is right, and why."""
    words = _WORDS[language]
    fields = "".join(_fieldset(f"{name}-{number}", question, words) for number, question in enumerate(questions, 1))
    score = f"<p>{words['score']} <span class='score'></span> {words['of']} {len(questions)}</p>"
    return HTML(f"{_STYLE}<div class='hibari-quiz'>{fields}{score}</div>")


def _fieldset(name: str, question: Question, words: dict[str, str]) -> str:
    choices = "".join(
        _choice(name, choice, index == question.right, question.because, words)
        for index, choice in enumerate(question.choices)
    )
    return f"<fieldset><legend>{html.escape(question.text)}</legend>{choices}</fieldset>"


def _choice(name: str, choice: str, right: bool, because: str, words: dict[str, str]) -> str:
    """One radio button, and the answer that its style sheet shows once it is chosen."""
    verdict, colour = (words["right"], "yes") if right else (words["wrong"], "no")
    button = f"<input type='radio' name='{html.escape(name)}' class='{'right' if right else 'wrong'}'>"
    answer = f"<span class='answer {colour}'>{verdict} {html.escape(because)}</span>"
    return f"<label>{button} {html.escape(choice)}{answer}</label>"
