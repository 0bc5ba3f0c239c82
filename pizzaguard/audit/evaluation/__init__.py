"""Following source without running it: what names, calls and statements stand for, as far as the text tells."""
