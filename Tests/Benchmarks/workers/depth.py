"""Seconds to compile the value and gradient of N layers of width 16: `python -m workers.depth KIND N FILE.c`.

KIND is `jax` (trace and compile; the imports are not counted) or `casadi-sx`, `casadi-mx` (gradient
and generation of C, written to FILE.c).
"""

import pathlib
import sys
import time

WIDTH = 16


def jax_seconds(depth, path):
    import jax
    import jax.numpy as jnp

    def loss(parameters, x, t):
        for weight, bias in parameters:
            x = jnp.tanh(weight @ x + bias)
        return ((x - t) ** 2).sum()

    def step(parameters, x, t):
        value, slopes = jax.value_and_grad(loss)(parameters, x, t)
        moved = [(w - 0.01 * v, b - 0.01 * c) for (w, b), (v, c) in zip(parameters, slopes)]
        return moved, value

    x = jnp.zeros(WIDTH)
    parameters = [(jnp.zeros((WIDTH, WIDTH)), jnp.zeros(WIDTH))] * depth
    jax.block_until_ready(jax.jit(lambda y: y + 1)(x))  # the backend itself
    start = time.perf_counter()
    jax.jit(step).lower(parameters, x, x).compile()
    return time.perf_counter() - start


def casadi_seconds(depth, path, kind):
    import casadi as ca

    start = time.perf_counter()
    each = WIDTH * WIDTH + WIDTH
    block = kind.sym("p", each * depth)
    x, t = kind.sym("x", WIDTH), kind.sym("t", WIDTH)
    y = x
    for at in range(0, each * depth, each):
        weight = ca.reshape(block[at : at + WIDTH * WIDTH], WIDTH, WIDTH)
        y = ca.tanh(weight @ y + block[at + WIDTH * WIDTH : at + each])
    loss = ca.sumsqr(y - t)
    moved = block - 0.01 * ca.gradient(loss, block)
    generator = ca.CodeGenerator(path.name)
    generator.add(ca.Function("bench", [block, x, t], [loss, moved]))
    generator.generate(str(path.parent) + "/")
    return time.perf_counter() - start


if __name__ == "__main__":
    kind, depth, path = sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3]).resolve()
    sys.setrecursionlimit(100000)
    if kind == "jax":
        print(jax_seconds(depth, path))
    else:
        import casadi

        print(casadi_seconds(depth, path, getattr(casadi, kind[-2:].upper())))
