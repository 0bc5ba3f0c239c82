"""`python -m pizzaguard`: the command line without its script."""

import sys

if __name__ == "__main__":
    # NOTE: `-m` puts the working directory first on the path. That is usually the audited repository, whose `click.py`
    # would then run in our name. The rest of pizzaguard is found through its own package.
    if not sys.flags.safe_path:
        sys.path.pop(0)

    from pizzaguard.cli.main import main

    sys.exit(main())
