#!/usr/bin/env python3
"""What CONTRIBUTING.md shows is compiled and run: its operation and its layer are put into copies of the tables, and a
program made with them says what a network of both is, and that the operation's slope is that of its definition."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = {
    "NNCText": [], "NNCDiagnostics": ["NNCText"], "NNCAlgebra": [], "NNCSyntax": ["NNCDiagnostics"],
    "NNCGraph": ["NNCAlgebra", "NNCText"],
    "NNCLayers": ["NNCDiagnostics", "NNCSyntax", "NNCAlgebra", "NNCGraph"],
}

MAIN = """
import NNCAlgebra
import NNCDiagnostics
import NNCGraph
import NNCLayers
import NNCSyntax

let row = Operation("bent")!.row
let value = FormulaEvaluator(row.definition!, of: ["x"], precision: .f64)
let slope = FormulaEvaluator(row.slopes![0], of: ["x"], precision: .f64)
for x in [-3.0, -0.5, 0.25, 2] {
  let difference = (value(x + 1e-6) - value(x - 1e-6)) / 2e-6
  guard abs(difference - slope(x)) < 1e-8 else { fatalError("the slope at \\(x) is off") }
}
let (tree, _) = parse(SourceFile(name: "net.nn", text: "input 3; bent; scale; linear ->1; scale"))
let (network, diagnostics) = elaborate(tree)
guard let network, diagnostics.isEmpty else { fatalError("\\(diagnostics.map(\\.message))") }
for parameter in network.parameters { print(parameter.name, parameter.shape) }
print(GraphPrinter(network.graph).formula(of: network.output).formula)
"""

EXPECTED = """\
scale1.weight [3]
linear1.weight [1, 3]
linear1.bias [1]
scale2.weight [1]
"""


def block(text, beginning):
    """The indented block that begins so."""
    found = re.search(rf"^(    {re.escape(beginning)}.*\n(?:    .*\n)*)", text, re.M)
    if not found:
        sys.exit(f"CONTRIBUTING.md shows no block that begins `{beginning}`")
    return found.group(1)


def insert(path, row, anchor):
    """Puts a row before the line of a table that holds the anchor."""
    text = path.read_text()
    if text.count(anchor) != 1:
        sys.exit(f"{path.name} holds `{anchor}` {text.count(anchor)} times")
    path.write_text(text.replace(anchor, row + anchor))


def main():
    text = (ROOT / "CONTRIBUTING.md").read_text()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for name in MODULES:
            shutil.copytree(ROOT / "Sources" / name[3:], folder / name)
        operation = block(text, "row(")
        insert(folder / "NNCAlgebra/Operations.swift", operation, '  row("sqrt"')
        insert(folder / "NNCLayers/LayerRows.swift", block(text, "LayerRow("), '    LayerRow("mul LABEL"')
        (folder / "shown").mkdir()
        (folder / "shown/main.swift").write_text(MAIN)
        targets = [
            f'.target(name: "{name}", dependencies: {str(list(needed)).replace(chr(39), chr(34))}, path: "{name}")'
            for name, needed in MODULES.items()
        ]
        everything = str(list(MODULES)).replace("'", '"')
        targets.append(f'.executableTarget(name: "shown", dependencies: {everything}, path: "shown", '
            'linkerSettings: [.linkedLibrary("m")])')
        (folder / "Package.swift").write_text(
            "// swift-tools-version: 6.2\nimport PackageDescription\n"
            f'let package = Package(name: "shown", targets: [{", ".join(targets)}], swiftLanguageModes: [.v6])\n')
        build = subprocess.run(
            ["swift", "build", "--package-path", folder], capture_output=True, text=True)
        if build.returncode:
            sys.exit(build.stdout + build.stderr)
        run = subprocess.run([folder / ".build/debug/shown"], capture_output=True, text=True)
        if run.returncode or not run.stdout.startswith(EXPECTED):
            sys.exit("the program made of what CONTRIBUTING.md shows says\n" + run.stdout + run.stderr)
        print(run.stdout, end="")


main()
