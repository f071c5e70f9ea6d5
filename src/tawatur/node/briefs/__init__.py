"""Briefs of one node: what they hold, who composes them, how they become files."""
