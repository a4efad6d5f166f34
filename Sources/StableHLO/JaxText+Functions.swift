// Parts of JAX modules as they stand in them. `$WORDS` are replaced by what is the network's own.
extension JaxModule {
  /// What the module imports.
  static let imports = #"""
    from __future__ import annotations

    import dataclasses
    import functools
    import json
    import math
    import os
    import pathlib
    import tempfile
    from collections.abc import Iterable, Mapping
    from typing import Any

    import jax
    import jax.numpy as jnp
    import numpy as np
    from jax import export
    from jax.custom_batching import sequential_vmap
    from jax.sharding import Mesh, NamedSharding, PartitionSpec
    """#

  /// How a text becomes functions of JAX, and prediction.
  static let functions = #"""
    Arrays = Mapping[str, jax.Array]

    $TABLES


    def _text(kind: str) -> str:
        """The module of one function, which engines want to be called main; what the caller donates is the caller's to say."""
        whole = pathlib.Path(__file__).with_name("$NAME_stablehlo.mlir").read_text()
        head, *functions = ("\n" + whole[:whole.rindex("}")]).split("\n  func.func ")
        kept = [text.replace(f"@{kind}(", "@main(", 1) for text in functions
                if text.startswith(("private", f"public @{kind}(", "public @main("))]
        text = head + "".join("\n  func.func " + text for text in kept) + "}\n"
        return "\n".join(line.split(" {tf.aliasing_output")[0] + ("," if line.endswith("},") else "")
                         if "tf.aliasing_output" in line else line for line in text.split("\n"))


    @functools.lru_cache(maxsize=None)
    def _function(kind: str):
        """A function of the network as JAX calls it: on a batch of BATCH samples."""
        from jaxlib.mlir.dialects import stablehlo
        given = [*PARAMETERS.values()] + ([*STATE.values()] if kind == "train" else [])
        data = [*INPUTS.values()] + ([*TARGETS.values()] if kind != "predict" else [])
        avals = [jax.ShapeDtypeStruct(shape, type_) for shape, type_ in given]
        avals += [jax.ShapeDtypeStruct((BATCH, *shape), type_) for shape, type_ in data]
        results = [jax.ShapeDtypeStruct(tuple(shape), type_) for shape, type_ in RESULTS[kind]]

        def stub(*arguments):
            return tuple(jnp.zeros(result.shape, result.dtype) for result in results)

        # The stub has the types of the function; its text is exchanged for the network's.
        anywhere = [export.DisabledSafetyCheck.platform()]
        made = export.export(jax.jit(stub, keep_unused=True), disabled_checks=anywhere)(*avals)
        artifact = stablehlo.serialize_portable_artifact_str(_text(kind), "1.0.0")
        return sequential_vmap(dataclasses.replace(made, mlir_module_serialized=artifact).call)


    def predict(parameters: Arrays, x: $X_TYPE) -> $Y_TYPE:
        """The outputs for a batch, or for any number of samples, which are taken a batch at a time."""
        rows = _listed(x, INPUTS)
        count = len(rows[0])
        if count == BATCH:
            return _named(_function("predict")(*_ordered(parameters, PARAMETERS), *rows), OUTPUTS)
        if $DEPENDS:
            raise ValueError(f"what a sample gives depends on the others, of which there must be {BATCH}, not {count}")
        # The last batch is filled up with its own samples again.
        batches = -(-count // BATCH)
        places = jnp.arange(batches * BATCH) % count
        parts = [row[places].reshape(batches, BATCH, *row.shape[1:]) for row in rows]
        call = functools.partial(_function("predict"), *_ordered(parameters, PARAMETERS))
        outputs = jax.lax.map(lambda part: call(*part), parts)
        return _named([rows.reshape(-1, *rows.shape[2:])[:count] for rows in outputs], OUTPUTS)
    """#

  /// The loss and its gradient.
  static let losses = #"""
    def loss(parameters: Arrays, x: $X_TYPE$T_ARGUMENT) -> jax.Array:
        """The mean loss of a batch; its gradient by the parameters is the network's own."""
        return _loss(dict(parameters), _listed(x, INPUTS), $T_LISTED)


    def gradient(parameters: Arrays, x: $X_TYPE$T_ARGUMENT) -> tuple[jax.Array, dict[str, jax.Array]]:
        """The mean loss of a batch, and its gradient by every parameter."""
        loss, *gradients = _function("gradient")(
            *_ordered(parameters, PARAMETERS), *_listed(x, INPUTS), *$T_LISTED)
        return loss, dict(zip(PARAMETERS, gradients))


    @jax.custom_vjp
    def _loss(parameters, x, t):
        return _function("loss")(*_ordered(parameters, PARAMETERS), *x, *t)[0]


    def _loss_forward(parameters, x, t):
        if any(leaf.perturbed and jnp.issubdtype(leaf.value.dtype, jnp.floating) for leaf in (*x, *t)):
            raise TypeError("the network has a gradient by its parameters, and none by inputs or targets")
        given = {name: leaf.value for name, leaf in parameters.items()}
        loss, *gradients = _function("gradient")(
            *_ordered(given, PARAMETERS), *(leaf.value for leaf in x), *(leaf.value for leaf in t))
        return loss, dict(zip(PARAMETERS, gradients))


    def _loss_backward(gradients, cotangent):
        scaled = {name: gradient * cotangent for name, gradient in gradients.items()}
        return scaled, [None] * len(INPUTS), [None] * len(TARGETS)


    _loss.defvjp(_loss_forward, _loss_backward, symbolic_zeros=True)
    """#
}
