"""One shot of a prompt, read from left to right.

A `Reading` remembers what a sentence leaves open: who is acting, what was said just before, what still waits for its
noun. Each kind of mention has its reader here or in `naming`, `doing`, `saying` and `setting`.
"""

from dataclasses import dataclass, field

from pipelines.director import doing, naming, saying, setting
from pipelines.director.cast import Cast
from pipelines.director.context import DETERMINERS
from pipelines.director.drafts import Ledger, LineDraft, ShotDraft, SubjectDraft
from pipelines.director.lexicon import Language, Lexicon
from pipelines.director.mentions import Mention
from pipelines.director.noun_phrases import STARTS, take_noun_phrase
from pipelines.director.timing import Duration, read_duration

_DENIABLE = setting.CATEGORIES | {
    "subject",
    "attribute",
    "colour",
    "action",
    "event",
    "accessory",
    "undrawn",
    "unknown",
}
# What may stand between "no" and what there is none of.
_DENIAL_GOES_ON = DETERMINERS | {
    "preposition",
    "function",
    "ignore",
    "conjunction",
    "conjunction_or",
    "copula",
    "negation_end",
}


@dataclass
class Reading:
    """What is known half-way through a shot."""

    prompt: str
    mentions: list[Mention]
    shot: ShotDraft
    cast: Cast
    ledger: Ledger
    lexicon: Lexicon
    language: Language
    durations: list[Duration] = field(default_factory=list)

    agents: list[SubjectDraft] = field(default_factory=list)  # who acts in this clause
    unknown_agent: bool = False  # somebody acts whom nobody knows: what they do is nobody else's
    verb_seen: bool = False
    is_fresh: bool = True  # a new clause has begun: the next noun acts in it
    last: SubjectDraft | None = None  # the noun read last
    last_is_object: bool = False
    unknown_last: str = (
        ""  # the noun read last is unknown, and acts ("agent"), is acted on, or is only near ("oblique")
    )
    moved: Mention | None = None  # "drops a bottle": an action that waits for the object that will do it
    companions: list[tuple[SubjectDraft, SubjectDraft]] = field(default_factory=list)  # (who leads, who goes along)
    separator: str = ""  # category of what stood between the last content and this
    introduced: str = ""  # preposition, wear or possessive before this noun
    is_scenery: bool = False  # after "a field of"
    after_relative: bool = False
    in_camera: bool = False  # a clause about the camera
    negation: Mention | None = None
    negation_is_held: bool = False  # something that it denies was understood
    relation: Mention | None = None  # "holding": waits for what is held
    worn_by: SubjectDraft | None = None  # wearer of the accessory before, for "a hat and a scarf"
    waiting_looks: list[tuple[str, str, int, int]] = field(default_factory=list)  # (field, concept, start, end)
    waiting_actions: list[Mention] = field(default_factory=list)
    hint: Mention | None = None  # "missed": an event, unless others are told
    speech: Mention | None = None  # a speech verb that waits for its words
    speakers: list[SubjectDraft] = field(default_factory=list)
    last_line: LineDraft | None = None  # said in this sentence, perhaps before its speaker is named
    skip_until: int = 0  # offset up to which mentions are the words of a line
    waiting_language: Mention | None = None  # "in French" before its words

    def claim(self, mention: Mention, text: str, owner: SubjectDraft | LineDraft | None = None) -> None:
        """Note that a field holds this mention."""
        self.ledger.claim(mention.start, mention.end, self.shot, owner, text)

    def begin_sentence(self) -> None:
        """Forget what the sentence before left open; who acted in it may go on acting."""
        self.is_fresh, self.verb_seen, self.unknown_agent, self.in_camera = True, False, False, False
        self.separator, self.introduced, self.negation = "stop", "", None
        self.is_scenery, self.after_relative, self.worn_by = False, False, None
        self.speech, self.last_line, self.speakers, self.unknown_last = None, None, [], ""
        doing.drop_relation(self)

    def miss(self, mention: Mention) -> None:
        """Note that no field holds this mention."""
        self.ledger.miss(mention.start, mention.end)


def read_shot(reading: Reading) -> None:
    """Fill the reading's shot from its mentions."""
    index = 0
    while index < len(reading.mentions):
        mention = reading.mentions[index]
        if mention.start < reading.skip_until or (reading.negation is not None and _deny(reading, index)):
            index += 1
        elif (end := read_duration(reading, index)) > index:
            index = end
        elif mention.category in setting.CATEGORIES and mention.category != "place":
            _read_setting(reading, mention)
            index += 1
        elif mention.category in STARTS:
            phrase, index = take_noun_phrase(reading.mentions, index, reading.language)
            naming.read_noun_phrase(reading, phrase)
        else:
            _READERS.get(mention.category, _read_nothing)(reading, mention, index)
            index += 1
    doing.settle(reading)
    naming.settle(reading)
    if reading.waiting_language is not None:
        reading.miss(reading.waiting_language)


def _read_setting(reading: Reading, mention: Mention) -> None:
    setting.read_setting(mention, reading.shot, reading.ledger, reading.lexicon)
    reading.separator, reading.introduced = "", ""
    if mention.category.startswith("camera"):
        reading.verb_seen = reading.verb_seen or mention.category == "camera_verb"


def _deny(reading: Reading, index: int) -> bool:
    """Whether this mention was what the negation before it is about, and is dealt with."""
    mention, negation = reading.mentions[index], reading.negation
    category = mention.category
    following = reading.mentions[index + 1].category if index + 1 < len(reading.mentions) else ""
    if category in {"conjunction", "conjunction_or"} and following in DETERMINERS and category == "conjunction":
        reading.negation = None
        return False
    if category in _DENIABLE:
        _deny_mention(reading, mention, negation)
        return True
    if category in _DENIAL_GOES_ON and (category != "preposition" or mention.concept == "of"):
        return True
    if category == "pronoun" or (category == "negation" and reading.language == "fr"):
        return category == "negation"  # "ne ... pas de"
    reading.negation = None
    return False


def _deny_mention(reading: Reading, mention: Mention, negation: Mention) -> None:
    if mention.category == "unknown":
        reading.ledger.miss(mention.start if reading.negation_is_held else negation.start, mention.end)
        return
    reading.negation_is_held = True
    owner = None
    name = {"subject": "subjects", "undrawn": "subjects", "action": "action", "colour": "colours", "event": "events",
            "attribute": "attributes", "accessory": "attributes", "sound_heard": "sounds", "music_bed": "music",
            "music_cue": "music", "light": "time"}.get(mention.category, mention.category)  # fmt: skip
    if mention.category in {"action", "colour", "attribute", "accessory"} and reading.agents:
        owner = reading.agents[0]
        if mention.category == "action":
            owner.denied.add(mention.concept)
    if mention.implied("subject") and mention.category == "attribute":
        owner, name = None, "subjects"
    start = negation.start if negation.end <= mention.start else mention.start
    value = mention.implied("subject") if name == "subjects" and mention.category == "attribute" else mention.concept
    reading.ledger.claim(start, mention.end, reading.shot, owner, f"{name}!={value}")
    if mention.category == "action":
        reading.negation, reading.verb_seen = None, True


def _read_nothing(reading: Reading, mention: Mention, index: int) -> None:
    """Function words change nothing; an apostrophe s makes an owner of the noun before it."""
    if mention.word == "'s":
        reading.introduced = "possessive"


def _read_stop(reading: Reading, mention: Mention, index: int) -> None:
    reading.begin_sentence()


def _read_pause(reading: Reading, mention: Mention, index: int) -> None:
    reading.separator, reading.introduced, reading.negation = mention.category, "", None
    if mention.category == "colon":
        saying.read_colon(reading, mention, index)


def _read_conjunction(reading: Reading, mention: Mention, index: int) -> None:
    reading.separator, reading.introduced = "conjunction", ""


def _read_subordinator(reading: Reading, mention: Mention, index: int) -> None:
    reading.is_fresh, reading.verb_seen, reading.unknown_agent, reading.in_camera = True, False, False, False
    reading.separator, reading.introduced, reading.negation = "", "", None


def _read_preposition(reading: Reading, mention: Mention, index: int) -> None:
    after_place = index > 0 and reading.mentions[index - 1].category == "place"
    reading.is_scenery = after_place and mention.concept == "of"
    reading.introduced = mention.concept
    reading.negation = None


def _read_pronoun(reading: Reading, mention: Mention, index: int) -> None:
    meant = reading.cast.meant_by(mention, reading.shot)
    takes_part = reading.is_fresh or not reading.verb_seen or reading.separator in {"conjunction", "comma"}
    if meant and takes_part and not reading.introduced and not reading.in_camera:
        reading.agents, reading.is_fresh, reading.verb_seen, reading.unknown_agent = meant, False, False, False
        reading.last, reading.last_is_object = meant[-1], False
    saying.note_speaker(reading, meant)
    reading.introduced = ""


def _read_relative(reading: Reading, mention: Mention, index: int) -> None:
    reading.after_relative, reading.introduced = True, ""


def _read_copula(reading: Reading, mention: Mention, index: int) -> None:
    reading.verb_seen, reading.introduced, reading.separator = True, "", ""


def _read_wear(reading: Reading, mention: Mention, index: int) -> None:
    reading.introduced, reading.worn_by = "wear", None
    reading.verb_seen = True
    reading.relation = mention


def _read_camera(reading: Reading, mention: Mention, index: int) -> None:
    reading.in_camera, reading.is_fresh, reading.verb_seen = True, True, False
    reading.separator, reading.introduced = "", ""


def _read_negation(reading: Reading, mention: Mention, index: int) -> None:
    reading.negation, reading.negation_is_held = mention, False


def _read_nobody(reading: Reading, mention: Mention, index: int) -> None:
    """An empty street has nobody in it; an empty bottle is a bottle."""
    following = next((item for item in reading.mentions[index + 1 :] if item.category != "ignore"), None)
    before = next((item for item in reversed(reading.mentions[:index]) if item.category != "ignore"), None)
    if following is not None and following.category == "subject":
        reading.waiting_looks.append(("attributes", "empty", mention.start, mention.end))
    elif before is not None and before.category == "subject" and reading.last is not None:
        reading.last.attributes.append("empty")
        reading.claim(mention, "attributes=empty", reading.last)
    else:
        reading.shot.is_empty = True
        reading.claim(mention, "subjects=none")


_READERS = {
    "stop": _read_stop,
    "comma": _read_pause,
    "colon": _read_pause,
    "conjunction": _read_conjunction,
    "conjunction_or": _read_conjunction,
    "subordinator": _read_subordinator,
    "preposition": _read_preposition,
    "pronoun": _read_pronoun,
    "relative": _read_relative,
    "copula": _read_copula,
    "wear": _read_wear,
    "camera_cue": _read_camera,
    "negation": _read_negation,
    "nobody": _read_nobody,
    "action": doing.read_action,
    "event": doing.read_event,
    "event_hint": doing.read_hint,
    "relation": doing.read_relation,
    "speech": saying.read_speech,
    "utterance": saying.read_utterance,
    "written": saying.read_written,
    "spoken_language": saying.read_language,
    "quote": saying.read_quote,
}
