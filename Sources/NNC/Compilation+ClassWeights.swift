import NNCLayers
import NNCSyntax

/// Why the classes of a network's loss cannot be weighed.
public struct ClassWeightProblem: Error, Hashable, Sendable {
  /// What is wrong.
  public let text: String
  /// What may help.
  public let hint: String?
}

extension Compilation {
  /// The network whose loss counts each sample with the weight of its class.
  ///
  /// Every loss of a target that the `loss` statement names is given its key `weight`. With wᵢ the weight of class i that is
  /// the list [w₀, w₁, …] where the loss itself has a number for each class (`cross_entropy`, `nll`, `multi_margin`), else
  /// what the sample's class makes of it: Σ tᵢ·wᵢ, or of one output w₀·(1 − t) + w₁·t. The loss of a batch stays the sum
  /// over its samples divided by how many they are; PyTorch's mean divides by the sum of their weights instead.
  ///
  /// - Parameter weights: a weight for each class, or two of a network with one output; outputs beyond them weigh 1.
  public func weighingClasses(_ weights: [Double]) -> Result<Network, ClassWeightProblem> {
    var edits: [(place: Int, text: String)] = []
    let outputs = network?.outputShape.last ?? 1
    for statement in tree.statements {
      guard case .loss(let value) = statement.kind else { continue }
      for place in tree[value].first.index...value.index {
        let expression = tree[ExpressionID(Int(place))]
        let given: Expression.Call?
        let name: String
        switch expression.kind {
        case .name(let text): (name, given) = (text, nil)
        case .call(let call): (name, given) = (call.function.text, call)
        default: continue
        }
        guard let loss = Loss(name), loss.inputs.contains(where: { $0.name == "t" }) else {
          continue
        }
        guard loss.arguments.contains(where: { $0.name == "weight" }) else {
          let others = losses.filter { $0.arguments.contains { $0.name == "weight" } }
          let names = others.map { "`\($0.name)`" }.joined(separator: ", ")
          return .failure(
            .init(
              text: "the loss `\(name)` has no key `weight`, so its classes cannot be weighed",
              hint: "the losses that have one are \(names)"))
        }
        if let given,
          given.keywords.contains(where: { ["weight", "pos_weight"].contains($0.key.text) })
            || given.arguments.count > 2
        {
          return .failure(
            .init(
              text: "the loss `\(name)` has weights of its own in the network's text",
              hint: "leave them out there, or `--class-weight` here"))
        }
        let key = "weight=" + Self.weight(of: name, weights, outputs: outputs)
        let end = Int(expression.span.range.upperBound)
        if let given {
          let isBare = given.arguments.isEmpty && given.keywords.isEmpty
          edits.append((end - 1, (isBare ? "" : ", ") + key))
        } else {
          edits.append((end, "(\(key))"))
        }
      }
    }
    var bytes = source.bytes
    for edit in edits.sorted(by: { $0.place > $1.place }) {
      bytes.insert(contentsOf: edit.text.utf8, at: edit.place)
    }
    let weighed = Compilation(SourceFile(name: source.name, bytes: bytes))
    guard !edits.isEmpty, let network = weighed.network else {
      return .failure(
        .init(
          text: "the network's loss names none whose classes can be weighed",
          hint: "`loss cross_entropy` is one, or of one output `loss bce_logits`"))
    }
    return .success(network)
  }

  /// The value of the key `weight`.
  private static func weight(of loss: String, _ weights: [Double], outputs: Int) -> String {
    if outputs == 1, weights.count == 2 {
      return "\(shortest(weights[0])) * (1 - t) + \(shortest(weights[1])) * t"
    }
    let all = (0..<outputs).map { $0 < weights.count ? weights[$0] : 1 }
    let list = "[\(all.map { shortest($0) }.joined(separator: ", "))]"
    return ["cross_entropy", "nll", "multi_margin"].contains(loss) ? list : "sum(t * \(list))"
  }
}

extension Network {
  /// This network's parameters and seed in one that differs in its loss alone.
  public func taking(lossesOf other: Network) -> Network {
    precondition(parameters.map(\.name) == other.parameters.map(\.name))
    var result = other
    for place in parameters.indices { result.parameters[place].initial = parameters[place].initial }
    result.seed = seed
    return result
  }
}
