"""JAX: one jitted call a step, and a whole loop of steps in one call."""

import jax
import jax.numpy as jnp
import numpy as np

from harness import data
from harness.rows import networks

jax.config.update("jax_enable_x64", True)

activations = {
    "identity": lambda z: z,
    "relu": jax.nn.relu,
    "tanh": jnp.tanh,
    "sigmoid": jax.nn.sigmoid,
}
losses = {
    "half_squares": lambda y, t: ((y - t) ** 2).sum(1) / 2,
    "squares": lambda y, t: ((y - t) ** 2).sum(1),
    "cross_entropy": lambda y, t: -(t * jax.nn.log_softmax(y)).sum(1),
}


class Jit:
    def __init__(self, threads):
        del threads  # XLA takes the cores that the process is pinned to

    def load(self, row):
        self.row, network = row, networks[row.network]
        block, x, t = data.numbers(row)
        self.start = [part.copy() for layer in data.split(network, block) for part in layer]
        self.x, self.t = jnp.asarray(x), jnp.asarray(t)

        def output(parameters, x):
            count = len(parameters) // 2
            for k in range(count):
                x = x @ parameters[2 * k].T + parameters[2 * k + 1]
                x = activations[network.last if k == count - 1 else network.hidden](x)
            return x

        def value(parameters, x, t):
            return losses[network.loss](output(parameters, x), t).mean()

        def step(parameters, x, t):
            loss, slopes = jax.value_and_grad(value)(parameters, x, t)
            return [p - network.lr * g for p, g in zip(parameters, slopes)], loss

        self.predict = jax.jit(output)
        self.gradient = jax.jit(jax.value_and_grad(value))
        self.step = jax.jit(step, donate_argnums=0)
        self.raw_step = step

    def reset(self):
        self.parameters = [jnp.array(part) for part in self.start]
        self.loss = jnp.zeros((), self.x.dtype)
        jax.block_until_ready(self.parameters)

    def run(self, count):
        if self.row.kind == "predict":
            for _ in range(count):
                self.y = self.predict(self.parameters, self.x)
                self.y.block_until_ready()
        elif self.row.kind == "gradient":
            for _ in range(count):
                self.loss, self.slopes = self.gradient(self.parameters, self.x, self.t)
            jax.block_until_ready(self.slopes)
        else:
            for _ in range(count):
                self.parameters, self.loss = self.step(self.parameters, self.x, self.t)
            jax.block_until_ready(self.parameters)

    def results(self):
        if self.row.kind == "predict":
            return np.asarray(self.y).ravel()
        parts = self.slopes if self.row.kind == "gradient" else self.parameters
        return np.concatenate([[self.loss], *[np.asarray(part).ravel() for part in parts]])


class Loop(Jit):
    """Training alone: `fori_loop` over the steps, so that Python is called once."""

    def load(self, row):
        super().load(row)
        step = self.raw_step

        def steps(count, parameters, loss, x, t):
            def body(_, carried):
                return step(carried[0], x, t)

            return jax.lax.fori_loop(0, count, body, (parameters, loss))

        self.steps = jax.jit(steps, donate_argnums=(1,))

    def run(self, count):
        self.parameters, self.loss = self.steps(
            count, self.parameters, self.loss, self.x, self.t
        )
        jax.block_until_ready(self.parameters)
