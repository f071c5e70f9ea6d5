"""Where does an Arabic sentence say that somebody says something, and who?"""

from tawatur.reading.arabic.grammar import ArabicGrammar
from tawatur.reading.arabic.words import joined_cue

__all__ = ["ArabicGrammar", "joined_cue"]
