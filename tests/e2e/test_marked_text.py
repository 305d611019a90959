"""What people call their networks, files, columns and classes is text wherever it is shown."""

from playwright.sync_api import expect

from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document

# elements that a marker has become, also inside shadow roots, and what the page is called
FOUND = """() => {
  const found = [];
  const look = (root) => {
    for (const one of root.querySelectorAll("*")) {
      if (one.localName === "mark" && one.hasAttribute("name")) found.push(one.getAttribute("name"));
      if (one.shadowRoot) look(one.shadowRoot);
    }
  };
  look(document);
  return found;
}"""


def marker(name):
    return f"<mark name={name}>{name}</mark>"


def is_text(page, *names):
    for name in names:
        page.get_by_text(marker(name)).first.wait_for(state="attached")
    assert page.evaluate(FOUND) == []


def test_names_stay_text_on_the_sheet_and_in_what_is_saved(open_app):
    value = PRESETS["mazur"].document.to_json_value() | {"name": marker("network")}
    value["layers"][0]["label"] = marker("layer")
    sheet = open_app(f"/?d={Document.parse(value).to_link()}").ready()
    is_text(sheet.page, "network")
    sheet.end()
    sheet.cell("z.1", 1, 1).hover()
    sheet.cell("weight.1", 1, 1).click()
    is_text(sheet.page, "network", "layer")
    assert "<" not in sheet.page.title()
    sheet.page.get_by_text("File", exact=True).first.click()
    with sheet.page.expect_download() as saved:
        sheet.page.get_by_role("button", name="JSON").first.click()
    assert set(saved.value.suggested_filename) <= set("abcdefghijklmnopqrstuvwxyz-.")


def test_names_of_files_columns_and_classes_stay_text(train, tmp_path):
    page = train().page
    names = [marker(name) for name in ("one", "two", "kind")]
    rows = "".join(f"{i},{i * i % 7},{marker('class') if i % 2 else 'b'}\n" for i in range(40))
    table = tmp_path / f"{marker('file').replace('/', '')}.csv"
    table.write_text(",".join(names) + "\n" + rows)
    page.locator(".file input").set_input_files(table)
    page.get_by_text("40 samples, 2 features").first.wait_for()
    is_text(page, "one", "class")
    page.get_by_text("<mark name=file>file<mark>.csv: 40 samples").wait_for(state="attached")
    # a cell that cannot be read is repeated in the sentence
    bad = tmp_path / "bad.csv"
    bad.write_text(",".join(names) + f"\n{marker('cell')},1,a\n" + rows)
    page.locator(".file input").set_input_files(bad)
    expect(page.locator(".notice.error")).to_contain_text("<mark name=cell>")
    assert page.evaluate(FOUND) == []
