"""What a prompt mentions, in order: each phrase with the one row of the lexicon that it means where it stands.

The longest phrase wins. Where a phrase has several rows (`waves` on the sea, or at the camera), what stands around it
decides; a row that makes no sense there is left out, and what is left without a row is `unknown`.
"""

from dataclasses import dataclass, replace

from text_to_num import text2num

from pipelines.director import context
from pipelines.director.lexicon import LANGUAGES, Entry, Language, Lexicon, Node
from pipelines.director.morphology import forms_of, is_known, is_plural
from pipelines.director.spelling import respell
from pipelines.director.text import Token, TokenKind, handle_of

LONGEST_NUMBER = 3  # words, such as "twenty five" or "cent vingt deux"


@dataclass(frozen=True)
class Mention:
    """A stretch of the prompt and what it means; `category` is its row's, or unknown, number, label or a token kind."""

    category: str
    start: int
    end: int
    text: str  # as typed; of a quote, what stands between the marks
    word: str = ""  # its last word, plain
    entry: Entry | None = None
    plural: bool = False
    number: float = 0.0

    @property
    def concept(self) -> str:
        """The concept of its row, or nothing."""
        return self.entry.concept if self.entry else ""

    @property
    def handle(self) -> str:
        """The handle of the person whom it names as @handle, or nothing."""
        return handle_of(self.text)

    def implied(self, key: str) -> str | None:
        """What its row implies under this key, if anything."""
        return self.entry.implied(key) if self.entry else None


def find_mentions(prompt: str, tokens: list[Token], language: Language, lexicon: Lexicon) -> list[Mention]:
    """Everything the tokens mention, in the order of the prompt."""
    finder = _Finder(prompt, tokens, language, lexicon)
    spans = [finder.spans_at(index) for index in range(len(tokens))]
    concepts = frozenset(entry.concept for ends in spans for entries in ends.values() for entry in entries)
    mentions: list[Mention] = []
    index = 0
    while index < len(tokens):
        mention, index = _mention_at(finder, spans, index, mentions, concepts)
        mentions.append(mention)
    return mentions


def _mention_at(finder: "_Finder", spans: list, index: int, before: list[Mention], concepts: frozenset[str]):
    """The mention that starts at a token, and the index of the token after it."""
    token = finder.tokens[index]
    if token.kind != TokenKind.WORD:
        return Mention(token.kind.value, token.start, token.end, token.text), index + 1
    number, label_end = finder.label_at(index)
    if label_end:
        return replace(finder.mention("label", index, label_end), number=number), label_end
    number, number_end = finder.number_at(index)
    if number_end and not spans[index]:
        return replace(finder.mention("number", index, number_end), number=number), number_end
    for end in sorted(spans[index], reverse=True):
        surroundings = context.Surroundings(before, finder.tokens, index, end, spans, concepts, finder.language)
        entry = context.best_entry(spans[index][end], surroundings)
        if entry is not None:
            return finder.mention(entry.category, index, end, entry), end
    if number_end:
        return replace(finder.mention("number", index, number_end), number=number), number_end
    return finder.mention("unknown", index, index + 1), index + 1


class _Finder:
    """Looks up phrases of one prompt in the lexicon."""

    def __init__(self, prompt: str, tokens: list[Token], language: Language, lexicon: Lexicon) -> None:
        self.prompt, self.tokens, self.language, self.lexicon = prompt, tokens, language, lexicon
        self.articles = lexicon.articles[language]
        self.forms = [self._forms(token) for token in tokens]

    def _forms(self, token: Token) -> dict[Language, tuple[str, ...]]:
        """The word's forms in the languages in which it may be read: the prompt's, else the other one's."""
        if token.kind != TokenKind.WORD or handle_of(token.text):
            return {}
        own = forms_of(token.text, self.language)
        found = {self.language: own}
        if any(form in self.lexicon.words[self.language] for form in own) or is_known(token.text, self.language):
            return found
        other = next(language for language in LANGUAGES if language != self.language)
        borrowed = forms_of(token.text, other)
        if any(form in self.lexicon.words[other] for form in borrowed):
            return {**found, other: borrowed}
        if not is_known(token.text, other):
            corrected = respell(token, self.tokens, self.lexicon.spellings[self.language])
            if corrected:
                found[self.language] = own + forms_of(corrected, self.language)
        return found

    def spans_at(self, first: int) -> dict[int, list[Entry]]:
        """End index → rows of the phrases that start at this token."""
        spans: dict[int, list[Entry]] = {}
        if handle_of(self.tokens[first].text):
            return {first + 1: [self.lexicon.subject("person")]}
        for language in self.forms[first]:
            self._walk(self.lexicon.trees[language], first, first, language, spans)
        return spans

    def _walk(self, node: Node, first: int, index: int, language: Language, spans: dict[int, list[Entry]]) -> None:
        if node.entries:
            known = spans.setdefault(index, [])
            known += [entry for entry in node.entries if entry not in known]
        if index == len(self.tokens) or self.tokens[index].kind != TokenKind.WORD:
            return
        for form in self.forms[index].get(language, forms_of(self.tokens[index].text, language)):
            if form in node.next:
                self._walk(node.next[form], first, index + 1, language, spans)
        if index > first and self.tokens[index].plain in self.articles and self.tokens[index].plain not in node.next:
            self._walk(Node(next=node.next), first, index + 1, language, spans)

    def mention(self, category: str, first: int, end: int, entry: Entry | None = None) -> Mention:
        """The mention of the tokens first to end (not included)."""
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        noun = self.tokens[first if self.language == "fr" else end - 1]
        plural = not handle_of(noun.text) and is_plural(noun.text, self.language)
        return Mention(category, start, stop, self.prompt[start:stop], noun.plain, entry, plural)

    def number_at(self, first: int) -> tuple[float, int]:
        """The number that starts at a token and the index after it; (0, 0) when there is none."""
        if self.tokens[first].plain[:1].isdigit():
            digits = self.tokens[first].plain.replace(",", ".")
            return (float(digits), first + 1) if digits.replace(".", "").isdecimal() else (0.0, 0)
        for end in range(min(first + LONGEST_NUMBER, len(self.tokens)), first, -1):
            words = self.tokens[first:end]
            if all(token.kind == TokenKind.WORD for token in words):
                try:
                    return float(text2num(" ".join(token.text.lower() for token in words), self.language)), end
                except ValueError:
                    continue
        return 0.0, 0

    def label_at(self, first: int) -> tuple[float, int]:
        """The number of a label such as "Shot 1" or "Second scene:" and the index after it; (0, 0) without one."""
        if first > 0 and self.tokens[first - 1].kind == TokenKind.WORD:
            return 0.0, 0
        if self._row(first, "shot_label") and self._is_word(first + 1):
            number, end = self.number_at(first + 1)
            return (number, end) if end and not self._is_word(end) else (0.0, 0)
        ordinal = self._row(first, "ordinal")
        ends = first + 2 < len(self.tokens) and not self._is_word(first + 2)
        if ordinal and ends and self._row(first + 1, "shot_label"):
            return float(ordinal.concept), first + 2
        return 0.0, 0

    def _is_word(self, index: int) -> bool:
        return index < len(self.tokens) and self.tokens[index].kind == TokenKind.WORD

    def _row(self, index: int, category: str) -> Entry | None:
        """The row of this category that a single word has, if any."""
        node = self.lexicon.trees[self.language].next.get(self.tokens[index].plain) if self._is_word(index) else None
        return next((entry for entry in node.entries if entry.category == category), None) if node else None
