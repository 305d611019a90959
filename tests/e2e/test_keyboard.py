"""The keyboard alone: whatever is done, the focus stands on something that can be seen, and goes on from there."""

from playwright.sync_api import expect

FOCUS = """() => {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused);
  const isMarked = (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  const name = focused.getAttribute("aria-label") || focused.innerText || focused.className;
  if (focused === document.body || !focused.checkVisibility()) return "nowhere";
  return `${name}${isMarked ? "" : " (unmarked)"}`;
}"""
SUMMARY = "change layer 3"
ACTIONS = [
    # what is focused, the keys, where the focus stands then, what must have happened (None: the cell is gone)
    ("undo (Ctrl+Z)", ["Enter"], "redo (Ctrl+Shift+Z)", ("weight.3", 2, 2, "−1")),
    ("redo (Ctrl+Shift+Z)", ["Enter"], "undo (Ctrl+Z)", ("weight.3", 2, 2, "−2")),
    ("add a sample", ["Enter"], "add a sample", ("x.0", 1, 3, "0")),
    ("copy this sample", ["Enter"], "copy this sample", ("x.0", 1, 4, "0")),
    ("remove this sample", ["Enter"], "remove this sample", ("x.0", 1, 4, None)),
    (SUMMARY, ["Enter", "Tab", "Enter"], SUMMARY, ("weight.3", 4, 1, "0")),
    (SUMMARY, ["Enter", *["Tab"] * 3, "Enter"], SUMMARY, ("weight.8", 1, 1, "1")),
    (SUMMARY, ["Enter", *["Tab"] * 5, "Enter"], SUMMARY, ("bias.3", 1, 1, "0")),
    (SUMMARY, ["Enter", *["Tab"] * 4, "Enter"], SUMMARY, ("weight.7", 1, 1, "1")),
    (SUMMARY, ["Enter", "Tab", "Tab", "Escape"], SUMMARY, None),
    ("activation of layer 2", ["ArrowDown"], "activation of layer 2", None),
    ("loss function", ["ArrowDown"], "loss function", None),
    ("learning rate", ["5", "Enter"], "learning rate", None),
]


def focus(sheet):
    return sheet.page.evaluate(FOCUS)


def test_the_focus_is_never_lost(open_app):
    sheet = open_app().ready().end()
    sheet.type_into("weight.3", 2, 2, "-2")
    sheet.expect("weight.3", 2, 2, "−2")
    for name, keys, expected, shown in ACTIONS:
        control = sheet.page.get_by_label(name, exact=True).first
        control.focus()
        sheet.press(*keys)
        if shown and shown[-1] is None:
            expect(sheet.cell(*shown[:-1])).to_have_count(0)
        elif shown:
            sheet.expect(*shown)
        # every edit is answered before the badge agrees again
        sheet.badge()
        sheet.page.wait_for_function(f"({FOCUS})() === {expected!r}", timeout=5000)
    sheet.more().get_by_label("Reset: back to the example as it came", exact=True).focus()
    sheet.press("Enter")
    sheet.expect("weight.3", 2, 2, "−1")
    sheet.badge()
    expect(sheet.page.locator(".more > summary")).to_be_focused()


def test_a_closed_comparison_leaves_the_focus_on_the_sheet(open_app):
    sheet = open_app().ready().end()
    sheet.more().get_by_label("compare with").select_option("relu")
    close = sheet.page.get_by_label("stop comparing")
    close.wait_for()
    close.focus()
    sheet.press("Enter")
    close.wait_for(state="hidden")
    assert focus(sheet) == "play (Space)"


def test_the_file_menu_gives_the_focus_back(open_app):
    sheet = open_app().ready().end()
    summary = sheet.page.locator("details.file summary")
    summary.focus()
    sheet.press("Enter", "Tab", "Escape")
    assert focus(sheet) == "File"
    with sheet.page.expect_download():
        sheet.press("Enter", "Tab", "Tab", "Tab", "Tab", "Enter")
    assert focus(sheet) == "File"


def test_every_stop_on_the_way_to_the_first_number_is_marked(open_app):
    sheet = open_app().ready()
    stops = []
    while len(stops) < 40 and not (stops and stops[-1].startswith("positive")):
        sheet.press("Tab")
        stops.append(focus(sheet))
    assert "learning rate" in stops
    # Streamlit's own scrolling area takes the focus and is as large as the page
    assert [stop for stop in stops if "(unmarked)" in stop and "stMain" not in stop] == []
