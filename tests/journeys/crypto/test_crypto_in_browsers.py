"""The golden and RFC 9180 vectors in real browsers: their WebCrypto is what visitors and helpers have, Node's isn't."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, Route

from tests.journeys.engines import ENGINES

ROOT = Path(__file__).parents[3]
CRYPTO = ROOT / "frontend" / "src" / "crypto"
# WebCrypto is there in secure contexts only; `localhost` is one. Nothing listens: the test answers itself.
PAGE = "http://localhost/vectors"
ENTRY = 'export * from "./index.js"; export { checks } from "./vectors.js";'

RUN_CHECKS = """async () => {
  const failed = [];
  for (const { name, run } of suoja.checks) {
    try { await run(); } catch (error) { failed.push(`${name}: ${error}`); }
  }
  return { count: suoja.checks.length, failed };
}"""

KEEP_PAIR = """async () => {
  const pair = await suoja.newDutyKeyPair();
  const open = indexedDB.open("duty");
  await new Promise((resolve, reject) => {
    open.onupgradeneeded = () => open.result.createObjectStore("pairs");
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const kept = open.result.transaction("pairs", "readwrite");
      kept.objectStore("pairs").put(pair, "mine");
      kept.oncomplete = resolve;
      kept.onerror = () => reject(kept.error);
    };
  });
  const key = suoja.newConversationKey();
  const half = suoja.toBase64Url(new Uint8Array(32));
  const place = { conversation: "talk", recipient: "helper", publicKey: pair.publicKey };
  return { sealed: await suoja.sealKey(key, place), key: suoja.splitKey(key, half) };
}"""

OPEN_WITH_KEPT_PAIR = """async (sealed) => {
  const pair = await new Promise((resolve, reject) => {
    const open = indexedDB.open("duty");
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const got = open.result.transaction("pairs").objectStore("pairs").get("mine");
      got.onsuccess = () => resolve(got.result);
      got.onerror = () => reject(got.error);
    };
  });
  const key = await suoja.openKey(pair, { conversation: "talk", recipient: "helper" }, sealed);
  return suoja.splitKey(key, suoja.toBase64Url(new Uint8Array(32)));
}"""


@pytest.fixture(scope="module")
def bundle() -> str:
    """Bundle the door and the vectors for the oldest engines that the build aims at."""
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    flags = ["--bundle", "--format=iife", "--global-name=suoja", "--target=es2020", "--log-level=warning"]
    # Node comes with the Python environment, whether or not the shell that started pytest has it on its path.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    run = subprocess.run(
        [esbuild, *flags],
        input=ENTRY,
        cwd=CRYPTO,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


@pytest.fixture(params=sorted(ENGINES))
def page(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Page]:
    """Open an empty page of a secure context, with no server behind it."""
    browser = ENGINES[request.param](playwright)
    page = browser.new_page()
    page.route("**", answer_empty)
    page.goto(PAGE)
    yield page
    browser.close()


def answer_empty(route: Route) -> None:
    """Answer every request with a page that holds nothing."""
    route.fulfill(body="<!doctype html><title>Vectors</title>", content_type="text/html")


@pytest.mark.mission("M12")
def test_every_vector_holds(page: Page, bundle: str) -> None:
    page.add_script_tag(content=bundle)
    result = page.evaluate(RUN_CHECKS)
    assert result["failed"] == []
    assert result["count"] > 60


def test_a_duty_key_survives_a_reload_and_still_opens(page: Page, bundle: str) -> None:
    page.add_script_tag(content=bundle)
    kept = page.evaluate(KEEP_PAIR)
    page.goto(PAGE)
    page.add_script_tag(content=bundle)
    assert page.evaluate(OPEN_WITH_KEPT_PAIR, kept["sealed"]) == kept["key"]
