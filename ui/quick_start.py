"""Half the time that Gradio takes to start: without what it makes and does not use.

At import Gradio parses the source of each of its components and writes a `.pyi` file beside it, which is more than half
of the import and needs a package folder that can be written to. It leaves out components whose file is unknown, so
while it is imported none of their files is known. A page gets a server of two hundred routes when it is begun, when it
is ended, when it is given a queue, and when it is launched, which is the one that serves. Should a later Gradio do
otherwise, only the time saved is lost.
"""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_editor_stubs() -> Iterator[None]:
    """Inside, Gradio's classes have no file."""
    real = inspect.getfile

    def getfile(thing: object) -> str:
        if inspect.isclass(thing) and thing.__module__.startswith("gradio."):
            raise OSError("not asked for while Gradio is imported")
        return real(thing)

    inspect.getfile = getfile
    try:
        yield
    finally:
        inspect.getfile = real


@contextmanager
def without_spare_servers() -> Iterator[None]:
    """Inside, pages are made without a server; launching one outside gives it its own."""
    from gradio.routes import App

    real = App.create_app
    App.create_app = staticmethod(lambda *_, **__: None)
    try:
        yield
    finally:
        App.create_app = staticmethod(real)
