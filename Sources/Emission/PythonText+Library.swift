// Parts of Python modules as they stand in them. `$WORDS` are replaced by what is the network's own.
extension PythonEmitter {
  /// What the module imports.
  static let imports = #"""
    from __future__ import annotations

    import collections.abc
    import ctypes
    import functools
    import hashlib
    import json
    import math
    import os
    import pathlib
    import platform
    import shutil
    import subprocess
    import sys
    import tempfile
    from collections.abc import Iterator, Mapping
    from typing import TYPE_CHECKING, Any, NamedTuple

    import numpy as np

    if TYPE_CHECKING:
        from numpy.typing import ArrayLike
    """#

  /// How the C is compiled and kept.
  static let library = #"""
    def _compiler() -> str:
        """The C compiler that CC names, else the first of cc, gcc and clang."""
        for name in [os.environ["CC"]] if os.environ.get("CC") else ["cc", "gcc", "clang"]:
            if found := shutil.which(name):
                return found
        raise RuntimeError("no C compiler was found: install gcc or clang, or name one by the environment's CC")


    def _cache() -> pathlib.Path:
        """The folder of what was compiled: NNC_CACHE, or nnc in the user's cache."""
        if folder := os.environ.get("NNC_CACHE"):
            return pathlib.Path(folder)
        home = os.environ.get("XDG_CACHE_HOME") or (
            pathlib.Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache"))
        return pathlib.Path(home) / "nnc" / "python"


    def _processor() -> str:
        """What code made for this machine alone depends on."""
        try:
            lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        except OSError:
            lines = []
        told = ("model name", "flags", "Features", "CPU part", "isa")
        return platform.machine() + "".join(next((line for line in lines if line.startswith(name)), "") for name in told)


    @functools.lru_cache(maxsize=None)
    def _library() -> ctypes.CDLL:
        """The network's functions, compiled for this machine once and kept in the user's cache."""
        compiler = _compiler()
        facts = os.stat(os.path.realpath(compiler))
        key = "\n".join([_C, compiler, f"{facts.st_size} {facts.st_mtime_ns}", *_FLAGS, _processor()])
        name = f"{_NAME}-{hashlib.sha256(key.encode()).hexdigest()[:32]}.so"
        for folder in (_cache(), pathlib.Path(tempfile.gettempdir()) / f"nnc-{getattr(os, 'getuid', int)()}"):
            try:
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                if not (folder / name).exists():
                    _compile(compiler, folder / name)
                return _declared(ctypes.CDLL(str(folder / name)))
            except OSError as error:
                failure = error
        raise RuntimeError(f"the compiled network can be kept nowhere: {failure}")


    def _compile(compiler: str, path: pathlib.Path) -> None:
        """Compiles the C beside the place where it goes, so that it takes it whole or not at all."""
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            source, made = pathlib.Path(folder, f"{_NAME}.c"), pathlib.Path(folder, "made.so")
            source.write_text(_C, encoding="utf-8")
            run = subprocess.run(
                [compiler, *_FLAGS, str(source), "-lm", "-o", str(made)], capture_output=True, text=True)
            if run.returncode:
                raise RuntimeError(f"{compiler} cannot compile the network:\n{run.stderr[:2000]}")
            os.replace(made, path)


    def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
        """The library with the types of its functions. They are called without the interpreter's lock."""
        for name, letters in _FUNCTIONS.items():
            function = getattr(library, f"{_NAME}_array_{name}")
            types = {"n": ctypes.c_size_t, "o": ctypes.py_object, "p": ctypes.c_void_p}
            function.argtypes = [types[letter] for letter in letters]
            function.restype = (
                ctypes.c_int if name.startswith("predict") else None if name == "initialize"
                else ctypes.c_double if REAL == np.float64 else ctypes.c_float)
        return library
    """#
}
