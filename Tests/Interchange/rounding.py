"""What rounding makes of a computation: the measure to which engines are held.

Let T be the function in real numbers, which the C at f64 stands for, and x the data as numbers of the type in question. A
*witness* W computes the same function in the same type: at f64 and f32 the C, at bf16 the module's own text at f32 with every
value rounded to bf16 where it is given. What rounding makes of the function at x is

    r(x) = max over j of |W(xⱼ) − T(x)| / kⱼ,   x₀ = x, k₀ = 1, and xⱼ neighbours of x, whose parameters and inputs are up to
                                                kⱼ ulps up or down: eight with kⱼ = 1, and eight with kⱼ = SLACK.

W(x) − T(x) is rounding along the way, one draw of it; a neighbour draws anew, and brings in how far the data's own last digit
moves the result, which nobody can ask an engine to know better. Both matter where a rule divides rounding by rounding: Adam,
of a gradient that is 0, such as that of a bias before batch normalisation, makes steps of about lr whose sign is chance. The
neighbours further off are for edges: a gradient jumps where an input of relu passes 0, and an engine that is off by several
ulps passes where W at a close neighbour does not. Where T is smooth they change nothing, since r grows with kⱼ there.

Where training draws noise, whose numbers differ between 64 and 32 bits, T is the C at f32, for f32 and bf16 alike.

An engine's result E is right where |E − T(x)| ≤ SLACK · max(r(x), u), with the unit roundoff u of the type; each array is
measured by its greatest number. Were E and W equally good, E would be one more draw, and SLACK 1 would do most times; 8, three
bits, is for the order of sums: n terms one after the other are off by √n where two halves are off by √log n, and either may be
W's. That number is made for no row: it was stated before the first run. The neighbours further off were put in when MobileNet
in IREE had passed an edge, and T itself, at f64, had been seen to jump as far within 8 ulps.
"""
import re

import numpy as np

SLACK = 8
NEIGHBOURS = 8
# Unit roundoffs: half of the distance from 1 to the next number.
UNIT = {"f64": 2.0**-53, "f32": 2.0**-24, "bf16": 2.0**-8}
# The bits of an ulp, in which word.
WORDS = {"f64": (np.float64, np.uint64, 0), "f32": (np.float32, np.uint32, 0), "bf16": (np.float32, np.uint32, 16)}


def rounded(values, real):
    """Numbers as the nearest of a type, as float64. Whole numbers stay."""
    values = np.asarray(values)
    if values.dtype.kind == "i":
        return values
    if real == "bf16":
        import ml_dtypes
        return np.asarray(values, np.float32).astype(ml_dtypes.bfloat16).astype(np.float64)
    return values.astype(WORDS[real][0]).astype(np.float64)


def neighbour(values, real, far, random):
    """Numbers of a type, each by chance up to `far` ulps greater or smaller. Zeros and whole numbers stay."""
    values = np.asarray(values)
    if values.dtype.kind == "i":
        return values
    kind, word, shift = WORDS[real]
    step = random.integers(-far, far + 1, values.shape).astype(np.int8)
    bits = values.astype(kind).view(word)
    moved = (bits + (step.astype(word) << word(shift))).view(kind).astype(np.float64)
    return np.where(values == 0, values, moved)


def difference(got, expected):
    """The greatest difference, by the greatest number; the numbers of a float type may be infinite alike."""
    got, expected = np.asarray(got, np.float64).ravel(), np.asarray(expected, np.float64).ravel()
    if got.size == 0:
        return 0.0
    same = (got == expected) | (np.isnan(got) & np.isnan(expected))
    gap = np.where(same, 0, np.abs(got - expected))
    return float(np.max(gap) / max(1e-3, np.max(np.abs(np.where(np.isfinite(expected), expected, 0)))))


def emulated(text):
    """A module at bf16 as one at f32 in which every value that was bf16 is rounded to it. Sums are rounded at their end."""
    lines, opened = [], []
    for line in text.split("\n"):
        line = re.sub(r"dense<0x([0-9A-F]{4})>(?= : tensor<(?:\d+x)*bf16>)", r"dense<0x\g<1>0000>", line)
        given = re.match(r"( *)(%[\w.]+) = ", line)
        kind = re.search(r"tensor<((?:\d+x)*)bf16>(?: loc\(.*\))?$", line)
        if line.endswith("({"):
            opened.append((given[2], len(lines)))
        ends = line.lstrip().startswith("})")
        inside = bool(opened)
        name, place = opened.pop() if ends else (given[2] if given else "", len(lines))
        lines.append(line)
        if kind and (ends or given and not inside):
            wide, shape = f"%wide_{name[1:]}", f"tensor<{kind[1]}f32>"
            lines[place] = lines[place].replace(f"{name} = ", f"{wide} = ", 1)
            space = re.match(" *", line)[0]
            lines.append(f"{space}{name} = stablehlo.reduce_precision {wide}, format = e8m7 : {shape}")
    return "\n".join(lines).replace("bf16", "f32")
