// Parts of Python modules as they stand in them. `$WORDS` are replaced by what is the network's own.
extension PythonEmitter {
  /// The class of networks, up to its functions.
  static let net = #"""
    class Net:
        """The network, with parameters of its own: at first the initial ones.

        A method takes an array of one sample, of the shape that `INPUTS` or `TARGETS` states, or of many, with one axis more
        in front. Where there are several inputs it takes a dict of such arrays, or rows in which they stand one after the
        other. Arrays of the network's own type that lie in one piece are read where they are; others are converted. Several
        threads may call one network at the same time as long as none trains it.
        """

        def __init__(self) -> None:
            library = _library()
            self.parameters = Fields(PARAMETERS, np.zeros($PARAMETER_COUNT, REAL))
            """The parameters by name; they may be changed in place."""
            self.state = Fields(STATE, np.zeros($STATE_COUNT, REAL))
            """What the update rule keeps from step to step, by name."""
            self._p = self.parameters.block.ctypes.data
            self._s = self.state.block.ctypes.data
            self._memory: list[np.ndarray] = []
            self._spare: list[int] = []
            for name in _FUNCTIONS:
                setattr(self, f"_{name}", getattr(library, f"{_NAME}_array_{name}"))
            self.reset()

        def reset(self) -> None:
            """Sets the initial parameters and state again."""
            self._initialize(self._p, self._s)

        @classmethod
        def load(cls, path: str | os.PathLike) -> Net:
            """A network with the parameters of a .safetensors or .npz file, and its state where the file has that."""
            net = cls()
            tensors, _ = _read_tensors(path)
            if missing := [name for name in PARAMETERS if name not in tensors]:
                raise ValueError(f"{path} has no {', '.join(missing)}")
            for name in PARAMETERS:
                net.parameters[name] = tensors[name]
            for name in STATE:
                if f"state/{name}" in tensors:
                    net.state[name] = tensors[f"state/{name}"]
            return net

        def save(self, path: str | os.PathLike, state: bool = False) -> None:
            """Writes the parameters, and if wanted the state, as a safetensors file, which nnc reads too."""
            kept = {f"state/{name}": array for name, array in self.state.items()} if state else {}
            _write_tensors(path, {**self.parameters, **kept})

        def __getstate__(self) -> dict[str, np.ndarray]:
            return {"parameters": self.parameters.block.copy(), "state": self.state.block.copy()}

        def __setstate__(self, kept: dict[str, np.ndarray]) -> None:
            self.__init__()
            self.parameters.block[:] = kept["parameters"]
            self.state.block[:] = kept["state"]

        def __repr__(self) -> str:
            return f"<network {_NAME}: {', '.join(INPUTS)} -> {', '.join(OUTPUTS)}, {len(self.parameters.block)} parameters>"

        def _workspace(self) -> int:
            """Scratch memory that no other thread has."""
            try:
                return self._spare.pop()
            except IndexError:
                memory = np.empty(_WORKSPACE_BYTES // 8 + 8)
                self._memory.append(memory)
                return -(-memory.ctypes.data // 64) * 64
    """#
}
