"""What is refused is told in the reader's language, whatever refuses it."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import errors
from data.client import VISITOR
from data.errors import DataError, Invalid, NotFound
from tests.data.world import World
from ui.telling_errors import error_told, told_in

ROOT = Path(__file__).parents[2]
TABLE = tomllib.loads((ROOT / "ui" / "strings" / "refusals" / "fr.toml").read_text(encoding="utf-8"))
KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, DataError)}
LITERAL = r"'((?:[^']|'')*)'"
NO_SENTENCE = r"(?:left|to_char|char_length|array_to_string)\((?:[^()']|'[^']*')*\)"


def arguments(sql: str, start: int) -> str:
    """What stands between a parenthesis that was opened before `start` and the one that closes it."""
    depth, quoted, end = 1, False, start
    while depth:
        quoted ^= sql[end] == "'"
        depth += 0 if quoted else (sql[end] == "(") - (sql[end] == ")")
        end += 1
    return sql[start : end - 1]


def said_by_the_database() -> Iterator[str]:
    """Every sentence that a migration refuses with, and what it calls a text that is too long."""
    for file in (ROOT / "data").rglob("*.sql"):
        sql = file.read_text(encoding="utf-8")
        for call in re.finditer(r"perform private\.refuse\('\w+',", sql):
            found = re.findall(LITERAL, re.sub(NO_SENTENCE, "", arguments(sql, call.end())))
            assert found, f"{file.name}: a refusal without words of its own: {arguments(sql, call.end())}"
            yield from (text.replace("''", "'") for text in found)
        for call in re.finditer(r"private\.limited\(", sql):
            yield from re.findall(LITERAL, arguments(sql, call.end()))
        yield from re.findall(rf"\bv_hint(?: text)? := {LITERAL}", sql)


def said_by_the_code() -> Iterator[str]:
    """Every sentence that data/ and ui/ raise a DataError with."""
    for file in [*(ROOT / "data").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        constants = {
            node.targets[0].id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
                hints = [keyword.value for keyword in node.keywords if keyword.arg == "hint"]
                for said in node.args[:1] + hints:
                    yield from sentence(constants.get(said.id, said) if isinstance(said, ast.Name) else said)
    yield from errors._PLAIN_WORDS.values()


def sentence(node: ast.expr) -> Iterator[str]:
    """The text of a literal, with %s for each value; nothing for what is computed, which is told by its maker."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "%s" for part in node.values)


def test_every_sentence_of_the_database_and_the_code_has_its_french():
    said = {text for text in [*said_by_the_database(), *said_by_the_code()] if text}
    assert len(said) > 200
    assert sorted(said - TABLE.keys()) == []
    assert sorted(TABLE.keys() - said) == [], "nobody says these any more"


def test_french_keeps_the_values_of_a_sentence_in_their_order():
    values = {key: re.findall(r"%[sL]", key) for key in TABLE}
    assert {key for key, found in values.items() if found != re.findall(r"%[sL]", TABLE[key])} == set()
    assert all(told.strip() and told != key for key, told in TABLE.items())


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("There is no member @zoe.", "Il n’y a pas de membre @zoe."),
        ("@zoe has no cameo that you may use.", "@zoe n’a pas de caméo que vous puissiez utiliser."),
        ("The caption has 501 characters; the limit is 500.", "La légende : 501 caractères ; la limite est 500."),
        (
            "A password has 8 to 200 characters; this one has 3.",
            "Un mot de passe a de 8 à 200 caractères ; celui-ci en a 3.",
        ),
        ("Une phrase déjà française.", "Une phrase déjà française."),
        ("", ""),
    ],
)
def test_a_refusal_reads_french(english, french):
    assert told_in("fr", english) == french
    assert told_in("en", english) == english


def test_what_a_person_typed_is_not_taken_for_a_pattern():
    typed = "There is no engine '%s (.*) \\1' here."
    assert told_in("fr", typed) == "Il n’y a pas de moteur '%s (.*) \\1' ici."


def test_a_refusal_of_the_database_reaches_a_french_page_in_french(world: World):
    (ada,) = world.people("ada")
    with pytest.raises(NotFound) as refused:
        ada.call("post", id=12345)
    told = error_told(refused.value, "fr")
    assert told == {
        "kind": "not_found",
        "text": "Cette publication n’existe pas.",
        "hint": "Il a peut-être été retiré.",
    }
    with pytest.raises(DataError) as refused:
        world.database.call("my_credits", user=VISITOR)
    assert error_told(refused.value, "fr")["text"] in TABLE.values()


def test_a_call_answers_in_the_language_of_the_page(call, world: World):
    (ada,) = world.people("ada")
    with pytest.raises(Invalid) as refused:
        call("post/get", ada, id="seven", language="fr")
    assert error_told(refused.value, "fr")["text"] == "id est un nombre entier."
