import inspect
import pickle
from collections.abc import Callable, Iterator

import pytest

from pizzaguard import errors


def tree(kind: type[errors.PizzaguardError]) -> Iterator[type[errors.PizzaguardError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from tree(child)


def one(kind: type[errors.PizzaguardError]) -> errors.PizzaguardError:
    """Build one error of `kind`, with a plausible value for each thing that its constructor asks for."""
    build: Callable[..., errors.PizzaguardError] = kind
    values = {"line": 3, "have": 1, "need": 2, "got": 1, "drifts": ("GET /orders",)}
    asked = [p for p in inspect.signature(kind).parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    return build(*(values.get(parameter.name, parameter.name) for parameter in asked))


KINDS = sorted(tree(errors.PizzaguardError), key=lambda kind: kind.__name__)
OWN = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if kind.__module__ == errors.__name__]


def test_every_exception_of_the_module_is_in_the_tree() -> None:
    assert set(OWN) <= set(KINDS)


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.__name__)
def test_an_error_comes_whole_through_a_process_boundary(kind: type[errors.PizzaguardError]) -> None:
    error = one(kind)
    error.advice = "do as this one says"

    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - what an executor does with an exception

    assert type(again) is kind
    assert (str(again), vars(again)) == (str(error), vars(error))


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.__name__)
def test_every_error_advises_in_one_sentence_without_a_full_stop(kind: type[errors.PizzaguardError]) -> None:
    advice = one(kind).advice

    assert advice[0].islower()
    assert not advice.endswith(".")
    assert "\n" not in advice


def test_one_error_may_give_better_advice_than_its_class() -> None:
    error = errors.ConfigError("expected a number, got 'x'", "audit.jobs", advice="leave 'audit.jobs' out")

    assert (error.advice, error.key, str(error)) == (
        "leave 'audit.jobs' out",
        "audit.jobs",
        "expected a number, got 'x'",
    )


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (errors.ParseError("invalid syntax", "shop/app.py", 7), "shop/app.py:7: invalid syntax"),
        (errors.UnknownKey("4f1c"), "no key '4f1c' in the key ring"),
        (errors.ThresholdNotMet(have=1, need=2), "expected 2 valid signatures, got 1"),
        (errors.MissingClaim("exp"), "expected a claim 'exp', got none"),
        (errors.RolledBackDocument(have=7, got=6), "expected a version above 7, got 6"),
        (errors.InvalidDocument("expected a list", "/flags"), "/flags: expected a list"),
        (errors.ManifestMismatch(("GET /a",)), "1 route differs from the seal"),
        (errors.ManifestMismatch(("GET /a", "GET /b")), "2 routes differ from the seal"),
    ],
)
def test_an_error_says_what_was_expected_before_what_was_got(error: errors.PizzaguardError, message: str) -> None:
    assert str(error) == message
