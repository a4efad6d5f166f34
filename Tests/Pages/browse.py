#!/usr/bin/env python3
"""Opens pages and drawings in headless Chromium and says what a reader would trip over.

    python3 Tests/Pages/browse.py [--shots FOLDER] PAGE.html DRAWING.svg ...

Each page is shown at 390 and 1280 pixels, light and dark, with everything folded and with everything unfolded. It must
ask for nothing but itself, have no horizontal scroll bar, contrast of 4.5 to 1 for all text (3 to 1 for large), headings
without a gap, and a name for every figure, picture, table, region, formula and link in the accessibility tree. With
`--shots` the pictures and the printed page are kept, to be looked at. Needs Chromium and nothing else.
"""

import argparse
import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

WIDTHS = [390, 1280]
SCHEMES = ["light", "dark"]
# Roles of the accessibility tree that say nothing without a name.
NAMED = {"figure", "Figure", "image", "img", "graphics-document", "table", "region", "link", "button",
         "DisclosureTriangle", "navigation", "heading", "document", "RootWebArea", "slider", "radio", "radiogroup"}

# Text whose colour is too near to its ground, as WCAG 2 measures it.
CONTRAST = r"""
(() => {
  const parse = text => {
    const n = text.match(/[\d.]+/g).map(Number);
    return {r: n[0], g: n[1], b: n[2], a: n.length > 3 ? n[3] : 1};
  };
  const light = c => {
    const f = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * f(c.r) + 0.7152 * f(c.g) + 0.0722 * f(c.b);
  };
  const drawn = element => {
    // In a drawing a text lies on the last shape before it that covers its middle.
    const box = element.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
    let fill = null;
    for (const shape of element.ownerSVGElement.querySelectorAll('rect')) {
      const r = shape.getBoundingClientRect();
      const before = shape.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (before && r.left <= x && x <= r.right && r.top <= y && y <= r.bottom) fill = getComputedStyle(shape).fill;
    }
    return fill && fill !== 'none' ? parse(fill) : null;
  };
  const ground = element => {
    if (element.ownerSVGElement) { const fill = drawn(element); if (fill) return fill; }
    for (let e = element; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.a > 0.5) return c;
    }
    return matchMedia('(prefers-color-scheme: dark)').matches
      && getComputedStyle(document.documentElement).colorScheme.includes('dark')
      ? {r: 18, g: 18, b: 18} : {r: 255, g: 255, b: 255};
  };
  const bad = new Map();
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || ['STYLE', 'TITLE', 'style', 'title', 'desc'].includes(element.tagName)) continue;
    if (!element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const a = light(parse(element.ownerSVGElement ? style.fill : style.color)), b = light(ground(element));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const need = size >= 24 || size >= 18.66 && style.fontWeight >= 700 ? 3 : 4.5;
    if (ratio < need) bad.set(element.tagName + '.' + (element.getAttribute('class') || ''),
      ratio.toFixed(2) + ' ' + node.data.trim().slice(0, 30));
  }
  return [...bad].map(([k, v]) => k + ': ' + v);
})()
"""

LEVELS = """
[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(h => +h.tagName[1])
"""


class Browser:
    """A headless Chromium, spoken to by the DevTools protocol through pipes."""

    def __init__(self, program):
        self.profile = tempfile.mkdtemp()
        to_read, self.to = os.pipe()
        self.back, from_write = os.pipe()

        def connect():
            # The protocol's descriptors are 3 and 4; the copies keep either from being overwritten.
            a, b = os.dup(to_read), os.dup(from_write)
            a, b = (os.dup(a), os.dup(b)) if {a, b} & {3, 4} else (a, b)
            os.dup2(a, 3)
            os.dup2(b, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--no-first-run", "--disable-background-networking", f"--user-data-dir={self.profile}",
             "--remote-debugging-pipe", "about:blank"],
            close_fds=False, preexec_fn=connect, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.number, self.rest, self.events, self.session = 0, b"", [], None

    def message(self):
        while b"\0" not in self.rest:
            part = os.read(self.back, 1 << 20)
            if not part:
                sys.exit("browse: Chromium ended")
            self.rest += part
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def open_tab(self):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Network", "Runtime", "Accessibility"]:
            self.call(f"{domain}.enable")

    def go(self, url):
        self.events.clear()
        self.call("Page.navigate", url=url)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.message())

    def value(self, expression):
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def close(self):
        self.session = None
        try:
            self.call("Browser.close")
        except OSError:
            pass
        self.process.wait(30)
        shutil.rmtree(self.profile, ignore_errors=True)


def nameless(browser):
    """The roles of what has no name in the accessibility tree, with how many there are."""
    found = {}
    for node in browser.call("Accessibility.getFullAXTree")["nodes"]:
        role = node.get("role", {}).get("value", "")
        if node.get("ignored") or role not in NAMED:
            continue
        if not node.get("name", {}).get("value", "").strip():
            found[role] = found.get(role, 0) + 1
    return found


def examine(browser, path, shots):
    """Lists what is wrong with a page."""
    wrong = []
    url = path.resolve().as_uri()
    stem = f"{path.stem}-{path.suffix[1:]}"
    for width in WIDTHS:
        for scheme in SCHEMES:
            browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1,
                         mobile=width < 600)
            browser.call("Emulation.setEmulatedMedia", media="screen",
                         features=[{"name": "prefers-color-scheme", "value": scheme}])
            browser.go(url)
            for event in browser.events:
                if event.get("method") == "Network.requestWillBeSent":
                    asked = event["params"]["request"]["url"]
                    if asked != url and not asked.startswith("data:"):
                        wrong.append(f"asks for {asked}")
                if event.get("method") == "Runtime.exceptionThrown":
                    wrong.append("a script failed")
            for state in ["folded", "unfolded"]:
                where = f"{width} pixels, {scheme}, {state}"
                if state == "unfolded":
                    if path.suffix == ".svg" or not browser.value("document.querySelectorAll('details').length"):
                        break
                    browser.value("document.querySelectorAll('details').forEach(d => d.open = true)")
                wide = browser.value("document.documentElement.scrollWidth")
                if path.suffix != ".svg" and wide > width:
                    wrong.append(f"{where}: scrolls to {wide}")
                for line in browser.value(CONTRAST):
                    wrong.append(f"{where}: contrast {line}")
                if shots:
                    picture = browser.call("Page.captureScreenshot", captureBeyondViewport=True,
                                           clip=clip(browser, width))
                    name = f"{stem}-{width}-{scheme}-{state}.png"
                    (shots / name).write_bytes(base64.b64decode(picture["data"]))
                if width == WIDTHS[0] and scheme == SCHEMES[0]:
                    for role, count in nameless(browser).items():
                        wrong.append(f"{state}: {count} {role} without a name")
                    levels = browser.value(LEVELS)
                    if any(b > a + 1 for a, b in zip([0] + levels, levels)):
                        wrong.append(f"{state}: headings leave out a level: {levels}")
    if shots:
        browser.call("Emulation.setEmulatedMedia", media="print", features=[])
        browser.go(url)
        page = browser.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)
        (shots / f"{stem}.pdf").write_bytes(base64.b64decode(page["data"]))
    return list(dict.fromkeys(wrong))


def clip(browser, width):
    """The part of a page that a picture shows: its whole width and at most 6,000 pixels of its length."""
    height = browser.value("document.documentElement.scrollHeight")
    wide = browser.value("document.documentElement.scrollWidth")
    return {"x": 0, "y": 0, "width": max(width, wide), "height": min(height, 6000), "scale": 1}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="+", type=pathlib.Path)
    parser.add_argument("--shots", type=pathlib.Path, help="folder for pictures and printed pages")
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("chromium-browser"))
    arguments = parser.parse_args()
    if not arguments.chromium:
        sys.exit("browse: there is no Chromium; install it or name it with --chromium")
    if arguments.shots:
        arguments.shots.mkdir(parents=True, exist_ok=True)
    browser = Browser(arguments.chromium)
    browser.open_tab()
    failed = 0
    for path in arguments.pages:
        wrong = examine(browser, path, arguments.shots)
        failed += bool(wrong)
        print(f"{path.name}: {'good' if not wrong else ''}")
        for line in wrong:
            print(f"    {line}")
    browser.close()
    print(f"{len(arguments.pages) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
