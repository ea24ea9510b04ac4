"""Which of the two languages a text is written in."""

from functools import lru_cache

from pipelines.director.lexicon import LANGUAGES, Language, Lexicon
from pipelines.director.morphology import is_known
from pipelines.director.text import Token, TokenKind, tokenize

CLEAR_LEAD = 2  # words by which one language must lead before its lead is believed


def language_of(text: str, lexicon: Lexicon, default: Language = "en") -> Language:
    """The language of a prompt or of something said in it; `default` where nothing speaks for either."""
    return _language_of_tokens(tokenize(text), text, lexicon, default)


def _language_of_tokens(tokens: list[Token], text: str, lexicon: Lexicon, default: Language) -> Language:
    words = [token for token in tokens if token.kind == TokenKind.WORD and token.plain[0].isalpha()]
    if not words:
        return default
    lead = sum(_leaning(token, lexicon) for token in words)
    if abs(lead) >= CLEAR_LEAD or (lead and len(words) <= CLEAR_LEAD):
        return "fr" if lead > 0 else "en"
    return _classified(text) if len(words) > CLEAR_LEAD else default


def _leaning(token: Token, lexicon: Lexicon) -> float:
    """+1 for a word of French only, −1 for a word of English only, 0 for one of both or neither.

    Words of the lexicon count in full and those of the dictionaries a little less: both dictionaries hold loan words.
    """
    english, french = (token.plain in lexicon.trees[language].next for language in LANGUAGES)
    if english != french:
        return 1.0 if french else -1.0
    english, french = (is_known(token.text, language) for language in LANGUAGES)
    return 0.0 if english == french else (0.75 if french else -0.75)


def _classified(text: str) -> Language:
    return "fr" if _identifier().classify(text)[0] == "fr" else "en"


@lru_cache(maxsize=1)
def _identifier():
    # Loaded at the first undecided text: its model takes most of a second, and most prompts never need it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier
