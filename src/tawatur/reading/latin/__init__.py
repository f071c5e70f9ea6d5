"""Where does a French or English sentence say that somebody says something, and who?"""

from tawatur.reading.latin.frames import frames
from tawatur.reading.latin.quotations import said_before_that
from tawatur.reading.latin.subjects import subject_of
from tawatur.reading.latin.words import PRONOUNS, noun_key

__all__ = ["PRONOUNS", "frames", "noun_key", "said_before_that", "subject_of"]
