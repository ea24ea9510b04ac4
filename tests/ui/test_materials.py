"""Pictures that people upload: what is kept of them, what is refused, and how they reach an engine."""

import io
import shutil
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from data.client import VISITOR
from data.errors import Invalid, NotFound, NotSignedIn
from data.media import read_media
from pipelines.cameo.enrolment import STRANGER
from pipelines.cameo.faces import faces_in
from pipelines.cameo.keys import likeness_key
from pipelines.cameo.likeness import seal_face
from pipelines.engines import Rendering
from tests.pipelines.cameo.captures import photo
from tests.pipelines.square_engine import SquareEngine
from tests.ui.waiting import until
from ui.calls import Asking
from ui.tabs import all_uploads
from ui.words import words


@pytest.fixture
def upload(studio, tmp_path):
    """Uploads bytes as the page does, and gives the answer."""

    def upload(who, data: bytes, language: str = "en") -> dict:
        folder = tmp_path / "upload"
        folder.mkdir(exist_ok=True)
        (folder / "upload").write_bytes(data)
        caller = VISITOR if who is None else who.caller
        return all_uploads(studio)["picture"].use(Asking(caller, language, {}), folder / "upload")

    return upload


def picture(size=(320, 240), kind="PNG", mode="RGB", **options) -> bytes:
    """A picture without people: a gradient."""
    rows, columns = np.mgrid[0 : size[1], 0 : size[0]]
    pixels = np.stack([columns % 256, rows % 256, (rows + columns) % 256], -1).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).convert(mode).save(file, kind, **options)
    return file.getvalue()


def kept(studio, who, answer: dict) -> Image.Image:
    """The stored picture, as its owner gets it."""
    body = read_media(studio.data.database, studio.data.media, who.caller, answer["path"]).body
    return Image.open(io.BytesIO(b"".join(body)))


def test_a_picture_is_drawn_anew_upright_and_without_what_else_was_in_the_file(studio, world, upload):
    ada, ben = world.people("ada", "ben")
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "taken at home"  # turned by a quarter; a description
    answer = upload(ada, picture((3000, 1000), "JPEG", exif=exif))
    stored = kept(studio, ada, answer)
    assert stored.format == "JPEG" and stored.size == (answer["width"], answer["height"]) == (640, 1920)
    assert not stored.getexif() and b"taken at home" not in stored.tobytes()
    assert answer["url"] == f"/media/{answer['path']}"
    with pytest.raises(NotFound):
        kept(studio, ben, answer)


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("WEBP", "RGB"), ("JPEG", "CMYK")]
)
def test_pictures_of_every_usual_kind_are_taken(studio, world, upload, kind, mode):
    (ada,) = world.people("ada")
    stored = kept(studio, ada, upload(ada, picture(kind=kind, mode=mode)))
    assert (stored.mode, stored.size) == ("RGB", (320, 240))


def _too_many_pixels() -> bytes:
    """A PNG that says it is 60,000 pixels a side."""
    data = bytearray(picture())
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    return bytes(data)


NO_PICTURES = {
    "nothing": b"",
    "a page": b"<html><script>alert(1)</script></html>",
    "a drawing with scripts": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "half a file": picture(kind="JPEG")[:900],
    "an animation": picture(kind="GIF"),
    "too many pixels": _too_many_pixels(),
    "too few pixels": picture((40, 40)),
}


@pytest.mark.parametrize("case", NO_PICTURES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_no_usable_picture_is_refused_in_words(world, upload, case, language):
    (ada,) = world.people("ada")
    with pytest.raises(Invalid) as refused:
        upload(ada, NO_PICTURES[case], language)
    begins = [words(language)[key].partition("{")[0] for key in ("error_picture", "error_picture_size")]
    assert str(refused.value).startswith(tuple(begins)) and "{" not in str(refused.value)
    assert world.owner.execute("select count(*) from public.media where purpose = 'upload'").fetchone() == (0,)


def test_a_guest_uploads_nothing(upload):
    with pytest.raises(NotSignedIn):
        upload(None, picture())


def _photo(person: str = "astronaut") -> bytes:
    return cv2.imencode(".png", photo(person))[1].tobytes()


def test_strangers_are_refused_with_the_way_to_do_it_right(world, upload):
    (ada,) = world.people("ada")
    for language in ("en", "fr"):
        with pytest.raises(Invalid) as refused:
            upload(ada, _photo(), language)
        assert str(refused.value) == STRANGER[language]


def test_ones_own_face_may_be_in_a_picture(studio, world, upload, tmp_path):
    (ada,) = world.people("ada")
    file = tmp_path / "photo.png"
    file.write_bytes(_photo())
    (face,) = faces_in(file)
    key = likeness_key(studio.settings.data.folder / "keys")
    world.record(ada, face=seal_face(face, key))
    assert upload(ada, _photo())["path"].startswith("uploads/")


# ---- text in a picture


def lettered(text: str) -> bytes:
    """A note: a few lines of dark letters on light paper."""
    note = Image.new("RGB", (900, 500), (240, 235, 225))
    ImageDraw.Draw(note).multiline_text((60, 120), text, "black", ImageFont.load_default(size=64))
    file = io.BytesIO()
    note.save(file, "PNG")
    return file.getvalue()


@pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="needs Tesseract: apt-get install tesseract-ocr tesseract-ocr-fra"
)
def test_a_picture_may_show_no_text_that_a_caption_may_not_hold_and_the_refusal_names_the_words(
    studio, world, upload, call, monkeypatch
):
    monkeypatch.setattr("pipelines.safety.lettering.LONGEST", 120)  # seconds, on a busy machine
    (ada,) = world.people("ada")
    for language, text, reason in (
        ("en", "text in this picture", "threaten"),
        ("fr", "texte de cette image", "menacent"),
    ):
        with pytest.raises(Invalid) as refused:
            upload(ada, lettered("I will kill you\nand your family"), language)
        told = str(refused.value)
        assert text in told and "I will kill you" in told and reason in told
    assert world.owner.execute("select count(*) from public.media where purpose = 'upload'").fetchone() == (0,)
    (ruling,) = world.owner.execute("select rule, evidence::text from public.rulings where member = %s", (ada.id,))
    assert ruling[0] == "harassment.threat" and "kill" not in ruling[1]  # can be appealed; the words are not kept
    assert upload(ada, lettered("HAPPY BIRTHDAY"))["width"] == 900


def test_without_a_reader_of_letters_pictures_are_taken_as_before(world, upload, monkeypatch):
    monkeypatch.setattr("pipelines.safety.lettering.languages", lambda: "")
    (ada,) = world.people("ada")
    assert upload(ada, lettered("I will kill you"))["width"] == 900


# ---- on to an engine


class LookingEngine(SquareEngine):
    """Says in the coverage what pictures it was given."""

    def render(self, storyboard, request, progress, materials) -> Rendering:
        def colour(path: Path) -> str:
            return "red" if cv2.imread(str(path))[0, 0, 2] > 128 else "blue"

        start = materials.start_image and colour(materials.start_image)
        others = [colour(path) for path in materials.references]
        rendering = super().render(storyboard, request, progress)
        return replace(rendering, coverage_missed=(f"start {start}, references {' '.join(others)}",))


@pytest.fixture
def looking(monkeypatch):
    """Offers two engines beside the world engine: one begins with pictures and follows references, one needs one."""
    from pipelines.engines import ENGINES, catalog

    world = catalog.catalog()[0]
    looks = replace(world, name="looks", title="Looks", tasks=("text", "image", "references"))
    needs = replace(world, name="needs", title="Needs", tasks=("image",), cameos=False)
    monkeypatch.setattr(catalog, "catalog", lambda settings=None: [world, looks, needs])
    for name in ("looks", "needs"):
        monkeypatch.setitem(ENGINES, name, "tests.ui.test_materials:LookingEngine")


def coloured(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (200, 200), colour).save(file, "PNG")
    return file.getvalue()


def test_pictures_reach_the_engine_in_their_places(looking, world, call, upload):
    (ada,) = world.people("ada")
    red, blue = (upload(ada, coloured(colour))["path"] for colour in ("red", "blue"))
    sent = {"prompt": "a meadow", "seconds": 1, "shape": "1:1", "engine": "looks"}
    made = call("create/make", ada, **sent, start=red, references=[blue])
    told = until(lambda: (now := call("create/look", ada, id=made["id"]))["state"] == "done" and now)
    assert told["engine"] == "looks" and told["missed"] == ["start red, references blue"]


def test_pictures_are_refused_where_they_would_not_be_used(looking, world, call, upload):
    ada, ben = world.people("ada", "ben")
    path = upload(ada, coloured("red"))["path"]

    def refused(**sent) -> str:
        return call("create/make", ada, prompt="a meadow", seconds=1, **sent)["refused"]["key"]

    assert refused(engine="world", start=path) == "error_no_pictures"
    assert refused(engine="needs", references=[path]) == "error_no_pictures"
    assert refused(engine="needs") == "error_needs_picture"
    assert refused(engine="looks", references=[path]) == "error_needs_start"
    assert refused(
        engine="needs", start=path, storyboard={"shots": [{"subjects": [{"kind": "person", "cameo": "ann"}]}]}
    )
    with pytest.raises(NotFound):  # somebody else's
        call("create/make", ben, prompt="a meadow", seconds=1, engine="looks", start=path)
    with pytest.raises(Invalid):
        call("create/make", ada, prompt="a meadow", seconds=1, engine="looks", references=[{"path": path}])
