"""Short codes, as the factory made them on the day of the incident."""

import random
import string

LETTERS = string.ascii_lowercase + string.digits


def new_code(length: int = 10) -> str:
    """Make up a code."""
    return "".join(random.choices(LETTERS, k=length))
