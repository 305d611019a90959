"""Files that are dropped onto a page, as a browser hands them over."""

DROP = """(files) => {
    const dataTransfer = new DataTransfer();
    for (const [name, encoded] of files) {
        const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
        dataTransfer.items.add(new File([bytes], name));
    }
    const app = document.querySelector("[data-mlpviz], .stApp") ? [...document.querySelectorAll("*")]
        .map((each) => each.shadowRoot?.querySelector(".app")).find(Boolean) ?? document.querySelector(".app") : null;
    for (const type of ["dragover", "drop"])
        app.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }));
}"""
"""JavaScript that takes names and contents in base64"""
