"""What axe-core finds on a page, and what it does not look for."""

import os
from pathlib import Path

import pytest

from tests.e2e.waiting import put_off

PROGRAM = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
# off by default: names that begin with the visible label, and targets of 24 pixels
RUN = """async (rules) => {
  const options = rules
    ? { runOnly: { type: "rule", values: rules } }
    : { rules: { "label-content-name-mismatch": { enabled: true }, "target-size": { enabled: true } } };
  const { violations } = await axe.run(document, { ...options, resultTypes: ["violations"] });
  // what lies under the bar of the steps is scrolled from under it
  const isCovered = ({ any }) => any[0]?.message?.includes("partially obscured");
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.filter((node) => !isCovered(node)).map(({ target, html, any }) =>
      `${id} (${impact}): ${target.flat().at(-1)} ${html.slice(0, 160)} ${any[0]?.message ?? ""}`));
}"""
MISSED = Path(__file__).with_name("axe_missed.js").read_text(encoding="utf-8")


def program():
    if not PROGRAM.exists():
        if os.environ.get("CI"):
            pytest.fail("no axe-core: in CI it must be there (npm ci)")
        pytest.skip("no axe-core is installed (npm ci)")
    return PROGRAM.read_text(encoding="utf-8")


def found_by_axe(page, rules=None):
    """Every finding, with its rule, place and HTML; `rules`: these alone."""
    # what comes a moment after a change: summary, scrollers, colours
    put_off(page, 700)
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(program())
    return page.evaluate(RUN, rules)


def missed_by_axe(page):
    """What it has no rule for, or finds only where a person looks."""
    return page.evaluate(MISSED)
