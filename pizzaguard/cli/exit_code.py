"""What the shell is told: the exit codes that scripts may rely on."""

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended."""

    CLEAN = 0
    FINDINGS = 1
    """Findings at or above `--fail-on`; with `--strict`, unknown access and gaps too."""
    USAGE = 2
    """The command line or the configuration is wrong; nothing was audited."""
    NOT_DONE = 3
    """The audit could not be done: no verdict, neither good nor bad."""
    INTERRUPTED = 130
    """By the user: 128 + SIGINT, as shells count."""
    READER_LEFT = 141
    """Nobody reads the output any more (`| head`): 128 + SIGPIPE."""
