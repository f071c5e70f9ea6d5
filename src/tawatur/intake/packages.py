"""What lies in an office document's package, and what does its XML hold?

A package is a ZIP archive. Parts are asked for by name and read into memory up to
a limit; nothing is written anywhere, and no name in it is a path on this machine.
XML is parsed without document types, entities or network, no deeper than 256
elements and with no text node over 10 MB, which are the limits of libxml2.
"""

import io
import zipfile

import lxml.etree

from tawatur.errors import TooLargeError, UnreadableFileError

_MAX_PART = 48 * 1024 * 1024  # bytes of one part: a novel's XML has three million
_MAX_ENTRIES = 20_000  # of one package: a book with a picture on every page has thousands


class Package:
    """An office document's parts by name."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        if len(self._archive.filelist) > _MAX_ENTRIES:
            raise TooLargeError("{0} has {1} parts, over the limit of {2}", name,
                                len(self._archive.filelist), _MAX_ENTRIES)  # fmt: skip
        self.names = [entry.filename for entry in self._archive.filelist]

    def part(self, path: str) -> bytes | None:
        """Return the bytes of one part, None if there is none of that name.

        Raises:
            TooLargeError: Over the limit.
            UnreadableFileError: It needs a password.
        """
        try:
            entry = self._archive.getinfo(path)
        except KeyError:
            return None
        if entry.flag_bits & 1:
            raise UnreadableFileError(
                "{0} needs a password; open it and save it without one", self.name
            )
        with self._archive.open(entry) as stream:
            content = stream.read(_MAX_PART + 1)
        if len(content) > _MAX_PART:
            raise TooLargeError(
                "{0} unpacks to more than {1} MB in one part; split it into its reports",
                self.name,
                _MAX_PART // 1024 // 1024,
            )
        return content

    def tree(self, path: str) -> lxml.etree._Element | None:
        """Return the root of one part's XML, None if there is no such part.

        Raises:
            UnreadableFileError: It defines entities.
        """
        content = self.part(path)
        root = parsed(content) if content is not None else None
        types = root.getroottree().docinfo.internalDTD if root is not None else None
        # iterentities: not in the stubs
        if types is not None and any(True for _ in types.iterentities()):  # type: ignore[attr-defined]
            raise UnreadableFileError(
                "{0} defines entities of its own, as no office program does; it was left out",
                self.name,
            )
        return root


def parsed(content: bytes, *, recover: bool = False) -> lxml.etree._Element | None:
    """Return the root of XML within the limits; ``recover`` reads on behind an error.

    Raises:
        lxml.etree.XMLSyntaxError: Not well-formed, or over a limit of the parser.
    """
    parser = lxml.etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )
    return lxml.etree.fromstring(content, parser)


def local(element: lxml.etree._Element) -> str:
    """Return an element's name without its namespace; empty for an entity."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: lxml.etree._Element, name: str) -> str | None:
    """Return an attribute by its name in whatever namespace: strict documents have others."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None
