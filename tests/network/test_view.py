"""The text of a view: what the link says of step, sample and selection."""

from hypothesis import given
from hypothesis import strategies as st

from mlpviz.network import View, parse_view
from tests.support.random_documents import documents
from tests.support.written_documents import quick


@quick
@given(documents())
def test_views_survive_their_text(document):
    view = document.view or View()
    text = view.to_text()
    assert len(text) <= 120
    assert (parse_view(text) or View()) == view


def test_the_text_of_a_view():
    view = View(step=12, sample=2, granularity="layer", selection="grad_a 5 1 2")
    assert view.to_text() == "layer.12.2.grad_a-5-1-2"
    assert View(sample=2).to_text() == "..2"
    assert View().to_text() == ""
    both = View(selection="weight 7 1 1", second="x 0 1 2")
    assert both.to_text() == "...weight-7-1-1..x-0-1-2"
    assert parse_view(both.to_text()) == both


def test_one_colour_scale_for_all_layers_is_kept_in_the_link():
    view = View(step=3, granularity="layer", sizes="k")
    assert view.to_text() == "layer.3.....k"
    assert parse_view(view.to_text()) == view
    assert parse_view("layer.3.....q") is None


def test_links_of_before_there_was_a_second_number_still_open():
    assert parse_view("layer.12.2.grad_a-5-1-2") == View(
        step=12, sample=2, granularity="layer", selection="grad_a 5 1 2"
    )
    assert parse_view("unit.3.1.weight-1-1-1.f") == View(
        step=3, sample=1, granularity="unit", selection="weight 1 1 1", numbers="f"
    )


@quick
@given(
    st.text(max_size=100)
    | st.from_regex(r"[a-z]{0,6}\.\d{0,9}\.\d{0,9}\.[a-z_0-9-]{0,30}(\.[x3](\.[a-z_0-9-]{0,9})?)?", fullmatch=True)
)
def test_a_bad_view_is_none_and_never_an_error(text):
    view = parse_view(text)
    assert view is None or parse_view(view.to_text()) == view or view == View()


def test_bad_views():
    for text in (
        None,
        5,
        "",
        "cell.1.1",
        "layer.-1",
        "layer.1.0",
        "layer.1.65",
        "layer.1.1.<b>",
        "layer.²",
        "a" * 100,
        "layer.1.1..3.<b>",
    ):
        assert parse_view(text) is None


def test_a_link_keeps_that_the_sheet_is_shown_to_a_room():
    view = View(step=5, granularity="layer", present="p")
    assert parse_view(view.to_text()) == view
    assert parse_view("layer.5.1.....x") is None
