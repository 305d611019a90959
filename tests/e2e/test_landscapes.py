"""The pages Gradient flow and Loss landscape as a person uses them: the maps, the player, drags, loading elsewhere."""

import re

from playwright.sync_api import expect

from tests.e2e.axe import found_by_axe, missed_by_axe, program


def opened(open_app, address, **options):
    program()  # without it nothing has to be opened
    open_app.may_say("404")  # Streamlit looks for its own files below the page's address first
    page = open_app(address, **options).page
    # a figure is drawn when it comes into sight
    page.locator(".plot").first.scroll_into_view_if_needed()
    page.locator(".plot .main-svg").first.wait_for()
    return page


def finished(page):
    expect(page.locator("progress")).to_be_hidden(timeout=60_000)


def figure(page, title):
    return page.locator(".plot").and_(page.get_by_label(re.compile(f"^{re.escape(title)}")))


def press(page, plot, across, down, *, to=None):
    plot.scroll_into_view_if_needed()
    box = plot.locator(".nsewdrag").first.bounding_box()
    page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
    page.mouse.down()
    if to is not None:
        page.mouse.move(box["x"] + to[0] * box["width"], box["y"] + to[1] * box["height"], steps=5)
    page.mouse.up()


def test_the_map_of_gradient_flow_chooses_the_network_and_sends_it_on(open_app):
    page = opened(open_app, "/gradient_flow?s=gradient_flow~depth~6~width~16", width=1280, height=720)
    finished(page)
    # the third column of twelve is leaky ReLU, the last of eight rows orthogonal weights
    press(page, figure(page, "Gradient of the first layer"), 2.5 / 12, 7.5 / 8)
    expect(page.get_by_role("combobox", name="activation")).to_have_value("leaky_relu")
    expect(page.get_by_role("combobox", name="initializer")).to_have_value("orthogonal")
    page.get_by_role("button", name="The edge of chaos of tanh").click()
    expect(page.locator(".figure-text").first).to_contain_text("edge of chaos of tanh at σ_w = 1")
    finished(page)
    press(page, figure(page, "Gradient of the first layer"), 0.95, 0.5, to=(0.98, 0.1))
    expect(page.get_by_label("depth, as a number", exact=True)).to_have_value(re.compile("^4[3-7]$"))
    expect(page.get_by_label("weight scale σ_w, as a number", exact=True)).to_have_value(re.compile(r"^3\.\d+$"))
    page.get_by_role("checkbox", name="clip the gradient").check()
    expect(figure(page, "∂L/∂W before and after clipping")).to_be_visible()
    finished(page)
    assert found_by_axe(page) + missed_by_axe(page) == []
    page.get_by_role("button", name="Open on the sheet").click()
    page.get_by_text("A network of 31 hidden layers of 16 units, from the map of gradient flow.").wait_for()


def test_optimizers_race_over_landscapes(open_app):
    # from a moment of a training: its own way, over its own main directions
    open_app.may_say("404")  # as above
    page = open_app("/train", width=1280, height=720).page
    page.get_by_role("button", name="loss landscape here").click()
    expect(page.locator(".figure-text").first).to_contain_text("% of the motion of the training lie in this plane")
    expect(page.get_by_role("combobox", name="network", exact=True)).to_have_value("training")
    finished(page)
    expect(figure(page, "In space").locator("canvas").first).to_be_visible()
    assert missed_by_axe(page) == []
    page.get_by_role("button", name="Start over").click()
    expect(figure(page, "Quadratic bowl").locator(".main-svg").first).to_be_visible()
    rate = page.get_by_label("rate of SGD, as a number", exact=True)
    before = rate.input_value()
    # the map of behaviour is the control of rate and momentum; far to the right SGD runs away
    press(page, figure(page, "SGD with momentum, for every rate"), 0.5, 0.5, to=(0.97, 0.9))
    expect(rate).not_to_have_value(before)
    expect(page.locator(".figure-text").first).to_contain_text("SGD has run away")
    page.get_by_role("button", name="Start over").click()
    expect(rate).to_have_value(before)
    # all paths play together
    slider = page.get_by_role("slider", name="step")
    page.get_by_role("button", name="play: step").click()
    expect(slider).to_have_value(re.compile("^([1-9]|[1-9][0-9])$"))
    page.get_by_role("button", name="pause: step").click()
    # the start is dragged
    press(page, figure(page, "Quadratic bowl"), 0.2, 0.3, to=(0.75, 0.75))
    expect(page.get_by_label("start x, as a number", exact=True)).to_have_value(re.compile(r"^0\.\d+$|^1(\.\d+)?$"))
    assert found_by_axe(page) == []
    # a network, from its own run's point of view, in the dark
    page.emulate_media(color_scheme="dark")
    page.get_by_role("combobox", name="show").select_option("plane")
    expect(page.locator(".figure-text").first).to_contain_text("% of the motion of SGD lie in this plane")
    finished(page)
    page.get_by_role("button", name="The same run over random directions").click()
    expect(page.get_by_role("combobox", name="directions")).to_have_value("random")
    press(page, figure(page, "The loss over the plane"), 0.8, 0.2)
    expect(page.get_by_label("point, across, as a number", exact=True)).not_to_have_value("0")
    finished(page)
    assert found_by_axe(page, ["color-contrast"]) == []
    page.get_by_role("combobox", name="show").select_option("starts")
    expect(page.locator("progress")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    # the bar stays where it was stopped, whatever is asked of the server
    shares = []
    for _ in range(2):
        with page.expect_download():
            page.get_by_role("button", name="save the data of this figure as CSV").first.click()
        shares.append(page.locator("progress").evaluate("bar => bar.value"))
    assert shares[0] == shares[1] < 1
