"""Expressions of time: which words are one, and what each kind says."""
