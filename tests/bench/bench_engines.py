"""How fast models run here, and whether the catalog's arithmetic is right: `python tests/bench/bench_engines.py`.

tiny     every family's tiny checkpoint: seconds to load, and for a clip, and the process' memory
mid      a random Wan transformer of half a billion weights: seconds a step and peak memory, against what memory.py
         and speeds.py compute. On a GPU; on a processor a smaller one, which says nothing about the real ones.
"""

import argparse
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402
import torch  # noqa: E402

from pipelines.engines.device import pick_device, torch_type  # noqa: E402
from pipelines.engines.memory import GIGABYTE, weights_gigabytes  # noqa: E402
from pipelines.engines.model import catalog_of  # noqa: E402
from pipelines.engines.settings import EngineSettings  # noqa: E402
from pipelines.engines.speeds import expected_seconds, work_of  # noqa: E402
from pipelines.engines.weights import installed  # noqa: E402
from pipelines.progress import Progress  # noqa: E402
from pipelines.request import make_request  # noqa: E402
from pipelines.storyboard import Shot, Storyboard  # noqa: E402
from tests.pipelines.engines.checkpoints import FROM_TEXT, Checkpoints  # noqa: E402

STEPS = 4
TERAFLOPS = {"cuda": 790.0, "cpu": 0.1}  # peak in 16 bits; of a processor a guess
LAYERS = {"cuda": (24, 12), "cpu": (2, 2)}  # device → (layers, heads)
WIDTH = 128  # of a head


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("tiny", "mid"), nargs="?", default="tiny")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench_tiny(Path(folder)) if given.what == "tiny" else bench_mid()


def bench_tiny(folder: Path) -> None:
    """Prints a line for each family."""
    device = pick_device(EngineSettings())
    checkpoints = Checkpoints(folder, device=device)
    print(f"device {device}; process seconds\n{'model':20} {'load':>7} {'clip':>7} {'RSS MB':>8}")
    for name in FROM_TEXT:
        engine = checkpoints.engine(name)
        weights = installed(name, engine.model.source, engine.settings)
        start = time.process_time()
        engine.shelf.take(engine.model, weights, "text", engine.settings)
        loaded = time.process_time()
        asked = make_request(prompt="a dog on a beach", width=128, height=180)
        with closing(engine.render(Storyboard(shots=(Shot(seconds=0.5),)), asked, Progress()).frames) as frames:
            count = sum(1 for _ in frames)
        made = time.process_time()
        memory = psutil.Process().memory_info().rss / 2**20
        print(f"{name:20} {loaded - start:7.2f} {made - loaded:7.2f} {memory:8.0f}   {count} frames")


def bench_mid() -> None:
    """Prints what one step of a mid-size transformer takes, measured and computed."""
    from diffusers import WanTransformer3DModel

    device = pick_device(EngineSettings())
    layers, heads = LAYERS[device]
    precision = "bf16" if device == "cuda" else "fp32"
    torch.manual_seed(0)
    sizes = {"num_attention_heads": heads, "attention_head_dim": WIDTH, "num_layers": layers}
    transformer = WanTransformer3DModel(ffn_dim=4 * heads * WIDTH, text_dim=256, **sizes)
    transformer = transformer.to(device, torch_type(precision)).eval()
    count = sum(weight.numel() for weight in transformer.parameters()) / 1e9
    width, height, frames = (480, 832, 81) if device == "cuda" else (128, 224, 17)
    model = catalog_of().video["wan-2.1-1.3b"]
    model = model.model_copy(update={"billions": {"transformer": count}, "guidance": 1.0})
    latents = torch.randn(
        1, 16, (frames - 1) // 4 + 1, height // 8, width // 8, device=device, dtype=torch_type(precision)
    )
    words = torch.randn(1, 64, 256, device=device, dtype=torch_type(precision))
    when = torch.tensor([500.0], device=device, dtype=torch_type(precision))
    seconds, peak = _measured(lambda: transformer(latents, when, words), device)
    expected = expected_seconds(model, work_of(model, width, height, frames, 1), TERAFLOPS[device])
    weights = weights_gigabytes(model.billions, precision)["transformer"]
    print(f"{device}, {precision}: {count:.3f} billion weights, {width}×{height}, {frames} frames")
    print(f"a step: measured {seconds:.3f} s, computed {expected:.3f} s")
    print(f"weights: computed {weights:.2f} GB" + (f"; peak measured {peak:.2f} GB" if peak else ""))


def _measured(step, device: str) -> tuple[float, float]:
    """(seconds of a step, peak gigabytes; 0 where that cannot be asked)."""
    with torch.inference_mode():
        step()
        if device == "cuda":
            torch.cuda.synchronize()
            torch.cuda.reset_peak_memory_stats()
        start = time.perf_counter()
        for _ in range(STEPS):
            step()
        if device == "cuda":
            torch.cuda.synchronize()
    seconds = (time.perf_counter() - start) / STEPS
    return seconds, torch.cuda.max_memory_allocated() / GIGABYTE if device == "cuda" else 0.0


if __name__ == "__main__":
    main()
