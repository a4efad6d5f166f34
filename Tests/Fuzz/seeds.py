#!/usr/bin/env python3
"""Writes the inputs of the corpora: python3 Tests/Fuzz/seeds.py (needs NumPy; made with NumPy 2.4.6).

What is there already is left alone. An input that ever failed is to be added.
"""
import gzip
import io
import json
import pathlib
import struct

import numpy

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "Tests/Fuzz/corpus"


def keep(target, name, data):
    path = CORPUS / target / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(data if isinstance(data, bytes) else data.encode())


def npy(shape, data=b"", kind="<f8", order="False"):
    head = f"{{'descr': '{kind}', 'fortran_order': {order}, 'shape': ({''.join(f'{n}, ' for n in shape)}), }}"
    head += " " * ((64 - (10 + len(head) + 1) % 64) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode() + data


def safetensors(header, data=b""):
    text = (header if isinstance(header, str) else json.dumps(header)).encode()
    return struct.pack("<Q", len(text)) + text + data


def packed(function, *arrays, **named):
    file = io.BytesIO()
    function(file, *arrays, **named)
    return file.getvalue()


NETWORKS = {
    "nan-factor": "linear 2->2; sigmoid; linear 2->1\nloss sum(sqrt(-1)*y)\ntrain sgd lr=0.1\n",
    "nan-power": "linear 1->1\nloss([-5]^where(5,where(y,5,4),0)^transpose(y))\n",
    "constants": "linear 2->2\nloss sum(1/0*y)+sum(1e308*10*y)+5e-324*sum(0*-1*y)+0^0\ntrain adam\n",
    "comment": "# *\\ /* */ ??/ </script> \u202e\nlinear 2->1\nloss mse\n",
    "blocks": "input 3\nrepeat 3 { residual { linear 3->3; tanh } }\na: linear ->2\nadd a\nconcat a\nsoftmax\n",
    "functions": "let f(a, b) = a*b + sin(a)\nlet g(a) = f(f(a, a), 2)\nlinear 2->2; g\nloss sum(diff(g(y), y))\n",
    "derivatives": "linear 2->2; tanh\nloss mse + sum(hessian(sum(y^3), x)) + sum(grad(sum(y), x))\ntrain sgd\n",
    "errors": "linear 2->\nsigmod\nloss (((\n}\ntrain sgd lr=\n\"",
}
TABLES = {
    "plain": "a,b,c\n1,2,x\n3,4,y\n5,6,x\n", "quotes": 'a,"b ""q""",c\r\n1,2,x\r\n-3e2,.5,"y\nz"\r\n',
    "tabs": "1\t2\t3\n4\t5\t6\n", "semicolons": "\ufeffa;b;c\n1;2;3\n", "controls": "a\x1b[2J,b,c\n1,2,\x1b]0;t\x07\n",
}


def main():
    for path in sorted((ROOT / "Samples").glob("*.nn")):
        for target in ["syntax", "compile"]:
            keep(target, path.stem, path.read_bytes())
    for name, text in NETWORKS.items():
        for target in ["syntax", "compile"]:
            keep(target, name, text)
    keep("syntax", "bytes", b"li\xff\xfe\x00\xc3")
    keep("prompt", "values", "let a = 2\na^2 + sin(a)\ndiff(a^3, a)\n")
    keep("prompt", "matrices", "let m = [[1, 2], [3, 4]]\nm @ m\nhessian(sum(m^3), m)\n")
    keep("prompt", "refused", "1/0\nlog(-1)\na = a\nx[5]\n[1, [2]]\na^a^a^a\n")
    for name, text in TABLES.items():
        keep("table", name, text)
    rows = numpy.arange(12.0).reshape(4, 3)
    keep("npy", "rows", packed(numpy.save, rows))
    keep("npy", "fortran", packed(numpy.save, numpy.asfortranarray(rows)))
    keep("npy", "bytes", packed(numpy.save, rows.astype("u1")))
    for name, shape in [("overflow", (2**63 - 1, 2**63 - 1, 0)), ("empty", (0, 2**40)), ("scalar", ())]:
        keep("npy", name, npy(shape))
    keep("npz", "stored", packed(numpy.savez, x=rows, y=rows[:, :1]))
    keep("npz", "deflated", packed(numpy.savez_compressed, x=rows, t=rows[:, :1]))
    keep("npz", "empty", packed(numpy.savez))
    keep("idx", "rows", bytes([0, 0, 8, 2, 0, 0, 0, 4, 0, 0, 0, 3]) + bytes(range(12)))
    keep("idx", "reals", bytes([0, 0, 13, 1, 0, 0, 0, 2]) + struct.pack(">2f", 1, 2))
    keep("idx", "overflow", bytes([0, 0, 8, 8]) + b"\xff" * 28 + b"\0" * 4)
    entry = {"dtype": "F64", "shape": [2], "data_offsets": [0, 16]}
    keep("safetensors", "one", safetensors({"a": entry}, bytes(16)))
    keep("safetensors", "texts", safetensors({"__metadata__": {"a": "\x1b[2J"}, "b\x1b": entry}, bytes(16)))
    huge = {"dtype": "F64", "shape": [2**63 - 1, 2**63 - 1, 0], "data_offsets": [0, 0]}
    keep("safetensors", "overflow", safetensors({"a": huge}))
    keep("gzip", "table", gzip.compress(TABLES["plain"].encode(), mtime=0))
    for picture in json.loads((ROOT / "Tests/Golden/pictures.json").read_text())["entries"]:
        if picture["file"] in ("0-1.png", "2-8.png", "3-4-interlaced.png", "6-16.png", "plain.pgm", "raw.ppm", "raw.pbm"):
            keep("picture", picture["file"], bytes.fromhex(picture["hex"]))
    keep("gzip", "array", gzip.compress(packed(numpy.save, rows), mtime=0))
    keep("gzip", "zeros", gzip.compress(bytes(100_000), mtime=0))
    for path in sorted((ROOT / "Tests/Golden/exports").iterdir()):
        if path.stat().st_size < 9000 and path.suffix in (".onnx", ".pt"):
            keep("onnx" if path.suffix == ".onnx" else "torch", path.name, path.read_bytes())
    keep("json", "object", '{"a": [1, -2.5e3, true, null], "b": {"c": "\\u00e9\\ud83d\\ude00"}}')
    keep("json", "deep", "[" * 40)
    keep("json", "twice", '{"a": 1, "a": 2}')


main()
