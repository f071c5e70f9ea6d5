"""Where does a French or English sentence say that somebody says something, and who?"""

from tawatur.reading.latin.grammar import LatinGrammar

__all__ = ["LatinGrammar"]
