"""Models that a provider runs: asked over HTTPS, paid by whoever runs this install, checked before they are used."""

import io
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import av
import numpy as np

from pipelines.engines import Rendering
from pipelines.engines.model import Model
from pipelines.engines.pictures import FrameStore
from pipelines.engines.planning import frames_of, size_for
from pipelines.engines.prompting import prompt_for
from pipelines.engines.sampling import fitted_sound
from pipelines.engines.settings import EngineSettings
from pipelines.engines.soundtrack import check_sound, silent_sound
from pipelines.engines.weights import NotReady
from pipelines.materials import NOTHING, Materials
from pipelines.progress import Progress
from pipelines.request import GenerationRequest, RequestError
from pipelines.sound.loudness import master
from pipelines.storyboard import Storyboard

if TYPE_CHECKING:
    from huggingface_hub import InferenceClient

PATIENCE = 600.0  # seconds for one answer: a provider makes the whole clip before it answers
ATTEMPTS = 4  # with the same seed
FIRST_PAUSE = 2.0  # seconds before the second attempt; doubled for each further one
TRANSIENT = (408, 425, 429, 500, 502, 503, 504)  # HTTP statuses after which asking again may help
LISTENING = 0.25  # seconds between two looks whether the generation was cancelled
LARGEST = 200 * 1024**2  # bytes of an answer
FEWEST_SHARE = 0.5  # of the frames that were asked for: with less the clip was cut off
logger = logging.getLogger(__name__)


class ProviderError(RuntimeError):
    """A provider did not make the clip; the message says what it did, and what to do. Trying later may help."""


@dataclass
class HostedEngine:
    """Renders with a model that a provider runs."""

    model: Model
    provider: str
    settings: EngineSettings
    pause: Callable[[float], None] = field(default=time.sleep)

    version = "hosted"  # a provider does not tell which weights it runs

    @property
    def name(self) -> str:
        return f"{self.provider}.{self.model.name}"

    def dollars(self, storyboard: Storyboard) -> float:
        """What the clip will cost whoever runs this install, by the catalog's price: shown before it is asked for."""
        return round(self.model.hosted.get(self.provider, 0.0) * storyboard.seconds, 4)

    def render(
        self, storyboard: Storyboard, request: GenerationRequest, progress: Progress, materials: Materials = NOTHING
    ) -> Rendering:
        """The provider's clip, decoded and fitted to the request. Raises RequestError for what it cannot do,
        ProviderError when it fails again and again."""
        self._check(storyboard, materials)
        check_sound(request, self.settings)
        progress.report("stage")
        count = sum(frames_of(shot, self.model.rate) for shot in storyboard.shots)
        data = self._ask(storyboard, request, materials, self.model.kin.frames_for(count), progress)
        store = FrameStore(request.width, request.height)
        try:
            rate, heard = decoded(data, store, progress.check, fewest=round(FEWEST_SHARE * count), most=2 * count)
            audible = heard is not None and np.abs(heard).max(initial=0) > 1e-4
            sound = master(heard) if audible else silent_sound(storyboard, request, rate, self.settings, progress)
        except BaseException:
            store.close()
            raise
        return Rendering(
            request.width,
            request.height,
            rate,
            store.count,
            store,
            sound=sound,
        )

    def _check(self, storyboard: Storyboard, materials: Materials) -> None:
        """Raises RequestError for what cannot be sent to a provider."""
        if materials.likenesses:
            raise RequestError("A likeness never leaves this machine, so a hosted engine cannot show a cameo.")
        if materials.references:
            raise RequestError(f"{self.model.title} at {self.provider} takes no reference pictures. Leave them out.")
        if materials.start_image is not None and "image" not in self.model.tasks:
            raise RequestError(f"{self.model.title} at {self.provider} cannot begin with a picture. Leave it out.")
        if storyboard.seconds > self.model.seconds[1] + 0.1:
            raise RequestError(
                f"{self.model.title} at {self.provider} makes {self.model.seconds[1]:.3g} seconds at most; "
                f"{storyboard.seconds:.3g} were asked for. Shorten the clip."
            )

    def _ask(
        self,
        storyboard: Storyboard,
        request: GenerationRequest,
        materials: Materials,
        frames: int,
        progress: Progress,
    ) -> bytes:
        """The provider's answer, asked for again after what passes. Raises NotReady, RequestError, ProviderError."""
        from huggingface_hub.errors import HfHubHTTPError, InferenceTimeoutError

        told = "nothing"
        for attempt in range(ATTEMPTS):
            progress.check()
            if attempt:
                self._wait(FIRST_PAUSE * 2 ** (attempt - 1), progress)
            try:
                return checked(patiently(lambda: self._once(storyboard, request, materials, frames), progress.check))
            except InferenceTimeoutError:
                told = f"no answer within {PATIENCE:g} seconds"
            except RequestError:
                raise
            except BadAnswer as error:
                told = str(error)
            except HfHubHTTPError as error:
                status = error.response.status_code
                if status not in TRANSIENT:
                    raise _final(status, self.provider, self.model.title) from None
                told = f"HTTP status {status}"
            except (OSError, ValueError, KeyError, TypeError) as error:  # a broken line, or an answer of another form
                told = f"{type(error).__name__}: {error}"
            logger.warning("%s, attempt %d of %d: %s", self.name, attempt + 1, ATTEMPTS, told)
        raise ProviderError(
            f"{self.provider} did not make the clip in {ATTEMPTS} attempts; the last one gave {told}. "
            "Try again later, or choose another engine."
        )

    def _once(self, storyboard: Storyboard, request: GenerationRequest, materials: Materials, frames: int) -> object:
        """What the provider answers; nothing of it is believed yet."""
        client = self._client()
        kin = self.model.kin
        prompt = prompt_for(
            request, storyboard, storyboard.shots, speaks=kin.speaks, sounds=self.model.sounds, limit=kin.limits
        )
        width, height = size_for(request.width, request.height, self.model)
        usual = {
            "model": self.model.source.hub,
            "num_frames": frames,
            "num_inference_steps": request.options.steps or self.model.steps,
            "guidance_scale": self.model.guidance if request.options.guidance is None else request.options.guidance,
            "seed": request.seed,
        }
        if materials.start_image is not None:
            picture = materials.start_image.read_bytes()
            size = {"width": width, "height": height}
            told = {"prompt": prompt, "negative_prompt": self.model.negative or None, "target_size": size}
            return client.image_to_video(picture, **told, **usual)
        told = {"negative_prompt": [self.model.negative] if self.model.negative else None}
        return client.text_to_video(prompt, extra_body={"width": width, "height": height}, **told, **usual)

    def _client(self) -> "InferenceClient":
        if not self.settings.token:
            raise NotReady(
                f"{self.provider} wants to know who asks. Make a token that may call inference providers at "
                "https://huggingface.co/settings/tokens, and start Hibari with HF_TOKEN set to it."
            )
        from huggingface_hub import InferenceClient

        return InferenceClient(provider=self.provider, token=self.settings.token, timeout=PATIENCE)

    def _wait(self, seconds: float, progress: Progress) -> None:
        """Waits, and hears within a quarter of a second that the generation was cancelled."""
        pieces = max(1, round(seconds / LISTENING))
        for _ in range(pieces):
            progress.check()
            self.pause(seconds / pieces)


def patiently(ask: Callable[[], object], check: Callable[[], None]) -> object:
    """What `ask` gives, waited for in a thread of its own: the client's library asks a queue for as long as it takes.

    Raises what `ask` raises, what `check` raises (within a quarter of a second), and BadAnswer after PATIENCE.
    """
    outcome: list[Callable[[], object]] = []

    def work() -> None:
        try:
            answer = ask()
        except BaseException as error:
            problem = error

            def fail() -> object:
                raise problem

            outcome.append(fail)
        else:
            outcome.append(lambda: answer)

    thread = threading.Thread(target=work, name="provider", daemon=True)
    thread.start()
    deadline = time.monotonic() + PATIENCE
    while thread.is_alive() and time.monotonic() < deadline:
        thread.join(LISTENING)
        check()
    if not outcome:
        raise BadAnswer(f"no answer within {PATIENCE:g} seconds")
    return outcome[0]()


class BadAnswer(ValueError):
    """What a provider sent is no whole video."""


def checked(answer: object) -> bytes:
    """The answer, if it looks like a video of a size that can be. Raises BadAnswer."""
    if not isinstance(answer, bytes | bytearray):
        raise BadAnswer(f"an answer that is no file but {type(answer).__name__}")
    if len(answer) > LARGEST:
        raise BadAnswer(f"a file of {len(answer) / 1024**2:.0f} MB")
    try:
        with av.open(io.BytesIO(answer)) as container:
            if not container.streams.video:
                raise BadAnswer("a file without pictures")
            packets = sum(packet.size > 0 for packet in container.demux(video=0))
    except av.error.FFmpegError:
        raise BadAnswer(f"a file that is no video or only a part of one ({len(answer):,} bytes)") from None
    if not packets:
        raise BadAnswer("a file without pictures")
    return bytes(answer)


def decoded(
    data: bytes, store: FrameStore, check: Callable[[], None], *, fewest: int, most: int
) -> tuple[int, np.ndarray | None]:
    """Puts a video's frames into the store; gives its whole frames a second and its sound, (n, 2) at 48 kHz or None.

    Raises ProviderError when it holds fewer frames than `fewest`.
    """
    with av.open(io.BytesIO(data)) as container:
        rate = min(60, max(1, round(float(container.streams.video[0].average_rate or 24))))
        for frame in container.decode(video=0):
            check()
            store.add(frame.to_ndarray(format="rgb24")[None])
            if store.count == most:
                break
    if store.count < max(1, fewest):
        raise ProviderError(
            f"The provider sent {store.count} pictures; at least {fewest} were expected. Try again, or choose another "
            "engine."
        )
    return rate, _sound_of(data, store.count / rate)


def _sound_of(data: bytes, seconds: float) -> np.ndarray | None:
    with av.open(io.BytesIO(data)) as container:
        if not container.streams.audio:
            return None
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=48_000)
        pieces = [piece.to_ndarray() for frame in container.decode(audio=0) for piece in resampler.resample(frame)]
    if not pieces:
        return None
    return fitted_sound(np.concatenate(pieces, axis=1), 48_000, seconds)


def _final(status: int, provider: str, title: str) -> RequestError:
    """What a status says that asking again does not change."""
    if status in (401, 403):
        return NotReady(f"{provider} does not accept HF_TOKEN ({status}). Give it one that may call providers.")
    if status == 402:
        return NotReady(
            f"The account behind HF_TOKEN has no credit left at {provider}. Add some, or choose another engine."
        )
    if status == 404:
        return NotReady(f"{provider} does not offer {title} any more. Choose another engine.")
    return RequestError(f"{provider} refused the request (HTTP status {status}). Change the prompt or the settings.")
