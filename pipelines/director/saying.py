"""Quoted words become lines, with who says them and in which language."""

import re
from typing import TYPE_CHECKING

from pipelines.director.drafts import LineDraft, SubjectDraft
from pipelines.director.language import language_of
from pipelines.director.mentions import Mention

if TYPE_CHECKING:
    from pipelines.director.reading import Reading

SPOKEN_ACTIONS = frozenset(("talk", "sing"))
MOST_LINES = 8
LONGEST_LINE = 500  # characters
NEAR = 6  # mentions between the words and the verb after them: '"Hello", says the man'
_SENTENCE_END = re.compile(r"[.!?…]$")


def read_speech(reading: "Reading", mention: Mention, index: int) -> None:
    """A speech verb: its speaker is who acts, or comes right after it."""
    reading.speech = mention
    reading.speakers = list(reading.agents) or ([reading.last] if reading.last else [])
    line = reading.last_line
    if line is not None and line.speaker is None:
        # The words came first: who speaks is named before the verb ("the man says") or right after it.
        if reading.agents and reading.separator != "quote":
            _set_speaker(reading, line, reading.agents[0])
        else:
            reading.speakers = []
        reading.claim(mention, "speaker", line)
    elif not _words_follow(reading, index):
        for speaker in reading.speakers[:1]:
            if not speaker.actions:
                speaker.actions.append(mention.concept)
            reading.claim(mention, f"action={mention.concept}", speaker)
        if not reading.speakers:
            reading.miss(mention)
    reading.verb_seen, reading.separator, reading.introduced = True, "", ""


def read_quote(reading: "Reading", mention: Mention, index: int) -> None:
    """Quoted words: a line where somebody says them, else writing, which cannot be shown."""
    if not mention.text or not _is_said(reading, mention, index):
        reading.miss(mention)
        return
    _say(reading, mention)
    reading.separator = "quote"
    following = reading.mentions[index + 1] if index + 1 < len(reading.mentions) else None
    if _SENTENCE_END.search(mention.text) and following is not None and following.text[:1].isupper():
        reading.begin_sentence()


def read_utterance(reading: "Reading", mention: Mention, index: int) -> None:
    """ "Says hello": a line without quotation marks."""
    if reading.speech is None:
        reading.speakers = list(reading.agents)
    _say(reading, mention)


def read_colon(reading: "Reading", mention: Mention, index: int) -> None:
    """ "The man says: hello everyone." without quotation marks: the rest of the sentence is said."""
    following = reading.mentions[index + 1] if index + 1 < len(reading.mentions) else None
    if reading.speech is None or following is None or following.category in {"quote", "stop"}:
        return
    start, end = following.start, following.end
    for item in reading.mentions[index + 1 :]:
        if item.category in {"stop", "quote"}:
            break
        end = item.end
    _say(reading, Mention("quote", start, end, reading.prompt[start:end]))
    reading.skip_until = end


def read_written(reading: "Reading", mention: Mention, index: int) -> None:
    """Words on a sign or a title are missed along with the quote that follows them."""
    reading.miss(mention)
    reading.speech = None


def read_language(reading: "Reading", mention: Mention, index: int) -> None:
    """ "In French" changes the language of the line just said, or of the next."""
    if reading.last_line is not None:
        reading.last_line.language = mention.concept
        reading.claim(mention, f"language={mention.concept}", reading.last_line)
    elif any(item.category == "quote" for item in reading.mentions[index:]):
        reading.waiting_language = mention
    else:
        reading.miss(mention)


def note_speaker(reading: "Reading", subjects: list[SubjectDraft]) -> None:
    """Whoever is named right after a speech verb that follows its words is the speaker."""
    line = reading.last_line
    if line is not None and line.speaker is None and reading.speech is not None and subjects:
        _set_speaker(reading, line, subjects[0])


def _say(reading: "Reading", mention: Mention) -> None:
    shot = reading.shot
    if len(shot.lines) == MOST_LINES:
        reading.miss(mention)
        return
    line = LineDraft(mention.text[:LONGEST_LINE], language_of(mention.text, reading.lexicon, reading.language))
    shot.lines.append(line)
    reading.last_line = line
    reading.claim(mention, "text", line)
    waiting, reading.waiting_language = reading.waiting_language, None
    if waiting is not None:
        read_language(reading, waiting, 0)
    speakers = reading.speakers
    if not speakers and reading.separator == "colon":
        speakers = [reading.last] if reading.last is not None and not reading.last_is_object else reading.agents
    if speakers:
        _set_speaker(reading, line, speakers[0])
    if reading.speech is not None:
        reading.claim(reading.speech, "speaker", line)
    reading.speech = None


def _set_speaker(reading: "Reading", line: LineDraft, speaker: SubjectDraft) -> None:
    if speaker.is_alive:
        line.speaker = speaker
        speaker.importance = 0


def _words_follow(reading: "Reading", index: int) -> bool:
    for mention in reading.mentions[index + 1 : index + 1 + 2 * NEAR]:
        if mention.category in {"quote", "utterance", "colon"}:
            return True
        if mention.category == "stop":
            return False
    return False


def _is_said(reading: "Reading", mention: Mention, index: int) -> bool:
    before = reading.mentions[max(0, index - 3) : index]
    if any(item.category == "written" for item in before):
        return False
    if any(item.concept in SPOKEN_ACTIONS for item in before if item.category == "action"):
        reading.speakers = list(reading.agents)
        return True
    if reading.speech is not None or reading.separator == "colon" or _SENTENCE_END.search(mention.text):
        return True
    for item in reading.mentions[index + 1 : index + 1 + NEAR]:
        if item.category == "speech":
            return True
        if item.category in {"stop", "quote"}:
            return False
    return False
