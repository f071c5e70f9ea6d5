"""The nouns and the rules for combining them: frozen values, no I/O."""
