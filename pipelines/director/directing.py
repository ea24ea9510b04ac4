"""A prompt becomes a storyboard: tokens → mentions → shots → drafts → storyboard with its coverage."""

from dataclasses import replace

from pipelines.director import doing
from pipelines.director.cast import Cast
from pipelines.director.coverage import measure
from pipelines.director.drafts import Ledger, LineDraft, ShotDraft, SubjectDraft
from pipelines.director.language import language_of
from pipelines.director.lexicon import Language, Lexicon, load_lexicon
from pipelines.director.mentions import find_mentions
from pipelines.director.reading import Reading, read_shot
from pipelines.director.shots import Section, split_into_sections
from pipelines.director.text import tokenize
from pipelines.director.timing import LONGEST_CLIP, SHORTEST_CLIP, SHORTEST_SHOT, Duration, share_seconds
from pipelines.storyboard import Camera, Line, Season, Shot, Storyboard, Style, Subject, Time, Weather

PLAIN_MUSIC = "calm"  # the mood of music that was asked for without one
MOST_SUBJECTS = 8
MOST_EVENTS = 8
SPEAKING = "talk"  # what somebody does who has a line and nothing else to do
NEARLY = 0.05  # seconds by which a length may miss what the prompt says
_INHERITED = ("place", "time", "light", "weather", "season", "style", "music", "wants_music")


def direct(prompt: str, *, seconds: float | None = None, style: Style | None = None) -> Storyboard:
    """The storyboard of a prompt in English or French, the same for the same prompt; it never raises on a text.

    `seconds` and `style` come from the request and win over what the prompt says.
    """
    lexicon = load_lexicon()
    language = language_of(prompt, lexicon)
    mentions = find_mentions(prompt, tokenize(prompt), language, lexicon)
    script = _Script(prompt, language, lexicon)
    script.read(split_into_sections(mentions, _things(lexicon)))
    _spread(script.drafts, style)
    lengths = _lengths(script, seconds)
    for draft in script.drafts:
        finish_subjects(draft, lexicon)
    shots = [shot_of(draft, length) for draft, length in zip(script.drafts, lengths, strict=True)]
    coverage = measure(prompt, script.ledger, script.drafts, shots, lexicon)
    return Storyboard(language=language, shots=tuple(shots), coverage=coverage)


class _Script:
    """All shots of a prompt as drafts, each read with what the ones before it established."""

    def __init__(self, prompt: str, language: Language, lexicon: Lexicon) -> None:
        self.prompt, self.language, self.lexicon = prompt, language, lexicon
        self.drafts: list[ShotDraft] = []
        self.cast = Cast()
        self.ledger = Ledger()
        self.durations: list[tuple[ShotDraft, Duration]] = []

    def read(self, sections: list[Section]) -> None:
        """Read the sections in order; what stands before "Shot 1:" becomes part of the first shot."""
        for number, section in enumerate(sections):
            if number == 1 and sections[0].is_header:
                self._read_section(section, self.drafts[0], None)
            else:
                before = self.drafts[-1] if self.drafts else None
                self.drafts.append(ShotDraft())
                self._read_section(section, self.drafts[-1], before)

    def _read_section(self, section: Section, shot: ShotDraft, before: ShotDraft | None) -> None:
        mentions = section.mentions
        reading = Reading(self.prompt, mentions, shot, self.cast, self.ledger, self.lexicon, self.language)
        read_shot(reading)
        for duration in reading.durations:
            is_whole = duration.is_whole or section.is_header
            self.durations.append((shot, replace(duration, is_whole=is_whole)))
        if before is not None:
            inherit(before, reading)
        for mention in reading.waiting_actions:
            reading.miss(mention)


def _things(lexicon: Lexicon) -> frozenset[str]:
    subjects = [entry for entry in lexicon.entries if entry.category == "subject"]
    return frozenset(entry.concept for entry in subjects if entry.implied("group") not in {"person", "animal"})


def inherit(before: ShotDraft, reading: Reading) -> None:
    """A later shot keeps what it does not change; where it names nobody, those of the shot before go on."""
    shot = reading.shot
    for name in _INHERITED:
        if getattr(shot, name) in {None, False}:
            setattr(shot, name, getattr(before, name))
    if shot.subjects or shot.is_empty:
        return
    goes_on = not reading.waiting_actions and not shot.staged
    for subject in list(before.subjects):
        copy = reading.cast.enter(subject, shot)
        if goes_on:
            copy.actions.extend(subject.actions)
    doing.settle(reading)


def _spread(drafts: list[ShotDraft], style: Style | None) -> None:
    """A style named once is the style of the whole clip, and so is music; a style that was asked for wins."""
    styles = {draft.style for draft in drafts if draft.style}
    moods = {draft.music for draft in drafts if draft.music}
    wants_music = any(draft.wants_music or draft.music for draft in drafts)
    for draft in drafts:
        if style is not None:
            draft.style = style
        elif len(styles) == 1:
            draft.style = next(iter(styles))
        if wants_music and len(moods) <= 1:
            draft.music = next(iter(moods), PLAIN_MUSIC)
        elif draft.wants_music:
            draft.music = draft.music or PLAIN_MUSIC


def _lengths(script: _Script, asked: float | None) -> list[float]:
    """Seconds of each shot; notes for every duration of the prompt whether it came true."""
    total = None
    for shot, duration in script.durations:
        if duration.is_whole or len(script.drafts) == 1:
            total = total or min(max(duration.seconds, SHORTEST_CLIP), LONGEST_CLIP)
        elif shot.seconds is None:
            shot.seconds = min(max(duration.seconds, SHORTEST_SHOT), LONGEST_CLIP)
    lengths = share_seconds(script.drafts, asked, total)
    for shot, duration in script.durations:
        is_whole = duration.is_whole or len(script.drafts) == 1
        actual = sum(lengths) if is_whole else lengths[script.drafts.index(shot)]
        wanted = min(max(duration.seconds, SHORTEST_CLIP if is_whole else SHORTEST_SHOT), LONGEST_CLIP)
        if abs(actual - wanted) > NEARLY:
            script.ledger.miss(duration.mention.start, duration.mention.end)
        else:
            name = "clip=" if is_whole and len(script.drafts) > 1 else "seconds="
            script.ledger.claim(duration.mention.start, duration.mention.end, shot, None, f"{name}{wanted:g}")
    return lengths


def finish_subjects(draft: ShotDraft, lexicon: Lexicon) -> None:
    """Put who acts first, name an old man as one, let speakers talk."""
    draft.subjects.sort(key=lambda subject: subject.importance)
    elders = [entry for entry in lexicon.entries if entry.category == "subject" and entry.implied("attribute")]
    for subject in draft.subjects:
        for entry in elders:
            attribute = entry.implied("attribute")
            if subject.kind == entry.implied("subject") and attribute in subject.attributes:
                subject.kind = entry.concept
                subject.attributes.remove(attribute)
    for line in draft.lines:
        if line.speaker in draft.subjects and not line.speaker.actions:
            line.speaker.actions.append(SPEAKING)


def shot_of(draft: ShotDraft, seconds: float) -> Shot:
    return Shot(
        seconds=seconds,
        place=draft.place,
        time=draft.time or draft.light or Time.DAY,
        weather=draft.weather or Weather.CLEAR,
        season=draft.season or Season.SUMMER,
        camera=Camera(**draft.camera),
        style=draft.style or Style.CINEMATIC,
        subjects=tuple(subject_of(subject, draft) for subject in draft.subjects[:MOST_SUBJECTS]),
        events=tuple(_events(draft)[:MOST_EVENTS]),
        lines=tuple(line_of(line, draft) for line in draft.lines),
        sounds=tuple(draft.sounds),
        music=draft.music,
    )


def subject_of(subject: SubjectDraft, draft: ShotDraft) -> Subject:
    """What a thing does after it took part in an event is told by the events alone."""
    action = next((name for name in subject.actions if name not in subject.denied), None)
    first = next((name for who, name in draft.happenings if who is subject), action)
    if not subject.is_alive and first != action:
        action = None
    return Subject(
        kind=subject.kind,
        count=subject.count,
        colours=tuple(subject.colours),
        attributes=tuple(subject.attributes),
        action=action,
        cameo=subject.cameo,
    )


def _events(draft: ShotDraft) -> list[str]:
    """Happenings in order, where there is an order to tell: something is staged, or done after something else."""
    several = [subject for subject in draft.subjects if len(subject.actions) > 1]
    if not draft.staged and not several:
        return []
    told = [
        name
        for who, name in draft.happenings
        if name in draft.staged or who is None or not who.is_alive or who in several
    ]
    return [name for number, name in enumerate(told) if number == 0 or told[number - 1] != name]


def line_of(line: LineDraft, draft: ShotDraft) -> Line:
    speaker = None
    if line.speaker in draft.subjects[:MOST_SUBJECTS]:
        named = line.speaker.cameo or ""
        speaker = named if named[:1].isalpha() else line.speaker.kind
    return Line(text=line.text, speaker=speaker, language=line.language)
