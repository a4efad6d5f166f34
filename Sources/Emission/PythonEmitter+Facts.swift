import NNCProgram

// The network's own: tables of its arrays, its C, and the words of the text.
extension PythonEmitter {
  /// The constants of the module.
  var facts: String {
    let exported = ["Net"] + (estimator == nil ? [] : [estimatorName])
    return """
      __all__ = [\(list(exported.map { "\"\($0)\"" }))]

      REAL = np.dtype("\(real)")
      \"\"\"The type of numbers.\"\"\"
      MAX_SAMPLES = \(program.maximumSamples)
      \"\"\"The most samples of one step of training.\"\"\"

      _NAME = "\(name)"
      _FLAGS = ("-std=c99", "-O3", "-march=native", "-ffp-contract=off", "-w", "-shared", "-fPIC",
                f"-DNNC_HEAD={object.__basicsize__}"\(program.isShared ? ", \"-fopenmp\"" : ""))
      _WORKSPACE_BYTES = \(program.workspaceCount * program.precision.bytes)
      _FUNCTIONS = {
      \(calls.map { "    \"\($0.name)\": \"\($0.letters)\"," }.joined(separator: "\n"))
      }
      _X_TYPE = np.dtype("\(inputs[0].below == nil ? real : "int32")")
      _X_SHAPE = \(tuple(rowShape(inputs)))
      _Y_SHAPE = \(tuple(rowShape(outputs)))
      _T_TYPE = np.dtype("\(targets.first?.below == nil ? real : "int32")")
      _T_SHAPE = \(tuple(targets.isEmpty ? [] : rowShape(targets)))
      _Array, _empty = np.ndarray, np.empty
      """
  }

  /// The tables of arrays, which need the class of parts.
  var tables: String {
    """
    INPUTS = \(table(inputs))
    \"\"\"The inputs by name.\"\"\"
    OUTPUTS = \(table(outputs))
    \"\"\"The outputs by name.\"\"\"
    TARGETS = \(table(targets))
    \"\"\"The targets by name.\"\"\"
    PARAMETERS: Mapping[str, tuple[tuple[int, ...], int]] = \(table(program.parameters))
    \"\"\"By the name of a parameter its shape, and where it begins in the block of them all.\"\"\"
    STATE: Mapping[str, tuple[tuple[int, ...], int]] = \(table(program.state))
    \"\"\"The same of what the update rule keeps.\"\"\"
    """
  }

  /// The shape of a row: that of its only part, else how many numbers all parts have.
  func rowShape(_ ports: [PythonPort]) -> [Int] {
    ports.count == 1 ? ports[0].shape : [ports.reduce(0) { $0 + $1.count }]
  }

  private func table(_ ports: [PythonPort]) -> String {
    let rows = ports.map { port in
      "\"\(port.name)\": Port(\(tuple(port.shape)), \(port.offset), "
        + "\(port.below.map(String.init) ?? "None"))"
    }
    return "{\(rows.joined(separator: ", "))}"
  }

  private func table(_ fields: [Field]) -> String {
    if fields.isEmpty { return "{}" }
    let rows = fields.map { "    \"\($0.name)\": (\(tuple($0.shape)), \($0.offset)),\n" }
    return "{\n\(rows.joined())}"
  }

  func tuple(_ shape: [Int]) -> String {
    shape.count == 1 ? "(\(shape[0]),)" : "(\(list(shape.map(String.init))))"
  }

  func list(_ parts: [String]) -> String { parts.joined(separator: ", ") }

  /// The functions of the C that Python calls, and the types of what they take: a pointer, a number of samples, an object.
  var calls: [(name: String, letters: String)] {
    let data = targets.isEmpty ? "o" : "oo"
    let entries = program.entries.map { entry -> (name: String, letters: String) in
      let given =
        switch entry.kind {
        case .predict, .step: "oo"
        case .loss: data
        case .gradient: data + "o"
        case .train: data
        }
      let blocks = entry.kind == .train ? "pp" : "p"
      return (entry.name, blocks + (entry.many ? "n" : "") + given + "p")
    }
    return [("initialize", "pp")] + entries
  }

  /// The rows of whole numbers, which are looked at before they are used as places.
  var checked: [(letter: String, ports: [PythonPort])] {
    [("x", inputs), ("t", targets)].filter { $0.1.first?.below != nil }
  }

  /// The C: the network, and functions that take arrays of NumPy.
  var source: String {
    var lines = [
      "", "#include <math.h>", "#include <stddef.h>", "#include <stdint.h>", "",
      "/* An array's numbers begin where the pointer behind the head of its object says. */",
      "static void *nnc_numbers(const void *array) {",
      "  return *(void *const *)((const char *)array + NNC_HEAD);", "}",
    ]
    for check in checked { lines += self.check(check.letter, check.ports) }
    for entry in program.entries { lines += call(entry) }
    let blocks = [("p", parameterCount), ("s", stateCount)].filter { $0.1 > 0 }.map(\.0)
    lines += [
      "", "void \(name)_array_initialize(void *p, void *s) {", "  (void)p;", "  (void)s;",
      blocks.isEmpty ? "" : "  \(name)_initialize(\(list(blocks)));", "}",
    ]
    return c.wholeSource.replacing("'''", with: "'' '") + lines.joined(separator: "\n") + "\n"
  }

  private func call(_ entry: Entry) -> [String] {
    let letters: [Entry.Argument: String] = [
      .parameters: "p", .state: "s", .input: "x", .target: "t", .output: "y", .gradient: "g",
    ]
    let arguments = entry.emittedArguments(of: program)
    var given = arguments.map { argument in
      argument == .parameters || argument == .state
        ? letters[argument]! : "nnc_numbers(\(letters[argument]!))"
    }
    let blocks = arguments.prefix { $0 == .parameters || $0 == .state }.count
    if entry.many { given.insert("n", at: blocks) }
    if entry.workspaceCount > 0 { given.append("w") }
    var taken = entry.kind == .train ? ["p", "s"] : ["p"]
    if entry.many { taken.append("n") }
    taken += ["x"]
    if entry.kind == .predict { taken.append("y") } else if !targets.isEmpty { taken.append("t") }
    if entry.kind == .gradient { taken.append("g") }
    taken.append("w")
    // What is no place is told by 1, or by a loss that is no number; Python then looks which it is.
    let count = entry.many ? "n" : "1"
    let tests = checked.filter { entry.kind != .predict || $0.letter == "x" }
      .map { "\(name)_wrong_\($0.letter)(\(count), nnc_numbers(\($0.letter)))" }
    let wrong = entry.kind == .predict ? "1" : "(\(c.real))NAN"
    let guarded =
      tests.isEmpty ? [] : ["  if (\(tests.joined(separator: " || "))) return \(wrong);"]
    let result = entry.kind == .predict ? "int" : c.real
    let head = taken.map { $0 == "n" ? "size_t n" : "void *\($0)" }
    return [
      "", "\(result) \(name)_array_\(entry.name)(\(list(head))) {",
    ] + taken.map { "  (void)\($0);" } + guarded + [
      "  \(entry.kind == .predict ? "" : "return ")\(name)_\(entry.name)(\(list(given)));"
    ] + (entry.kind == .predict ? ["  return 0;", "}"] : ["}"])
  }

  /// A function that gives 0 where each whole number is a place.
  private func check(_ letter: String, _ ports: [PythonPort]) -> [String] {
    let count = ports.reduce(0) { $0 + $1.count }
    var lines = [
      "", "static int \(name)_wrong_\(letter)(size_t n, const int32_t *a) {",
      "  uint32_t wrong = 0;",
      "  for (size_t i = 0; i < n; i += 1, a += \(count)) {",
    ]
    for port in ports {
      lines.append(
        "    for (int k = \(port.offset); k < \(port.offset + port.count); k += 1) "
          + "wrong |= (uint32_t)a[k] >= \(port.below ?? 1)u;")
    }
    return lines + ["  }", "  return (int)wrong;", "}"]
  }
}
