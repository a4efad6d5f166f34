"""What the interpreter on this machine makes of the same Program: the bits that every target must give."""

import json
import struct
import subprocess

from networks import Stream, rounded, write_samples


def bits(value, real):
    """A number's bits as the harness writes them: 16 digits."""
    form = ("<f", "<I") if real == "f32" else ("<d", "<Q")
    return f"{struct.unpack(form[1], struct.pack(form[0], value))[0]:016x}"


def expected(nnc, work, machine, real, folder):
    """The name and the bits of each parameter, output and loss after the training, in the harness's order."""
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(work, Stream):
        return expected_of_stream(nnc, work, machine, real, folder)
    inputs = [[rounded(v, real) for v in x] for x in work.inputs]
    targets = [[rounded(v, real) for v in t] for t in work.targets]
    columns = ",".join(write_samples(folder / "all.csv", inputs, targets))
    write_samples(folder / "scored.csv", inputs[: work.scored], targets[: work.scored])
    arithmetic = ["--real", real, "--machine", machine, "--run", "interpreter"]
    weights = folder / "trained.safetensors"

    def call(command, table, *options):
        words = [nnc, command, work.source, "--data", folder / table, *arithmetic, *options]
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout

    call("train", "all.csv", "--target", columns, "--in-order", "--batch", str(work.batch), "--epochs",
         str(work.epochs), "--quiet", "--output", weights)
    rows = [("p", name, word) for name, word in parameters(weights, real)]
    for sample, line in enumerate(call("predict", "all.csv", "--weights", weights).splitlines()[1:]):
        # A classifier's class may stand before its outputs.
        for place, cell in enumerate(line.split(",")[-len(targets[0]):]):
            rows.append(("y", f"output {place} of sample {sample}", bits(float(cell), real)))
    loss = json.loads(call("evaluate", "scored.csv", "--weights", weights, "--json"))["loss"]
    return rows + [("l", "loss", bits(loss, real))]


def expected_of_stream(nnc, work, machine, real, folder):
    """The outputs for each whole sequence, which those of its last step must be."""
    inputs = [[rounded(v, real) for v in x] for x in work.inputs]
    write_samples(folder / "all.csv", inputs, [[]] * len(inputs))
    words = [nnc, "predict", work.source, "--data", folder / "all.csv", "--real", real, "--machine", machine, "--run",
             "interpreter"]
    lines = subprocess.run(words, check=True, capture_output=True, text=True).stdout.splitlines()[1:]
    return [("y", f"output {place} of sequence {number}", bits(float(cell), real))
            for number, line in enumerate(lines) for place, cell in enumerate(line.split(",")[-work.outputs:])]


def parameters(path, real):
    """Name and bits of each parameter in a safetensors file, in the order of the file."""
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    size = 4 if real == "f32" else 8
    for name, field in sorted(header.items(), key=lambda item: item[1]["data_offsets"][0]):
        first, end = field["data_offsets"]
        assert field["dtype"] == ("F32" if real == "f32" else "F64"), field
        for place in range((end - first) // size):
            at = 8 + length + first + place * size
            word = int.from_bytes(data[at : at + size], "little")
            yield f"{name}[{place}]", f"{word:016x}"
