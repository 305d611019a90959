"""The training page as a person sees it: its buttons, its facts, its timeline."""

# the fact under this name in the transport, also inside the shadow root
FACT = """((name) => {
  for (const host of document.querySelectorAll("*")) {
    const facts = host.shadowRoot?.querySelector(".facts");
    if (!facts) continue;
    for (const item of facts.children) if (item.firstChild.textContent === name) return item.lastChild.textContent;
  }
  return "";
})"""


class Train:
    def __init__(self, page):
        self.page = page

    def click(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def epoch(self):
        return int(self.page.evaluate(f"() => {FACT}('epoch')").replace(",", ""))

    def fact(self, name):
        return self.page.evaluate(f"() => {FACT}('{name}')")

    def wait_epoch(self, condition):
        self.page.wait_for_function(
            f"() => {{ const epoch = Number({FACT}('epoch').replaceAll(',', '')); return {condition}; }}"
        )
        return self.epoch()

    def status(self, status):
        self.page.locator(f'.train[data-status="{status}"]').wait_for()

    def tab(self, name):
        self.page.get_by_role("tab", name=name).click()

    def type_into(self, label, text):
        box = self.page.get_by_label(label, exact=True)
        box.fill(text)
        box.press("Enter")

    def travel(self, epoch):
        self.page.locator(".timeline").evaluate(
            "(range, value) => { range.value = value; range.dispatchEvent(new Event('input', { bubbles: true })); }",
            epoch,
        )

    def error(self):
        box = self.page.locator(".notice.error")
        box.wait_for()
        return box.inner_text()


def endless(train, **options):
    one = train(**options)
    one.tab("Training")
    one.type_into("epochs", "100000")
    one.page.wait_for_function("() => new URL(location.href).searchParams.has('t')")
    return one
