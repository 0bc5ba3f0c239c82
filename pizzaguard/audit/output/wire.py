"""JSON text for machines, safe to look at in a terminal, whatever names the audited tree made up."""

from __future__ import annotations

import json
import re

_UNUSUAL = re.compile(r"[^\x20-\x7e\n]")


def encode(document: object) -> str:
    """Write a document as indented JSON; invisible and control characters are escaped, lone surrogates replaced."""
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    return _UNUSUAL.sub(_escaped, text) + "\n"


def _escaped(match: re.Match[str]) -> str:
    """Escape a character that does not print; outside strings JSON text has none."""
    character = match.group()
    if "\ud800" <= character <= "\udfff":
        return "\\ufffd"
    return character if character.isprintable() else json.dumps(character)[1:-1]
