import NNCProgram
import NNCText

/// A part of a sample's row as Python knows it.
public struct PythonPort: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// Its shape, for one sample.
  public var shape: [Int]
  /// The place of its first number in the row.
  public var offset: Int
  /// The number below which its whole numbers are; nil where they are any numbers.
  public var below: Int?

  /// Makes a part.
  public init(name: String, shape: [Int], offset: Int, below: Int?) {
    (self.name, self.shape, self.offset, self.below) = (name, shape, offset, below)
  }

  var count: Int { shape.reduce(1, *) }
}

/// Writes a Program as a module of Python: its C, compiled by the user's compiler, behind arrays of NumPy.
///
/// The arrays' addresses are taken by the C itself, from the place behind the head of a Python object where NumPy keeps
/// them; asking Python for one takes longer than a small network.
public struct PythonEmitter {
  let program: Program
  let c: CEmitter
  let options: EmissionOptions
  /// What the module knows of rows.
  let inputs: [PythonPort]
  let outputs: [PythonPort]
  let targets: [PythonPort]
  /// What outputs are where they tell classes, `logit`, `log_probability` or `probability`; else `output`.
  let meaning: String

  /// Prepares to write a well-formed Program.
  public init(
    _ program: Program, options: EmissionOptions = .init(), inputs: [PythonPort],
    outputs: [PythonPort], targets: [PythonPort], meaning: String
  ) {
    // A module of Python takes whole sequences.
    var program = program
    program.entries.removeAll { $0.kind == .step }
    self.program = program
    self.options = options
    c = CEmitter(program, options: options)
    self.inputs = inputs
    self.outputs = outputs
    self.targets = targets
    self.meaning = meaning
  }

  /// The module's name.
  public var name: String { c.prefix }

  /// The module, and what pip needs to install it.
  public var files: [EmittedFile] {
    [
      EmittedFile(name: "\(name).py", text: module),
      EmittedFile(name: "pyproject.toml", text: project),
    ]
  }

  /// The module's text.
  public var module: String {
    let parts = [
      "\"\"\"" + documentation + "\"\"\"\n" + Self.imports, facts,
      replaced(Self.fields), pythonTensors, Self.rows, Self.library,
      replaced(Self.net) + "\n\n" + functions,
    ]
    let made = estimator.map { [replaced($0)] } ?? []
    let c = "# The network as C, with functions that take arrays of NumPy.\n_C = r'''\(source)'''\n"
    return (parts + made + [c]).joined(separator: "\n\n\n")
  }

  private var documentation: String {
    var lines = [
      "The network \(name), compiled by nnc: \(inputCount) inputs, \(outputCount) outputs, "
        + "\(parameterCount) parameters, in \(real).", "", "    import \(name)", "",
      "    net = \(name).Net()                # or \(name).Net.load(\"\(name).safetensors\")",
      "    y = net.predict(x)               # one sample, or many with an axis more in front",
    ]
    if has(.train) {
      lines.append(
        "    loss = net.train(x\(targets.isEmpty ? "" : ", t"))      # a step of training")
    }
    if !options.remarks.isEmpty {
      lines += ["", "Its source:", ""]
      lines += options.remarks.map {
        $0.isEmpty
          ? "" : "    " + $0.replacing("\\", with: "\\\\").replacing("\"\"\"", with: "\\\"\"\"")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var project: String {
    let extra =
      estimator == nil
      ? "" : "\n[project.optional-dependencies]\nsklearn = [\"scikit-learn>=1.6\"]\n"
    return """
      [build-system]
      requires = ["setuptools>=61"]
      build-backend = "setuptools.build_meta"

      [project]
      name = "\(name.replacing("_", with: "-"))"
      version = "0.1.0"
      description = "The network \(name), compiled by nnc"
      requires-python = ">=3.10"
      dependencies = ["numpy"]
      \(extra)
      [tool.setuptools]
      py-modules = ["\(name)"]

      """
  }

  func has(_ kind: Entry.Kind) -> Bool { program.entries.contains { $0.kind == kind } }

  var inputCount: Int { inputs.reduce(0) { $0 + $1.count } }
  var outputCount: Int { outputs.reduce(0) { $0 + $1.count } }
  var targetCount: Int { targets.reduce(0) { $0 + $1.count } }
  var parameterCount: Int { program.parameters.reduce(0) { $0 + $1.count } }
  var stateCount: Int { program.state.reduce(0) { $0 + $1.count } }
  var real: String { program.precision == .f64 ? "float64" : "float32" }
}
