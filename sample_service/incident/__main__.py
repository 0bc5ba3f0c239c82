"""Play the incident and write it to standard output, one JSON document a line.

`{"step": …}` for each step as it happens, and `{"incident": …}` at the end. With `--serve` the story stops while the
chaos reigns, a line `{"serving": …}` tells where the shop is, and the town stays up until standard input ends.
"""

import argparse
import json
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

from ..factory.as_was.orders import ChaosType
from .people import DINER
from .record import IncidentError
from .story import Story
from .town import Town, open_town

NOT_AS_IT_WAS = 3
INTERRUPTED = 130


def main() -> int:
    """Play; give the exit code."""
    parser = argparse.ArgumentParser(prog="incident", description="Play the JWT Pizza incident on loopback.")
    parser.add_argument("--serve", action="store_true", help="stop while the chaos reigns, and keep the shop open")
    parser.add_argument(
        "--chaos", type=ChaosType, choices=tuple(ChaosType), default=ChaosType.FAIL, help="what kind (default: fail)"
    )
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with tempfile.TemporaryDirectory(prefix="jwt-pizza-") as folder, open_town(Path(folder)) as town:
            story = Story(town, lambda step: write({"step": step.to_document()}), asked.chaos)
            if asked.serve:
                serve_chaos(story, town)
            else:
                write({"incident": story.play().to_document()})
    except IncidentError as error:
        sys.stderr.write(f"{error}\n")
        return NOT_AS_IT_WAS
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def serve_chaos(story: Story, town: Town) -> None:
    """Play until nothing works any more, and leave the rest to whoever opens the shop."""
    story.open()
    story.play_before()
    story.play_during()
    write({"serving": {"shop": town.shop_url, "email": DINER.email, "password": DINER.password}})
    sys.stdin.read()


def write(document: dict[str, Any]) -> None:
    """Write a line that is read at once."""
    sys.stdout.write(json.dumps(document) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
