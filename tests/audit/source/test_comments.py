"""Comments of a text, which suppressions are read from."""

import io
import tokenize

from pizzaguard.audit.source.comments import Comment, comments
from tests.audit.source.stdlib import every, valid_text


def test_a_comment_knows_its_line_and_column() -> None:
    text = "x = 1\ny = 2  # mark: a\n# mark: b\n    # other\n"
    assert comments(text, "mark") == (Comment(2, 8, "# mark: a"), Comment(3, 1, "# mark: b"))


def test_a_hash_inside_a_string_is_no_comment() -> None:
    text = 'x = \'# mark\' """\n# mark\n""" f\'{a["# mark"]}\' # mark\n'
    assert comments(text, "mark") == (Comment(3, 22, "# mark"),)


def test_a_quote_inside_a_comment_opens_no_string() -> None:
    assert comments("# don't\nx  # mark", "mark") == (Comment(2, 4, "# mark"),)


def test_comments_before_a_string_that_never_ends_are_still_found() -> None:
    assert comments("x  # mark\ny = '''\n# mark\n", "mark") == (Comment(1, 4, "# mark"),)


def test_text_without_the_needle_has_none() -> None:
    assert comments("x = 1  # note", "mark") == ()


def test_comments_are_those_that_the_interpreter_sees() -> None:
    for path in every(60):
        text = valid_text(path)
        if text is None:
            continue
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        expected = [
            (token.start[0], token.start[1] + 1, token.string)
            for token in tokens
            if token.type == tokenize.COMMENT and "the" in token.string
        ]
        assert [tuple(comment) for comment in comments(text, "the")] == expected, path
