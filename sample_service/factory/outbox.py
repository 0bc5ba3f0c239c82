"""Mail that leaves the factory."""

import logging
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail."""

    to: str
    subject: str
    body: str


class Outbox:
    """Keeps the letters: who has the mailbox they go to reads them here."""

    def __init__(self) -> None:
        self._letters: list[Letter] = []

    def send(self, letter: Letter) -> None:
        """Send a letter; the log says to whom, not what."""
        log.info("mail to %s: %s", letter.to, letter.subject)
        self._letters.append(letter)

    def letters_to(self, address: str) -> tuple[Letter, ...]:
        """Give what arrived at an address, oldest first."""
        return tuple(letter for letter in self._letters if letter.to == address)
