"""Streamlit's updates of a component that overtake one another while its program loads."""

import pytest
from playwright.sync_api import expect

from mlpviz.app.visitor import Visitor
from mlpviz.hosts.pages import PAGES
from tests.e2e.mounted import PROGRAMS, Mounted
from tests.support.messages import in_base64

# Streamlit's two updates in the order of a slow machine: the first is over, and ended, before the second comes
OVERTAKEN = """async (text) => {
    PROGRAMS
    const [{ mount }, { default: page }] = await programs("sheet");
    const element = document.createElement("div");
    document.body.append(element);
    const data = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const component = () => ({ name: "mlpviz.sheet", data, parentElement: element, setTriggerValue() {} });
    const bands = () => [...element.querySelectorAll(".band")];
    const endFirst = mount(component(), page);
    const first = bands();
    endFirst();
    const between = bands();
    const endSecond = mount(component(), page);
    const second = bands();
    const isSame = (others) => others.length === first.length && others.every((one, i) => one === first[i]);
    element.remove();
    endSecond();
    endFirst();
    document.body.append(element);
    mount(component(), page);
    const afresh = bands();
    element.remove();
    return [first.length, isSame(between), isSame(second), isSame(afresh)];
}""".replace("PROGRAMS", PROGRAMS)


def test_an_update_that_is_overtaken_ends_no_page(open_app):
    sheet = open_app().ready()
    visitor = Visitor(PAGES)
    answer = visitor.visit("sheet", {})
    text = in_base64({"channel": None, "answer": answer})
    bands, between, second, afresh = sheet.page.evaluate(OVERTAKEN, text)
    assert bands
    assert between, "the page stays for the update that has begun"
    assert second, "which finds the page as it was"
    assert not afresh, "a page whose element has gone has ended"


@pytest.mark.parametrize(
    ("key", "seen"), [("sheet", ".band"), ("train", ".facts > *"), ("practice", ".answer"), ("check", "tbody td")]
)
def test_a_page_that_comes_again_with_the_answer_to_a_question_asks_for_all(open_app, key, seen):
    """Streamlit mounts a component with what it brought last, which may be about the badge alone."""
    open_app.may_say("404")  # Streamlit looks for its own files below the page's address first
    page = open_app("/" if key == "sheet" else f"/{PAGES[key].path}").page
    page.locator(seen).first.wait_for()
    visitor = Visitor(PAGES)
    visitor.visit(key, {})
    mounted = Mounted(page, key)
    mounted.bring(visitor.handle({"page": key, "events": [{"type": "check"}]}))
    expect(page.locator(f"#mounted {seen}")).to_have_count(0)
    mounted.bring(visitor.handle(mounted.asks("resend")))
    expect(page.locator(f"#mounted {seen}").first).to_be_visible()
