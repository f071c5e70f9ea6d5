"""What every worker process needs, loaded once and shared by all of them.

The process from which workers are forked imports this module. Reading one line in
each language and one page loads tables and libraries, so that a worker starts at
once and its memory is the common one.
"""

from tawatur.intake import extract
from tawatur.reading import read

_LINES = (
    "قال وزير الدفاع، اليوم الثلاثاء، إن هجوما أسفر عن مقتل 12 جنديا في شمال البلاد.",
    "Le ministre de la Défense a déclaré mardi que l'attaque avait fait 12 morts.",
    "The defence minister said on Tuesday that the attack had left 12 soldiers dead.",
)

for _line in _LINES:
    read(extract("line.txt", _line.encode()))
extract("page.html", f"<html><body><article><p>{_LINES[2]}</p></article></body></html>".encode())
