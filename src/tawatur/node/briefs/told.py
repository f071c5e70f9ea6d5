"""What a brief says in a sentence, for pages that say the same in the same words."""

from tawatur.briefs.words import reason_in_words

__all__ = ["reason_in_words"]
