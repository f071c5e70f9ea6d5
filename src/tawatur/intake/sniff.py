"""Is this text a web page's markup?"""

import re

_BEGINS = re.compile(
    r"^[\s\ufeff]*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    r"(?:<!doctype\s+html|<html\b|<head\b|<body\b)",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP = re.compile(r"</(?:p|div|span|a|h[1-6]|ul|li|table|article)\s*>", re.IGNORECASE)
_FRAGMENT_TAGS = 5
_HEAD = 4096


def looks_like_page(text: str, *, surely: bool) -> bool:
    """Return whether ``text`` is markup; ``surely`` asks for a page's own beginning."""
    if _BEGINS.match(text[:_HEAD]):
        return True
    return not surely and len(_MARKUP.findall(text[:20_000])) >= _FRAGMENT_TAGS
