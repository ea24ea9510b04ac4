"""Prompt → storyboard, in English and French, without a model: `direct("Un chat noir dort", seconds=5)`.

What is not understood is listed in the storyboard's coverage; it never becomes something else.
"""

from pipelines.director.directing import direct
from pipelines.director.lexicon import LexiconError, load_lexicon

__all__ = ["LexiconError", "direct", "load_lexicon"]
