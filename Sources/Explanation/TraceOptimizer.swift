import NNCLayers

/// An update rule in the format of `backprop-trace`: what it has of this compiler's rules.
struct TraceOptimizer {
  private let values: [String: Double]
  private let name: String

  init(_ training: TrainingRule) throws(BackpropTraceError) {
    values = training.values
    let decays = training.values["weight_decay"] ?? 0 != 0
    switch training.rule.name {
    case "sgd": name = training.values["momentum"] == 0 ? "sgd" : "sgd_momentum"
    case "adam", "adamw": name = training.rule.name
    default: throw .init("the format has sgd, adam and adamw, not \(training.rule.name)")
    }
    if decays, name != "adamw" {
      throw .init("the format has no weight_decay but that of adamw")
    }
    for key in training.rule.allKeys where !Self.keys.contains(key.name) {
      if training.values[key.name] != key.standard {
        throw .init("the format has no `\(key.name)`")
      }
    }
    if training.clip != nil { throw .init("the format has no bound on the gradient") }
  }

  /// The keys that the format has, and those that bound the gradient.
  private static let keys = [
    "lr", "momentum", "nesterov", "beta1", "beta2", "eps", "weight_decay", "clip_norm",
    "clip_value",
  ]

  var rate: Double { values["lr"]! }
  private var isAdam: Bool { name == "adam" || name == "adamw" }
  private var isNesterov: Bool { values["nesterov"] ?? 0 != 0 }

  /// Whether the rule remembers anything from step to step.
  var keepsState: Bool { name != "sgd" }

  /// The lowest version of the format that has all that is needed.
  func schema(hasSoftmax: Bool) -> String {
    if isAdam { return "0.5.0" }
    if name == "sgd_momentum" { return isNesterov ? "0.7.0" : "0.6.0" }
    return hasSoftmax ? "0.3.0" : "0.2.0"
  }

  /// What is left of a parameter before the update is added: AdamW takes its decay away first.
  func kept(_ value: Double) -> Double {
    name == "adamw" ? value * (1 - rate * (values["weight_decay"] ?? 0)) : value
  }

  /// The rule's constants; nil for plain SGD, which has none but the rate.
  func configuration(step: Int) -> JsonTree? {
    guard keepsState else { return nil }
    var members: [(name: String, value: JsonTree)] = [
      (name: "name", value: .text(name)), (name: "learning_rate", value: .number(rate)),
    ]
    if isAdam {
      members += [
        (name: "beta1", value: .number(values["beta1"]!)),
        (name: "beta2", value: .number(values["beta2"]!)),
        (name: "epsilon", value: .number(values["eps"]!)),
      ]
      if name == "adamw" {
        members.append((name: "weight_decay", value: .number(values["weight_decay"]!)))
      }
      members.append((name: "t", value: .count(step + 1)))
    } else {
      members.append((name: "momentum", value: .number(values["momentum"]!)))
      if isNesterov { members.append((name: "nesterov", value: true)) }
    }
    return .object(members)
  }

  /// The rule's part of one parameter's update. `before` and `after` give what the rule remembers, by its name here.
  func update(
    factors: JsonTree, before: (String) -> Double, after: (String) -> Double
  ) -> JsonTree {
    var members: [(name: String, value: JsonTree)] = [
      (name: "name", value: .text(name)), (name: "learning_rate", value: .number(rate)),
      (name: "factors", value: factors), (name: "product_order", value: "left_to_right"),
    ]
    // What is remembered of gradients is turned around like them.
    func remembered(_ state: (String) -> Double) -> JsonTree {
      isAdam
        ? ["m": .number(0 - state("mean")), "v": .number(state("square"))]
        : ["buffer": .number(0 - state("velocity"))]
    }
    if keepsState {
      members.append((name: "state_before", value: remembered(before)))
      members.append((name: "state_after", value: remembered(after)))
    }
    return .object(members)
  }
}
