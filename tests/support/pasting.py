"""A paste as a browser makes it, for Playwright's `evaluate`: the text, and how often it stands there."""

PASTE = """([text, times]) => {
  const data = new DataTransfer();
  data.setData("text", text.repeat(times));
  let target = document.activeElement;
  while (target.shadowRoot?.activeElement) target = target.shadowRoot.activeElement;
  const kind = { clipboardData: data, bubbles: true, composed: true, cancelable: true };
  target.dispatchEvent(new ClipboardEvent("paste", kind));
}"""
