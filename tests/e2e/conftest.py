"""The real app in a real browser: one server and one Chromium per worker, and for each test visitors of its own."""

import os
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from benchmarks.server import FLAGS, served
from mlpviz.examples.networks import PRESETS
from tests.e2e.train_page import FACT, Train

# Chromium obeys the last list only: first what Playwright switches off, then what loads the pages behind the address
# bar in every new window, each at the cost of half a second of a processor.
SWITCHED_OFF = "--disable-features=" + ",".join(
    (
        "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
        "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding",
        "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints",
        "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
        "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
    )
)  # fmt: skip


SLOW = float(os.environ.get("MLPVIZ_SLOW", "1"))
"""How many times slower the browser's processor is made, for a hunt for what passes on a fast machine only."""

PATIENCE, OPENING = 30_000, 90_000
"""ms after which what was waited for counts as missing. Several workers, each with a server and a browser, share the
cores of a test machine, and the first page waits for the server's imports too; a test that passes takes no longer."""


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


def chromium_path():
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def server():
    with served() as one:
        yield one.url


@pytest.fixture(scope="session")
def browser():
    path = chromium_path()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: in CI the browser tests must run")
        pytest.skip("no Chromium is installed")
    playwright = pytest.importorskip("playwright.sync_api")
    playwright.expect.set_options(timeout=PATIENCE)
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=path, args=[*FLAGS, SWITCHED_OFF])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def shared_contexts(browser):
    """The browser context with these options, made once: the next test finds Streamlit's files in its cache."""
    made = {}

    def context_with(**options):
        key = repr(sorted(options.items()))
        if key not in made:
            made[key] = browser.new_context(**options)
        return made[key]

    return context_with


@pytest.fixture
def open_app(browser, shared_contexts, server):
    """Open the app as a visitor of whom the browser has kept nothing; at the end the console must have been quiet.

    Each call is another visitor, who shares no storage with the others. `alone` gives one a context that no other test
    will see again. `open_app.may_say` names what the console may say because the test brings it about.
    """
    shared, own, problems, expected = {}, [], [], []

    def listen(message):
        if message.type == "error":
            problems.append(f"{message.text} {message.location.get('url', '')}")

    def opener(address="/", width=1440, height=960, color_scheme="light", alone=False, **options):
        options |= {"viewport": {"width": width, "height": height}, "color_scheme": color_scheme}
        context = shared_contexts(**options)
        if alone or context in shared:
            context = browser.new_context(**options)
            own.append(context)
        address = address if address.startswith("http") else server + address
        if context not in own:
            shared[context] = address
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        slow_down(page)
        page.on("console", listen)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(address, timeout=OPENING)
        # what a test then waits for comes with the page, not with the server's imports
        page.locator("#mlpviz-waiting").wait_for(state="detached", timeout=OPENING)
        return Sheet(page)

    opener.may_say = lambda *words: expected.extend(words)
    yield opener
    for context in own:
        context.close()
    for context, address in shared.items():
        forget(context, address)
    assert [problem for problem in problems if not any(word in problem for word in expected)] == []


def slow_down(page):
    """Let the page run as slowly as `MLPVIZ_SLOW` asks for; timeouts stay as they are."""
    if SLOW > 1:
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW})


def forget(context, address):
    """Close the pages of a context and clear what they stored, so that the next visitor finds nothing but the cache."""
    pages = context.pages or [context.new_page()]
    session = context.new_cdp_session(pages[0])
    session.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"})
    for page in pages:
        page.close()
    context.clear_cookies()


@pytest.fixture
def train(open_app):
    open_app.may_say("404")  # Streamlit looks for its own files below the page's address first

    # as fast as it can: what a test waits for shall not take as long as a class is to see
    def opener(address="/train", speed="full", **options):
        page = open_app(address, **options).page
        page.locator(".train .transport").wait_for(timeout=OPENING)
        page.wait_for_function(f"() => {FACT}('epoch') !== ''")
        if speed:
            page.locator(".transport .speed").select_option(speed)
        return Train(page)

    return opener


class Sheet:
    """The page as a person sees it: cells by tensor, layer, row and column, all counted from 1."""

    def __init__(self, page):
        self.page = page

    def ready(self):
        self.page.locator(".band").first.wait_for(timeout=OPENING)
        self.page.locator("td.positive, td.negative, canvas").first.wait_for()
        self.page.locator(".scrubber[max]").wait_for(state="attached")
        return self

    def choose(self, key):
        """Choose an example, and wait for it."""
        menu = self.page.locator("select.preset")
        # also the one that is shown comes anew, and then the walk begins again
        self.page.evaluate(
            "() => { window.brought = false; addEventListener('mlpviz:painted', () => brought = true); }"
        )
        menu.select_option(key)
        self.page.wait_for_function("() => window.brought")
        # the first of the menu is the network that is shown
        expect(menu.locator("option").first).to_have_text(PRESETS[key].document.name)
        return self.ready()

    def more(self):
        """Open the menu with the rarer tools; what is chosen there closes it."""
        if (tools := self.page.locator(".open-tools")).is_visible():
            tools.click()
        self.page.locator(".more > summary").click()
        return self.page.locator(".more")

    def cell(self, block, row=1, column=1):
        return self.page.locator(f'[data-block="{block}"] td[data-r="{row - 1}"][data-c="{column - 1}"]')

    def text(self, block, row=1, column=1):
        return self.cell(block, row, column).inner_text()

    def all_digits(self, block, row=1, column=1):
        """The whole number of a cell that shows less of it, as the pointer on it brings it up."""
        cell = self.cell(block, row, column)
        cell.hover()
        expect(cell).to_have_attribute("title", re.compile(r"\d"))
        return cell.get_attribute("title").splitlines()[0].replace("−", "-")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def end(self):
        """Walk to the last step, and wait until it is reached."""
        self.press("End")
        expect(self.page.locator(".where")).to_have_text(re.compile(r"(\d+) / \1$"))
        return self

    def expect(self, block, row, column, text):
        expect(self.cell(block, row, column)).to_have_text(text)

    def where(self):
        return self.page.locator(".where").text_content()

    def type_into(self, block, row, column, text):
        self.cell(block, row, column).dblclick()
        self.page.locator("input.typing").fill(text)
        self.page.keyboard.press("Enter")

    def error(self):
        box = self.page.locator(".notice.error")
        box.wait_for()
        return box.inner_text()

    def badge(self, status="ok"):
        badge = self.page.locator(f'.badge[data-status="{status}"]')
        badge.wait_for()
        return badge.inner_text()
