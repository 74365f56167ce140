"""The page in a real browser: the filters filter, nothing runs that is only text.

Driven by a script that is put behind the page's own; what it finds out goes into the title.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handouts.report import Ledger
from handouts.report.page import write
from tests.report.scenes import ARABIC, fill, head, path_of

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
pytestmark = pytest.mark.skipif(not BROWSER, reason="needs Chromium to look at the page")

DRIVER = """<script>
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const all = (what) => [...document.querySelectorAll(what)];
const seen = () => ({
  showing: document.querySelector("#showing").textContent,
  rows: all("#rows tr td.path > :first-child").map((one) => one.textContent),
  languages: [...new Set(all("#rows td[data-name=Language]").map((one) => one.textContent))],
  states: [...new Set(all("#rows .status").map((one) => one.textContent))],
});
const set = async (name, value) => {
  const field = document.querySelector(`#filters [name=${name}]`);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await pause(200);
};
const press = (what) => document.querySelector(what).click();
const reset = async () => { press("#filters [type=reset]"); await pause(50); };
window.alert = () => { window.alarmed = true; };
(async () => {
  const found = { start: seen() };
  try { %s } catch (error) { found.error = String(error); }
  found.alarmed = Boolean(window.alarmed);
  const told = document.createElement("pre");
  told.id = "found";
  told.textContent = JSON.stringify(found);
  document.body.append(told);
})();
</script>"""

Look = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("report") / "report.html"
    with Ledger() as ledger:
        fill(ledger)
        write(target, head(base="../out/"), ledger, _nothing)
    return target


@pytest.fixture
def look(page: Path, tmp_path: Path) -> Look:
    def run(script: str) -> dict[str, Any]:
        driven = tmp_path / "driven.html"
        text = page.read_text("utf-8").replace("</body>", DRIVER.replace("%s", script) + "</body>")
        driven.write_text(text, "utf-8")
        arguments = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000")
        where = (f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", driven.as_uri())
        done = subprocess.run(
            [BROWSER, *arguments, *where], capture_output=True, timeout=60, check=False
        )
        told = re.search(r'<pre id="found">(.*?)</pre>', done.stdout.decode("utf-8"), re.S)
        assert told, done.stderr.decode("utf-8", "replace")[-2000:]
        found: dict[str, Any] = json.loads(html.unescape(told[1]))
        assert "error" not in found, found["error"]
        assert found["alarmed"] is False
        return found

    return run


def _nothing(path: str) -> bytes:
    raise FileNotFoundError(path)


def test_filters_filter(look: Look) -> None:
    found = look("""
      await set("language", "ar"); found.language = seen();
      await set("status", "unchanged"); found.both = seen();
      await reset(); found.reset = seen();
      await set("brand", "süd"); await set("layout", "poster"); found.brand = seen();
      await reset(); await set("text", "too long"); found.message = seen();
      await reset(); await set("status", "?warning"); found.warned = seen();
      await reset(); await set("brand", "of the NORTH"); found.called = seen();
      await reset(); await set("text", "nothing is called so"); found.none = seen();
    """)
    assert found["start"]["showing"] == "18 outputs"
    assert found["language"]["showing"] == "6 of 18 outputs"
    assert found["language"]["languages"] == ["ar"]
    assert found["both"]["showing"] == "5 of 18 outputs"
    assert found["both"]["states"] == ["Unchanged"]
    assert found["reset"] == found["start"]
    assert found["brand"]["rows"] == [path_of("süd", "poster", t) for t in ("ar", "en", "es")]
    assert found["called"]["showing"] == "6 of 18 outputs"
    assert found["message"]["rows"] == [path_of("north", "poster", "en")]
    assert found["warned"]["languages"] == ["ar"]
    assert (found["none"]["showing"], found["none"]["rows"]) == ("0 of 18 outputs", [])


def test_cards_problems_and_links(look: Look) -> None:
    found = look("""
      found.title = document.querySelector("h1").textContent;
      found.lead = document.querySelector("#lead").textContent;
      found.cards = all(".card").map((one) => one.textContent);
      found.issues = all(".issue").map((one) => one.textContent);
      found.links = all("#rows a").map((one) => one.getAttribute("href"));
      found.headings = all("h1,h2,h3").map((one) => one.tagName);
      press(".card[data-status=failed]"); found.failed = seen();
      found.pressed = all(".card[data-status=failed]")[0].getAttribute("aria-pressed");
      await reset(); press(".issue:nth-child(3) button"); found.issue = seen();
      await reset(); press("#columns th:nth-child(3) button"); found.sorted = seen();
    """)
    assert found["title"].startswith("Night run </script>")
    assert found["lead"] == (
        "3 written, 13 unchanged, 1 changed by hand, 1 failed, 1 row left out."
    )
    assert "1Failed" in found["cards"]
    assert len(found["issues"]) == 3
    assert "clinics.csv:3:1" in found["issues"][0]
    assert "What to do: shorten the name" in found["issues"][0]
    assert "In 6 outputs" in found["issues"][2]
    assert "../out/s%C3%BCd/poster-en-A4.pdf" in found["links"]
    assert not any("poster-en" in link and "north" in link for link in found["links"])
    assert found["headings"][:3] == ["H1", "H2", "H2"]
    assert found["failed"]["rows"] == [path_of("north", "poster", "en")]
    assert found["pressed"] == "true"
    assert found["issue"]["languages"] == ["ar"]
    assert found["issue"]["showing"] == "6 of 18 outputs"
    assert found["sorted"]["languages"] == ["ar", "en", "es"]
    assert found["sorted"]["rows"][:2] == [
        path_of("north", "flyer", "ar"),
        path_of("north", "poster", "ar"),
    ]
    assert ARABIC in found["start"]["rows"][-1]
