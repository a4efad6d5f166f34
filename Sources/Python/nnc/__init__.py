"""nnc, a compiler for small neural networks: a few lines of layers in, a compiled network over NumPy arrays out.

    import nnc

    net = nnc.compile("linear 2->8; tanh; linear 1; loss mse; train adam lr=0.01")
    loss = net.train(x, t)          # a step on a batch of NumPy arrays
    y = net.predict(x)
    net                             # in a notebook: its drawing, and the formulas of its training

The compiler comes with this package; what it makes is C, which the machine's own compiler compiles.
`nnc.estimators` has estimators of scikit-learn that make a network for the data that they are given.
"""
from __future__ import annotations

import base64
import builtins
import functools
import hashlib
import html
import os
import pathlib
import subprocess
import sys
import types
from typing import Any

__version__ = "$VERSION"
__all__ = ["NetworkError", "command", "compile", "main", "run"]


class NetworkError(ValueError):
    """What is wrong with a network, as the compiler says it."""


def command() -> str:
    """The path of the compiler: the one that NNC names, else the one in this package."""
    return os.environ.get("NNC") or str(pathlib.Path(__file__).with_name("bin") / "nnc")


def run(*arguments: str, source: str | None = None) -> str:
    """What the compiler prints when it is called with these arguments; a network's text goes to its standard input."""
    done = subprocess.run([command(), *arguments], input=source, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise NetworkError(done.stderr.strip())
    return done.stdout


def compile(
    source: str | os.PathLike, *, real: str = "f64", target: str = "native", max_samples: int = 256,
    threads: int = 1, weights: str | os.PathLike | None = None
) -> Any:
    """Compiles a network, and gives it with its initial parameters.

    Parameters:
        source: the network's text, or the path of its file: a `pathlib.Path`, or a name that ends in `.nn`.
        real: the type of its numbers, "f64" or "f32".
        target: the kind of machine that the code is for; `nnc help targets` lists them.
        max_samples: the most samples of one step of training.
        threads: how many threads share a call.
        weights: a file of parameters to begin with.

    The result has the methods `predict`, `loss`, `gradient`, `train`, `save`, `load` and `reset`, and its arrays by name in
    `parameters` and `state`; see the manual's page "From Python". Raises NetworkError with the compiler's message.
    """
    is_path = isinstance(source, os.PathLike) or source.strip().endswith(".nn") and "\n" not in source
    text = pathlib.Path(source).read_text(encoding="utf-8") if is_path else str(source)
    options = ["--real", real, "--target", target, "--max-samples", str(max_samples), "--threads", str(threads)]
    where = str(source) if is_path else "-"
    code = run("compile", where, "--emit", "python", *options, source=None if is_path else text)
    net = _class(code, text)()
    if weights is not None:
        net = type(net).load(weights)
    return net


@functools.lru_cache(maxsize=64)
def _class(code: str, text: str) -> type:
    """The class of networks of a generated module, which shows itself in notebooks."""
    name = "nnc_" + hashlib.sha256(code.encode()).hexdigest()[:24]
    module = types.ModuleType(name)
    # The estimators and pickles of the module look for it by its name.
    sys.modules[name] = module
    exec(builtins.compile(code, f"<{name}>", "exec"), module.__dict__)

    def __reduce__(self):
        return _restored, (code, text, self.__getstate__())

    made = type("Net", (_Shown, module.Net), {
        "__doc__": module.Net.__doc__, "__module__": __name__, "__reduce__": __reduce__, "source": text,
        "module": module})
    return made


def _restored(code: str, text: str, kept: dict) -> Any:
    net = _class(code, text)()
    net.__setstate__(kept)
    return net


class _Shown:
    """How a network shows itself: its source, its drawing, and the formulas of a step of training."""

    source: str

    def drawing(self) -> str:
        """The network as an SVG picture, with made-up numbers flowing through it."""
        return run("graph", "-", "--format", "svg", source=self.source)

    def formulas(self, stage: str = "simplified", form: str = "unicode") -> str:
        """Formulas of the network: "graph", "gradient" or "simplified", in "text", "unicode", "latex" or "mathml"."""
        forms = [] if form == "text" else [f"--{form}"]
        return run("compile", "-", "--show", stage, *forms, source=self.source)

    def _repr_html_(self) -> str:
        # As a picture it keeps its styles to itself, and is as wide as the page at most.
        picture = base64.b64encode(self.drawing().encode()).decode()
        source = html.escape(self.source.strip())
        parts = [
            f'<pre style="white-space:pre-wrap">{source}</pre>',
            f'<img alt="The network, drawn" style="max-width:100%" src="data:image/svg+xml;base64,{picture}">',
        ]
        for title, stage in (("The network", "graph"), ("A step of training", "simplified")):
            lines = self.formulas(stage, "mathml").splitlines()
            most = 60
            shown = "".join(f'<p style="overflow-x:auto">{line}</p>' for line in lines[:most])
            rest = f"<p>… and {len(lines) - most} more</p>" if len(lines) > most else ""
            parts.append(f"<details><summary>{title}, as formulas</summary>{shown}{rest}</details>")
        return f'<div class="nnc-network">{"".join(parts)}</div>'


def main() -> None:
    """Runs the compiler as the command `nnc`."""
    os.execv(command(), ["nnc", *sys.argv[1:]])
