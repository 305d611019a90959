"""What a site says of itself."""

import json

from mlpviz.hosts.site.archives import Archives
from mlpviz.hosts.site.browser_python import FIRST, LATER
from mlpviz.hosts.site.build import NOTE
from mlpviz.hosts.site.pyodide_files import LIBRARY


def note(site):
    """The content of its note."""
    return json.loads((site / NOTE).read_text(encoding="utf-8"))


def newest(site):
    """The folder of its files."""
    return site / note(site)["versions"][0]


def archives_in(site):
    """The archives of its modules, for a site that has the same."""
    return Archives(
        *((newest(site) / "python" / name).read_bytes() for name in (LIBRARY, FIRST, LATER)), is_compiled=True
    )
