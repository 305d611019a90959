"""The HTML of a site: one document for each page, with the links to all of them and a strict policy."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from typing import Any

from mlpviz.app.page import Page, browser_title
from mlpviz.hosts.program import programs
from mlpviz.hosts.site.pages import SITE_PAGES

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self'; img-src 'self' data: blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
"""Nothing from another place, nothing written into the document; WebAssembly alone may be compiled."""

_HOST = "site"


def paths() -> dict[str, str]:
    """Where the document of each page is, by the page's key; the first page is at the address of the site too."""
    return {page.key: f"{page.path}/" for page in SITE_PAGES.values()}


def document(page: Page[Any], version: str, up: str, first: Mapping[str, Any] | None = None) -> str:
    """The document of a page. `up` leads from it to the folder of the site, `version` is the folder of all else.

    `first` is what the page can show before Python is there: data, which no policy takes for a script.
    """
    title = html.escape(browser_title(page))
    folder = f"{up}{version}"
    links = "".join(
        f'<a data-page="{key}" data-title="{html.escape(browser_title(SITE_PAGES[key]))}" '
        f'href="{up if number == 0 else up + path}">{html.escape(SITE_PAGES[key].title)}</a>'
        for number, (key, path) in enumerate(paths().items())
    )
    early = "".join(
        f'<link rel="modulepreload" href="{folder}/program/{name}.js">' for name in programs(_HOST, page.key)
    )
    data = "" if first is None else f'<script type="application/json" id="first">{_in_html(first)}</script>'
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<link rel="icon" href="{folder}/icon.svg">
<link rel="stylesheet" href="{folder}/site.css">
{early}<script type="module" src="{folder}/program/{_HOST}.js"></script>
</head>
<body>
<header class="site"><strong>mlpviz</strong><nav aria-label="pages">{links}</nav></header>
<p class="python" role="status"></p>
<main data-first="{page.key}"><p class="waiting">{html.escape(f"{page.title}: {page.purpose}")}. Waking up …</p></main>
<noscript>mlpviz computes in front of you, which needs JavaScript.</noscript>
{data}
</body>
</html>
"""


def _in_html(value: Mapping[str, Any]) -> str:
    """JSON that cannot end the element that it stands in."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")
