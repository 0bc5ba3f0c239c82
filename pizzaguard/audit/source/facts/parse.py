"""One block's text in, its facts out."""

from __future__ import annotations

from pizzaguard.audit.source import ir
from pizzaguard.audit.source.facts.limits import refusal


def facts(text: str) -> ir.Facts:
    """Return what the statements of a block say, or why they could not be read; never raise.

    `text` starts at the block's first decorator or statement, in column 0. A pure function of it, so that it may run in
    any process and its result be kept under the text's digest.
    """
    problem = refusal(text)
    if problem is not None:
        return ir.Facts((), problem)
    try:
        return _parsed(text)
    except (KeyboardInterrupt, SystemExit, ImportError):  # a missing libcst is no fault of the block
        raise
    except BaseException as error:  # noqa: BLE001 - a panic in libcst's parser is no Exception, and no block may end the run
        return ir.Facts((), f"the parser failed: {type(error).__name__}")


def _parsed(text: str) -> ir.Facts:
    import libcst  # noqa: PLC0415 - a warm run, which parses nothing, must not pay for it

    from pizzaguard.audit.source.facts.cursor import TooDeepError  # noqa: PLC0415
    from pizzaguard.audit.source.facts.statements import StatementReader  # noqa: PLC0415

    try:
        return ir.Facts(StatementReader(text).module(libcst.parse_module(text)))
    except libcst.ParserSyntaxError as error:
        return ir.Facts((), f"line {error.raw_line} of the block is not valid Python")
    except (TooDeepError, RecursionError):
        return ir.Facts((), "expressions or statements are nested too deeply")
