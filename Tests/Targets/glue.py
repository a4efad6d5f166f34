"""The work of a network on a target as C or Swift source: what `harness.h` calls `work`."""

import re

from networks import Stream, rounded

WORD = {"f32": "uint32_t", "f64": "uint64_t"}


def prototypes(header):
    """Of each function of an emitted header, the names of its arguments."""
    found = {}
    for name, arguments in re.findall(r"^\w[\w ]*?\bnet_(\w+)\(\s*([^;]*)\);", header, re.M):
        names = [re.sub(r"\[\d*\]", "", part).split()[-1].lstrip("*") for part in arguments.split(",")]
        found[name] = [] if names == ["void"] else names
    return found


def c_array(rows, real):
    suffix = "f" if real == "f32" else ""
    cells = [f"{rounded(v, real).hex()}{suffix}" for row in rows for v in row]
    return "{" + ", ".join(cells) + "}"


def c_work(work, header, real):
    """Trains as `work` says and tells parameters, outputs and loss."""
    if isinstance(work, Stream):
        return c_stream(work, header, real)
    calls = prototypes(header)
    places = {"p": "&p", "s": "&s", "w": "&w"}

    def call(name, **given):
        return f"net_{name}({', '.join({**places, **given}[argument] for argument in calls[name])})"

    x, t = "x + k * NET_INPUTS", "t + k * NET_TARGETS"
    step = (call("train", x=x, t=t) if work.batch == 1
            else call("train_many", n=f"least({work.batch}, {len(work.inputs)} - k)", x=x, t=t))
    group = f"least({work.scored}, {len(work.inputs)} - k)"
    kind = "float" if real == "f32" else "double"
    lines = [
        '#include "harness.h"', '#include "net.h"', "#include <stddef.h>", "",
        f"typedef {kind} real;", "static net_parameters p;",
        *(["static net_state s;"] if "net_state;" in header else []),
        *(["static net_workspace w;"] if "net_workspace;" in header else []),
        f"static const real x[] = {c_array(work.inputs, real)};",
        f"static const real t[] = {c_array(work.targets, real)};",
        f"static real y[{work.scored} * NET_OUTPUTS];", "",
        "static inline size_t least(size_t a, size_t b) { return a < b ? a : b; }", "",
        "static void tell_real(char kind, real number) {",
        f"  union {{ real number; {WORD[real]} word; }} both = {{number}};",
        "  tell((uint32_t)kind, (uint32_t)((uint64_t)both.word >> 32), (uint32_t)both.word);", "}", "",
        "void work(void) {", f"  {call('initialize')};", "  mark(MARK_BEGIN);",
        f"  for (int epoch = 0; epoch < {work.epochs}; ++epoch) {{",
        f"    for (size_t k = 0; k < {len(work.inputs)}; k += {work.batch}) {{",
        f"      {step};", "      mark(MARK_STEP);", "    }", "  }", "  mark(MARK_END);",
        "  for (size_t i = 0; i < NET_PARAMETERS; ++i) tell_real('p', ((const real *)&p)[i]);",
        f"  for (size_t k = 0; k < {len(work.inputs)}; k += {work.scored}) {{",
        f"    {call('predict_many', n=group, x=x, y='y')};",
        f"    for (size_t i = 0; i < {group} * NET_OUTPUTS; ++i) tell_real('y', y[i]);", "  }",
        f"  tell_real('l', {call('loss_many', n=str(work.scored), x='x', t='t')});", "}", "",
    ]
    return "\n".join(lines).replace("least(1, ", "least(1u, ")


def c_stream(work, header, real):
    """Takes sequences step by step, and tells the outputs at the end of each."""
    calls = prototypes(header)
    places = {"p": "&p", "m": "&m", "w": "&w", "x": "frame", "y": "y"}

    def call(name):
        return f"net_{name}({', '.join(places[argument] for argument in calls[name])})"

    kind = "float" if real == "f32" else "double"
    return "\n".join([
        '#include "harness.h"', '#include "net.h"', "#include <stddef.h>", "",
        f"typedef {kind} real;", "static net_parameters p;", "static net_stream m;",
        *(["static net_workspace w;"] if "net_workspace;" in header else []),
        f"static const real x[] = {c_array(work.inputs, real)};", "static real frame[NET_FRAME], y[NET_ANSWER];", "",
        "static void tell_real(char kind, real number) {",
        f"  union {{ real number; {WORD[real]} word; }} both = {{number}};",
        "  tell((uint32_t)kind, (uint32_t)((uint64_t)both.word >> 32), (uint32_t)both.word);", "}", "",
        "void work(void) {", f"  {call('initialize')};", "  mark(MARK_BEGIN);",
        f"  for (size_t k = 0; k < {len(work.inputs)}; ++k) {{", f"    {call('start')};",
        f"    for (size_t t = 0; t < {work.frames}; ++t) {{",
        "      for (size_t i = 0; i < NET_FRAME; ++i)",
        f"        frame[i] = x[k * NET_FRAME * {work.frames} + i * {work.frames} + t];",
        f"      {call('step')};", "      mark(MARK_STEP);", "    }",
        "    for (size_t i = 0; i < NET_ANSWER; ++i) tell_real('y', y[i]);", "  }", "  mark(MARK_END);", "}", "",
    ])


def c_probe(header, functions, work):
    """Calls functions, and the one that sets the initial values, on samples that lie elsewhere."""
    calls = prototypes(header)
    many = work.batch > 1
    if isinstance(work, Stream):
        functions = ("start", "step")
    wanted = ["initialize"] + [f"{name}_many" if many else name for name in functions]
    places = {"p": "&p", "s": "&s", "w": "&w", "x": "at", "t": "at", "y": "at", "m": "&m", "n": str(work.scored)}
    used = {argument for name in wanted for argument in calls[name]}
    blocks = {"p": "parameters", "s": "state", "m": "stream", "w": "workspace"}
    return "\n".join([
        '#include "net.h"', "#include <stddef.h>", "void *volatile at;",
        *[f"static net_{name} {short};" for short, name in blocks.items() if short in used],
        "int main(void) {",
        *[f"  net_{name}({', '.join(places[argument] for argument in calls[name])});" for name in wanted],
        "  return at == 0;", "}", "",
    ])


def swift_array(rows, real):
    cells = [f"{rounded(v, real)!r}" for row in rows for v in row]
    return "[" + ", ".join(cells) + "]"


def swift_work(work, source, real):
    """The same in Swift; for networks whose parameters are a struct."""
    kind = "Float" if real == "f32" else "Double"
    inputs, targets = len(work.inputs[0]), len(work.targets[0])
    count = len(work.inputs)
    has_state = "struct State" in source
    state = "state: &s, " if has_state else ""

    def array(name, rows):
        width = sum(len(row) for row in rows)
        return f"  let {name}: InlineArray<{width}, {kind}> = {swift_array(rows, real)}"

    def workspace(name):
        head = re.search(rf"static func {name}\([^{{]*\{{", source).group()
        return ", workspace: &w" if "workspace" in head else ""

    room = re.search(r"workspaceCount = (\d+)", source)
    if work.batch == 1:
        x = ", ".join(f"x[k * {inputs} + {i}]" for i in range(inputs))
        t = ", ".join(f"t[k * {targets} + {i}]" for i in range(targets))
        step = f"_ = Net.train(&p, {state}input: [{x}], target: [{t}]{workspace('train')})"
    else:
        assert work.batch == count
        step = f"_ = Net.trainMany(&p, {state}input: x.span, target: t.span{workspace('trainMany')})"
    lines = [
        '@_extern(c, "mark") func mark(_ place: UInt32)',
        '@_extern(c, "tell") func tell(_ kind: UInt32, _ high: UInt32, _ low: UInt32)', "",
        f"func tellReal(_ kind: UInt32, _ value: {kind}) {{",
        *(["  let halves = unsafeBitCast(value, to: SIMD2<UInt32>.self)", "  tell(kind, halves[1], halves[0])"]
          if real == "f64" else ["  tell(kind, 0, value.bitPattern)"]), "}", "",
        '@_cdecl("work") public func work() {', "  var p = Net.Parameters()",
        *(["  var s = Net.State()"] if has_state else []),
        *([f"  var scratch = InlineArray<{room.group(1)}, {kind}>(repeating: 0)",
           "  var w = scratch.mutableSpan"] if room else []),
        array("x", work.inputs), array("t", work.targets), "  mark(0)",
        f"  for _ in 0..<{work.epochs} {{", f"    for k in stride(from: 0, to: {count}, by: {work.batch}) {{",
        f"      {step}" if "k *" in step else f"      _ = k\n      {step}", "      mark(1)", "    }", "  }", "  mark(2)",
        "  withUnsafeBytes(of: &p) { bytes in",
        f"    for value in bytes.assumingMemoryBound(to: {kind}.self) {{ tellReal(0x70, value) }}", "  }",
        f"  var y = InlineArray<{count * len(work.targets[0])}, {kind}>(repeating: 0)", "  var outputs = y.mutableSpan",
        f"  Net.predictMany(p, input: x.span, output: &outputs{workspace('predictMany')})",
        "  for i in 0..<outputs.count { tellReal(0x79, outputs[i]) }",
        f"  tellReal(0x6c, Net.lossMany(p, input: x.span, target: t.span{workspace('lossMany')}))", "}", "",
    ]
    return "\n".join(lines)
