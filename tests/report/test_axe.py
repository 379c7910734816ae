"""The page holds against axe-core in a headless Chromium: light, dark, on a phone. Skips where either is not installed.

axe-core is looked for in `OBSERVANCE_AXE` (the path of `axe.min.js`), then in `node_modules` beside the checkout and above.
"""

import html as entities
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from observance.report import build_report, render_html, render_reading
from tests.report.case import case
from tests.report.test_page import reading

ROOT = Path(__file__).resolve().parents[2]
RUN = """<script>axe.run(document, {resultTypes: ['violations']}).then(found => {
const told = JSON.stringify(found.violations.map(one => [one.id, one.nodes.slice(0, 3).map(node => node.html.slice(0, 200))]));
document.body.innerHTML = '<pre id="axe"></pre>'; document.getElementById('axe').textContent = told; });</script></body>"""


def axe() -> Path:
    places = [Path(os.environ["OBSERVANCE_AXE"])] if os.environ.get("OBSERVANCE_AXE") else []
    places.extend(folder / "node_modules/axe-core/axe.min.js" for folder in (ROOT, *ROOT.parents))
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        pytest.skip("axe-core is not installed (npm install axe-core, or OBSERVANCE_AXE=path/to/axe.min.js)")
    return found


def browser() -> str:
    found = next((name for name in ("chromium", "chromium-browser", "google-chrome") if shutil.which(name)), None)
    if found is None:
        pytest.skip("no headless Chromium on this machine (apt-get install chromium)")
    return found


PAGES = {
    "report": lambda: render_html(build_report(case())),
    "empty": lambda: render_html(
        build_report(
            case(
                evidence=(),
                observations=(),
                judgements=(),
                events=(),
                origins=(),
                drifts=(),
                findings=(),
                watch=(),
                gaps=(),
                lists=(),
                not_read=(),
            )
        )
    ),
    "reading": lambda: render_reading(reading()),
}


@pytest.mark.browser
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("view", ["light", "dark", "phone"])
def test_axe_finds_nothing(tmp_path, page, view):
    script = axe().read_text(encoding="utf-8")
    chromium = browser()
    # The page forbids script; only this copy lets the checker in.
    source = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", PAGES[page]())
    copy = tmp_path / "page.html"
    copy.write_text(source.replace("</body>", f"<script>{script}</script>{RUN}"), encoding="utf-8")
    extra = {
        "light": [],
        "dark": ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"],
        "phone": ["--window-size=500,900"],
    }
    command = [
        chromium,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'profile'}",
        "--virtual-time-budget=30000",
        *extra[view],
        "--dump-dom",
        copy.as_uri(),
    ]
    dom = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True).stdout
    told = re.search(r'<pre id="axe">(.*?)</pre>', dom, re.DOTALL)
    assert told, "axe did not answer"
    assert json.loads(entities.unescape(told[1])) == []
