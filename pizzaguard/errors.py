"""Every exception of pizzaguard, in one tree.

Raised for broken input and for misuse. A refusal is a decision and a blind spot is a gap: both are values, not
exceptions. Messages are lower case without a full stop, name values in quotes, and say what was expected before what
was got. They are for the log and the terminal; the client of a service never sees them.
"""

from __future__ import annotations

from typing import Any


class PizzaguardError(Exception):
    """The root: catch it to catch everything that pizzaguard raises on purpose."""

    advice: str = "run the command again with --debug to see where this comes from"
    """What to do next, in one sentence; a class has its own, a single error may have a better one."""

    def __init__(self, message: str, *, advice: str | None = None) -> None:
        super().__init__(message)
        if advice is not None:
            self.advice = advice

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes whole: rebuilt from its fields, whatever its constructor asks for."""
        return _restore, (type(self), self.args, self.__dict__)


def _restore(kind: type[PizzaguardError], args: tuple[object, ...], fields: dict[str, object]) -> PizzaguardError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(fields)
    return error


# --- your files -------------------------------------------------------------------------------------------------------


class InputError(PizzaguardError):
    """A file or folder that was given to pizzaguard is not as it must be."""

    advice = "correct the file that the message names, then run the command again"


class CollectionError(InputError):
    """The files to audit could not be gathered."""

    advice = "check that the path exists, can be read and lies inside the audited root"


class ParseError(InputError):
    """A file is not valid Python, as far as it had to be understood."""

    advice = "check that the file compiles, or exclude it under [audit] in pizzaguard.toml"

    def __init__(self, problem: str, path: str, line: int, *, advice: str | None = None) -> None:
        super().__init__(f"{path}:{line}: {problem}", advice=advice)
        self.path = path
        self.line = line


class ConfigError(InputError):
    """The configuration, or what the command line says in its place, is wrong."""

    advice = "correct the configuration key or option that the message names"

    def __init__(self, message: str, key: str = "", *, advice: str | None = None) -> None:
        super().__init__(message, advice=advice)
        self.key = key
        """The dotted key at fault, `audit.roots`; empty when the file as a whole is."""


class FixConflict(InputError):
    """Two fixes want to edit the same text."""

    advice = "apply one rule's fixes at a time with --select, then run the command again"

    def __init__(self, message: str, path: str, *, advice: str | None = None) -> None:
        super().__init__(message, advice=advice)
        self.path = path


# --- our own fault ----------------------------------------------------------------------------------------------------


class RulebookError(PizzaguardError):
    """The rule pages that come with pizzaguard are broken: a fault of pizzaguard, not of what it audits."""

    advice = "this is a fault of pizzaguard, not of your project: reinstall it, and report it if it stays"


# --- signatures and seals ---------------------------------------------------------------------------------------------


class SigningError(PizzaguardError):
    """Bytes are not signed as they must be."""

    advice = "do not use the document: get it again from those who signed it"


class MalformedEnvelope(SigningError):
    """The envelope cannot be read; nothing in it was looked at."""


class UnknownKey(SigningError):
    """A signature is by a key that the key ring does not hold."""

    advice = "if the key is one that you trust, add it to the key ring; otherwise refuse the document"

    def __init__(self, keyid: str, *, advice: str | None = None) -> None:
        super().__init__(f"no key '{keyid}' in the key ring", advice=advice)
        self.keyid = keyid


class InvalidSignature(SigningError):
    """A signature does not belong to these bytes and this key."""


class ThresholdNotMet(SigningError):
    """Fewer keys have signed than the key ring asks for."""

    advice = "let another holder of a trusted key sign the document"

    def __init__(self, have: int, need: int, *, advice: str | None = None) -> None:
        super().__init__(f"expected {need} valid signatures, got {have}", advice=advice)
        self.have = have
        self.need = need


class SealError(PizzaguardError):
    """The seal cannot be opened, or what runs is not what was sealed."""

    advice = "deploy what was sealed, or review the change and seal it anew"


class ManifestMismatch(SealError):
    """The running routes differ from the sealed ones."""

    def __init__(self, drifts: tuple[object, ...], *, advice: str | None = None) -> None:
        differ = "route differs" if len(drifts) == 1 else "routes differ"
        super().__init__(f"{len(drifts)} {differ} from the seal", advice=advice)
        self.drifts = drifts


# --- tokens: each becomes the `invalid_token` of RFC 6750, and nothing more, for the client ---------------------------


class TokenError(PizzaguardError):
    """A bearer token is refused before its claims are believed."""

    advice = "ask the issuer for a new token"


class MalformedToken(TokenError):
    """The token is not a token in canonical form."""


class DisallowedAlgorithm(TokenError):
    """The token names an algorithm that its key is not allowed to be used with."""

    advice = "let the issuer sign with an algorithm that is configured for its key"


class ExpiredToken(TokenError):
    """The token's time is over."""


class ImmatureToken(TokenError):
    """The token's time has not yet come."""

    advice = "compare the clocks of the issuer and of this machine"


class WrongIssuer(TokenError):
    """The token comes from an issuer that is not trusted here."""

    advice = "check the configured issuer, or send a token of that issuer"


class WrongAudience(TokenError):
    """The token is meant for another service."""

    advice = "ask the issuer for a token whose audience is this service"


class MissingClaim(TokenError):
    """A claim that must be there is not."""

    advice = "let the issuer add the claim that the message names"

    def __init__(self, claim: str, *, advice: str | None = None) -> None:
        super().__init__(f"expected a claim '{claim}', got none", advice=advice)
        self.claim = claim


class RevokedToken(TokenError):
    """The token was taken back by its issuer or by an operator."""


# --- grants -----------------------------------------------------------------------------------------------------------


class GrantError(PizzaguardError):
    """A grant is not admitted; whatever it would switch on stays off."""

    advice = "let the approvers sign a new grant"


class ExpiredDocument(GrantError):
    """The document is verified, but its time is over."""


class RolledBackDocument(GrantError):
    """The document is verified, but older than one that was already admitted."""

    def __init__(self, have: int, got: int, *, advice: str | None = None) -> None:
        super().__init__(f"expected a version above {have}, got {got}", advice=advice)
        self.have = have
        self.got = got


class InvalidDocument(GrantError):
    """The document is verified, but does not say what a grant must say."""

    def __init__(self, problem: str, pointer: str, *, advice: str | None = None) -> None:
        super().__init__(f"{pointer}: {problem}", advice=advice)
        self.pointer = pointer
        """Where in the document, as a JSON pointer."""


class StoreError(PizzaguardError):
    """A store could not keep its promise; those who depend on it fail closed."""

    advice = "check that the store is reachable and not full"
