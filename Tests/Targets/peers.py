"""Compares the size and the time of predictions on a Cortex-M4 with what other generators of C make of the same network.

    python3 -m venv peers && peers/bin/pip install onnx emx-onnx-cgen
    peers/bin/python Tests/Targets/peers.py --onnx2c path/to/onnx2c

Everyone gets the same trained weights in single precision and is compiled by the same compiler with the same flags.
Text counts what is taken of the compiler's libraries. `error` is the greatest difference of an output from nnc's.
Left out is who is not found.
"""

import argparse
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile

import glue
import images
import networks
import onnx_models
import reference
from run import ROOT, print_table
from targets import TARGETS

COLUMNS = ["network", "generator", "text", "data", "bss", "stack", "instructions", "error"]
TARGET = next(target for target in TARGETS if target.name == "cortex-m4")


def onnx2c(options, work, folder):
    text = subprocess.run([options.onnx2c, folder / "net.onnx"], check=True, capture_output=True, text=True).stdout
    (folder / "net.c").write_text(text)
    return "void entry(const float x[1][NX], float y[1][NY]);", "", "entry((const float (*)[NX])x, (float (*)[NY])y);"


def emx(options, work, folder):
    tool = pathlib.Path(sys.executable).parent / "emx-onnx-cgen"
    subprocess.run([tool, "compile", folder / "net.onnx", folder / "net.c", "--model-name", "net"], check=True,
                   capture_output=True)
    return "void net(const float x[1][NX], float y[1][NY]);", "", "net((const float (*)[NX])x, (float (*)[NY])y);"


def nnc(options, work, folder, machine=TARGET.machine):
    images.command([options.nnc, "compile", work.source, "--emit", "c", "--real", "f32", "--target", machine,
                    "--prefix", "net", "--weights", folder / "trained.safetensors", "--functions", "predict",
                    "--weights-in", "source", "-o", f"{folder}/"])
    arguments = glue.prototypes((folder / "net.h").read_text())["predict"]
    places = {"p": "&net_weights", "w": "&w"}
    call = f"net_predict({', '.join(places.get(argument, argument) for argument in arguments)});"
    return '#include "net.h"', "static net_workspace w;" if "w" in arguments else "", call


def nnc_mcu(options, work, folder):
    """Ours for the target that has the smallest code, where it is not the fastest."""
    return nnc(options, work, folder, "mcu")


def measure(generator, options, work, folder):
    """Sizes, stack, instructions and outputs of a prediction."""
    declarations, memory, call = generator(options, work, folder)
    count, width, targets = len(work.inputs), len(work.inputs[0]), len(work.targets[0])
    head = [f"#define NX {width}", f"#define NY {targets}", declarations, memory]
    (folder / "probe.c").write_text("\n".join(
        head + ["void *volatile at;", "int main(void) {", "  float *x = at, *y = at;", f"  {call}", "  return at == 0;",
                "}", ""]))
    sizes = images.difference(TARGET, folder, [folder / "net.c"])
    (folder / "work.c").write_text("\n".join(
        ['#include "harness.h"', *head, f"static const float all[] = {glue.c_array(work.inputs, 'f32')};",
         f"static float out[{count * targets}];", "void work(void) {", "  mark(MARK_BEGIN);",
         f"  for (int k = 0; k < {count}; ++k) {{", f"    const float *x = all + k * {width};",
         f"    float *y = out + k * {targets};", f"    {call}", "    mark(MARK_STEP);", "  }", "  mark(MARK_END);",
         f"  for (int i = 0; i < {count * targets}; ++i) {{",
         "    union { float number; uint32_t word; } both = {out[i]};", "    tell('y', 0, both.word);", "  }", "}", ""]))
    image = images.link(TARGET, folder, [folder / "net.c", folder / "work.c", images.HERE / "harness.c", *TARGET.port],
                        "image", ("-w",))
    told = images.emulate(TARGET, image)
    facts = {kind: int(word, 16) for kind, word in told if kind != "y"}
    outputs = [struct.unpack("<f", struct.pack("<I", int(word, 16)))[0] for kind, word in told if kind == "y"]
    return {"text": sizes[0], "data": sizes[1], "bss": sizes[2], "stack": facts["s"],
            "instructions": round(facts["c"] * TARGET.instructions / facts["n"])}, outputs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nnc", default=str(ROOT / ".build/debug/nnc"))
    parser.add_argument("--onnx2c", default=shutil.which("onnx2c"))
    options = parser.parse_args()
    generators = [nnc, nnc_mcu, emx] + ([onnx2c] if options.onnx2c else [])
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for work in {work.network: work for work in networks.works(200)}.values():
            here = pathlib.Path(folder) / work.network
            reference.expected(options.nnc, work, TARGET.machine, "f32", here)
            onnx_models.write(work, onnx_models.weights(here / "trained.safetensors"), here / "net.onnx")
            ours = None
            for generator in generators:
                facts, outputs = measure(generator, options, work, here)
                ours = ours or outputs
                error = max(abs(a - b) for a, b in zip(outputs, ours))
                rows.append({"network": work.network, "generator": generator.__name__, "error": f"{error:.1e}", **facts})
    print_table(rows, COLUMNS)


if __name__ == "__main__":
    main()
