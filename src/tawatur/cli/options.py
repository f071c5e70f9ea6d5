"""Options that several commands share, named once."""

from collections.abc import Callable, Mapping
from functools import wraps
from inspect import signature
from typing import Any


def with_options(
    options: Callable[..., Mapping[str, Any]],
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return what gives a command the options that are the parameters of ``options``.

    They stand where the command has ``told``, which is what ``options`` makes of them.
    """
    shared = signature(options).parameters

    def given(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def called(**asked: Any) -> None:
            told = options(**{name: asked.pop(name) for name in shared})
            command(**asked, told=told)

        own = signature(command)
        together = [
            parameter
            for each in own.parameters.values()
            for parameter in (shared.values() if each.name == "told" else [each])
        ]
        # Both are where the command line looks for the options of a command.
        vars(called)["__signature__"] = own.replace(parameters=together)
        called.__annotations__ = {each.name: each.annotation for each in together}
        return called

    return given
