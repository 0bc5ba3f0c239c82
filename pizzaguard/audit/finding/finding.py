"""Finding: one result of a rule at one place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pizzaguard.audit.finding.confidence import Confidence
from pizzaguard.audit.finding.fix import Fix
from pizzaguard.audit.finding.related import RelatedSpan
from pizzaguard.audit.finding.rule import Rule
from pizzaguard.audit.finding.severity import Severity
from pizzaguard.audit.finding.span import Span

_QUOTED = re.compile(r"'([^']*)'")


class FindingRoute(NamedTuple):
    """The route a finding is about; as text and not as `Route`, so that findings stand below the surface."""

    methods: tuple[str, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check reports; made by `Finding.of`, which fills in what the rule says and the fingerprint."""

    rule: Rule
    span: Span
    message: str
    """Lower case, no full stop, values in single quotes."""
    subject: str
    """What it is about, as text: `GET /orders`."""
    handler: str | None
    """The handler concerned, `module:qualified.name`."""
    route: FindingRoute | None
    related: tuple[RelatedSpan, ...]
    severity: Severity
    confidence: Confidence
    fix: Fix | None
    guards: tuple[str, ...] | None
    """The guards the route does have, for people; None where the question does not arise."""
    fingerprint: str
    """Its identity over edits of the file."""

    @classmethod
    def of(  # noqa: PLR0913 - a finding has that many sides, and all but three have a default
        cls,
        rule: Rule,
        span: Span,
        message: str,
        *,
        subject: str = "",
        handler: str | None = None,
        route: tuple[tuple[str, ...], str] | None = None,
        related: Iterable[RelatedSpan] = (),
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        fix: Fix | None = None,
        guards: Iterable[str] | None = None,
    ) -> Finding:
        """Make a finding; severity and confidence are the rule's unless the check knows better."""
        return cls(
            rule=rule,
            span=span,
            message=message,
            subject=subject,
            handler=handler,
            route=None if route is None else FindingRoute(*route),
            related=tuple(related),
            severity=rule.severity if severity is None else severity,
            confidence=rule.confidence if confidence is None else confidence,
            fix=fix,
            guards=None if guards is None else tuple(guards),
            fingerprint=_fingerprint(rule.name, span.path, handler or "", subject, message),
        )


def _fingerprint(rule: str, path: str, handler: str, subject: str, message: str) -> str:
    """Name the finding by what it is about and not by its line, so that it survives edits above it.

    Of the message only the quoted values count: they tell two faults of one handler apart, while a reworded
    message keeps every baseline valid. Twins that remain equal get an ordinal in triage.
    """
    identity = (rule, path, handler, subject, *_QUOTED.findall(message))
    return hashlib.sha256("\0".join(identity).encode("utf-8", "surrogatepass")).hexdigest()[:32]
