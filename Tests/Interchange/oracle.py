"""What the emitted C of a network computes, for comparison: its functions for many samples over NumPy arrays."""
import ctypes
import pathlib
import re
import subprocess

import numpy as np


class Network:
    """A network as C for so many samples at most, compiled into a folder and called by ctypes. What is compiled
    there already is taken as it is."""

    def __init__(self, nnc, source, folder, real="f64", most=256):
        folder = pathlib.Path(folder)
        library = folder / "net.so"
        isMade = library.exists()
        if not isMade:
            folder.mkdir(parents=True, exist_ok=True)
            subprocess.run([nnc, "compile", source, "--emit", "c", "--real", real, "--max-samples", str(most),
                            "-o", f"{folder}/"], check=True)
        header = next(folder.glob("*.h"))
        self.name = header.stem
        text = header.read_text()
        self.type = np.float64 if real == "f64" else np.float32
        self.sizes = {
            name.lower(): int(number)
            for name, number in re.findall(rf"#define {self.name.upper()}_([A-Z_]+) (\d+) ", text)
        }
        if not isMade:
            subprocess.run(
                ["gcc", "-std=c99", "-O1", "-w", "-ffp-contract=off", "-shared", "-fPIC", folder / f"{self.name}.c", "-lm",
                 "-o", library], check=True)
        self.library = ctypes.CDLL(str(library))
        self.parameters = np.zeros(self.sizes["parameters"], self.type)
        self.state = np.zeros(self.sizes.get("state", 0), self.type)
        self.workspace = np.zeros(self.sizes["workspace_bytes"] + 64, np.uint8)
        # The caller's arrays stand in the order of each declaration.
        self.has = {kind: re.search(rf"\b{self.name}_{kind}_many\(([^)]*)\)", text) for kind in
                    ("predict", "loss", "gradient", "train")}
        stated = [self.parameters] + ([self.state] if self.state.size else [])
        if "_initialize(" in text and self.parameters.size:
            getattr(self.library, f"{self.name}_initialize")(*map(pointer, stated))

    def call(self, kind, x, t=None):
        """The result of a function for many samples: the output, or the loss and, of `gradient`, the gradient."""
        declared = [part.split("*")[-1].split()[-1] for part in self.has[kind].group(1).split(",")]
        output = np.zeros((len(x), self.sizes["outputs"]), self.type)
        gradient = np.zeros_like(self.parameters)
        arrays = {"p": self.parameters, "s": self.state, "x": x, "t": t, "y": output, "gradient": gradient,
                  "w": self.workspace}
        function = getattr(self.library, f"{self.name}_{kind}_many")
        function.restype = ctypes.c_double if self.type is np.float64 else ctypes.c_float
        arguments = [ctypes.c_size_t(len(x)) if name == "n" else pointer(arrays[name]) for name in declared]
        result = function(*arguments)
        return output if kind == "predict" else (result, gradient) if kind == "gradient" else result


def pointer(array):
    """Where an array lies."""
    return ctypes.c_void_p(array.ctypes.data)
