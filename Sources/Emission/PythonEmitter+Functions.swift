import NNCProgram

// The methods of a network, one for each of its functions: first for arrays as they should be, then for others.
extension PythonEmitter {
  private var hasTargets: Bool { !targets.isEmpty }
  private var inputType: String {
    inputs.count > 1 ? "ArrayLike | Mapping[str, ArrayLike]" : "ArrayLike"
  }
  private var targetType: String {
    targets.count > 1 ? "ArrayLike | Mapping[str, ArrayLike]" : "ArrayLike"
  }
  private var outputType: String { outputs.count > 1 ? "dict[str, np.ndarray]" : "np.ndarray" }

  /// The methods' text.
  var functions: String {
    Entry.Kind.allCases.filter { has($0) }.map(method).joined(separator: "\n\n")
  }

  private func method(_ kind: Entry.Kind) -> String {
    let takesTarget = kind != .predict && hasTargets
    let given = takesTarget ? "x, t" : "x"
    var lines: [String] = []
    let declared = "x: \(inputType)" + (takesTarget ? ", t: \(targetType)" : "")
    lines.append("def \(kind.rawValue)(self, \(declared)) -> \(resultType(kind)):")
    lines += documentation(kind).map { $0.isEmpty ? "" : "    " + $0 }
    lines.append("    if type(x) is _Array\(takesTarget ? " and type(t) is _Array" : ""):")
    lines.append("        flags, shape = x.flags, x.shape")
    var conditions = ["x.dtype is _X_TYPE and flags.c_contiguous and flags.aligned"]
    if takesTarget {
      lines.append("        t_flags, t_shape = t.flags, t.shape")
      conditions.append("t.dtype is _T_TYPE and t_flags.c_contiguous and t_flags.aligned")
    }
    lines.append("        if (" + conditions.joined(separator: "\n                and ") + "):")
    let one = "shape == _X_SHAPE" + (takesTarget ? " and t_shape == _T_SHAPE" : "")
    let many =
      "shape[1:] == _X_SHAPE and 0 < shape[0] <= MAX_SAMPLES"
      + (takesTarget ? " and t_shape == (shape[0], *_T_SHAPE)" : "")
    lines.append("            if \(one):")
    lines += quick(kind, given, many: false).map { "                " + $0 }
    lines.append("            if \(many):")
    lines += quick(kind, given, many: true).map { "                " + $0 }
    lines += slow(kind, takesTarget).map { $0.isEmpty ? "" : "    " + $0 }
    return lines.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }
      .map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
  }

  private func resultType(_ kind: Entry.Kind) -> String {
    switch kind {
    case .predict, .step: outputType
    case .loss, .train: "float"
    case .gradient: "tuple[float, Fields]"
    }
  }

  private func documentation(_ kind: Entry.Kind) -> [String] {
    switch kind {
    case .predict, .step: return ["\"\"\"The output for an input, or the outputs for many.\"\"\""]
    case .loss: return ["\"\"\"The loss of a sample, or the mean loss of many.\"\"\""]
    case .gradient:
      return [
        "\"\"\"The loss, and its gradient by every parameter; of many samples the mean of both.\"\"\""
      ]
    case .train:
      return [
        "\"\"\"Takes a step of training on a sample or a batch, and gives the loss before it.",
        "",
        "`parameters` and `state` are changed in place. A batch has at most MAX_SAMPLES samples.",
        "\"\"\"",
      ]
    }
  }

  /// A call with arrays that are read and written where they are.
  private func quick(_ kind: Entry.Kind, _ given: String, many: Bool) -> [String] {
    let blocks = kind == .train ? "self._p, self._s" : "self._p"
    let count = many ? ", shape[0]" : ""
    let name = "self._\(kind.rawValue)" + (many ? "_many" : "")
    var lines: [String] = []
    // What the C says of whole numbers that are no places: a message tells which.
    let explain = checked.filter { kind != .predict || $0.letter == "x" }.map { check in
      "    _rows(\(check.letter), \(check.letter == "x" ? "INPUTS, _X_TYPE" : "TARGETS, _T_TYPE"), "
        + "\"\(check.letter)\")"
    }
    var extra = ""
    if kind == .predict {
      lines.append(many ? "y = _empty((shape[0], *_Y_SHAPE), REAL)" : "y = _empty(_Y_SHAPE, REAL)")
      extra = ", y"
    } else if kind == .gradient {
      lines.append("block = _empty(\(parameterCount), REAL)")
      extra = ", block"
    }
    lines.append("w = self._workspace()")
    let call = "\(name)(\(blocks)\(count), \(given)\(extra), w)"
    let isChecked = !explain.isEmpty
    lines += [
      kind == .predict ? (isChecked ? "wrong = " : "") + call : "loss = \(call)",
      "self._spare.append(w)",
    ]
    if isChecked { lines += [kind == .predict ? "if wrong:" : "if loss != loss:"] + explain }
    switch kind {
    case .predict, .step:
      lines.append(outputs.count > 1 ? "return _split(y, \(many ? "False" : "True"))" : "return y")
    case .loss, .train: lines.append("return loss")
    case .gradient: lines.append("return loss, Fields(PARAMETERS, block)")
    }
    return lines
  }

  /// A call with anything else: converted, and in parts where there are more samples than a call takes.
  private func slow(_ kind: Entry.Kind, _ takesTarget: Bool) -> [String] {
    let splits = program.dependsOnBatch ? "False" : "True"
    let name = "self._\(kind.rawValue)_many"
    var lines = ["x, is_one = _rows(x, INPUTS, _X_TYPE, \"x\")"]
    if takesTarget {
      lines += [
        "t, _ = _rows(t, TARGETS, _T_TYPE, \"t\")", "if len(x) != len(t):",
        "    raise ValueError(f\"there are {len(x)} inputs and {len(t)} targets\")",
      ]
    }
    let parts = takesTarget ? "x[part], t[part]" : "x[part]"
    func loop(_ body: [String]) -> [String] {
      [
        "for part in _parts(len(x), \(splits)):",
        "    w, n = self._workspace(), part.stop - part.start",
      ]
        + body.map { "    " + $0 } + ["    self._spare.append(w)"]
    }
    switch kind {
    case .predict, .step:
      lines.append("y = _empty((len(x), \(outputCount)), REAL)")
      lines += loop(["\(name)(self._p, n, x[part], y[part], w)"])
      lines.append("return _split(y[0] if is_one else y, is_one)")
    case .loss:
      lines.append("total = 0.0")
      lines += loop(["total += n * \(name)(self._p, n, \(parts), w)"])
      lines.append("return total / len(x)")
    case .gradient:
      lines += [
        "total, block, of_part = 0.0, np.zeros(\(parameterCount), REAL), _empty(\(parameterCount), REAL)"
      ]
      lines += loop([
        "total += n * \(name)(self._p, n, \(parts), of_part, w)", "block += of_part * (n / len(x))",
      ])
      lines.append("return total / len(x), Fields(PARAMETERS, block)")
    case .train:
      lines += [
        "if not 0 < len(x) <= MAX_SAMPLES:",
        "    raise ValueError(f\"a batch has 1 to {MAX_SAMPLES} samples (--max-samples of nnc compile), not {len(x)}\")",
        "w = self._workspace()",
        "loss = \(name)(self._p, self._s, len(x), \(takesTarget ? "x, t" : "x"), w)",
        "self._spare.append(w)", "return loss",
      ]
    }
    return lines
  }
}
