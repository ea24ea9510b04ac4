"""Wide words of a described feed ("nature", « le sport ») and the concepts of storyboards that they stand for."""

import re

# words of both languages → concepts, the nearest first
_THEMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"nature|wild|wilderness|outdoors|countryside|campagne|sauvage|plein air",
        ("forest", "meadow", "mountains", "sea", "beach", "flower", "tree"),
    ),
    (
        r"animals?|pets?|wildlife|animaux|animal|bêtes",
        ("dog", "cat", "fox", "rabbit", "horse", "bird", "owl", "fish"),
    ),
    (
        r"sports?|sporty|ball games?|jeux de balle",
        ("gym", "basketball", "football", "bowling_ball", "skateboard", "kick", "throw", "skate"),
    ),
    (r"people|humans?|persons?|gens|humains?|personnes?", ("person", "man", "woman", "boy", "girl")),
    (r"calm|quiet|peaceful|relaxing|calmes?|tranquilles?|paisibles?|apaisante?s?", ("calm", "float", "drift")),
    (r"vehicles?|traffic|véhicules?|circulation", ("car", "boat", "drive", "sail")),
    (r"water|eau", ("sea", "underwater", "beach", "harbour", "swim", "fish")),
)
_PATTERNS = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), concepts) for words, concepts in _THEMES)


def themes_of(clause: str) -> tuple[list[str], str]:
    """The concepts that wide words of a clause stand for, and the clause without those words."""
    found: list[str] = []
    for pattern, concepts in _PATTERNS:
        clause, times = pattern.subn(" ", clause)
        found += concepts if times else ()
    return list(dict.fromkeys(found)), " ".join(clause.split())
