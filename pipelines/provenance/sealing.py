"""The last step before a clip's files are kept: what is known of the clip is signed into them."""

import datetime
from pathlib import Path

from pipelines.engines import Engine
from pipelines.materials import Materials
from pipelines.provenance.installation import Provenance
from pipelines.provenance.marking import Marking
from pipelines.provenance.statement import Origins
from pipelines.request import GenerationRequest
from pipelines.storyboard import Storyboard


class Sealing:
    """Signs the files of one clip. Made before the clip is drawn, so that missing keys are told at once."""

    def __init__(
        self,
        provenance: Provenance,
        marking: Marking,
        request: GenerationRequest,
        storyboard: Storyboard,
        engine: Engine,
        materials: Materials,
        tell_prompt: bool,
    ) -> None:
        self._signing = provenance.signing
        self._marking = marking
        self._request, self._storyboard = request, storyboard
        self._engine, self._materials, self._tell_prompt = engine, materials, tell_prompt
        self.credential: dict = {}  # what a reader finds in the clip, once it is signed

    def sign(self, clip: Path, poster: Path, preview: Path) -> None:
        """Signs the three files in place. Raises CredentialError or KeysError."""
        from pipelines.provenance.credential import sign_files  # here: the library takes longer to load than to sign

        self.credential = sign_files(clip, poster, preview, self._origins(), self._signing).summary()

    def _origins(self) -> Origins:
        marking, materials = self._marking, self._materials
        start = (materials.start_image,) if materials.start_image else ()
        return Origins(
            prompt=self._request.prompt,
            tell_prompt=self._tell_prompt,
            seed=self._request.seed,
            engine=self._engine.name,
            engine_version=self._engine.version,
            storyboard=self._storyboard.model_dump_json(),
            mark=marking.mark,
            made_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            visible_mark=marking.visible,
            maker=marking.maker,
            looks=tuple((look.at, look.hash) for look in marking.telling_looks()),
            parent=materials.parent,
            inputs=(*start, *materials.references, *materials.sources[1:]),
            cameos={handle: materials.receipts.get(handle) for handle in sorted(self._people())},
        )

    def _people(self) -> set[str]:
        """Handles of the real people whom the storyboard stars."""
        return {subject.cameo for shot in self._storyboard.shots for subject in shot.subjects if subject.cameo}
