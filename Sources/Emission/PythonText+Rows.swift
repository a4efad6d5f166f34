// Parts of Python modules as they stand in them. `$WORDS` are replaced by what is the network's own.
extension PythonEmitter {
  /// How what is given becomes rows of samples.
  static let rows = #"""
    def _rows(x: Any, ports: Mapping[str, Port], type_: np.dtype, what: str) -> tuple[np.ndarray, bool]:
        """Samples as rows of the network's type, one after the other, and whether they are one sample without an axis."""
        if isinstance(x, Mapping):
            if set(x) != set(ports):
                raise ValueError(f"{what} has {', '.join(map(repr, x))}, but is to have {', '.join(map(repr, ports))}")
            parts = [_port_rows(x[name], port.shape, type_, name) for name, port in ports.items()]
            if len({(len(rows), is_one) for rows, is_one in parts}) > 1:
                raise ValueError(f"the parts of {what} have different numbers of samples")
            rows, is_one = np.ascontiguousarray(np.concatenate([rows for rows, _ in parts], 1)), parts[0][1]
        else:
            shape = next(iter(ports.values())).shape if len(ports) == 1 else (sum(p.count for p in ports.values()),)
            rows, is_one = _port_rows(x, shape, type_, what)
        if type_.kind == "i":
            for name, port in ports.items():
                part = rows[:, port.offset:port.offset + port.count]
                if part.size and (part.min() < 0 or part.max() >= port.below):
                    raise ValueError(f"{name} holds whole numbers from 0 to {port.below - 1}")
        return rows, is_one


    def _port_rows(x: ArrayLike, shape: tuple[int, ...], type_: np.dtype, what: str) -> tuple[np.ndarray, bool]:
        array = np.asarray(x)
        if array.dtype.kind not in ("iub" if type_.kind == "i" else "fiub"):
            wanted = "whole numbers" if type_.kind == "i" else "numbers"
            raise TypeError(f"{what} is to be {wanted}, not {array.dtype}")
        is_one = array.shape == shape
        if not is_one and (array.ndim == 0 or array.shape[1:] != shape):
            one = ", ".join(map(str, shape))
            raise ValueError(f"{what} has the shape {array.shape}, not ({one}{',' * (len(shape) == 1)}) or (n, {one})")
        if type_.kind == "i" and array.size and abs(int(array.max())) >= 2**31:
            raise ValueError(f"{what} holds a whole number that is too great")
        rows = np.require(array, type_, "CA").reshape(1 if is_one else len(array), math.prod(shape))
        return rows, is_one


    def _parts(count: int, splits: bool) -> list[slice]:
        """Samples in parts that a call takes."""
        if count == 0:
            raise ValueError("there are no samples")
        if count > MAX_SAMPLES and not splits:
            raise ValueError(f"what a sample gives depends on the others, of which there are at most {MAX_SAMPLES}")
        return [slice(start, min(count, start + MAX_SAMPLES)) for start in range(0, count, MAX_SAMPLES)]


    def _split(rows: np.ndarray, is_one: bool) -> Any:
        """Rows of outputs in their shapes."""
        lead = () if is_one else rows.shape[:1]
        named = {name: rows[..., port.offset:port.offset + port.count].reshape(lead + port.shape)
                 for name, port in OUTPUTS.items()}
        return named if len(named) > 1 else next(iter(named.values()))
    """#
}
