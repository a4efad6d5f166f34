"""Times `nnc train` beside PyTorch on the same work: same network, initial weights, samples, order and batches.

    swift build -c release --product nnc
    python3 Tests/Benchmarks/training.py [--sets iris,digits,gestures,fashion,lenet] [--real f64] [--rounds 3] [--nnc PATH]

Both run on one thread, turn by turn. Seconds are the processor time of the whole process less that of the same process
for one epoch, so neither start-up, compiling nor reading counts: (t(E epochs) − t(1 epoch)) / (E − 1); of PyTorch its
loop alone. What an epoch of nnc takes includes scoring the samples held out. The least of the rounds stands in the
table, with the held-out accuracy after the last epoch and how far the parameters are from each other. Needs torch and numpy;
`fashion` and `lenet` (Samples/images/lenet.nn) train with Fashion-MNIST, Debian's dataset-fashion-mnist.
"""

import argparse
import gzip
import json
import pathlib
import resource
import struct
import subprocess
import sys
import tempfile

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
FASHION = pathlib.Path("/usr/share/datasets/fashion-mnist")
ADAM = "784->128; relu; linear 128->10; loss cross_entropy; train adam\n"
SETS = {
    # widths, batch, epochs, torch's optimiser, divisor
    "iris": ([4, 16, 3], 16, 100, ("SGD", dict(lr=0.05, momentum=0.9)), 1),
    "digits": ([64, 128, 64, 10], 32, 20,
               ("SGD", dict(lr=0.05, momentum=0.9, nesterov=True, weight_decay=1e-4)), 16),
    "gestures": ([72, 5], 32, 60, ("Adam", dict(lr=0.005)), 1),
    "fashion": ([784, 128, 10], 32, 5, ("Adam", {}), 255),
    "lenet": ([784, 10], 32, 5, ("Adam", {}), 255),
}
SEEDS = {"iris": 0, "digits": 42, "gestures": 0, "fashion": 0, "lenet": 0}
# The networks of Samples/images; those with parameters in the order of nnc's.
MODELS = {
    "gestures": lambda nn: nn.Sequential(
        nn.Unflatten(1, (3, 24)), nn.Conv1d(3, 6, 5, padding=2), nn.ReLU(), nn.MaxPool1d(2), nn.Conv1d(6, 8, 3, padding=1),
        nn.ReLU(), nn.MaxPool1d(2), nn.Flatten(), nn.Linear(48, 5)),
    "lenet": lambda nn: nn.Sequential(
        nn.Unflatten(1, (1, 28, 28)), nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5),
        nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
        nn.Linear(84, 10)),
}


def philox(low, high, stream, seed):
    mask = np.uint64(0xFFFFFFFF)
    c = [low, high, np.full_like(low, stream & 0xFFFFFFFF), np.full_like(low, stream >> 32)]
    k = [seed & 0xFFFFFFFF, seed >> 32]
    for _ in range(10):
        a, b = c[0] * np.uint64(0xD2511F53), c[2] * np.uint64(0xCD9E8D57)
        c = [(b >> np.uint64(32)) ^ c[1] ^ np.uint64(k[0]), b & mask,
             (a >> np.uint64(32)) ^ c[3] ^ np.uint64(k[1]), a & mask]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c


def order(samples, seed, stream):
    """The order in which nnc takes samples; see Sources/Training/Shuffle.swift."""
    places = np.arange(len(samples), dtype=np.uint64)
    pair = places // np.uint64(2)
    c = philox(pair & np.uint64(0xFFFFFFFF), pair >> np.uint64(32), stream, seed)
    odd = places % np.uint64(2) == 1
    first, second = np.where(odd, c[2], c[0]), np.where(odd, c[3], c[1])
    u = ((first << np.uint64(32) | second) >> np.uint64(11)).astype(np.float64) * 2.0**-53
    result = list(samples)
    for place in range(len(result) - 1, 0, -1):
        other = min(place, int(u[place] * (place + 1)))
        result[place], result[other] = result[other], result[place]
    return result


def arrays(name, divisor, kind):
    if name in ("fashion", "lenet"):
        def idx(file, skip):
            return np.frombuffer(gzip.open(FASHION / file).read()[skip:], np.uint8)
        xs = [idx(f"{p}-images-idx3-ubyte.gz", 16).reshape(-1, 784) for p in ("train", "t10k")]
        ts = [idx(f"{p}-labels-idx1-ubyte.gz", 8) for p in ("train", "t10k")]
        x, t = np.concatenate(xs), np.concatenate(ts)
        train, held = list(range(60000)), list(range(60000, 70000))
    else:
        rows = [line.split(",") for line in (ROOT / f"Samples/data/{name}.csv").read_text().split("\n")[1:] if line]
        classes = sorted({row[-1] for row in rows})
        x = np.array([[float(cell) for cell in row[:-1]] for row in rows])
        t = np.array([classes.index(row[-1]) for row in rows])
        dealt = order(range(len(rows)), SEEDS[name], 1 << 41)
        count = int(0.8 * len(rows) + 0.5)
        train, held = sorted(dealt[:count]), sorted(dealt[count:])
    return (x / divisor).astype(kind), t.astype(np.int64), train, held


def safetensors(path):
    data = pathlib.Path(path).read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + size])
    kinds = {"F64": np.float64, "F32": np.float32}
    return {
        name: np.frombuffer(data[8 + size + e["data_offsets"][0] : 8 + size + e["data_offsets"][1]],
                            kinds[e["dtype"]]).reshape(e["shape"])
        for name, e in header.items() if name != "__metadata__"
    }


def train_torch(name, epochs, real, start, out):
    """In a process of its own: trains, and writes the parameters and the accuracy."""
    import torch

    torch.set_num_threads(1)
    widths, batch, _, (optimizer, keys), divisor = SETS[name]
    x, t, train, held = arrays(name, divisor, np.float32 if real == "f32" else np.float64)
    if name in MODELS:
        model = MODELS[name](torch.nn)
    else:
        layers = []
        for a, b in zip(widths, widths[1:]):
            layers += [torch.nn.Linear(a, b), torch.nn.ReLU()]
        model = torch.nn.Sequential(*layers[:-1])
    model = model.to(torch.float32 if real == "f32" else torch.float64)
    weights = safetensors(start)
    counts, named = {}, {}
    for layer in model:
        kind = {"Linear": "linear", "Conv1d": "conv", "Conv2d": "conv"}.get(type(layer).__name__)
        if kind:
            counts[kind] = counts.get(kind, 0) + 1
            named[f"{kind}{counts[kind]}"] = layer
    with torch.no_grad():
        for word, layer in named.items():
            layer.weight.copy_(torch.tensor(weights[f"{word}.weight"]))
            layer.bias.copy_(torch.tensor(weights[f"{word}.bias"]))
    x, t = torch.tensor(x), torch.tensor(t)
    step = getattr(torch.optim, optimizer)(model.parameters(), **keys)
    orders = [torch.tensor(order(train, SEEDS[name], (1 << 41) + 1 + e)) for e in range(epochs)]
    before = resource.getrusage(resource.RUSAGE_SELF)
    for chosen in orders:
        for begin in range(0, len(chosen), batch):
            part = chosen[begin : begin + batch]
            step.zero_grad()
            torch.nn.functional.cross_entropy(model(x[part]), t[part]).backward()
            step.step()
    after = resource.getrusage(resource.RUSAGE_SELF)
    with torch.no_grad():
        right = (model(x[held]).argmax(1) == t[held]).double().mean().item()
    np.savez(out, accuracy=right, seconds=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
             **{f"{word}.{k}": getattr(layer, k).detach().numpy()
                for word, layer in named.items() for k in ("weight", "bias")})


def cpu(words, **options):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = subprocess.run(words, check=True, capture_output=True, text=True, **options).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, output


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sets", default="iris,digits,gestures,fashion,lenet")
    parser.add_argument("--real", default="f64", choices=["f32", "f64"])
    parser.add_argument("--machine", default="native")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--nnc", default=str(ROOT / ".build/release/nnc"))
    parser.add_argument("--torch", nargs=5, metavar=("SET", "EPOCHS", "REAL", "START", "OUT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.torch:
        name, epochs, real, start, out = options.torch
        return train_torch(name, int(epochs), real, start, out)
    print(f"{'set':8} {'epochs':>6} {'nnc s':>8} {'torch s':>8} {'ratio':>6}  held out: nnc, torch    parameters apart")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name in options.sets.split(","):
            widths, batch, epochs, _, divisor = SETS[name]
            if name in ("fashion", "lenet"):
                (folder / "fashion.nn").write_text("linear " + ADAM)
                network = folder / "fashion.nn" if name == "fashion" else ROOT / "Samples/images/lenet.nn"
                d = FASHION
                data = ["-d", d / "train-images-idx3-ubyte.gz", "-l", d / "train-labels-idx1-ubyte.gz", "--test",
                        d / "t10k-images-idx3-ubyte.gz", "--test-labels", d / "t10k-labels-idx1-ubyte.gz"]
            else:
                network = ROOT / f"Samples/{'images/' if name in MODELS else ''}{name}.nn"
                data = ["-d", ROOT / f"Samples/data/{name}.csv", "-t", str(widths[0] + 1), "--split", "0.8"]
            call = [options.nnc, "train", network, *data, "--scale", f"1/{divisor}", "-b", str(batch), "--real",
                    options.real, "--run", "native", "--machine", options.machine]
            start, end, other = folder / "start.safetensors", folder / "end.safetensors", folder / "torch.npz"
            cpu([*map(str, call), "--lr", "0", "-e", "1", "-q", "-o", str(start)])
            times = {"nnc": [], "torch": []}
            cpu([*map(str, call), "-e", "1", "-q"])  # compiles, which the cache then keeps
            for _ in range(options.rounds):
                few, _ = cpu([*map(str, call), "-e", "1", "-q"])
                many, told = cpu([*map(str, call), "-e", str(epochs), "--json", "-o", str(end)])
                times["nnc"].append((many - few) / (epochs - 1))
                accuracy = json.loads(told.splitlines()[-1])["accuracy"]
                cpu([sys.executable, __file__, "--torch", name, str(epochs), options.real, str(start), str(other)])
                found = np.load(other)
                times["torch"].append(float(found["seconds"]) / epochs)
            ours = safetensors(end)
            apart = max(np.abs(ours[n] - found[n]).max() / np.abs(found[n]).max() for n in ours)
            a, b = (min(times[k]) * epochs for k in ("nnc", "torch"))
            print(f"{name:8} {epochs:6} {a:8.2f} {b:8.2f} {a / b:6.2f}  {accuracy:8.2%} {float(found['accuracy']):8.2%}"
                  f"    {apart:.1e}", flush=True)


if __name__ == "__main__":
    main()
