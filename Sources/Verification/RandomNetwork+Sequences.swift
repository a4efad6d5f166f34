// Layers for sequences of numbers or of tokens.
extension RandomNetwork {
  /// Some layers for a sequence in front of the dense ones; true where the network ends with them, a class for each step.
  mutating func addSequence() -> Bool {
    let steps = Int.random(in: 1...4, using: &random)
    let place = lines.firstIndex { $0.hasPrefix("input ") }!
    var features = 2 * Int.random(in: 1...2, using: &random)
    if Bool.random(using: &random) {
      let names = Int.random(in: 2...6, using: &random)
      lines[place] = "input \(steps) of \(names)"
      if Int.random(in: 0..<4, using: &random) == 0 {
        lines.append("onehot; linear \(features)")
      } else {
        lines.append("embedding \(names + Int.random(in: 0...1, using: &random))->\(features)")
      }
    } else {
      lines[place] = "input \(steps)x\(features)"
    }
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      lines.append(
        pick([
          "positions", "positions sin", "attention heads=1", "attention heads=2 causal=yes",
          "attention heads=2 kv_heads=1", "attention heads=2 bias=no dropout=0.3",
          "attention heads=1 rope=\(pick(["half", "pairs"])) causal=yes", masked(steps),
          "residual { layernorm; attention heads=2 causal=yes }",
          "residual { linear \(features + 1); \(pick(Self.activations)); linear \(features) }",
          "rmsnorm", pick(Self.activations), "rnn \(features)", "lstm \(features) layers=2",
          "gru \(features / 2) bidirectional=yes", "rnn \(features) nonlinearity=relu bias=no",
          "scan h=\(features) { concat h; linear \(features); \(pick(["tanh", "relu", "silu"])) }",
          "scan h=\(features) { h: = tanh(x)*h + x; sigmoid }",
        ]))
    }
    if lines[place].contains(" of "), Bool.random(using: &random) {
      let classes = Int.random(in: 2...4, using: &random)
      lines.append("linear \(classes)")
      lines.append(
        "loss " + pick(["cross_entropy", "cross_entropy(ignore=1)", "nll + 0.1*mean(y^2)"]))
      return true
    }
    lines.append(pick(["flatten", "last", "transpose; globalavgpool"]))
    if lines[lines.count - 1] == "flatten" { features *= steps }
    width = features
    return false
  }

  /// Attention that looks at the first step, and at some of the others.
  private mutating func masked(_ steps: Int) -> String {
    let others = (1..<max(1, steps)).map { _ in pick(["0", "1"]) }
    return "attention heads=2 mask=[\((["1"] + others).joined(separator: ", "))]"
  }
}
