"""The path of a generation, stage by stage: direct → rule → render → watch → mark → encode → sign → keep."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pipelines.director import direct
from pipelines.engines import Engine, Rendering, engine_named
from pipelines.engines.editing import EditEngine
from pipelines.materials import NOTHING, Materials
from pipelines.media import Media, check_target, encode
from pipelines.media.poster import jpeg, narrowed
from pipelines.progress import Progress
from pipelines.provenance import Provenance, open_provenance
from pipelines.provenance.installation import new_mark
from pipelines.provenance.marking import Marking
from pipelines.provenance.sealing import Sealing
from pipelines.request import FRAMES_PER_SECOND, MAX_SECONDS, GenerationRequest, RequestError
from pipelines.safety import Decision, Policy, Refused, Ruling, rule, rule_storyboard, stricter
from pipelines.safety.votes import vote_on_text
from pipelines.safety.watching import Watch
from pipelines.storyboard import Storyboard

PREVIEW_EVERY = 12  # frames between two pictures for whoever watches
PREVIEW_WIDTH = 270  # pixels


@dataclass(frozen=True)
class Clip:
    """The finished media of a generation, and what it takes to make it again."""

    path: Path  # MP4
    poster: Path  # JPEG
    preview: Path  # small muted MP4
    seconds: float
    width: int  # pixels
    height: int  # pixels
    seed: int
    engine: str
    engine_version: str
    storyboard: Storyboard  # its coverage tells also what the engine could not show
    sha256: str  # of the MP4
    bytes: int  # of the MP4
    mark: int  # the number in its invisible marks, of 40 bits
    fingerprint: dict  # what finds it again by looks and sound; the same for the same request
    credential: dict  # what a reader of its C2PA credential finds: state, label, signer, bytes
    ruling: Ruling  # allow, or hold: then nobody else sees it until a moderator has looked


def generate(
    request: GenerationRequest,
    path: Path,
    *,
    progress: Progress | None = None,
    storyboard: Storyboard | None = None,
    engine: Engine | None = None,
    materials: Materials = NOTHING,
    maker: str | None = None,
    provenance: Provenance | None = None,
    mark: int | None = None,
    tell_prompt: bool = False,
    policy: Policy | None = None,
) -> Clip:
    """The clip that a request asks for, written at `path` (a name ending in .mp4), its poster and preview beside it.

    storyboard: shown instead of what the prompt says. engine: used instead of the one that the request names.
    materials: pictures, parent and likenesses. maker: the handle that the visible mark names. provenance: the keys to
    mark and sign with, else those in var/keys. mark: the number in the invisible marks, else a new one; before they are
    laid on, frames and samples are the same, bit for bit, for the same request. tell_prompt: whether the credential
    holds the prompt's words. policy: the rules that decide, else the shipped ones.
    Raises RequestError for what cannot be made, Refused for what may not be made, MediaError for what cannot be
    written, RendererDied when a process is lost, KeysError or CredentialError when nobody can sign, Cancelled when told
    to stop. After any of them no file is left.
    """
    progress = progress or Progress()
    provenance = provenance or open_provenance()
    marking = Marking(provenance, mark or new_mark(), maker)
    engine = engine or engine_named(request.engine)
    engine = EditEngine(engine) if request.edit else engine
    longest = storyboard.seconds if storyboard else request.seconds or MAX_SECONDS
    check_target(path, request.width, request.height, round(longest * FRAMES_PER_SECOND))
    storyboard = _direct(request, storyboard, progress)
    ruling = _rule(request, storyboard, policy)
    rendering = engine.render(storyboard, request, progress, materials)
    with closing(rendering.frames):
        watch = Watch(materials.likenesses.values(), policy)
        seen = rendering if engine.name == "world" else watch.over(rendering)
        shown = _watch(marking.laid_on(seen), progress)
        sealing = Sealing(provenance, marking, request, storyboard, engine, materials, tell_prompt)
        media = encode(shown, path, begin=progress.report, seal=sealing.sign)
    return _keep(
        request, media, rendering, storyboard, engine, progress, marking, sealing, stricter(ruling, watch.ruling())
    )


def _direct(request: GenerationRequest, storyboard: Storyboard | None, progress: Progress) -> Storyboard:
    """The storyboard to show: the one given, else what the prompt says."""
    progress.report("direct")
    storyboard = storyboard or direct(request.prompt, seconds=request.seconds, style=request.style)
    if storyboard.seconds > MAX_SECONDS + 1e-6:
        raise RequestError(
            f"The storyboard lasts {storyboard.seconds:g} seconds; a clip lasts at most {MAX_SECONDS:g}. "
            "Shorten its shots."
        )
    progress.report("direct", 1)
    return storyboard


def _rule(request: GenerationRequest, storyboard: Storyboard, policy: Policy | None) -> Ruling:
    """The strictest ruling on the prompt and on the storyboard, with the vote of a model if one is installed. Raises
    Refused."""
    ruling = stricter(rule(request.prompt, policy=policy), rule_storyboard(storyboard, policy))
    if ruling.decision is Decision.REFUSE:
        raise Refused(ruling, storyboard.language)
    return stricter(ruling, vote_on_text(request.prompt, policy))


def _watch(rendering: Rendering, progress: Progress) -> Rendering:
    """The same rendering, which tells how far it is, now and then with a picture."""

    def watched() -> Iterator[np.ndarray]:
        for index, frame in enumerate(rendering.frames):
            picture = jpeg(narrowed(frame, PREVIEW_WIDTH), quality=75) if index % PREVIEW_EVERY == 0 else None
            progress.report("render", (index + 1) / rendering.frame_count, picture)
            yield frame

    return replace(rendering, frames=watched())


def _keep(
    request: GenerationRequest,
    media: Media,
    rendering: Rendering,
    storyboard: Storyboard,
    engine: Engine,
    progress: Progress,
    marking: Marking,
    sealing: Sealing,
    ruling: Ruling,
) -> Clip:
    """The record of a clip whose files stand in their place."""
    coverage = storyboard.coverage
    missed = coverage.missed + tuple(phrase for phrase in rendering.coverage_missed if phrase not in coverage.missed)
    clip = Clip(
        path=media.path,
        poster=media.poster,
        preview=media.preview,
        seconds=media.seconds,
        width=rendering.width,
        height=rendering.height,
        seed=request.seed,
        engine=engine.name,
        engine_version=engine.version,
        storyboard=storyboard.model_copy(update={"coverage": coverage.model_copy(update={"missed": missed})}),
        sha256=media.sha256,
        bytes=media.bytes,
        mark=marking.mark,
        fingerprint=marking.fingerprint(),
        credential=sealing.credential,
        ruling=ruling,
    )
    progress.finish()
    return clip
