"""Small files as NumPy, safetensors, gzip and zip write them: their bytes and what they hold."""

import gzip
import io
import struct

import numpy as np
import safetensors
import safetensors.torch
import torch

from golden import write

ENTRIES = []


def entry(name, data, arrays, **extra):
    """arrays: name -> values; numbers are what binary64 holds of them."""
    held = [
        {"name": k, "shape": list(v.shape), "values": np.asarray(v, dtype=np.float64).ravel().tolist()}
        for k, v in arrays.items()
    ]
    ENTRIES.append({"file": name, "hex": data.hex(), "arrays": held, **extra})


def npy(array, version=None):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version=version, allow_pickle=False)
    return out.getvalue()


base = np.array([[0, 1, 2], [3, 100, 127]])
reals = np.array([[0.0, -1.5, 0.1], [65504.0, 6e-8, -1e-3]])
for code in "bool i1 i2 i4 i8 u1 u2 u4 u8".split():
    for order in "<>":
        array = base.astype(np.dtype(code).newbyteorder(order))
        entry(f"{order}{code}.npy", npy(array), {"": array})
for code in "f2 f4 f8".split():
    for order in "<>":
        array = reals.astype(np.dtype(order + code))
        entry(f"{order}{code}.npy", npy(array), {"": array})
for version in [(1, 0), (2, 0), (3, 0)]:
    entry(f"version{version[0]}.npy", npy(reals, version), {"": reals})
cube = np.arange(24, dtype="f4").reshape(2, 3, 4)
entry("fortran.npy", npy(np.asfortranarray(cube)), {"": cube})
entry("fortran2.npy", npy(np.asfortranarray(reals)), {"": reals})
entry("vector.npy", npy(np.arange(5.0)), {"": np.arange(5.0)})
entry("scalar.npy", npy(np.float64(2.5)), {"": np.float64(2.5)})
entry("empty.npy", npy(np.zeros((0, 3))), {"": np.zeros((0, 3))})

long = (np.arange(400) % 37).astype("f8").reshape(100, 4)
for name, save in [("stored.npz", np.savez), ("deflated.npz", np.savez_compressed)]:
    out = io.BytesIO()
    save(out, x=reals, y=np.arange(3, dtype="i8"), long=long)
    entry(name, out.getvalue(), {"x": reals, "y": np.arange(3), "long": long})

images = (np.arange(2 * 3 * 3) * 7 % 256).astype("u1").reshape(2, 3, 3)
idx = bytes([0, 0, 8, 3]) + struct.pack(">3I", 2, 3, 3) + images.tobytes()
entry("images.idx", idx, {"": images})
entry("images.idx.gz", gzip.compress(idx, 9, mtime=0), {"": images})
noise = np.random.default_rng(1).integers(0, 256, 300).astype("u1")
packed = bytes([0, 0, 8, 1]) + struct.pack(">I", 300) + noise.tobytes()
entry("noise.idx.gz", gzip.compress(packed, 1, mtime=0), {"": noise})
floats = np.array([1.5, -2.25], dtype=">f4")
entry("floats.idx", bytes([0, 0, 0x0D, 1]) + struct.pack(">I", 2) + floats.tobytes(), {"": floats})

torch.manual_seed(3)
model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1))
for name, dtype in [("f64", torch.float64), ("f32", torch.float32), ("f16", torch.float16), ("bf16", torch.bfloat16)]:
    state = {k: v.to(dtype) for k, v in model.state_dict().items()}
    entry(
        f"{name}.safetensors",
        safetensors.torch.save(state, {"note": "a \"quoted\" é text"}),
        {k: v.to(torch.float64).numpy() for k, v in state.items()},
        output=model.to(torch.float64).eval()(torch.tensor([[0.5, -1.0]])).item() if name == "f64" else None,
    )
ints = {
    f"{t}".removeprefix("torch."): torch.tensor([[0, 1, 100]], dtype=t)
    for t in [torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64]
}
entry("whole.safetensors", safetensors.torch.save(ints), {k: v.to(torch.float64).numpy() for k, v in ints.items()})
entry("none.safetensors", safetensors.torch.save({}), {})

write(
    "formats.json", ENTRIES, numpy=np.__version__, safetensors=safetensors.__version__,
    network="linear 2->3; tanh; linear 3->1",
)
