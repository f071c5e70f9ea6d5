"""The one way out: a question to the language model that the settings name, and its answer.

Nothing else in Tawatur opens a connection to another machine, and nothing here does
before somebody has named an address.
"""

from tawatur.endpoint.client import Address, Answer, Endpoint, Pace

__all__ = ["Address", "Answer", "Endpoint", "Pace"]
