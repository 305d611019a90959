"""What a site says of itself."""

import json

from mlpviz.hosts.site.build import NOTE


def note(site):
    """The content of its note."""
    return json.loads((site / NOTE).read_text(encoding="utf-8"))


def newest(site):
    """The folder of its files."""
    return site / note(site)["versions"][0]
