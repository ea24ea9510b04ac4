"""What a person rules out in their own words, read once and held against what somebody wants to make."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipelines.cameo.topics import Found, Topic, Word, find_topics, topics, words_in
from pipelines.director import direct
from pipelines.director.language import language_of
from pipelines.director.lexicon import Language, load_lexicon
from pipelines.director.mentions import find_mentions
from pipelines.director.text import tokenize
from pipelines.storyboard import Shot, Storyboard, Subject

CLAUSES = re.compile(r"[,;.!?\n]+|\b(?:and|or|nor|et|ou|ni)\b", re.IGNORECASE)
CONTENT = frozenset(("subject", "action", "event", "place", "weather", "accessory", "relation", "undrawn", "music",
                     "sound", "time", "unknown", "attribute", "colour"))  # fmt: skip
# Categories whose concepts a storyboard holds as they are.
HELD = frozenset(("subject", "action", "event", "place", "weather", "sound", "time"))
# Words that frame a wish and are not what it is about.
FRAMES = frozenset(
    re.findall(
        r"\w+",
        "never no not none without don do dont want wish like show shown appear appearing see seen be being put make "
        "me my myself with in on at any anything anyone ever please nothing under circumstances avoid video videos "
        "clip clips jamais pas non aucun aucune sans ne rien veux veut souhaite aime montrer montre apparaitre voir "
        "vu etre moi mon ma mes avec dans sur svp plait surtout eviter evitez evite plus refuse chose scene scenes "
        "image images picture pictures kind of thing things stuff doing have having faire avoir fait tout what ce qui "
        "c est je i am il elle jouer mettre mettez mise personne person ",
    )
)
DENIALS = frozenset(
    ("no", "not", "never", "without", "n", "sans", "pas", "jamais", "aucun", "aucune", "ni", "nor", "non")
)
DENIED = 2  # words between a denial and what it denies, at most


@dataclass(frozen=True)
class Wish:
    """One thing that is ruled out."""

    phrase: str  # as the person wrote it
    topics: tuple[Topic, ...] = ()
    concepts: tuple[str, ...] = ()  # of the lexicon
    words: tuple[frozenset[str], ...] = ()  # base forms of words that are in no topic and no lexicon


@dataclass(frozen=True)
class Wishes:
    """All that a person rules out in their own words."""

    wishes: tuple[Wish, ...]

    @property
    def concepts(self) -> list[str]:
        """The lexicon's concepts among them: what the database itself refuses."""
        named = {concept for wish in self.wishes for concept in wish.concepts}
        return sorted(named | {name for wish in self.wishes for topic in wish.topics for name in topic.concepts})

    def shown(
        self, language: str = "en", name: Callable[[str], str] = lambda concept: concept.replace("_", " ")
    ) -> list[str]:
        """What will be refused, a line for each wish: shown back to the person. `name` tells what a concept is called
        in that language."""
        lines = []
        for wish in self.wishes:
            names = [topic.title(language) for topic in wish.topics]
            names += [name(concept) for concept in wish.concepts]
            names += [sorted(forms, key=len)[0] for forms in wish.words]
            what = ", ".join(dict.fromkeys(names))
            quoted = f"« {wish.phrase} »" if language == "fr" else f"“{wish.phrase}”"
            if not what:
                missing = {"en": "not understood; say it in other words", "fr": "pas compris ; dites-le autrement"}
                what = missing["fr" if language == "fr" else "en"]
            lines.append(f"{quoted} → {what}")
        return lines


@dataclass(frozen=True)
class Refusal:
    """Why a person's rules do not allow what somebody wants to make with them."""

    handle: str
    rule: str  # the switch or topic, or the person's own words
    phrase: str  # what of the prompt or storyboard it is about
    title: tuple[str, str]  # English, French

    def told(self, language: str = "en") -> str:
        """A sentence for whoever asked."""
        if language == "fr":
            return f"@{self.handle} ne souhaite pas apparaître avec : {self.title[1]} (« {self.phrase} »). Retirez-le."
        return f"@{self.handle} does not want to appear with {self.title[0]} (“{self.phrase}”). Leave it out."


def read_wishes(text: str) -> Wishes:
    """What a text such as "never smoking, no dogs" or « pas de natation » rules out."""
    wishes = [_wish(clause.strip()) for clause in CLAUSES.split(text) if clause.strip()]
    return Wishes(tuple(wish for wish in wishes if wish is not None))


def _wish(clause: str) -> Wish | None:
    lexicon = load_lexicon()
    language = language_of(clause, lexicon)
    words = words_in(clause, language)
    found = find_topics(words)
    concepts, covered = [], {word for hit in found for word in hit.phrase.lower().split()}
    rest: list[frozenset[str]] = []
    for mention in find_mentions(clause, tokenize(clause), language, lexicon):
        if mention.category in HELD:
            concepts.append(mention.concept)
        elif mention.category in CONTENT:
            rest += _own_words(mention.text, language, covered)
    if not found and not concepts and not rest:
        return None if all(_is_frame(word) for word in words) else Wish(clause)
    return Wish(clause, tuple(dict.fromkeys(hit.topic for hit in found)), tuple(dict.fromkeys(concepts)), tuple(rest))


def _own_words(text: str, language: Language, covered: set[str]) -> list[frozenset[str]]:
    words = [word for word in words_in(text, language) if word.text.lower() not in covered and not _is_frame(word)]
    return [word.forms[language] for word in words if word.forms[language]]


def _is_frame(word: Word) -> bool:
    return any(form in FRAMES for forms in word.forms.values() for form in forms)


# ---- holding it against what somebody wants


def refusals(
    prompt: str,
    storyboard: Storyboard,
    handle: str,
    *,
    switches: Iterable[str] = (),
    wishes: str = "",
) -> list[Refusal]:
    """Why the rules of the person with this handle do not allow a prompt and its storyboard; empty when they do."""
    switched, own = set(switches), read_wishes(wishes)
    shots = [shot for shot in storyboard.shots if any(s.cameo == handle for s in shot.subjects)] or storyboard.shots
    found = [hit for words in _texts(prompt, storyboard) for hit in find_topics(words) if not _denied(words, hit)]
    result = [
        Refusal(handle, hit.topic.switch, hit.phrase, _title(hit.topic.switch))
        for hit in found
        if hit.topic.switch in switched
    ]
    held = {concept for shot in shots for concept in concepts_of(shot)}
    for topic in topics():
        if topic.switch in switched and (shown := held & set(topic.concepts)):
            result.append(Refusal(handle, topic.switch, min(shown).replace("_", " "), _title(topic.switch)))
    result += _structural(storyboard, shots, handle, switched)
    for wish in own.wishes:
        result += _against(wish, found, prompt, storyboard, shots, handle)
    return list(dict.fromkeys(result))


def _texts(prompt: str, storyboard: Storyboard) -> list[list[Word]]:
    """The words of the prompt and of every line that is said."""
    texts = [words_in(prompt, storyboard.language)]
    return texts + [words_in(line.text, line.language) for shot in storyboard.shots for line in shot.lines]


def _denied(words: Sequence[Word], hit: Found) -> bool:
    """Whether the text itself rules it out: "without a cigarette", « pas de baiser »."""
    before = words[max(0, hit.start - DENIED) : hit.start]
    after = words[hit.start + 1 : hit.start + 2]
    nearby = any(form in DENIALS for word in before for forms in word.forms.values() for form in forms)
    # « ne fume pas »: the denial follows its verb.
    return nearby or any(form == "pas" for word in after for form in word.forms["fr"])


def _structural(storyboard: Storyboard, shots: Sequence[Shot], handle: str, switched: set[str]) -> list[Refusal]:
    result = []
    others = {s.cameo for shot in storyboard.shots for s in shot.subjects if s.cameo} - {handle}
    if "other_cameos" in switched and others:
        result.append(Refusal(handle, "other_cameos", f"@{min(others)}", _title("other_cameos")))
    if "voice" in switched:
        kinds = {s.kind for shot in shots for s in shot.subjects if s.cameo == handle} | {handle, None}
        said = next((line.text for shot in shots for line in shot.lines if line.speaker in kinds), None)
        if said is not None:
            result.append(Refusal(handle, "voice", said[:60], _title("voice")))
    return result


def _against(
    wish: Wish, found: Sequence[Found], prompt: str, storyboard: Storyboard, shots: Sequence[Shot], handle: str
) -> list[Refusal]:
    names = {topic.name for topic in wish.topics}
    for hit in found:
        if hit.topic.name in names:
            return [Refusal(handle, wish.phrase, hit.phrase, hit.topic.titles)]
    held = {concept for shot in shots for concept in concepts_of(shot)}
    for topic in wish.topics:
        if shown := held & set(topic.concepts):
            return [Refusal(handle, wish.phrase, min(shown).replace("_", " "), topic.titles)]
    for concept in wish.concepts:
        if held & load_lexicon().sorts_of(concept):
            said = concept.replace("_", " ")
            return [Refusal(handle, wish.phrase, said, (said, said))]
    for forms in wish.words:
        for words in _texts(prompt, storyboard):
            for number, word in enumerate(words):
                same = any(forms & others for others in word.forms.values())
                if same and not _denied(words, Found(topics()[0], word.text, number)):
                    return [Refusal(handle, wish.phrase, word.text, (word.text, word.text))]
    return []


def concepts_of(shot: Shot) -> set[str]:
    """Every concept that a shot shows or lets be heard."""
    held = {shot.place, shot.time.value, shot.weather.value, shot.season.value, shot.music, *shot.events, *shot.sounds}
    for subject in shot.subjects:
        held |= {subject.kind, subject.action, *subject.attributes, *subject.colours}
    return {concept for concept in held if concept}


_TITLES = {
    "politics": ("politics", "la politique"),
    "violence": ("violence", "la violence"),
    "romance": ("romance", "la romance"),
    "brands": ("brands or advertising", "les marques ou la publicité"),
    "other_cameos": ("other people's cameos", "d'autres personnes réelles"),
    "voice": ("words in their voice", "des paroles dites avec sa voix"),
    "minors": ("minors watching", "un public mineur"),
    "remix": ("remixes", "des remix"),
}


def _title(switch: str) -> tuple[str, str]:
    return _TITLES[switch]


# ---- how a person wants to appear


def as_they_appear(storyboard: Storyboard, appearances: dict[str, str]) -> Storyboard:
    """The storyboard with everybody looking as they asked for ("always with my red hat"), by handle. What somebody
    wears by the prompt stays where it does not contradict."""
    if not any(appearances.values()):
        return storyboard
    shots = []
    for shot in storyboard.shots:
        subjects = tuple(_appearing(s, appearances.get(s.cameo or "", "")) for s in shot.subjects)
        shots.append(shot.model_copy(update={"subjects": subjects}))
    return storyboard.model_copy(update={"shots": tuple(shots)})


def _appearing(subject: Subject, text: str) -> Subject:
    if not text.strip():
        return subject
    language = language_of(text, load_lexicon())
    plain = re.sub(r"\b(always|toujours|my|mon|ma|mes)\b", " ", text, flags=re.IGNORECASE)
    lead = "Une personne" if language == "fr" else "A person"
    joined = f"{lead} {plain}" if re.match(r"\s*(with|in|wearing|avec|en|portant)\b", plain, re.IGNORECASE) else (
        f"{lead} {'avec' if language == 'fr' else 'with'} {plain}"
    )  # fmt: skip
    asked = next(iter(direct(joined).shots[0].subjects), None)
    if asked is None:
        return subject
    items = {name.partition("_")[0] for name in asked.attributes}
    kept = tuple(name for name in subject.attributes if name.partition("_")[0] not in items)
    colours = subject.colours or asked.colours
    return subject.model_copy(
        update={"attributes": tuple(dict.fromkeys((*kept, *asked.attributes))), "colours": colours}
    )
