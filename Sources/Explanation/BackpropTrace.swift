import NNCCalculus
import NNCGraph
import NNCLayers

/// Why a network cannot be written in the format of `backprop-trace`.
public struct BackpropTraceError: Error, CustomStringConvertible, Sendable {
  /// What the format lacks.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Training steps as receipts of `backprop-trace`, a verifier by others that works each step out again: one JSON object
/// a line, every number in full.
///
/// There derivatives are taken downhill: a gradient is −∂E/∂w, and an update is added. Error signals are −∂E/∂net.
public struct BackpropTrace {
  let topology: TraceTopology
  let optimizer: TraceOptimizer
  let names: Names
  /// −∂E/∂net of the hidden and the output layer, and the slopes of their activations.
  private let signals: [NodeID]
  private let slopes: [NodeID]

  /// What units and parameters are called.
  struct Names {
    let inputs: [String]
    let hidden: [String]
    let outputs: [String]
    let parameters: [[String]]
  }

  /// Throws where the format cannot carry the network.
  public init(_ subject: Subject) throws(BackpropTraceError) {
    var topology = try TraceTopology(subject)
    optimizer = try TraceOptimizer(subject.network.training!)
    func names(_ stem: String, _ node: NodeID) -> [String] {
      (1...topology.graph.shape(node)[0]).map { stem + "\($0)" }
    }
    self.names = Names(
      inputs: names("x", subject.network.input), hidden: names("h", topology.hidden.net),
      outputs: names("y", topology.output.net), parameters: subject.elementNames)
    let layers = [topology.hidden, topology.output]
    signals = topology.graph.gradient(of: topology.loss, by: layers.map(\.net))
    var slopes: [NodeID] = []
    for layer in layers where layer.activation != "softmax" {
      let total = topology.graph.sum(layer.out)
      slopes += topology.graph.gradient(of: total, by: [layer.net])
    }
    self.slopes = slopes
    self.topology = topology
    if topology.lossName == "cross_entropy_softmax",
      (subject.target.reduce(0, +) - 1).magnitude > 1e-12
    {
      throw .init("the targets of a cross-entropy must add up to 1 in the format")
    }
  }

  /// The numbers of one moment.
  struct Moment {
    var nets: [[Double]]
    var outs: [[Double]]
    var signals: [[Double]]
    var slopes: [[Double]]
    var losses: [Double]
  }

  private func moment(_ subject: Subject) -> Moment {
    var numbers = GraphValues<Double>()
    var known: [NodeID: [Double]] = [
      subject.network.input: subject.input, subject.network.target!: subject.target,
    ]
    for (parameter, values) in zip(subject.network.parameters, subject.parameters) {
      known[parameter.node] = values
    }
    func values(_ nodes: [NodeID]) -> [[Double]] {
      nodes.map { numbers.value(of: $0, in: topology.graph) { known[$0] } }
    }
    let layers = [topology.hidden, topology.output]
    let outs = values(layers.map(\.out))
    let losses: [Double]
    if topology.lossName == "half_squared_error" {
      losses = zip(subject.target, outs[1]).map { 0.5 * ($0 - $1) * ($0 - $1) }
    } else {
      var graph = topology.graph
      let logarithms = graph.logsoftmax(topology.output.net)
      let all = numbers.value(of: logarithms, in: graph) { known[$0] }
      losses = zip(subject.target, all).map { $0 == 0 ? 0 : -$0 * $1 }
    }
    return Moment(
      nets: values(layers.map(\.net)), outs: outs,
      signals: values(signals).map { $0.map { 0 - $0 } }, slopes: values(slopes), losses: losses)
  }

  /// The receipt of the step that leads from `before` to `after`, with a line's end.
  ///
  /// - Parameters:
  ///   - step: the step's number from 0.
  ///   - trace: 32 hexadecimal digits that the steps of one training share; nil for a single step.
  public func receipt(from before: Subject, to after: Subject, step: Int, trace: String?) -> String
  {
    let (now, then) = (moment(before), moment(after))
    let reason =
      topology.trainsBiases
      ? "every unit's bias is trained like its weights" : "the biases are frozen"
    var members: [(name: String, value: JsonTree)] = []
    func add(_ name: String, _ value: JsonTree) { members.append((name: name, value: value)) }
    add(
      "schema_version", .text(optimizer.schema(hasSoftmax: topology.output.activation == "softmax"))
    )
    add("fixture", .text(topology.network.name))
    add("step", 1)
    add(
      "fixture_status",
      [
        "authoring_state": .text(optimizer.keepsState ? "external_imported" : "engine_generated"),
        "verification_state": .text(
          optimizer.keepsState
            ? "engine_recompute_matched_within_tolerance" : "engine_reproduced_byte_equal"),
        "canonical": true,
      ])
    if optimizer.keepsState {
      add(
        "attestor",
        [
          "computed_by": ["kind": "framework", "identity": "nnc"],
          "verified_by": ["kind": "engine", "identity": "backprop-trace"],
          "differential_tolerance": ["atol": 1e-12, "rtol": 1e-9],
        ])
    }
    add("metadata", ["source": "nnc", "gradient_convention": "descent_direction"])
    add(
      "numeric_policy",
      [
        "number_encoding": "decimal", "precision_significant_digits": 17,
        "rounding": "round_half_to_even", "tolerance": ["atol": 1e-12, "rtol": 1e-9],
        "computation_order": "schema_defined",
        "byte_output": [
          "format": "jsonl", "json_key_order": "schema_defined",
          "trailing_zero_policy": "pad_to_significant_digits", "indent": "none",
        ],
      ])
    add(
      "bias_policy",
      [
        "mode": .text(topology.trainsBiases ? "sgd" : "constant"), "reason": .text(reason),
        "updated_in_step": .truth(topology.trainsBiases),
      ])
    add("topology", layers)
    add("learning_rate", .number(optimizer.rate))
    if let configuration = optimizer.configuration(step: step) {
      add("optimizer_config", configuration)
    }
    if let trace {
      add("trace_id", .text(trace))
      add("step_index", .count(step))
    }
    add("inputs", .numbers(names.inputs, before.input))
    add("targets", .numbers(names.outputs, before.target))
    add("parameters_before", parameters(before))
    add("forward", forward(now))
    add("loss", loss(now))
    add("backward", backward(now, before))
    add("updates", updates(now, before, after))
    add("parameters_after", parameters(after))
    var units: [(name: String, value: JsonTree)] = [(name: "status", value: "filled")]
    if case .object(let more) = forward(then) { units += more }
    add("post_update_forward", .object(units))
    var afterwards: [(name: String, value: JsonTree)] = [(name: "status", value: "filled")]
    if case .object(let more) = loss(then) { afterwards += more }
    add("post_update_loss", .object(afterwards))
    return JsonTree.object(members).line + "\n"
  }
}
