import NNC

/// What `--try` asks for: the values of each name, and all of their combinations.
struct Candidates {
  /// A name and the values that it is to be given, each as it stands in the call.
  struct Axis {
    let name: String
    let values: [String]
    /// Whether it is an option of `nnc train`, and not in the network's text.
    let isOption: Bool
  }

  let axes: [Axis]

  /// Options of `nnc train` that may differ between candidates: those that leave the samples as they are.
  static let options = [
    "batch", "epochs", "steps", "schedule", "warm-up", "clip-norm", "clip-value", "patience",
    "augment", "seed",
  ]

  /// The most combinations.
  static let most = 100_000

  /// Reads every `--try NAME=V,V…` of a call about a network.
  init(_ call: Call, _ compilation: Compilation) throws(Failure) {
    let known = compilation.variableNames
    var axes: [Axis] = []
    for text in call.values("try") {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      let values = parts.count == 2 ? Self.values(parts[1]) : []
      guard let name = parts.first, !values.isEmpty, !values.contains("") else {
        throw .call("`--try` takes a name and values, `lr=0.1,0.01`, not `\(text)`")
      }
      let isOption = !known.contains(name) && Self.options.contains(name)
      guard known.contains(name) || isOption else {
        let all = known + Self.options
        throw .call(
          "`--try \(name)=…`: there is no `\(name)` to be tried, neither in the network's text nor among the options",
          hint: didYouMean(name, all)
            ?? "a line `let \(name) = \(values[0])` in the network makes one; there are "
            + all.prefix(12).map { "`\($0)`" }.joined(separator: ", "))
      }
      if axes.contains(where: { $0.name == name }) {
        throw .call("`--try` names `\(name)` twice: its values stand in one list")
      }
      if call.command.option(name) != nil, call.has(name) {
        throw .call("`--try \(name)=…` and `--\(name)` exclude each other")
      }
      axes.append(Axis(name: name, values: values, isOption: isOption))
    }
    var count = 1
    for axis in axes {
      let (product, overflows) = count.multipliedReportingOverflow(by: axis.values.count)
      guard !overflows, product <= Self.most else {
        throw .call("`--try` makes more than \(Self.most) candidates")
      }
      count = product
    }
    self.axes = axes
  }

  /// How many combinations there are.
  var count: Int { axes.reduce(1) { $0 * $1.values.count } }

  /// A combination by its number: the last name's values change first.
  subscript(number: Int) -> [String] {
    var rest = number
    var values: [String] = []
    for axis in axes.reversed() {
      values.append(axis.values[rest % axis.values.count])
      rest /= axis.values.count
    }
    return values.reversed()
  }

  /// The parts of a list between commas that stand in no bracket.
  private static func values(_ text: String) -> [String] {
    var values = [""]
    var depth = 0
    for character in text {
      if character == "," && depth == 0 {
        values.append("")
        continue
      }
      if "([".contains(character) { depth += 1 }
      if ")]".contains(character) { depth -= 1 }
      values[values.count - 1].append(character)
    }
    return values
  }
}
