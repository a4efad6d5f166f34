// Parts of JAX modules as they stand in them. `$WORDS` are replaced by what is the network's own.
extension JaxModule {
  /// Files of tensors, initial values, and how arrays are given.
  static let files = #"""
    def load(path: str | os.PathLike) -> tuple[dict[str, jax.Array], dict[str, jax.Array]]:
        """The parameters of a safetensors file, and the state, which is the initial one where the file has none."""
        tensors, _ = _read_tensors(path)
        if missing := [name for name in PARAMETERS if name not in tensors]:
            raise ValueError(f"{path} has no {', '.join(missing)}")
        parameters, state = initial()
        for kind, table, values in (("", PARAMETERS, parameters), ("state/", STATE, state)):
            for name, (shape, type_) in table.items():
                tensor = tensors.get(kind + name)
                if tensor is None:
                    continue
                if tensor.shape != tuple(shape):
                    raise ValueError(f"{path}: {name} has the shape {tensor.shape}, not {tuple(shape)}")
                values[name] = jnp.asarray(tensor, type_)
        return parameters, state


    def save(path: str | os.PathLike, parameters: Arrays, state: Arrays = {}, step: int | None = None) -> None:
        """Writes parameters, and if wanted the state, as a safetensors file, which nnc reads too. It takes its place whole."""
        tensors = {**parameters, **{f"state/{name}": value for name, value in state.items()}}
        _write_tensors(path, tensors, {} if step is None else {"step": str(step)})


    def initial() -> tuple[dict[str, jax.Array], dict[str, jax.Array]]:
        """The initial parameters and state."""
        made = []
        for table in (PARAMETERS, STATE):
            values = {name: np.reshape(_initial(*INITIAL[name], math.prod(shape)), shape) for name, (shape, _) in table.items()}
            made.append({name: jnp.asarray(value, table[name][1]) for name, value in values.items()})
        return made[0], made[1]


    def _initial(kind: str, number: Any, stream: int, count: int) -> np.ndarray:
        """The first numbers of a field: all one number, listed ones, or random ones of a stream of the seed."""
        if kind == "fill":
            return np.full(count, number)
        if kind == "list":
            return np.asarray(number, np.float64)
        pairs = (count + 1) // 2
        first, second = _philox(np.arange(pairs, dtype=np.uint64), stream)
        if kind == "uniform":
            return np.stack([(first + first - 1) * number, (second + second - 1) * number], 1).ravel()[:count]
        # Box and Muller (1958).
        radius, angle = number * np.sqrt(-2 * np.log(1 - first)), 2 * np.pi * second
        return np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1).ravel()[:count]


    def _philox(pairs: np.ndarray, stream: int) -> tuple[np.ndarray, np.ndarray]:
        """Two numbers on [0, 1) for each place, by Philox4x32-10 (Salmon et al., 2011) under the network's seed."""
        low = np.uint64(0xFFFFFFFF)
        words = [pairs & low, pairs >> np.uint64(32)]
        words += [np.full_like(pairs, stream & 0xFFFFFFFF), np.full_like(pairs, stream >> 32)]
        keys = [SEED & 0xFFFFFFFF, SEED >> 32]
        for _ in range(10):
            a, b = np.uint64(0xD2511F53) * words[0], np.uint64(0xCD9E8D57) * words[2]
            words = [(b >> np.uint64(32)) ^ words[1] ^ np.uint64(keys[0]), b & low,
                     (a >> np.uint64(32)) ^ words[3] ^ np.uint64(keys[1]), a & low]
            keys = [(keys[0] + 0x9E3779B9) & 0xFFFFFFFF, (keys[1] + 0xBB67AE85) & 0xFFFFFFFF]
        return tuple((((high << np.uint64(32)) | rest) >> np.uint64(11)) * 2.0**-53
                     for high, rest in (words[:2], words[2:]))


    def _ordered(values: Arrays, table: Mapping) -> list:
        if missing := [name for name in table if name not in values]:
            raise ValueError(f"there is no {', '.join(missing)} among the arrays")
        return [jnp.asarray(values[name], table[name][1]) for name in table]


    def _listed(values: Any, table: Mapping) -> list:
        if isinstance(values, Mapping):
            return _ordered(values, table)
        if len(table) != 1:
            raise TypeError(f"a dict of {', '.join(table)} is wanted")
        (name, (shape, type_)), = table.items()
        values = jnp.asarray(values, type_)
        if values.shape[1:] != tuple(shape):
            raise ValueError(f"{name} has the shape {values.shape}, not (n, {', '.join(map(str, shape))})")
        return [values]


    def _named(values: Iterable, table: Mapping) -> Any:
        named = dict(zip(table, values))
        return named if len(named) > 1 else next(iter(named.values()))
    """#
}
