"""What there is to make: the request, its storyboard, and the files and likenesses it refers to."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from data import cameos, leases
from data.client import SERVICE
from data.errors import NoPermission, NotFound
from data.media import MediaStorage
from data.opening import Data
from data.policy_versions import live_policy
from data.rows import LeasedGeneration
from pipelines.materials import Materials
from pipelines.request import GenerationRequest, RequestError, make_request
from pipelines.storyboard import Storyboard

if TYPE_CHECKING:
    from pipelines.cameo.likeness import Likeness

PIECE = 1 << 20  # bytes read at a time


@dataclass(frozen=True)
class Job:
    """Everything `generate` is told. Pickles, so that it can be done on another machine."""

    request: GenerationRequest
    storyboard: Storyboard
    materials: Materials
    maker: str  # handle
    amendments: dict[str, Any]  # of the rules' shipped policy, as the live version has them
    licensed: tuple[str, ...]  # ids of characters that may be shown


def job_of(data: Data, claimed: LeasedGeneration, folder: Path, keys: Path) -> Job:
    """The job of a claimed generation; its files are fetched into `folder`. Raises RequestError for what cannot be
    made as it stands, NoPermission when somebody in it no longer agrees."""
    storyboard = _by_their_terms(data, claimed, _storyboard(claimed["storyboard"]))
    policy = live_policy(data.database, SERVICE)
    return Job(
        make_request(**claimed["request"]),
        storyboard,
        _materials(data, claimed, storyboard, folder, keys),
        claimed["handle"],
        policy["amendments"],
        tuple(policy["licensed"]),
    )


def _storyboard(fields: dict) -> Storyboard:
    """The checked storyboard: an author may have edited it by hand."""
    try:
        return Storyboard.model_validate(fields)
    except ValidationError as error:
        problem = error.errors()[0]
        place = ".".join(str(part) for part in problem["loc"])
        raise RequestError(f"The storyboard cannot be shown: {place or 'it'}: {problem['msg']}.") from None


def _by_their_terms(data: Data, claimed: LeasedGeneration, storyboard: Storyboard) -> Storyboard:
    """The storyboard with everybody looking as they asked for. Raises NoPermission where the rules that somebody set in
    switches or in their own words do not allow the prompt: the database knows concepts, the words are read here."""
    named = any(subject.cameo for shot in storyboard.shots for subject in shot.subjects)
    if not (named or claimed["references"]):
        return storyboard
    from pipelines.cameo.wishes import as_they_appear, refusals

    prompt = claimed["request"]["prompt"]
    everybody = cameos.cameo_terms(data.database, SERVICE, claimed["id"], claimed["lease"])
    for terms in everybody:
        rules = {"switches": terms["switches"], "wishes": terms["wishes"]}
        found = [] if terms["own"] else refusals(prompt, storyboard, terms["handle"], **rules)
        if found:
            raise NoPermission(found[0].told(storyboard.language))
    return as_they_appear(storyboard, {terms["handle"]: terms["appearance"] for terms in everybody})


def _materials(data: Data, claimed: LeasedGeneration, storyboard: Storyboard, folder: Path, keys: Path) -> Materials:
    if claimed["request"].get("edit"):
        return _cuttings(data, claimed, storyboard, folder, keys)
    pictures = [_fetched(data.media, _picture_of(reference), folder) for reference in claimed["references"]]
    start = pictures.pop(0) if _begins_with_a_picture(claimed) else None
    return Materials(
        start_image=start,
        references=tuple(pictures),
        parent=_fetched(data.media, claimed["parent_video"], folder) if claimed["parent_video"] else None,
        likenesses=dict(_likenesses(data, claimed, storyboard, keys)),
    )


def _cuttings(data: Data, claimed: LeasedGeneration, storyboard: Storyboard, folder: Path, keys: Path) -> Materials:
    """What an edit is cut from: the clips that it refers to, for whose people the database was asked."""
    videos = [reference["video_path"] for reference in claimed["references"]]
    if not videos or None in videos:
        raise RequestError("A clip that this is made from was taken down. Choose another one.")
    sources = [_fetched(data.media, video, folder) for video in videos]
    return Materials(
        parent=sources[0], sources=tuple(sources), likenesses=dict(_likenesses(data, claimed, storyboard, keys))
    )


def _begins_with_a_picture(claimed: LeasedGeneration) -> bool:
    """Whether the first reference is an uploaded picture and the engine lets clips begin with one."""
    from pipelines.engines.catalog import entry_named

    references = claimed["references"]
    return bool(references and references[0]["path"]) and "image" in entry_named(claimed["engine"]).tasks


def _picture_of(reference: dict[str, str | None]) -> str:
    """Where a reference's picture lies: the upload, or the poster of the clip that was referred to."""
    path = reference["path"] or reference["poster_path"]
    if path is None:
        raise RequestError("A clip that this refers to was taken down. Ask again without it.")
    return path


def _fetched(media: MediaStorage, path: str, folder: Path) -> Path:
    """A stored file, copied into the folder under its own name. Raises RequestError when it is gone."""
    copy = folder / Path(path).name
    try:
        size = media.size(path)
        with open(copy, "wb") as file:
            for start in range(0, size, PIECE):
                file.writelines(media.read(path, start, min(start + PIECE, size)))
    except NotFound:
        raise RequestError("A picture or clip that this refers to is gone. Ask again without it.") from None
    return copy


def _likenesses(
    data: Data, claimed: LeasedGeneration, storyboard: Storyboard, keys: Path
) -> Iterator[tuple[str, "Likeness"]]:
    """(handle, likeness) of everyone who plays; the database is asked for each permission again."""
    handles = {subject.cameo for shot in storyboard.shots for subject in shot.subjects if subject.cameo}
    if not handles:
        return
    from pipelines.cameo.keys import likeness_key
    from pipelines.cameo.likeness import open_likeness

    key = likeness_key(keys)
    for handle in sorted(handles):
        sealed = leases.cameo_likeness(data.database, SERVICE, claimed["id"], claimed["lease"], handle)
        yield handle, open_likeness(sealed, key)
