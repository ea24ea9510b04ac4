"""With RAY_ADDRESS set, clips are made by a Ray cluster: here a real one, of two nodes on this machine."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.opening import Data
from data.settings import SettingsError
from pipelines.engines.world import WorldEngine
from pipelines.materials import Materials
from pipelines.provenance import open_provenance
from pipelines.request import make_request
from pipelines.storyboard import Shot, Storyboard
from pipelines.worker.hands import ThisMachine, hands_from
from pipelines.worker.job import Job
from pipelines.worker.order import order_of, unpacked
from tests.data.world import Person, World
from tests.pipelines.worker.asking import Employ, ask, seen, until

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # the cluster of these tests tells nobody that it is used
LONG = {"shots": [{"seconds": 20, "place": "street", "weather": "rain", "subjects": [{"kind": "robot", "count": 5}]}]}
QUIET = {
    "include_dashboard": False,
    "include_log_monitor": False,
    "object_store_memory": 80_000_000,
}


def test_what_travels_to_a_node_arrives_and_no_issuers_key_does(tmp_path: Path) -> None:
    picture, keys = tmp_path / "picture.jpg", tmp_path / "keys"
    picture.write_bytes(b"a picture")
    request = make_request(prompt="A dog.")
    job = Job(request, Storyboard(shots=(Shot(),)), Materials(references=(picture,)), "author", {}, ())
    order = order_of(job, keys, {"HIBARI_VISIBLE_MARK": "off"})
    there = tmp_path / "there"
    there.mkdir()
    arrived, node_keys, settings = unpacked(order, there)
    assert arrived.materials.references[0].read_bytes() == b"a picture" and arrived.maker == "author"
    assert arrived.materials.references[0].parent == there
    here, theirs = open_provenance(keys), open_provenance(node_keys, settings)
    assert theirs.secret == here.secret, "marks that a node laid on are read here"
    assert (theirs.signing.chain, theirs.signing.anchors) == (here.signing.chain, here.signing.anchors)
    assert not theirs.visible_mark
    kept = b"".join(path.read_bytes() for path in node_keys.iterdir())
    assert kept.count(b"PRIVATE KEY-----") == 2, "one key, between its two lines"
    assert {path.stat().st_mode & 0o777 for path in node_keys.iterdir()} == {0o600}


def test_without_the_setting_this_machine_makes_the_clips(tmp_path: Path) -> None:
    assert isinstance(hands_from({}, tmp_path), ThisMachine)


def test_ray_that_is_wanted_and_not_installed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SettingsError, match="requirements-ray.txt"):
        hands_from({"RAY_ADDRESS": "auto"}, tmp_path)


@pytest.fixture()
def cluster() -> Iterator[object]:
    """A head and one more node, with one core each."""
    pytest.importorskip("ray", reason="Ray is not installed: pip install -r requirements-ray.txt")
    from ray.cluster_utils import Cluster

    running = Cluster(initialize_head=True, head_node_args=QUIET | {"num_cpus": 1, "no_monitor": True})
    session = running.head_node.get_session_dir_path()
    running.add_node(num_cpus=1, **QUIET)
    running.wait_for_nodes()
    yield running
    running.shutdown()
    shutil.rmtree(session, ignore_errors=True)
    gc.collect()  # what Ray leaves open is found here, where it is ignored


@pytest.mark.filterwarnings("ignore")  # Ray leaves sockets and files to the garbage collector
def test_a_cluster_makes_clips_side_by_side_and_a_lost_node_is_another_attempt(
    cluster: object, data: Data, world: World, author: Person, employ: Employ, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One story, because a cluster takes long to start."""
    import ray

    def idle_cores() -> float:
        return ray.available_resources().get("CPU", 0.0)

    world.serve("change_settings", changes={"retry_seconds": 0, "running_per_member": 4})
    monkeypatch.setenv("RAY_ADDRESS", cluster.address)
    worker = employ(None)
    asked = [ask(author, storyboard=LONG, size=(540, 960)) for _ in range(2)]
    for generation in asked:
        until(lambda generation=generation: author.call("generation_preview", id=generation))
    assert idle_cores() == 0, "each node makes one, and both tell how far they are"

    cluster.remove_node(cluster.list_all_nodes()[1], allow_graceful=False)
    attempts = lambda: sorted(author.call("generation", id=generation)["attempts"] for generation in asked)  # noqa: E731
    until(lambda: attempts() == [1, 2])

    for generation in asked:
        author.call("cancel_generation", id=generation)
    worker.nudge()
    until(lambda: idle_cores() == 1)

    done = seen(author, ask(author), "done")
    assert (done["attempts"], done["engine_version"]) == (1, WorldEngine.version)
    clip = author.call("clip", id=done["clip"])
    assert data.media.size(clip["video_path"]) == clip["bytes"]
    assert clip["mark"] and clip["credential"]["signer"], "it was marked and signed over there"

    refused = seen(author, ask(author, storyboard={"shots": [{"seconds": 19}, {"seconds": 19}]}), "failed")
    assert refused["error_code"] == "request" and "at most 20" in refused["error"], "errors come back as they are"
    worker.close()
    assert not ray.is_initialized()
