"""Half the time that importing Gradio takes: without the stubs that it writes for code editors.

At import Gradio parses the source of each of its components and writes a `.pyi` file beside it, which is more than half
of the import and needs a package folder that can be written to. It leaves out components whose file is unknown, so
while it is imported none of their files is known. Should a later Gradio ask otherwise, only the time saved is lost.
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
