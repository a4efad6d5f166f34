"""The table, as Markdown and as JSON."""

import json
import math
import platform

from .rows import networks


def duration(seconds):
    """Three digits in the unit that suits, as 58.1 ns or 1.53 ms."""
    for unit, size in ("s", 1), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9):
        if seconds >= size or unit == "ns":
            value = seconds / size
            return f"{value:.{max(0, 2 - int(math.log10(max(value, 1))))}f} {unit}"
    return ""


def summary(row, result, contestants):
    """What one row says: the best of ours, the best rival, and how they compare."""
    times = {name: found["seconds"] for name, found in result["times"].items()}
    mine = {c.name: times[c.name] for c in contestants if c.is_ours and c.name in times}
    measures = [times[c.name] for c in contestants if c.is_measure and c.name in times]
    others = {
        c.name: times[c.name]
        for c in contestants
        if not (c.is_ours or c.is_measure) and c.name in times
    }
    found = {"flops": row.flops}
    if others:
        found["rival"] = min(others, key=others.get)
    if mine:
        found["best"] = min(mine, key=mine.get)
    if mine and others:
        found["ratio"] = others[found["rival"]] / mine[found["best"]]
    if mine and measures:
        found["by_hand"] = min(measures) / mine[found["best"]]
    leader = found.get("best") or found.get("rival")
    if leader and row.network != "backprop":
        found["gflops"] = row.flops / times[leader] * 1e-9
        found["share"] = found["gflops"] / (result["peak"] * row.threads)
    if leader and row.kind == "gradient":
        found["samples"] = row.batch / times[leader]
    return found


def document(results, contestants, extra):
    return {
        "machine": machine(),
        **extra,
        "rows": [
            {
                "row": row.name,
                "title": row.title,
                "real": row.real,
                "summary": summary(row, result, contestants),
                **result,
            }
            for row, result in results
        ],
    }


def machine():
    model = ""
    try:
        with open("/proc/cpuinfo") as lines:
            model = next((line.split(":")[1].strip() for line in lines if "model name" in line), "")
    except OSError:
        pass
    return {"processor": model or platform.processor(), "system": platform.platform()}


def grid(header, lines):
    rule = ["---"] + ["---:"] * (len(header) - 1)
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in [header, rule, *lines])


def markdown(found, contestants):
    """The same as text; a contestant that took part in no row has no column."""
    present = [c for c in contestants if any(c.name in r["times"] for r in found["rows"])]
    titles = {c.name: c.title for c in contestants}
    parts = [f"# Benchmarks\n\n{found['machine']['processor']}, {found['machine']['system']}; "]
    parts[0] += f"{found['rounds']} rounds of blocks of {found['block'] * 1e3:.0f} ms, quiet decile, {found['clock']} clock.\n"
    if found["rows"]:
        header = ["work", *[c.title for c in present]]
        header += ["best rival", "ours is faster by", "than plain C by", "GFLOP/s", "share of peak"]
        lines = []
        for row in found["rows"]:
            best = row["summary"].get("best"), row["summary"].get("rival")
            cells = [row["title"]]
            for contestant in present:
                time = row["times"].get(contestant.name)
                text = duration(time["seconds"]) if time else ""
                cells.append(f"**{text}**" if contestant.name in best and text else text)
            s = row["summary"]
            cells.append(titles.get(s.get("rival"), ""))
            cells.append(f"{s['ratio']:.2f}" if "ratio" in s else "")
            cells.append(f"{s['by_hand']:.2f}" if "by_hand" in s else "")
            if "samples" in s:
                cells.append(f"{s['samples'] * 1e-6:.1f} M samples/s")
            else:
                cells.append(f"{s['gflops']:.1f}" if "gflops" in s else "")
            cells.append(f"{s['share']:.0%}" if "share" in s else "")
            lines.append(cells)
        parts.append(grid(header, lines))
        ratios = [r["summary"]["ratio"] for r in found["rows"] if "gflops" in r["summary"] and "ratio" in r["summary"]]
        if ratios:
            mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
            parts.append(f"\nGeometric mean over the networks' rows: {mean:.2f}.")
        peaks = ", ".join(
            f"{real} {max(r['peak'] for r in found['rows'] if r['real'] == real):.1f}"
            for real in ("f32", "f64")
            if any(r["real"] == real for r in found["rows"])
        )
        parts.append(f"Peak of one core, GFLOP/s: {peaks}. Flops are those of the matrix products.\n")
        failures = [
            f"- {row['row']}, {name}: {why.splitlines()[0]}"
            for row in found["rows"]
            for name, why in row["failures"].items()
        ]
        if failures:
            parts.append("Did not take part:\n" + "\n".join(failures) + "\n")
    if found.get("depth"):
        depths = sorted({entry["depth"] for entry in found["depth"]})
        whats = list(dict.fromkeys(entry["what"] for entry in found["depth"]))
        cells = {
            (e["what"], e["depth"]): f"{e['seconds']:.3f}" if "seconds" in e else "–"
            for e in found["depth"]
        }
        lines = [[what, *[cells.get((what, depth), "") for depth in depths]] for what in whats]
        parts.append("Compile time in seconds against the number of layers (width 16):\n")
        parts.append(grid(["stage", *depths], lines) + "\n")
        failures = [
            f"- {e['what']}, {e['depth']} layers: {e['failure'].splitlines()[0]}"
            for e in found["depth"]
            if "failure" in e
        ]
        if failures:
            parts.append("Given up:\n" + "\n".join(failures) + "\n")
    if found.get("start_up"):
        lines = [[name, duration(time)] for name, time in found["start_up"].items()]
        parts.append(grid(["start to end", "time"], lines) + "\n")
    return "\n".join(parts)


def write(found, contestants, folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "table.json").write_text(json.dumps(found, indent=1) + "\n")
    (folder / "table.md").write_text(markdown(found, contestants))
