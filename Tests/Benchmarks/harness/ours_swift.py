"""The compiler's Swift as a contestant: a bridge from the emitted functions to c/driver.c."""

import re

from . import data
from .build import C, Failure, command, defines
from .ours import emit
from .rows import networks

FLAGS = ["-O", "-Xcc", "-march=native", "-Xcc", "-fno-math-errno", "-parse-as-library"]

# What stands for a parameter of an emitted function, by its name: (variable, numbers in it).
values = {
    "p": ("p", "parameterCount"),
    "x": ("x", "inputCount * batch"),
    "t": ("t", "targetCount * batch"),
    "y": ("y", "outputCount * batch"),
    "gradient": ("g", "parameterCount"),
    "s": ("s", "stateCount"),
    "w": ("w", "workspaceCount"),
}

BRIDGE = """
let batch = {batch}
typealias Real = {real}
typealias Net = {namespace}

func room(_ count: Int) -> UnsafeMutableBufferPointer<Real> {{
  let found = UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Real>.stride, alignment: 64)
  return .init(start: found.initializeMemory(as: Real.self, repeating: 0, count: count), count: count)
}}

nonisolated(unsafe) var start: UnsafePointer<Real>! = nil
nonisolated(unsafe) var xs: UnsafePointer<Real>! = nil
nonisolated(unsafe) var ts: UnsafePointer<Real>! = nil
nonisolated(unsafe) var loss: Real = 0
{globals}

@_cdecl("swift_prepare")
public func prepare(_ s: UnsafePointer<{real}>, _ x: UnsafePointer<{real}>, _ t: UnsafePointer<{real}>) {{
  start = s; xs = x; ts = t
}}

@_cdecl("bench_reset")
public func reset() {{
  {reset}
}}

@_cdecl("bench_run")
public func run(_ count: Int) {{
{locals}
  for _ in 0..<count {{ {call} }}
{after}
}}

@_cdecl("bench_results")
public func results(_ to: UnsafeMutablePointer<Double>) -> Int {{
{results}
}}
"""


def parameters(source, function):
    """[(label, name, is inout, type)] of an emitted function."""
    found = re.search(rf"public static func {function}\(([^{{]*?)\)\s*(?:->[^{{]*)?\{{", source, re.S)
    if not found:
        raise Failure(f"the Swift declares no {function}")
    listed = re.findall(r"(\w+)(?: (\w+))?: (inout )?([\w.]+(?:<[^>]*>)?)", found.group(1))
    return [(label, name or label, bool(mark), kind) for label, name, mark, kind in listed]


def bridge(source, namespace, row):
    """The Swift that drives one emitted function, written after its declaration."""
    function = row.kind + ("Many" if row.batch > 1 else "")
    result = {"globals": [], "locals": [], "after": [], "arguments": []}
    inline_parameters = "public struct Parameters" in source
    given = {"x": "xs!", "t": "ts!"}
    for label, name, is_inout, kind in parameters(source, function):
        if name not in values:
            raise Failure(f"{function}: what is the parameter '{name}'?")
        variable, count = values[name]
        count = re.sub(r"\b(\w+Count)\b", r"Net.\1", count)
        if kind.startswith(("Span", "MutableSpan")):
            if variable in given:
                buffer = f"UnsafeBufferPointer(start: {given[variable]}, count: {count})"
            else:
                result["globals"].append(f"let {variable}Room = room({count})")
                buffer = f"{variable}Room"
            view = "mutableSpan" if kind.startswith("Mutable") else "span"
            word = "var" if is_inout else "let"
            base = buffer if view == "mutableSpan" or variable in given else f"UnsafeBufferPointer({buffer})"
            result["locals"].append(f"  {word} {variable} = {base}.{view}")
        elif variable in given:  # an inline array of one sample
            result["locals"].append(f"  let {variable} = UnsafeRawPointer({given[variable]}).load(as: {kind}.self)")
        else:
            result["globals"].append(
                f"nonisolated(unsafe) var {variable}Kept = room({count}).withMemoryRebound("
                f"to: Net.{kind}.self) {{ $0[0] }}")
            word = "var" if is_inout else "let"
            result["locals"].append(f"  {word} {variable} = {variable}Kept")
            if is_inout:
                result["after"].append(f"  {variable}Kept = {variable}")
        mark = "&" if is_inout else ""
        prefix = "" if label == "_" else f"{label}: "
        result["arguments"].append(f"{prefix}{mark}{variable}")
    call = f"Net.{function}({', '.join(result['arguments'])})"
    returns_output = row.kind == "predict" and not any("y" == a[-1] for a in result["arguments"])
    if returns_output:
        result["locals"].insert(0, "  var y = yKept")
        result["globals"].append(
            f"nonisolated(unsafe) var yKept = InlineArray<{networks[row.network].widths[-1]}, Real>(repeating: 0)")
        result["after"].append("  yKept = y")
    call = ("y = " if returns_output else "" if row.kind == "predict" else "loss = ") + call
    if inline_parameters:
        reset = ("withUnsafeMutableBytes(of: &pKept) { $0.copyMemory(from: UnsafeRawBufferPointer("
                 "start: start!, count: $0.count)) }")
    else:
        reset = "pRoom.baseAddress!.update(from: start!, count: Net.parameterCount)"
    kept = {"predict": "y", "gradient": "g", "train": "p"}[row.kind]
    offset = 0 if row.kind == "predict" else 1
    lines = [] if row.kind == "predict" else ["  to[0] = Double(loss)"]
    is_kept = any(f"var {kept}Kept" in line for line in result["globals"])
    copy = f"for (k, v) in numbers.enumerated() {{ to[k + {offset}] = Double(v) }}"
    if is_kept:
        lines.append(f"  let count = withUnsafeBytes(of: &{kept}Kept) {{ bytes in")
        lines.append("    let numbers = bytes.bindMemory(to: Real.self)")
        lines += [f"    {copy}", "    return numbers.count", "  }"]
    else:
        lines += [f"  let numbers = {kept}Room", f"  {copy}", "  let count = numbers.count"]
    lines.append(f"  return count + {offset}")
    return BRIDGE.format(
        batch=row.batch, real="Float" if row.real == "f32" else "Double", namespace=namespace,
        globals="\n".join(result["globals"]), locals="\n".join(result["locals"]), call=call,
        after="\n".join(result["after"]), reset=reset, results="\n".join(lines))


def namespace(emitted):
    """The enumeration that holds the network's functions."""
    found = re.search(r"^public enum (\w+)", emitted.read_text(), re.M)
    if not found:
        raise Failure("the Swift declares no enumeration of functions")
    return found.group(1)


def program(tools, folder, row):
    data.write(row, folder)
    emit(tools, folder, row, "swift")
    emitted = next(folder.glob("*.swift"), None)
    if not emitted:
        raise Failure("nnc wrote no Swift")
    (folder / "bridge.swift").write_text(bridge(emitted.read_text(), namespace(emitted), row))
    # Two files, compiled each for itself: what calls sees none of what is called.
    command([tools.swiftc, *FLAGS, "-module-name", "contestant", "-c", emitted.name, "bridge.swift"],
            cwd=folder)
    objects = [folder / f"{emitted.stem}.o", folder / "bridge.o"]
    for source in "driver.c", "swift_main.c":
        objects.append(folder / f"{source}.o")
        flags = ["-std=gnu99", "-O2", "-I", C, *defines(row)]
        command([tools.gcc, *flags, "-c", C / source, "-o", objects[-1]])
    command([tools.swiftc, *objects, "-o", folder / "contestant", "-lm"])
    return folder / "contestant"
