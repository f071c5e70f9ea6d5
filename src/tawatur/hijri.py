"""How does a day read in the Hijri calendar? Shown beside the other date, never in its place.

By the Umm al-Qura calendar (hijridate), from 1343 to 1500 AH; a sighting of the moon may put
a month one day later or earlier, so that nothing is worked out from what stands here. In
Ramadan the week is told as well: days 1 to 7 are the first, and the fifth has a day or two.
"""

from datetime import date

from tawatur.errors import Message

_RAMADAN = 9
_FIRST, _LAST = date(1924, 8, 1), date(2077, 11, 16)
_MONTHS = {
    "ar": (
        *("محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة"),
        *("رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"),
    ),
    "fr": (
        *("mouharram", "safar", "rabia al-awwal", "rabia ath-thani", "joumada al-oula"),
        *("joumada ath-thania", "rajab", "chaabane", "ramadan", "chawwal", "dhou al-qida"),
        "dhou al-hijja",
    ),
    "en": (
        *("Muharram", "Safar", "Rabi al-Awwal", "Rabi al-Thani", "Jumada al-Ula"),
        *("Jumada al-Akhira", "Rajab", "Shaban", "Ramadan", "Shawwal", "Dhu al-Qada"),
        "Dhu al-Hijja",
    ),
}


def in_words(first: date, last: date, language: str) -> Message | None:
    """Return the Hijri days or months from ``first`` to ``last``; None outside the calendar.

    Args:
        first: A day.
        last: The same for a day, which is told with its week in Ramadan; a later one else.
        language: ``ar``, ``fr`` or ``en``, of the months' names.
    """
    if not _FIRST <= first <= last <= _LAST:
        return None
    from hijridate import Gregorian  # noqa: PLC0415 - few are shown

    begins, ends = (Gregorian.fromdate(each).to_hijri() for each in (first, last))
    names = _MONTHS[language]
    months = [f"{names[each.month - 1]} {each.year}" for each in (begins, ends)]
    if first != last:
        one = months[0] == months[1]
        return Message("{0} AH", (months[0] if one else f"{months[0]} – {months[1]}",))
    day = f"{begins.day} {months[0]}"
    if begins.month == _RAMADAN:
        return Message("{0} AH, week {1} of Ramadan", (day, str((begins.day + 6) // 7)))
    return Message("{0} AH", (day,))
