"""Where generations are kept: on disk, one folder each with its record and, once it is done, the clip's files.

The only part of the app that knows folders; whatever keeps generations elsewhere offers the same five functions.
"""

import json
import logging
import shutil
from dataclasses import asdict
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ui.generation import Generation, State

RECORD = "generation.json"
CLIP = "clip.mp4"
FILES = (CLIP, "clip.jpg", "clip.preview.mp4")  # what may be asked for
logger = logging.getLogger(__name__)
_generation = TypeAdapter(Generation)


class Records:
    """Generations that outlive the app."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)

    def all(self) -> list[Generation]:
        """What an earlier run kept, oldest first. Removes what it left half made."""
        found = []
        for folder in [path for path in self._folder.iterdir() if path.is_dir()]:
            try:
                generation = _generation.validate_json((folder / RECORD).read_bytes())
            except FileNotFoundError:  # the app ended before it could write the record: nobody was told of this one
                shutil.rmtree(folder, ignore_errors=True)
                continue
            except ValidationError as error:
                logger.error("%s cannot be read and is left alone: %s", folder / RECORD, error)
                continue
            if generation.state != State.DONE:
                _remove_all_but_record(folder)
            found.append(generation)
        return sorted(found, key=lambda generation: generation.created)

    def keep(self, generation: Generation) -> None:
        """Writes the record: the old one or the new one stands, never half of one."""
        folder = self._folder / generation.id
        folder.mkdir(exist_ok=True)
        fields = asdict(generation)
        fields["request"] = generation.request.model_dump(mode="json")
        fields["storyboard"] = generation.storyboard and generation.storyboard.model_dump(mode="json")
        written = folder / (RECORD + ".new")
        written.write_text(json.dumps(fields), encoding="utf-8")
        written.replace(folder / RECORD)

    def forget(self, generation_id: str) -> None:
        """Removes the record and all files."""
        shutil.rmtree(self._folder / generation_id, ignore_errors=True)

    def clip_to_write(self, generation: Generation) -> Path:
        """Where the MP4 goes; its poster and preview go beside it."""
        return self._folder / generation.id / CLIP

    def file(self, generation: Generation, name: str) -> Path | None:
        """A file of a clip that is done, or None."""
        if generation.state != State.DONE or name not in FILES:
            return None
        path = self._folder / generation.id / name
        return path if path.is_file() else None


def _remove_all_but_record(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != RECORD:
            path.unlink(missing_ok=True)
