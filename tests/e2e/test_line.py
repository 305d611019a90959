"""The line past Streamlit: edits go over it, and without it nothing is lost."""

import re

LINE = re.compile("/mlpviz/line$")


def test_an_edit_goes_over_the_line_and_runs_no_script(open_app):
    sheet = open_app().ready()
    sent = []
    sheet.page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(socket.url)))
    sheet.page.reload()
    sheet.ready().end()
    sheet.badge()
    before = len(sent)
    sheet.type_into("weight.7", 1, 2, "3")
    sheet.expect("a.7", 1, 1, "16")
    assert sent[before:]
    assert LINE.search(sent[before])


def test_where_the_line_cannot_be_had_edits_go_through_streamlit(open_app):
    open_app.may_say("WebSocket connection")
    sheet = open_app().ready()
    refused = []

    def refuse(line):
        refused.append(line.url)
        line.close()

    sheet.page.route_web_socket(LINE, refuse)
    sheet.page.reload()
    sheet.ready().end()
    for weight, output in (("3", "16"), ("4", "21"), ("5", "26")):
        sheet.type_into("weight.7", 1, 2, weight)
        sheet.expect("a.7", 1, 1, output)
    sheet.badge()
    assert len(refused) == 1  # one that never answered is not tried again


def test_a_line_that_breaks_loses_no_edit(open_app):
    sheet = open_app().ready()
    swallowed = []

    def breaks(line):
        server = line.connect_to_server()

        def hear(message):
            if "swallow" in swallowed or not message.startswith("{") or '"set"' not in message:
                server.send(message)
            else:
                swallowed.append("swallow")
                line.close()

        line.on_message(hear)

    sheet.page.route_web_socket(LINE, breaks)
    sheet.page.reload()
    sheet.ready().end()
    sheet.badge()
    sheet.type_into("weight.7", 1, 2, "3")
    sheet.expect("a.7", 1, 1, "16")
    sheet.type_into("weight.7", 1, 2, "4")
    sheet.expect("a.7", 1, 1, "21")
    assert swallowed == ["swallow"]
    sheet.press("Control+z", "Control+z")
    sheet.expect("a.7", 1, 1, "−4")


FRAMES = """() => {
  window.counted = 0;
  window.addEventListener("mlpviz:frame", () => { window.counted += 1; });
}"""


def watch(page):
    """Play, and wait until so many frames were painted that each must have been asked for."""
    page.locator(".train .transport").wait_for()
    page.locator('.badge[data-status="ok"]').wait_for()
    page.evaluate(FRAMES)
    page.get_by_role("button", name="▶ Play", exact=True).click()
    page.wait_for_function("() => window.counted > 20")
    page.get_by_role("button", name="❚❚ Pause", exact=True).click()
    page.locator('.train[data-status="paused"]').wait_for()


def test_a_training_is_watched_over_the_line(open_app):
    open_app.may_say("404")  # Streamlit looks for its own files below the page's address first
    page = open_app("/train").page
    page.locator(".train .transport").wait_for()
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(socket.url)))
    page.reload()
    watch(page)
    assert sum(LINE.search(url) is not None for url in sent) > 20


def test_a_training_is_watched_without_the_line(open_app):
    open_app.may_say("404", "WebSocket connection")
    page = open_app("/train").page
    page.route_web_socket(LINE, lambda line: line.close())
    page.reload()
    watch(page)


def test_a_line_that_swallows_everything_is_given_up_and_that_is_said(open_app):
    sheet = open_app().ready()
    silent = []

    def swallow(line):
        server = line.connect_to_server()
        line.on_message(lambda message: None if silent else server.send(message))

    sheet.page.route_web_socket(LINE, swallow)
    sheet.page.reload()
    sheet.ready().end()
    sheet.type_into("weight.7", 1, 2, "3")
    sheet.expect("a.7", 1, 1, "16")
    silent.append(True)
    sheet.type_into("weight.7", 1, 2, "4")
    sheet.page.get_by_text("The fast line to the server is silent").wait_for()
    sheet.expect("a.7", 1, 1, "21")
    sheet.type_into("weight.7", 1, 2, "5")
    sheet.expect("a.7", 1, 1, "26")
    sheet.press("Control+z")
    sheet.expect("a.7", 1, 1, "21")
