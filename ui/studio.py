"""What every tab is given: the data, the worker at home, the words, the settings."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import gradio as gr

from data.opening import Data
from ui.settings import Settings

if TYPE_CHECKING:
    from pipelines.worker import Worker


@dataclass(frozen=True)
class Studio:
    settings: Settings
    data: Data
    worker: "Worker"
    i18n: gr.I18n
