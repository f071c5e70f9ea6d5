"""Where does an Arabic sentence say that somebody says something, and who?"""

from tawatur.reading.arabic.frames import frames
from tawatur.reading.arabic.words import is_complementiser, joined_cue

__all__ = ["frames", "is_complementiser", "joined_cue"]
