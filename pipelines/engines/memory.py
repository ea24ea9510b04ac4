"""How much memory a model needs in each way of placing it, and which way fits here."""

from collections.abc import Mapping
from typing import Literal

GIGABYTE = 1024**3
MARGIN = 1.1  # free memory that is asked for, relative to what is needed: allocators lose some of it
BLOCK_SHARE = 0.06  # of a model that `group` keeps on the device: one block, and the next one on its way

# none: all on the device; model: one component at a time; group: one block of layers at a time
Offload = Literal["none", "model", "group"]
ORDER: tuple[Offload, ...] = ("none", "model", "group")  # from fast and large to slow and small
BYTES = {"fp32": 4.0, "bf16": 2.0, "fp16": 2.0, "fp8": 1.0}  # a weight


def weights_gigabytes(billions: Mapping[str, float], precision: str) -> dict[str, float]:
    """Component → gigabytes of its weights. fp8 stores the transformers small; everything else stays in 16 bits."""
    return {
        name: count
        * 1e9
        * BYTES[precision if precision != "fp8" or name.startswith("transformer") else "bf16"]
        / GIGABYTE
        for name, count in billions.items()
    }


def needed_gigabytes(billions: Mapping[str, float], precision: str, working: float) -> dict[Offload, float]:
    """Memory of the device that each placing needs: weights that are there at once, and `working` for activations."""
    weights = weights_gigabytes(billions, precision)
    largest = max(weights.values())
    return {
        "none": round(sum(weights.values()) + working, 1),
        "model": round(largest + working, 1),
        "group": round(BLOCK_SHARE * largest + working, 1),
    }


def placing_that_fits(needed: Mapping[Offload, float], free: float) -> Offload:
    """The fastest placing for so many free gigabytes; the smallest one when none fits."""
    return next((way for way in ORDER if needed[way] * MARGIN <= free), ORDER[-1])


def next_smaller(way: Offload) -> Offload | None:
    """The placing to try when this one ran out of memory."""
    place = ORDER.index(way) + 1
    return ORDER[place] if place < len(ORDER) else None
