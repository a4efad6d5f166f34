import NNC

/// What every command offers that works samples out.
let sampleOptions: [CommandOption] =
  [
    .init("x", "x", .text("NUMBERS"), help: "the input: numbers divided by commas"),
    .init(
      "t", "t", .text("NUMBERS"),
      help: "the target, likewise, or the name of a class that the weights or the data know"),
  ]
  + dataOptions.map { option in
    // `-t` is the target's numbers here.
    guard option.short == "t" else { return option }
    return CommandOption(
      option.name, nil, option.value, repeats: option.repeats, help: option.help)
  } + [
    .init(
      "row", nil, .number("N", 1...Int.max), repeats: true,
      help: "the sample of the data, counted from 1 (default 1)")
  ] + weightsOptions

/// One or more samples that a call gives, one after the other; what it does not give is made up.
struct GivenSamples {
  /// The network's text, with the weights that the call names.
  let compilation: Compilation
  /// The network.
  let network: Network
  /// The inputs, as the network takes them; nil where they are to be made up.
  private(set) var input: [Double]?
  /// The targets; nil where they are to be made up, or where there are none.
  private(set) var target: [Double]?
  /// How many samples there are.
  private(set) var count = 1
  /// Where the numbers come from, in sentences.
  private(set) var origin = ""

  /// Reads the network, the weights and the samples that a call names.
  init(_ call: Call, _ console: Console) throws {
    let source = try readNetwork(call, console)
    let plain = try source.checkedNetwork()
    let weights = try savedWeights(call, for: plain)
    compilation = weights.map { source.beginning(with: $0.parameters) } ?? source
    network = try compilation.checkedNetwork()
    let known = weights?.description
    var classes = known?.classes ?? []
    if call.has("t"), network.target == nil {
      throw Failure.call("`--t` has no use: the loss asks for no target")
    }
    if call.has("data") {
      if call.has("x") { throw Failure.call("`--x` and `--data` exclude each other") }
      let data = try openData(
        try dataRequest(
          call, for: network, known: known, wantsTarget: !call.has("t") || classes.isEmpty),
        call, console)
      if !data.classes.isEmpty { classes = data.classes }
      try read(data, call)
    } else {
      let needing = ["row", "labels", "target", "inputs", "header"].first { call.has($0) }
      if let needing { throw Failure.call("`--\(needing)` goes with `--data`") }
      input = try numbers(call, "x", network.inputShape.reduce(1, *))
      if let transform = known?.transform, let raw = input {
        let columns = transform.columnCount
        input = raw.enumerated().map { place, value in
          (value - transform.mean[place % columns]) / transform.scale[place % columns]
        }
      }
    }
    if call.has("t") { target = try targets(call, classes) }
    let (inputWidth, outputWidth) = (
      network.inputShape.reduce(1, *), network.targetShape.reduce(1, *)
    )
    count = input.map { $0.count / inputWidth } ?? 1
    if network.target != nil, target != nil || count > 1,
      count != (target.map { $0.count / outputWidth } ?? 1)
    {
      throw Failure.call("`--x` and `--t` have different numbers of samples")
    }
    origin = told(call, isTransformed: known?.transform != nil)
  }

  /// The samples that the rows are.
  private mutating func read(_ data: Dataset, _ call: Call) throws {
    let rows = call.has("row") ? call.values("row").compactMap { Int($0) } : [1]
    if let wrong = rows.first(where: { $0 > data.count }) {
      throw Failure.input("there is no row \(wrong): `\(data.name)` has \(data.count) samples")
    }
    var inputs = [Double](repeating: 0, count: rows.count * data.inputWidth)
    var targets = [Double](repeating: 0, count: rows.count * data.targetWidth)
    try inputs.withUnsafeMutableBufferPointer { input in
      try targets.withUnsafeMutableBufferPointer { target in
        try data.read(rows.map { $0 - 1 }[...], input: input, target: target)
      }
    }
    input = inputs
    target = data.targetWidth > 0 ? targets : nil
  }

  /// The numbers of an option, as many for each sample as the network takes.
  private func numbers(_ call: Call, _ name: String, _ width: Int) throws(Failure) -> [Double]? {
    guard let text = call.value(name) else { return nil }
    guard let numbers = NNCTool.numbers(in: text) else {
      throw .call("`--\(name)` takes numbers divided by commas, not `\(text)`")
    }
    if width == 0 || numbers.count % width != 0 {
      throw .call(
        "`--\(name)` takes \(width) number\(width == 1 ? "" : "s") a sample here, but "
          + "\(numbers.count) are given")
    }
    return numbers
  }

  /// The targets of `--t`: numbers, or the names of classes.
  private func targets(_ call: Call, _ classes: [String]) throws(Failure) -> [Double]? {
    let width = network.targetShape.reduce(1, *)
    guard let text = call.value("t") else { return nil }
    let names = text.split(separator: ",").map(String.init)
    let areNumbers = NNCTool.numbers(in: text).map { $0.count % max(1, width) == 0 } ?? false
    if areNumbers || classes.isEmpty && NNCTool.numbers(in: text) != nil {
      return try numbers(call, "t", width)
    }
    if classes.isEmpty {
      throw .call(
        "`--t` takes numbers divided by commas, not `\(text)`",
        hint: "names of classes are known from `--data`, or from the `--weights` of a training")
    }
    var result: [Double] = []
    for name in names {
      guard let index = classes.firstIndex(of: name) else {
        let listed = classes.prefix(8).joined(separator: ", ") + (classes.count > 8 ? ", …" : "")
        throw .call(
          "there is no class `\(name)`",
          hint: didYouMean(name, classes) ?? "the classes are \(listed)")
      }
      result += width == 1 ? [Double(index)] : (0..<width).map { $0 == index ? 1 : 0 }
    }
    return result
  }

  private func told(_ call: Call, isTransformed: Bool) -> String {
    var sentences: [String] = []
    let hasTarget = network.target != nil
    if let path = call.value("data") {
      let rows = call.has("row") ? call.values("row") : ["1"]
      let words = rows.count == 1 ? "row \(rows[0])" : "rows \(rows.joined(separator: ", "))"
      sentences.append(
        "The sample is \(words) of \(path)\(call.has("t") ? ", but for its target" : "").")
    } else if input == nil {
      let both = hasTarget && target == nil
      sentences.append("The input\(both ? " and the target are" : " is") made up.")
    } else if hasTarget, target == nil {
      sentences.append("The target is made up.")
    }
    if isTransformed, input != nil {
      sentences.append("The input is scaled as it was for the training.")
    }
    if let path = call.value("weights") { sentences.append("The parameters are those of \(path).") }
    return sentences.joined(separator: " ")
  }
}
