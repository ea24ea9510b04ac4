"""What a clip will look like, seen between two steps: a linear decoder fitted to the model's own autoencoder.

The full decoder is slow and large. But a latent's channels say nearly linearly which colour a place has, so that a
matrix of (channels + 1) × 3 is enough for a small blurred picture.
"""

from typing import TYPE_CHECKING, Any, Literal

import cv2
import numpy as np

from pipelines.media.poster import jpeg

if TYPE_CHECKING:
    import torch

LEVELS = (0.05, 0.5, 0.95)  # of red, green and blue in the plain pictures that the decoder is fitted to
SIDE = 4  # latents across such a picture
STIFFNESS = 1e-2  # of the fit: a channel that says little gets little weight
USUAL_FACTOR = 8  # pixels of a latent's side, where an autoencoder does not say
WIDTH = 270  # pixels of a preview
MOST = 8  # previews of one call

Layout = Literal["channels_first", "channels_last", "packed", ""]


class Previewer:
    """Turns the latents of a step into a small JPEG."""

    def __init__(self, pipeline: Any, layout: Layout, shape: tuple[int, int], steps: int) -> None:
        """shape: (width, height) in pixels of the frames in the making. steps: of the call."""
        self._pipeline = pipeline
        self._layout = layout
        self._shape = shape
        self._every = max(1, -(-steps // MOST))
        self._matrix: np.ndarray | None = None  # (channels + 1, 3)

    def picture(self, step: int, latents: "torch.Tensor") -> bytes | None:
        """A JPEG of a frame in the middle of the clip; None where this step shows none."""
        if not self._layout or step % self._every:
            return None
        plane = self._plane(latents.detach().float().cpu().numpy())
        if self._matrix is None:
            self._matrix = fitted_matrix(self._pipeline.vae)
        rows, columns, channels = plane.shape
        if channels + 1 != len(self._matrix):
            return None  # latents of another kind than the autoencoder's: nothing to show
        colours = np.c_[plane.reshape(-1, channels), np.ones(rows * columns)] @ self._matrix
        small = (colours.reshape(rows, columns, 3).clip(0, 1) * 255).astype(np.uint8)
        size = WIDTH, max(2, round(WIDTH * self._shape[1] / self._shape[0]))
        return jpeg(cv2.resize(small[:, :, ::-1], size, interpolation=cv2.INTER_CUBIC), quality=75)

    def _plane(self, latents: np.ndarray) -> np.ndarray:
        """(rows, columns, channels) of the latent frame in the middle."""
        if self._layout == "packed":
            factor = self._pipeline.vae_spatial_compression_ratio
            columns, rows = self._shape[0] // factor, self._shape[1] // factor
            latents = latents[0].reshape(-1, rows, columns, latents.shape[-1])
            return latents[len(latents) // 2]
        latents = latents.reshape(latents.shape[-4:])
        if self._layout == "channels_last":
            return latents[len(latents) // 2]
        return latents[:, latents.shape[1] // 2].transpose(1, 2, 0)


def fitted_matrix(vae: Any) -> np.ndarray:
    """(channels + 1, 3) float: from normalised latents, and a one, to red, green and blue 0..1."""
    import torch

    side = SIDE * _factor(vae)
    parts, colours = [], []
    for colour in np.stack(np.meshgrid(*[LEVELS] * 3), -1).reshape(-1, 3):
        picture = torch.tensor(colour * 2 - 1, dtype=vae.dtype, device=vae.device)
        with torch.no_grad():
            latent = vae.encode(picture.view(1, 3, 1, 1, 1).expand(1, 3, 1, side, side)).latent_dist.mode()
        latent = _normalised(vae, latent.float())[0, :, 0].flatten(1).T.cpu().numpy()
        parts.append(latent)
        colours.append(np.tile(colour, (len(latent), 1)))
    latents, seen = np.concatenate(parts), np.concatenate(colours)
    known = np.c_[latents, np.ones(len(latents))]
    weight = STIFFNESS * len(known) * np.diag([*[1.0] * latents.shape[1], 0.0])
    return np.linalg.solve(known.T @ known + weight, known.T @ seen)


def _factor(vae: Any) -> int:
    """Pixels of a latent's side."""
    known = ("scale_factor_spatial", "spatial_compression_ratio")
    return int(next((vae.config[name] for name in known if vae.config.get(name)), USUAL_FACTOR))


def _normalised(vae: Any, latent: "torch.Tensor") -> "torch.Tensor":
    """The latent as the denoising sees it: by mean and deviation of each channel, or by one factor."""
    import torch

    kept = dict(vae.named_buffers())  # some keep them as tensors, some in their configuration
    mean = kept.get("latents_mean", vae.config.get("latents_mean"))
    if mean is None:
        return latent * (vae.config.get("scaling_factor") or 1.0)
    deviation = kept.get("latents_std", vae.config.get("latents_std"))
    mean, deviation = (torch.as_tensor(v, dtype=latent.dtype, device=latent.device) for v in (mean, deviation))
    return (latent - mean.view(1, -1, 1, 1, 1)) / deviation.view(1, -1, 1, 1, 1)
