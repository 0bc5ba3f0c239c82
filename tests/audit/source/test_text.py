"""Bytes to text, as Python reads them."""

import codecs

import pytest

from pizzaguard.audit.source.text import UnreadableTextError, normalise, require_text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (codecs.BOM_UTF8 + b"x", "x"),
        ("é".encode(), "é"),
        (b"# -*- coding: latin-1 -*-\n'\xe9'", "# -*- coding: latin-1 -*-\n'é'"),
        (b"#!/py\r\n# vim: set fileencoding=cp1252 :\r\n'\x80'", "#!/py\n# vim: set fileencoding=cp1252 :\n'€'"),
        (b"x = 1\n\n# coding: rot13 is too late here", "x = 1\n\n# coding: rot13 is too late here"),
        (b"x = 'coding: rot13'", "x = 'coding: rot13'"),
    ],
)  # fmt: skip
def test_text_is_read_as_python_reads_it(content: bytes, text: str) -> None:
    require_text(content)
    assert normalise(content) == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (codecs.BOM_UTF16_LE + "x".encode("utf-16-le"), "UTF-16"),
        (codecs.BOM_UTF32_LE + "x".encode("utf-32-le"), "UTF-32"),
        (b"x\0", "NUL"),
        (b"'\xe9'", "not valid utf-8 at byte 1"),
        (b"# coding: klingon\n", "not known: 'klingon'"),
        (b"# coding: rot13\n", "not known: 'rot13'"),
        (b"# coding: utf-7\n+AGEAYgBj-", "'utf-7'"),
        (b"# coding: unicode_escape\n", "'unicode-escape'"),
        (b"# coding: punycode\n", "'punycode'"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableTextError, match=reason):
        normalise(content)
    with pytest.raises(UnreadableTextError, match=reason):
        require_text(content)
