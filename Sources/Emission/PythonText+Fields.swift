// Parts of Python modules as they stand in them. `$WORDS` are replaced by what is the network's own.
extension PythonEmitter {
  /// Named arrays, and files of them.
  static let fields = #"""
    class Port(NamedTuple):
        """A part of a sample's row: an input, an output or a target."""

        shape: tuple[int, ...]
        """Its shape, for one sample."""
        offset: int
        """Where it begins in the row."""
        below: int | None
        """The number below which its whole numbers are; None where they are any numbers."""

        @property
        def count(self) -> int:
            """How many numbers it has."""
            return math.prod(self.shape)


    class Fields(collections.abc.MutableMapping):
        """Named arrays that lie one after the other in a block. What is assigned to a name is copied to its place.

        `block` is all numbers, one array after the other.
        """

        __slots__ = ("_table", "_views", "block")

        def __init__(self, table: Mapping[str, tuple[tuple[int, ...], int]], block: np.ndarray):
            self.block = block
            self._table = table
            self._views: dict[str, np.ndarray] = {}

        def __getitem__(self, name: str) -> np.ndarray:
            view = self._views.get(name)
            if view is None:
                shape, offset = self._table[name]
                view = self.block[offset:offset + math.prod(shape)].reshape(shape)
                self._views[name] = view
            return view

        def __setitem__(self, name: str, value: ArrayLike) -> None:
            if name not in self._table:
                raise KeyError(f"there is no {name!r}, but {', '.join(self._table)}")
            value = np.asarray(value)
            if value.shape != self[name].shape:
                raise ValueError(f"{name} has the shape {self[name].shape}, not {value.shape}")
            self[name][...] = value

        def __delitem__(self, name: str) -> None:
            raise TypeError("arrays of a network cannot be deleted")

        def __iter__(self) -> Iterator[str]:
            return iter(self._table)

        def __len__(self) -> int:
            return len(self._table)

        def __repr__(self) -> str:
            return "{" + ", ".join(f"{name}: {'x'.join(map(str, shape)) or 'scalar'}"
                                   for name, (shape, _) in self._table.items()) + "}"


    $TABLES
    """#
}
