"""How every error of ours reads."""


def assert_one_line(error):
    """An exception reads as one short sentence of our own, and no dump of a library."""
    text = str(error)
    assert 5 < len(text) < 300
    assert text.isprintable()
    assert "pydantic" not in text
    assert "Input should" not in text
