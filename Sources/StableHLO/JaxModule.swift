import NNCGraph
import NNCText

/// A network as a module of JAX beside its text of StableHLO: functions of named arrays, for one device or for many
/// processes.
public struct JaxModule: Sendable {
  /// A named array: its shape, for one sample where it differs between samples, and whether it is whole numbers.
  public struct Field: Sendable {
    /// Its name.
    public var name: String
    /// Its shape.
    public var shape: Shape
    /// Whether its elements are whole numbers.
    public var isWhole: Bool
    /// How its numbers begin; nil of what the caller brings.
    public var initial: Initial?

    /// Makes a field.
    public init(name: String, shape: Shape, isWhole: Bool = false, initial: Initial? = nil) {
      (self.name, self.shape, self.isWhole, self.initial) = (name, shape, isWhole, initial)
    }
  }

  /// How the numbers of a field begin.
  public enum Initial: Sendable {
    /// This number everywhere.
    case fill(Double)
    /// These numbers.
    case list([Double])
    /// Uniform on [−bound, bound), or normal with this deviation: numbers of a stream of the seed.
    case uniform(bound: Double, stream: Int)
    case normal(deviation: Double, stream: Int)
  }

  /// The functions' text.
  public var module: StableModule
  /// The parameters.
  public var parameters: [Field]
  /// What the update rule keeps.
  public var state: [Field]
  /// The inputs of a sample.
  public var inputs: [Field]
  /// The outputs of a sample.
  public var outputs: [Field]
  /// The targets of a sample.
  public var targets: [Field]
  /// Whether what a sample gives depends on the others.
  public var dependsOnBatch: Bool

  /// Makes a module of its parts.
  public init(
    module: StableModule, parameters: [Field], state: [Field], inputs: [Field], outputs: [Field],
    targets: [Field], dependsOnBatch: Bool
  ) {
    self.module = module
    self.parameters = parameters
    self.state = state
    self.inputs = inputs
    self.outputs = outputs
    self.targets = targets
    self.dependsOnBatch = dependsOnBatch
  }

  private var name: String { identifier(module.name) }

  /// The module and the text of StableHLO that it reads, with the names of their files.
  public var files: [(name: String, text: String)] {
    [("\(name)_jax.py", text), ("\(name)_stablehlo.mlir", module.text)]
  }

  private func has(_ function: String) -> Bool {
    module.functions.contains { $0.name == function }
  }

  /// The text of the module.
  public var text: String {
    var parts = [
      "\"\"\"" + documentation + "\"\"\"\n" + Self.imports, Self.functions,
    ]
    if has("loss"), has("gradient") { parts.append(Self.losses) }
    if has("train") { parts.append(Self.training) }
    parts += [Self.files, pythonTensors]
    return parts.map(replaced).joined(separator: "\n\n\n") + "\n"
  }

  private var documentation: String {
    let target = targets.isEmpty ? "" : ", t"
    var lines = [
      "The network \(name) in JAX, for batches of \(module.batch) samples.", "",
      "    import jax, \(name)_jax as net", "",
      "    parameters, state = net.initial()       # or net.load(\"\(name).safetensors\")",
      "    y = net.predict(parameters, x)",
    ]
    if has("train") {
      lines += [
        "    step = jax.jit(net.train_step, donate_argnums=(0, 1))",
        "    loss, parameters, state = step(parameters, state, x\(target))",
      ]
    }
    lines += [
      "",
      "The formulas, derivatives and update are those of nnc, as StableHLO in \(name)_stablehlo.mlir, which lies beside this",
      "file; XLA compiles them for the processors that JAX knows.",
    ]
    if module.real == .f64 {
      lines += ["", "Its numbers are of 64 bits: importing it sets jax_enable_x64."]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func replaced(_ text: String) -> String {
    let takes = inputs.count > 1 ? "Arrays" : "jax.Array"
    let hasTarget = !targets.isEmpty
    let words: [(String, String)] = [
      ("$TABLES", tables), ("$NAME", name), ("$X_TYPE", takes),
      ("$Y_TYPE", outputs.count > 1 ? "dict[str, jax.Array]" : "jax.Array"),
      ("$T_ARGUMENT", hasTarget ? ", t: \(targets.count > 1 ? "Arrays" : "jax.Array")" : ""),
      ("$T_LISTED", hasTarget ? "_listed(t, TARGETS)" : "[]"),
      ("$DEPENDS", dependsOnBatch ? "True" : "False"), ("$DATA_COUNT", hasTarget ? "2" : "1"),
    ]
    return words.sorted { $0.0.utf8.count > $1.0.utf8.count }.reduce(text) {
      $0.replacing($1.0, with: $1.1)
    }
  }
}
