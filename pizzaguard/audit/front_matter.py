"""The part of a rule page that an audit needs: its front matter and the first advice; pure, no I/O.

It stands apart from `page.py` so that an audit neither reads nor loads anything about examples.
"""

from __future__ import annotations

import re
import tomllib

from pizzaguard.audit.finding import Applicability, Confidence, Rule, Severity
from pizzaguard.errors import RulebookError

FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<language>[\w+-]*)(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
"""A fenced block with its language, the rest of its first line, and its text."""

_REQUIRED = frozenset({"name", "summary", "severity", "confidence", "cwe", "owasp", "since"})
_OPTIONAL = frozenset({"fix", "redact"})
_SENTENCE = re.compile(r".+?[.!?](?=\s|$)|.+", re.DOTALL)


def parse_rule(path: str, text: str) -> Rule:
    """Read the front matter of the page at `path` (and no more of it than an audit needs)."""
    front, body = _split(path, text)
    try:
        values = tomllib.loads(front)
    except tomllib.TOMLDecodeError as error:
        raise broken(path, f"front matter is not TOML: {error}") from error
    if missing := sorted(_REQUIRED - values.keys()):
        raise broken(path, f"front matter lacks '{missing[0]}'")
    if unknown := sorted(values.keys() - _REQUIRED - _OPTIONAL):
        raise broken(path, f"front matter has an unknown key '{unknown[0]}'")
    try:
        return Rule(
            name=values["name"],
            summary=values["summary"],
            severity=Severity.parse(values["severity"]),
            confidence=Confidence.parse(values["confidence"]),
            cwe=tuple(values["cwe"]),
            owasp=tuple(values["owasp"]),
            fix=Applicability(values["fix"]) if "fix" in values else None,
            since=values["since"],
            help=body,
            advice=_first_sentence(body),
            redact=values.get("redact", False),
        )
    except (TypeError, AttributeError, ValueError) as error:
        raise broken(path, f"front matter: {error}") from error


def broken(path: str, reason: str) -> RulebookError:
    """Make the error that names a page and what is wrong with it."""
    return RulebookError(f"{path}: {reason}")


def _split(path: str, text: str) -> tuple[str, str]:
    opening, _, rest = text.partition("+++\n")
    front, closing, body = rest.partition("\n+++\n")
    if opening or not closing:
        raise broken(path, "expected front matter between two '+++' lines at the top")
    return front, body.lstrip("\n")


def _first_sentence(body: str) -> str:
    """Give the first sentence of prose under *Use instead*, on one line; "" when there is only code."""
    _, _, rest = body.partition("\n## Use instead\n")
    section = FENCE.sub("", re.split(r"^## ", rest, maxsplit=1, flags=re.MULTILINE)[0])
    for paragraph in re.split(r"\n\s*\n", section):
        prose = paragraph.strip()
        if prose and not prose.startswith("#"):
            match = _SENTENCE.match(" ".join(prose.split()))
            return match.group() if match else ""
    return ""
