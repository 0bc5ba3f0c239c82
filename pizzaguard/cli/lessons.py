"""What the audit would have said about each step of the incident, before it happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pizzaguard.audit.finding import Finding, Report

SUPPORT = "GET /api/support/{api_key}/report/{fix_code}"


class Clue(NamedTuple):
    """How to know a finding that would have stopped a step."""

    rule: str
    subject: str = ""
    """What the finding is about; empty when the rule alone tells."""

    def fits(self, finding: Finding) -> bool:
        """Whether this is such a finding."""
        return finding.rule.name == self.rule and self.subject in ("", finding.subject)


class Turn(NamedTuple):
    """A step at which the incident could have been stopped."""

    step: str
    """The key that the incident gives the step."""
    words: str
    clues: tuple[Clue, ...]


TURNS = (
    Turn("vendor-registers", "anyone registers as a vendor", (Clue("unauthenticated-route", "POST /api/vendor"),)),
    Turn("admin-opens-shop", "the admin's password is the default one", (Clue("default-secret"),)),
    Turn(
        "chaos-scheduled",
        "an ordinary vendor key overrides how orders are made",
        (Clue("remote-controlled-flag"), Clue("switchable-override")),
    ),
    Turn("chaos-starts", "it starts by itself a day later", (Clue("time-bomb"),)),
    Turn("diner-buys", "no order reaches its handler any more", (Clue("chaos-hook"),)),
    Turn("link-seen", "every diner is handed the URL that ends it", (Clue("control-url-in-response"),)),
    Turn(
        "link-opened",
        "a GET without credentials ends it",
        (Clue("state-changing-get", SUPPORT), Clue("secret-in-path", SUPPORT), Clue("unauthenticated-route", SUPPORT)),
    ),
)


class Lesson(NamedTuple):
    """A turn, and the findings that would have stopped the incident there."""

    turn: Turn
    findings: tuple[Finding, ...]

    def to_document(self) -> dict[str, Any]:
        """Write it as JSON has it; a finding is named by its fingerprint and shown by its place."""
        return {
            "step": self.turn.step,
            "what": self.turn.words,
            "stopped_by": [
                {
                    "rule": finding.rule.name,
                    "subject": finding.subject,
                    "path": finding.span.path,
                    "line": finding.span.line,
                    "fingerprint": finding.fingerprint,
                }
                for finding in self.findings
            ],
        }


def learn(report: Report) -> tuple[Lesson, ...]:
    """Find, for each turn, what the audit says about it: of each clue the findings in the report's order."""
    return tuple(
        Lesson(turn, tuple(finding for clue in turn.clues for finding in report.findings if clue.fits(finding)))
        for turn in TURNS
    )
