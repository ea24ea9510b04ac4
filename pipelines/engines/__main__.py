"""Engines from the shell: `python -m pipelines.engines` lists them; `… fetch NAME` brings a model's weights."""

import argparse
import sys
from collections.abc import Sequence

from pipelines.engines.catalog import catalog
from pipelines.engines.model import catalog_of
from pipelines.engines.settings import EngineSettings
from pipelines.engines.weights import check_safe, obtain
from pipelines.request import RequestError


def main(arguments: Sequence[str]) -> int:
    """Runs one command and gives the exit code: 0 done, 2 it cannot be done as asked."""
    parser = argparse.ArgumentParser(prog="python -m pipelines.engines", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("list", help="every engine, whether it is ready, and what to do when it is not")
    fetch = commands.add_parser("fetch", help="bring the weights of a model from the hub to this machine")
    fetch.add_argument("name", help="as in the list, or a tool of the catalog")
    given = parser.parse_args(arguments)
    try:
        settings = EngineSettings.from_environment()
        if given.command == "fetch":
            _fetch(given.name, settings)
        else:
            _list(settings)
    except RequestError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _list(settings: EngineSettings) -> None:
    for entry in catalog(settings):
        memory = f", {entry.memory['group']:g} to {entry.memory['none']:g} GB" if entry.memory else ""
        sound = "own sound" if entry.own_sound else "sound by Hibari"
        print(f"{'✓' if entry.installed else '·'} {entry.name:24} {', '.join(entry.tasks)}; {sound}{memory}")
        limits = entry.licence.limits.get("en", "")
        print(f"  {'':24} {entry.readiness.say['en']} {entry.licence.name}. {limits}".rstrip())


def _fetch(name: str, settings: EngineSettings) -> None:
    known = catalog_of(settings.more)
    wanted = known.video.get(name) or known.tools.get(name)
    if wanted is None:
        raise RequestError(f"The catalog has no {name!r}. `python -m pipelines.engines list` shows what there is.")

    def tell(share: float) -> None:
        print(f"\r{name}: {share:4.0%}", end="", file=sys.stderr, flush=True)

    weights = obtain(name, wanted.source, settings, tell)
    if (weights.folder / "model_index.json").exists():
        check_safe(weights.folder, wanted.kin.components if name in known.video else None)
    print(f"\n{name} is ready: {weights.folder} ({weights.version})", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
