"""Pictures that a clip begins with or refers to: looked at, drawn anew without what else was in the file, and kept."""

import io
import warnings
from pathlib import Path

from data import cameos
from data.client import SERVICE
from data.errors import Invalid
from data.media import new_path
from data.rows import Reference
from data.stored_media import store_upload
from ui.calls import Asking, Call
from ui.refused import Refused
from ui.rules import Rules
from ui.studio import Studio
from ui.telling import media_url
from ui.web.uploads import Upload
from ui.words import words

MAX_FILE = 12 * 1024 * 1024  # bytes
MAX_PIXELS = 50_000_000  # of a picture that is opened at all
MAX_SIDE = 1920  # pixels of what is kept
MIN_SIDE = 64
MAX_REFERENCES = 4
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 92  # of the JPEG that is kept


class Materials:
    """What the Create tab asks about pictures."""

    def __init__(self, studio: Studio) -> None:
        self._studio, self._database = studio, studio.data.database
        self._rules = Rules(self._database)

    def calls(self) -> dict[str, Call]:
        return {}

    def uploads(self) -> dict[str, Upload]:
        return {"picture": Upload(MAX_FILE, self.picture)}

    def picture(self, asking: Asking, path: Path) -> dict:
        """{"path", "url", "width", "height"} of an uploaded picture that was kept, for a day unless a request uses it.

        Raises Invalid for what is no picture, shows somebody who did not agree, or text that the rules refuse.
        """
        member = asking.member()
        data, size = redrawn(path, asking.language)
        clean = path.with_name("clean.jpg")
        clean.write_bytes(data)
        self._refuse_strangers(asking, clean)
        self._refuse_by_vote(asking, clean)
        self._refuse_text(asking, clean)
        kept = new_path("upload", ".jpg")
        store_upload(self._database, member, kept)
        self._studio.data.media.write(kept, io.BytesIO(data))
        return {"path": kept, "url": media_url(kept), "width": size[0], "height": size[1]}

    def _refuse_strangers(self, asking: Asking, path: Path) -> None:
        from pipelines.cameo.enrolment import STRANGER, strangers_in
        from pipelines.cameo.faces import faces_in
        from pipelines.cameo.keys import likeness_key
        from pipelines.cameo.recording import RecordingError

        try:
            faces = faces_in(path)
        except RecordingError:
            raise Invalid(words(asking.language)["error_picture"]) from None
        if not faces:
            return
        allowed = cameos.faces_open_to(self._database, SERVICE, member=asking.member().id)
        key = likeness_key(self._studio.settings.data.folder / "keys")
        if strangers_in(faces, allowed, key):
            raise Invalid(STRANGER[asking.language])

    def _refuse_by_vote(self, asking: Asking, path: Path) -> None:
        """Raises Invalid where a model that looks at pictures is installed, and is sure."""
        import cv2

        from pipelines.safety.votes import PictureVotes

        policy = self._rules.policy()
        for area in PictureVotes(policy).look(cv2.imread(str(path))):
            told = policy.written.areas[area]
            raise Invalid(told.fr if asking.language == "fr" else told.en)

    def _refuse_text(self, asking: Asking, path: Path) -> None:
        """Raises Invalid, with the words and the reason, where the picture shows text that no caption may hold."""
        import cv2

        from pipelines.safety.lettering import forbidden_words, rule_on_lettering

        ruling = rule_on_lettering(cv2.imread(str(path)), self._rules.policy())
        if ruling.decision == "refuse":
            self._rules.keep(asking, ruling, "prompt")
            told = words(asking.language)["error_picture_text"]
            raise Invalid(told.format(words=forbidden_words(ruling), reason=ruling.reason.told(asking.language)))


def redrawn(path: Path, language: str) -> tuple[bytes, tuple[int, int]]:
    """A JPEG of what a picture shows, upright and without metadata, and its size. Raises Invalid."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    told = words(language)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # its size is checked right below
            image = Image.open(path, formats=FORMATS)
        with image:
            if image.width * image.height > MAX_PIXELS or min(image.size) < MIN_SIDE:
                raise Invalid(told["error_picture_size"].format(least=MIN_SIDE, most=MAX_PIXELS // 1_000_000))
            image.draft("RGB", (MAX_SIDE, MAX_SIDE))
            upright = ImageOps.exif_transpose(image)
            flat = Image.new("RGB", upright.size, "white")
            if upright.mode in ("RGBA", "LA", "P", "PA"):
                clear = upright.convert("RGBA")
                flat.paste(clear, mask=clear.getchannel("A"))
            else:
                flat.paste(upright.convert("RGB"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise Invalid(told["error_picture"]) from None
    flat.thumbnail((MAX_SIDE, MAX_SIDE))
    drawn = io.BytesIO()
    flat.save(drawn, "JPEG", quality=QUALITY)
    return drawn.getvalue(), flat.size


def references_for(asking: Asking, entry) -> list[Reference]:
    """What a request refers to, the picture that it begins with first. Raises Refused where the engine cannot."""
    start, others = asking.text("start", longest=100), asking.items("references", most=MAX_REFERENCES)
    if not all(isinstance(other, str) and len(other) <= 100 for other in others):
        raise Invalid("References are paths of uploaded pictures.")
    if start and "image" not in entry.tasks or others and "references" not in entry.tasks:
        raise Refused("error_no_pictures", name=entry.title)
    if not start and "text" not in entry.tasks:
        raise Refused("error_needs_picture", name=entry.title)
    if others and not start and "image" in entry.tasks:
        raise Refused("error_needs_start", name=entry.title)  # the worker takes the first for the beginning
    return [{"path": path, "clip": None} for path in ([start] if start else []) + others]
