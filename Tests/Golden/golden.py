"""What every golden script shares: settings, exact numbers in JSON, the parameter rule."""

import json
import math
import pathlib
import platform

import mpmath
import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
mpmath.mp.dps = 60

HERE = pathlib.Path(__file__).parent
SAMPLES = HERE.parent.parent / "Samples"
RULE = (
    "n = ((k + 1)*7919 + (j + 1)*104729) mod 1000003 in integers; "
    "u = Double(n*n*n mod 1000003) / 1000003.0; s = 2.0*u - 1.0; "
    "parameter j, flat row-major index k: p = (s*gain) / sqrt(Double(fan)), "
    "parameters counted from 0 in the order of the layers, weight before bias; "
    "fan is the layer's input width for linear and 1 for layernorm; "
    "direction v of a Hessian-vector product: s with j + 5000 for j; "
    "a parameter that the source gives as a literal keeps it"
)


def rule_unit(k, j):
    """u in [0, 1): a cubic congruential hash, exact in 64-bit integers."""
    n = ((k + 1) * 7919 + (j + 1) * 104729) % 1000003
    return float(n * n * n % 1000003) / 1000003.0


def rule_signed(k, j):
    return 2.0 * rule_unit(k, j) - 1.0


def rule_tensor(shape, j, fan=1, gain=1.0):
    root = math.sqrt(float(fan))
    count = math.prod(shape)
    flat = [(rule_signed(k, j) * gain) / root for k in range(count)]
    return torch.tensor(flat).reshape(shape)


def plain(value):
    """Tensors and mpmath numbers as lists and floats; what JSON cannot say as a string."""
    if isinstance(value, torch.Tensor):
        return plain(value.detach().tolist())
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, mpmath.mpf):
        value = float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def write(name, entries, **extra):
    """One file: what made it, then its entries, one a line. Python prints floats to round-trip."""
    made = {
        "torch": torch.__version__,
        "mpmath": mpmath.__version__,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "real": "float64",
    }
    compact = lambda v: json.dumps(plain(v), separators=(",", ":"), allow_nan=False)
    head = [f'"made":{compact(made)}'] + [f'"{k}":{compact(v)}' for k, v in extra.items()]
    lines = ",\n".join(compact(e) for e in entries)
    text = "{" + ",\n".join(head) + ',\n"entries":[\n' + lines + "\n]}\n"
    (HERE / name).write_text(text)
    print(f"{name}: {len(entries)} entries, {len(text)} bytes")
