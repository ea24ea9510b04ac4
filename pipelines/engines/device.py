"""The device that models run on here: which one, how much of its memory is free, and what it can compute in."""

import os
from typing import TYPE_CHECKING

from pipelines.engines.memory import GIGABYTE
from pipelines.engines.settings import EngineSettings

if TYPE_CHECKING:
    import torch


def pick_device(settings: EngineSettings) -> str:
    """cuda, xpu, mps or cpu: the one that is set, else the fastest there is."""
    import torch

    if settings.device != "auto":
        return settings.device
    if torch.cuda.is_available():
        return "cuda"
    if hasattr(torch, "xpu") and torch.xpu.is_available():
        return "xpu"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def pick_precision(settings: EngineSettings, preferred: str, device: str) -> str:
    """bf16, fp16, fp32 or fp8: what is set, else what the model prefers where the device computes in it."""
    if settings.precision != "auto":
        return settings.precision
    if device == "cpu":
        return "fp32"  # 16 bits are slower there than 32, and some layers lack them
    if preferred in ("bf16", "fp8") and device == "cuda":
        import torch

        return preferred if torch.cuda.is_bf16_supported() else "fp16"
    return preferred if device == "xpu" else "fp16"


def torch_type(precision: str) -> "torch.dtype":
    """The type that weights are read in; fp8 stores them smaller afterwards."""
    import torch

    return {"fp32": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16, "fp8": torch.bfloat16}[precision]


def free_gigabytes(device: str) -> float | None:
    """Memory of the device that is free now; None where it cannot be asked."""
    import torch

    if device == "cuda":
        return torch.cuda.mem_get_info()[0] / GIGABYTE
    if device in ("xpu", "mps"):
        return None
    try:
        return _free_of_linux() / GIGABYTE
    except (OSError, ValueError):
        return None


def _free_of_linux() -> int:
    """Bytes of main memory that programs may take without anything being written to the disk."""
    with open("/proc/meminfo", encoding="ascii") as table:
        for line in table:
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
