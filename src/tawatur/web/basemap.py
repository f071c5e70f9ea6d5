"""The picture of the world under what pages draw on it, moved to the window that is shown.

The outlines of land come with the program (Natural Earth) and are built with the pages'
script; where they were not built, things are drawn on plain ground.
"""

from dataclasses import dataclass

from tawatur.web.contexts import shown
from tawatur.web.mercator import WORLD, Window
from tawatur.web.visits import STATIC

_FINE = 3.2
"""Zoom from which on the finer picture of the world is shown."""


@dataclass(frozen=True, slots=True)
class Basemap:
    """The ground of a drawing, and how large the drawing is."""

    width: float = shown("The drawing's width.")
    height: float = shown("Its height.")
    world: str = shown("The picture of the world; empty where it was not built.")
    x: float = shown("Its left edge in the drawing.")
    y: float = shown("Its upper edge.")
    size: float = shown("Its width, and height.")

    @classmethod
    def of(cls, view: Window) -> "Basemap":
        """Return the ground of a window."""
        left, top = view.corner
        return cls(
            width=view.width,
            height=view.height,
            world=world(view.zoom),
            x=round(-left * view.scale, 1),
            y=round(-top * view.scale, 1),
            size=round(WORLD * view.scale, 1),
        )


def world(zoom: float) -> str:
    """Return the address of the picture of the world, nothing where it was not built."""
    name = "world-50m.svg" if zoom >= _FINE else "world-110m.svg"
    return f"/static/vendor/{name}" if (STATIC / "vendor" / name).is_file() else ""
