"""The app in a frame of a page of another site: as high as what is in it, and only where the server allows it."""

import re

import pytest
from playwright.sync_api import expect

from benchmarks.server import serving, start
from tests.support.documentation import blocks

# the script is that of the docs
(SCRIPT,) = (block.text for block in blocks() if block.language == "html" and "<script>" in block.text)
FOLLOWS = f"""<!doctype html><title>A textbook</title><body style="width: 900px">
<iframe src="URL" width="100%" height="300" style="border: 0"></iframe>
{SCRIPT}
<script>
window.told = []
// Streamlit tells its frame other things
addEventListener("message", ({{ data }}) => data?.type === "mlpviz:height" && window.told.push(data.height));
</script>"""


@pytest.fixture
def textbook(tmp_path):
    """A web space of another site, and the app that allows it to show frames."""
    with serving(tmp_path) as address:
        # another site by its name: 127.0.0.1 is that of the app
        site = address.replace("127.0.0.1", "localhost")
        app = start(environment={"MLPVIZ_FRAME_ANCESTORS": f"'self' {site}"})
        try:
            yield tmp_path, site, app.url
        finally:
            app.stop()


def test_a_page_of_another_site_has_the_sheet_in_a_frame(browser, server, textbook):
    folder, site, url = textbook
    (folder / "index.html").write_text(FOLLOWS.replace("URL", f"{url}/?embed=true"))
    (folder / "other.html").write_text(FOLLOWS.replace("URL", f"{server}/?embed=true"))
    with browser.new_context(viewport={"width": 1200, "height": 900}) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
        page = context.new_page()
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{site}/index.html")
        frame = page.frame_locator("iframe")
        expect(frame.locator(".app .band").first).to_be_visible(timeout=90_000)
        page.wait_for_function("() => window.told.length && document.querySelector('iframe').height > 600")
        page.wait_for_timeout(1000)
        # all of it is seen: nothing is left to scroll, and nothing stays empty below it
        left = frame.locator(".app").evaluate("(app) => innerHeight - app.getBoundingClientRect().bottom")
        assert 0 <= left <= 40
        heights = page.evaluate("() => [...window.told]")
        # the explanation opens: the frame follows, up and down, and comes to rest
        frame.locator('[data-block="weight.7"] td[data-r="0"]').first.click()
        frame.locator(".levels button").first.click()
        page.wait_for_function("(before) => window.told.at(-1) > before", arg=heights[-1])
        page.wait_for_timeout(500)
        rest = page.evaluate("() => window.told.length")
        page.wait_for_timeout(1600)
        assert page.evaluate("() => window.told.length") == rest < 60
        whole = page.evaluate("() => window.told.at(-1)")
        # also some time after the click, and with nothing that has the focus, as when its button was drawn anew
        frame.locator("body").evaluate("() => document.activeElement.blur()")
        page.keyboard.press("Escape")
        page.wait_for_function("(whole) => window.told.at(-1) < whole", arg=whole)
        assert [line for line in said if "frame-ancestors" in line] == []
        # another server does not allow this page
        page.goto(f"{site}/other.html")
        page.wait_for_timeout(500)
        expect(page.frame_locator("iframe").locator(".app")).to_have_count(0)
        assert any("frame-ancestors" in line for line in said)
        # what the app offers to copy is such a frame
        page.goto(url)
        page.locator(".band").first.wait_for(timeout=90_000)
        page.locator(".menu.file > summary").click()
        page.get_by_role("button", name="Copy as a frame").click()
        expect(page.locator(".notice:not(.error)")).to_contain_text("The frame is copied")
        copied = page.evaluate("() => navigator.clipboard.readText()")
        found = re.fullmatch(
            r'<iframe src="([^"<>]*)" title="mlpviz" width="100%" height="(\d+)" [^<>]*></iframe>', copied
        )
        assert found
        assert int(found[2]) > 500
        (folder / "pasted.html").write_text(f"<!doctype html><title>A blog</title>{copied}")
        page.goto(f"{site}/pasted.html")
        expect(page.frame_locator("iframe").locator(".app.embedded .band").first).to_be_visible(timeout=90_000)
