"""How do the words of a command become values? At once where nothing is wrong with them.

typer has every value checked by a library that takes longer to load than a listing takes to
print (0.12 s). It is left to check what is not plainly right, and to say what is wrong with it.
"""

import os
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin


class _Quick:
    """Stands before typer's own way of making the values of one parameter."""

    def __init__(self, thorough: Callable[[], Any], kind: Any) -> None:
        self._thorough, self._kind = thorough, kind

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return what the function of the command is given for ``value``."""
        try:
            return _made(value, self._kind)
        except ValueError:
            return self._thorough().coerce(value, param=param, ctx=ctx)


def with_quick_values(command: Any) -> Any:
    """Return ``command``, its parameters making plain values at once."""
    parameters = command.get_params
    command.get_params = lambda ctx: [_quick(each) for each in parameters(ctx)]
    return command


def _quick(parameter: Any) -> Any:
    """Return a parameter that makes plain values at once, where its typer has such a step."""
    thorough = getattr(parameter, "get_runtime_param", None)
    if thorough is not None and "get_runtime_param" not in vars(parameter):
        way = _Quick(thorough, parameter.type_descriptor.annotation)
        parameter.get_runtime_param = lambda: way
    return parameter


def _made(value: Any, kind: Any) -> Any:
    """Return ``value`` as ``kind``.

    Raises:
        ValueError: It is not plainly one.
    """
    if get_origin(kind) is list:
        return [_made(each, get_args(kind)[0]) for each in value or ()]
    if value is None or isinstance(value, kind):
        return value
    if issubclass(kind, Enum) or (kind is Path and not _closed(Path(value))):
        return kind(value)
    raise ValueError(value)


def _closed(path: Path) -> bool:
    """Whether something is there that may not be read."""
    return os.access(path, os.F_OK) and not os.access(path, os.R_OK)
