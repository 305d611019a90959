"""What happens when the server is not at its best: without PyTorch, restarted under an open page, far away."""

import json
import re

import pytest
from playwright.sync_api import expect

from benchmarks.server import served, start
from mlpviz.network.new_network import new_network
from tests.e2e.faulty_proxy import slow_line
from tests.e2e.train_page import Train
from tests.e2e.waiting import kept_files, put_off, still, until

SEEN = """() => {
  const root = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector(".sheet")).shadowRoot;
  const text = (block, c) =>
    root.querySelector(`[data-block="${block}"] td[data-r="0"][data-c="${c}"]`).textContent;
  window.seen = [];
  const look = () => { window.seen.push([text("weight.7", 1), text("a.7", 0)]); requestAnimationFrame(look); };
  look();
}"""
"""Every frame from now on: a weight, and the output that is 5 · weight + 1."""


@pytest.fixture(scope="module")
def server_without_torch(tmp_path_factory):
    folder = tmp_path_factory.mktemp("blocked")
    # Python runs this file first; None is what it keeps for a module that must not be found
    (folder / "sitecustomize.py").write_text('import sys\n\nsys.modules["torch"] = None\n')
    with served(environment={"PYTHONPATH": str(folder)}) as server:
        yield server.url


def test_without_torch_the_badge_says_so_and_everything_else_works(open_app, server_without_torch):
    sheet = open_app(server_without_torch).ready().end()
    assert "NumPy = finite differences (PyTorch is not installed)" in sheet.badge("partly")
    sheet.type_into("weight.7", 1, 1, "2")
    sheet.expect("a.7", 1, 1, "−3")
    sheet.badge("partly")
    sheet.press("Control+z")
    sheet.expect("a.7", 1, 1, "−4")
    sheet.page.wait_for_url("**d=*")
    sheet.page.get_by_role("link", name="Check").click()
    sheet.page.get_by_text("PyTorch is not installed: not compared").wait_for()
    sheet.page.get_by_text("∂L/∂W of layer 3").first.wait_for()
    sheet.page.get_by_label("Plant a mistake").select_option("Forget the slope of the activation")
    sheet.page.get_by_text("disagrees with finite differences").first.wait_for()


@pytest.fixture
def fresh_server():
    with served() as server:
        yield server.url


def test_the_first_visit_of_a_server_may_be_to_the_check_page(fresh_server, open_app):
    open_app.may_say("/check/_stcore/")  # where Streamlit looks for its server before it looks at the root
    sheet = open_app(f"{fresh_server}/check")
    sheet.page.get_by_text("∂L/∂W of layer 3").first.wait_for()
    sheet.badge()
    sheet.page.get_by_role("link", name="Step through").click()
    sheet.ready()


def test_a_restarted_server_loses_nothing(open_app):
    server = start()
    try:
        open_app.may_say(
            "ERR_CONNECTION_REFUSED", "server endpoint", "server is not responding", "DoInitPings", "when disconnected"
        )
        open_app.may_say("404")  # where Streamlit looks below the address of the training page
        sheet = open_app(server.url).ready().end()
        train = Train(sheet.page.context.new_page())
        sent = []
        train.page.on("websocket", lambda line: line.on("framesent", lambda text: sent.append(text)))
        train.page.goto(server.url + "/train")
        train.click("▶ Play")
        sheet.type_into("weight.7", 1, 2, "3")
        sheet.expect("a.7", 1, 1, "16")
        sheet.page.wait_for_url("**d=*")
        before = sheet.page.url
        sheet.badge()
        sheet.page.evaluate(
            "() => window.addEventListener('mlpviz:painted', () => { window.back = true; }, { once: true })"
        )
        # the tab has asked for the run, and for twenty pictures since
        until(lambda: train.epoch() and any("keep_run" in str(one) for one in sent[:-20]))
        learned = train.epoch()
        server.stop()
        sheet.expect("a.7", 1, 1, "16")
        sheet.page.locator('[data-test-connection-state]:not([data-test-connection-state="CONNECTED"])').wait_for()
        sheet.type_into("weight.7", 1, 1, "5")  # typed while nobody is there
        server = start(port=server.port)
        sheet.page.wait_for_function("() => window.back")
        sheet.expect("a.7", 1, 1, "20")
        expect(sheet.page.locator(".where")).to_have_text("update 7 / 7")
        sheet.type_into("weight.7", 1, 1, "2")
        sheet.expect("weight.7", 1, 1, "2")
        sheet.expect("a.7", 1, 1, "17")
        sheet.expect("weight.7", 1, 2, "3")
        sheet.page.wait_for_function("(before) => location.href !== before", arg=before)
        expect(sheet.page.locator(".where")).to_have_text("update 7 / 7")
        sheet.badge()
        # the training learns on from where the tab kept it
        train.page.get_by_text(re.compile("^Back at epoch [1-9].* as this tab kept it")).wait_for()
        train.wait_epoch(f"epoch > {learned}")
        # what could be undone before the restart can be undone after it, and again after a reload
        sheet.press("Control+z", "Control+z", "Control+z")
        sheet.expect("a.7", 1, 1, "−4")
        sheet.press(*["Control+Shift+Z"] * 3)
        sheet.expect("a.7", 1, 1, "17")
        put_off(sheet.page, 500)
        sheet.page.reload()
        sheet.ready()
        sheet.expect("a.7", 1, 1, "17")
        sheet.expect("weight.7", 1, 2, "3")
        expect(sheet.page.locator(".where")).to_have_text("update 7 / 7")
        sheet.press("Control+z", "Control+z")
        sheet.expect("a.7", 1, 1, "16")
    finally:
        server.stop()


@pytest.mark.parametrize("widths", ["100-60-10", "784-100-10"])
def test_a_network_that_the_address_has_no_room_for_survives_a_reload_and_a_restart(open_app, tmp_path, widths):
    large = new_network(widths, ["tanh", "identity"], True, "mse", "xavier_uniform", "1", "2")
    path = tmp_path / "large.json"
    path.write_text(large.replace(name="my own").to_json(), encoding="utf-8")
    server = start()
    try:
        open_app.may_say("ERR_CONNECTION_REFUSED", "server endpoint", "server is not responding", "when disconnected")
        sheet = open_app(server.url, alone=True).ready()
        sheet.page.locator("input[type=file]").set_input_files(path)
        sheet.page.get_by_text("This network is too large for a link").wait_for()
        sheet.end()
        sheet.type_into("bias.2", 1, 1, "5")
        sheet.expect("bias.2", 1, 1, "5")
        until(lambda: any(json.loads(text)["layers"][1]["bias"][0] == 5 for _, text in kept_files(sheet.page, True)))
        where = sheet.where()
        for attempt in ("reload 1", "restart 2"):
            # not kept yet when the page or the server goes, but done again to what is
            sheet.type_into("bias.2", 2, 1, attempt[-1] + "7")
            sheet.expect("bias.2", 2, 1, attempt[-1] + "7")
            if attempt == "reload 1":
                sheet.page.reload()
            else:
                server.process.kill()
                server.process.wait()
                server = start(port=server.port)
            sheet.page.get_by_text("Your network is back as this tab kept it.", exact=True).wait_for()
            sheet.expect("bias.2", 1, 1, "5")
            sheet.expect("bias.2", 2, 1, attempt[-1] + "7")
            assert sheet.where() == where
            sheet.page.wait_for_url("**f=my*")
            sheet.badge()
            sheet.page.get_by_role("button", name="close this message").click()
    finally:
        server.stop()


def test_a_slow_line_shows_no_half_or_stale_numbers_and_ends_on_the_last_value(open_app, server):
    open_app.may_say("when disconnected")  # the line ends before the page
    with slow_line(int(server.rsplit(":", 1)[1]), 0.15) as address:
        sheet = open_app(address).ready().end()
        cell = sheet.cell("weight.7", 1, 2)
        cell.hover()
        box = still(cell)
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        sheet.page.evaluate(SEEN)
        mouse = sheet.page.mouse
        mouse.down()
        for pixels in (40, 80, 120):
            mouse.move(x + pixels, y, steps=5)
            sheet.page.wait_for_function("(more) => new Set(window.seen.map(String)).size > more", arg=pixels // 40)
        mouse.move(x + 160, y, steps=5)
        mouse.up()
        # typed while the drag is still under way to the server and back
        sheet.type_into("weight.7", 1, 2, "-7")
        sheet.expect("a.7", 1, 1, "−34")
        sheet.page.wait_for_timeout(1_500)
        sheet.expect("weight.7", 1, 2, "−7")
        sheet.expect("a.7", 1, 1, "−34")
        seen = [
            tuple(float(text.replace("−", "-")) for text in pair) for pair in sheet.page.evaluate("() => window.seen")
        ]
        assert all(a == 5 * weight + 1 for weight, a in seen)
        weights = [weight for weight, _ in seen]
        shown = [weight for weight, before in zip(weights, [None, *weights], strict=False) if weight != before]
        assert len(shown) > 3, "the drag is followed, slowly"
        assert shown[-1] == -7
        assert shown[:-1] == sorted(shown[:-1]), "never back to an older value"
        sheet.press("Control+z")
        sheet.expect("weight.7", 1, 2, "19")
        sheet.press("Control+z")
        sheet.expect("weight.7", 1, 2, "−1")
