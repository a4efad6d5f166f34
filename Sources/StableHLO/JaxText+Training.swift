// Parts of JAX modules as they stand in them. `$WORDS` are replaced by what is the network's own.
extension JaxModule {
  /// A step of training, and many of them on many devices.
  static let training = #"""
    def train_step(
        parameters: Arrays, state: Arrays, x: $X_TYPE$T_ARGUMENT
    ) -> tuple[jax.Array, dict[str, jax.Array], dict[str, jax.Array]]:
        """Takes a step of training: the loss of the batch before it, the parameters and the state after it.

        Nothing is changed in place; `jax.jit(train_step, donate_argnums=(0, 1))` gives the memory of the old ones to the new.
        """
        loss, *changed = _function("train")(
            *_ordered(parameters, PARAMETERS), *_ordered(state, STATE), *_listed(x, INPUTS), *$T_LISTED)
        new = {**parameters, **state, **dict(zip(CHANGED, changed))}
        return loss, {name: new[name] for name in PARAMETERS}, {name: new[name] for name in STATE}


    def fit(
        mesh: Mesh, batches: Iterable, parameters: Arrays | None = None, state: Arrays | None = None,
        checkpoint: str | os.PathLike | None = None, every: int = 100
    ) -> tuple[list[float], dict[str, jax.Array], dict[str, jax.Array]]:
        """Trains on all devices of a mesh, of this process and of others, each with an equal part of every batch.

        Every process calls it, after `jax.distributed.initialize` where there are several, with a mesh of all devices along
        one axis, and with its own part of the batches: `batches` gives `(x, t)` with BATCH / (number of processes) samples.

        Parameters:
            checkpoint: a safetensors file that the first process writes after every `every` steps, and at the end. Where there
                is one already, training goes on from it: as many batches as it counts are passed over.

        Returns the losses of the steps taken, the parameters and the state.
        """
        axis, = mesh.axis_names
        whole, parts = NamedSharding(mesh, PartitionSpec()), NamedSharding(mesh, PartitionSpec(axis))
        start = 0
        first = initial()
        parameters, state = dict(parameters or first[0]), dict(state or first[1])
        if checkpoint is not None and pathlib.Path(checkpoint).exists():
            parameters, state, start = _resumed(checkpoint)
        place = functools.partial(_placed, whole)
        parameters, state = jax.tree.map(place, parameters), jax.tree.map(place, state)
        step = jax.jit(
            train_step, in_shardings=(whole, whole) + (parts,) * $DATA_COUNT, out_shardings=whole,
            donate_argnums=(0, 1))
        losses, number = [], start
        try:
            for number, batch in enumerate(batches, 1):
                if number <= start:
                    continue
                batch = batch if isinstance(batch, tuple) else (batch,)
                batch = jax.tree.map(lambda part: jax.make_array_from_process_local_data(parts, np.asarray(part)), batch)
                loss, parameters, state = step(parameters, state, *batch)
                losses.append(float(loss))
                if checkpoint is not None and number % every == 0:
                    _save(checkpoint, parameters, state, number)
        except jax.errors.JaxRuntimeError as error:
            saved = f"; start all processes again to go on from {checkpoint}" if checkpoint is not None else ""
            raise RuntimeError(
                f"training ended at step {number}: another process may have ended, or cannot be reached{saved}\n{error}"
            ) from error
        if checkpoint is not None and number > start and number % every:
            _save(checkpoint, parameters, state, number)
        return losses, parameters, state


    def _placed(sharding: NamedSharding, value: Any) -> jax.Array:
        """The same value on all devices of a mesh, also on those of other processes."""
        value = np.asarray(value)
        return jax.make_array_from_callback(value.shape, sharding, lambda place: value[place])


    def _save(path: str | os.PathLike, parameters: Arrays, state: Arrays, step: int) -> None:
        if jax.process_index() == 0:
            save(path, parameters, state, step)


    def _resumed(path: str | os.PathLike) -> tuple[dict, dict, int]:
        parameters, state = load(path)
        return parameters, state, int(_read_tensors(path)[1].get("step", "0"))
    """#
}
