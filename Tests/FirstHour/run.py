#!/usr/bin/env python3
"""A stranger's first hour, on a copy of the committed source, in a home of its own: python3 Tests/FirstHour/run.py

1. the README's install line, word by word
2. every command of the README's tour, whose output must be what the README prints
3. the same for the manual's first page, whose C program is compiled and run
4. a Swift package by the plugin, and one that trains by the library, as the manual shows them
5. the prompt, at a terminal that types
6. uninstalling, after which nothing is left

Needs the Swift toolchain, Git, gcc and Python. `--from TOOL` installs a tool that is built already, `--keep FILE` keeps the one
that was installed, `--skip-package` leaves out the Swift packages, whose builds take as long as the tool's.
"""

import argparse
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def fail(text):
    sys.exit(f"FAILED: {text}")


def blocks(page):
    """The page's blocks of code: language and lines."""
    language, lines = None, []
    for line in page.split("\n"):
        if language is None and line.startswith("```"):
            language, lines = line[3:].strip(), []
        elif language is not None and line == "```":
            yield language, lines
            language = None
        elif language is not None:
            lines.append(line)


def examples(lines):
    """The commands of a transcript, each with the lines below it."""
    found = []
    for line in lines:
        if line.startswith("$ "):
            found.append([line[2:], []])
        elif line.startswith("> ") and found and found[-1][0].endswith("\\"):
            found[-1][0] += "\n" + line[2:]
        elif found:
            found[-1][1].append(line)
    return found


def fits(expected, output):
    """Whether an output is the expected one, in which a line `...` stands for any number of lines."""
    pattern = "".join(r"(?:.*\n)*" if line == "..." else re.escape(line) + r"\n" for line in expected)
    return re.fullmatch(pattern, "".join(line + "\n" for line in output)) is not None


class Stranger:
    """Someone at a shell in a folder, with a home of their own."""

    def __init__(self, home, folder):
        self.folder = folder
        keep = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR", "http_proxy", "https_proxy") if name in os.environ}
        self.variables = {**keep, "HOME": str(home), "LANG": "C.UTF-8", "TERM": "xterm", "NO_COLOR": "1"}

    def run(self, command):
        result = subprocess.run(
            ["bash", "-c", command], cwd=self.folder, env=self.variables, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return result.returncode, result.stdout

    def follow(self, page, name):
        """Follows a page: writes its files, types its commands."""
        count = 0
        for language, lines in blocks(page):
            file = re.match(r"(?:#|//|/\*) ([\w./-]+\.\w+)", lines[0]) if lines and language != "console" else None
            if file:
                (self.folder / file[1]).write_text("\n".join(lines) + "\n")
            for command, expected in examples(lines) if language == "console" else []:
                _, text = self.run(command)
                output = text.split("\n")[:-1] if text.endswith("\n") else text.split("\n") if text else []
                while output and output[-1] == "":
                    output.pop()
                while expected and expected[-1] == "":
                    expected.pop()
                if not fits(expected, output):
                    fail(f"{name}: $ {command}\n{text}")
                count += 1
        if count == 0:
            fail(f"{name} has no commands")
        print(f"{name}: {count} commands as it says")


def prompt(stranger):
    """Types at the prompt, and reads the answers."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(stranger.folder)
        os.execvpe("nnc", ["nnc", "eval", "Samples/backprop.nn"], stranger.variables)
    seen = ""

    def expect(wanted):
        nonlocal seen
        end = time.monotonic() + 120
        while wanted not in seen:
            if time.monotonic() > end:
                fail(f"the prompt: no {wanted!r} in {seen!r}")
            if select.select([terminal], [], [], 1)[0]:
                try:
                    data = os.read(terminal, 65536)
                except OSError:
                    fail(f"the prompt ended: {seen!r}")
                seen += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", data.decode(errors="replace")).replace("\r", "")
        seen = seen[seen.index(wanted) + len(wanted):]

    def enter(text, *answers):
        for key in text + "\r":
            os.write(terminal, key.encode())
            time.sleep(0.002)
        for answer in answers:
            expect(answer)

    expect("about the network backprop.")
    enter("x = [0.05, 0.10]; t = [0.01, 0.99]")
    enter("loss", "\n0.298371\n")
    enter("diff(loss, w5)", "\n0.082167\n")
    enter(":plot loss w5", "for example `:plot loss w5=-5..5`")
    enter(":plot loss w5=-5..5", "⠀")
    enter("lr = 0.1")
    enter(":step 100", "100 steps\n")
    enter("let f(a) =", "… ")
    enter("a^2")
    enter("f(3)", "\n9\n")
    enter("los", "did you mean")
    enter("help", ":tangent")
    enter("exit")
    _, status = os.waitpid(process, 0)
    if status != 0:
        fail(f"the prompt ended with status {status}")
    print("the prompt: answers, and leaves by `exit`")


def package(stranger, source, page, folder):
    """Writes the Swift package of a page, and runs it: its status, what it prints, and what the page says of that."""
    text = (source / "Sources/NNC/NNC.docc" / page).read_text()
    app = stranger.folder / folder
    (app / "Sources/App").mkdir(parents=True)
    expected = None
    for language, lines in blocks(text):
        if language == "swift" and lines[0].startswith("// swift-tools"):
            (app / "Package.swift").write_text("\n".join(lines).replace("../nnc", str(source)) + "\n")
        elif language in ("swift", "nn") and (file := re.match(r"(?:#|//) ([\w.]+)$", lines[0])):
            (app / "Sources/App" / file[1]).write_text("\n".join(lines) + "\n")
        elif lines and lines[0] == "$ swift run":
            expected = lines[1:]
    status, output = stranger.run(f"cd {folder} && swift run 2>errors")
    return status, output, expected, (app / "errors").read_text()[-4000:]


def packages(stranger, source):
    """The Swift packages of the manual."""
    status, output, _, errors = package(stranger, source, "SwiftPackages.md", "plugin")
    if status != 0 or output != "0.0 false\n1.0 true\n1.0 true\n0.0 false\n":
        fail(f"the Swift package by the plugin\n{output}{errors}")
    print("a Swift package by the plugin: built and trained")
    status, output, expected, errors = package(stranger, source, "FromSwift.md", "library")
    if status != 0 or not fits(expected, output.splitlines()):
        fail(f"the Swift package by the library\n{output}{errors}")
    print("a Swift package by the library: built, and prints what the manual says")


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--from", dest="tool", help="install this built tool")
    parser.add_argument("--keep", help="copy the installed tool there")
    parser.add_argument("--skip-package", action="store_true")
    arguments = parser.parse_args()
    work = pathlib.Path(tempfile.mkdtemp(prefix="nnc-first-hour-"))
    try:
        home, source = work / "home", work / "nnc"
        home.mkdir()
        subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{ROOT}", source], check=True)
        stranger = Stranger(home, source)
        readme = (source / "README.md").read_text()

        line = re.search(r"^    (bash \.ci/install.*)$", readme, re.M)[1]
        before = files(home)
        status, text = stranger.run(line + (f" --from {arguments.tool}" if arguments.tool else ""))
        if status != 0:
            fail(f"{line}\n{text[-4000:]}")
        stranger.variables["PATH"] = f"{home}/.local/bin:" + stranger.variables["PATH"]
        status, text = stranger.run("cd / && nnc --version && nnc help >/dev/null && man -w nnc 2>/dev/null; command -v nnc")
        if f"{home}/.local/bin/nnc" not in text:
            fail(f"nnc is not on the PATH: {text}")
        print(f"README's install line: {text.splitlines()[0]}")
        if arguments.keep:
            shutil.copy(home / ".local/bin/nnc", arguments.keep)

        stranger.follow(readme, "README's tour")
        stranger.run("git clean -fdq")
        stranger.folder = work / "hour"
        stranger.folder.mkdir()
        (stranger.folder / "Samples").symlink_to(source / "Samples")
        stranger.follow((source / "Sources/NNC/NNC.docc/Tutorial.md").read_text(), "the manual's first page")
        prompt(stranger)
        if not arguments.skip_package:
            packages(stranger, source)

        stranger.folder = source
        status, text = stranger.run("bash .ci/install --uninstall")
        # What is kept of the user's work is the user's: the prompt's history, compiled networks, the toolchain's own
        # (`swift build` makes `.local/share/bin`).
        kept = [name for name in files(home) if not re.match(r"\.nnc_history|\.cache|\.swiftpm|\.config|\.local$|\.local/share(/bin)?$", name)]
        if status != 0 or kept != before:
            fail(f"uninstalling leaves {kept}\n{text}")
        print("uninstalled: nothing is left")
    finally:
        shutil.rmtree(work, ignore_errors=True)


main()
