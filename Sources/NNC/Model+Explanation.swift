import NNCCalculus
import NNCExplanation
import NNCGraph
import NNCLayers
import NNCProgram

extension Model {
  /// The network worked out by hand for one sample: every value, every derivative, one step of the update rule.
  ///
  /// It is held against what the compiled network computes; where they differ, that is a mistake in the compiler and
  /// thrown as an `ExplanationError`.
  public func worksheet(input: [Double], target: [Double] = []) throws -> Worksheet {
    try Worksheet(try subject(input: input, target: target))
  }

  /// What an explanation is made from, at the present parameters.
  public func subject(input: [Double], target: [Double] = []) throws -> Subject {
    let network = build.network
    var graph = network.graph
    graph.nameElements(of: network)
    var roots = [network.output] + (network.loss.map { [$0] } ?? [])
    for index in roots.indices { roots[index] = graph.withoutDerivatives(roots[index]) }
    roots = graph.unrolling(graph.forOneSample(roots))
    let places = build.fields.parameters.map { (offset: $0.offset, count: $0.count) }
    var gradient: [[Double]]?
    if network.loss != nil, build.options.precision == .f64 {
      let flat = try self.gradient(input: input, target: target).gradient
      gradient = slices(flat, places)
    }
    let names = network.parameters.map { parameter in
      network.parameterCount <= 4096
        ? (0..<parameter.count).map { parameter.elements.name($0) } : []
    }
    let kept = slices(state, build.fields.state.map { ($0.offset, $0.count) })
    return Subject(
      network: network, graph: graph, output: roots[0], loss: roots.count > 1 ? roots[1] : nil,
      elementNames: names, parameters: slices(parameters, places),
      state: Dictionary(uniqueKeysWithValues: zip(build.fields.state.map(\.name), kept)),
      input: input, target: target, gradient: gradient)
  }

  private func slices(_ numbers: [Double], _ fields: [(offset: Int, count: Int)]) -> [[Double]] {
    fields.map { Array(numbers[$0.offset..<($0.offset + $0.count)]) }
  }

  /// Steps of training with one sample as receipts that the verifier `backprop-trace` checks, a line each; the model is
  /// left as it was. Throws a `BackpropTraceError` where its format cannot carry the network.
  ///
  /// - Parameters:
  ///   - input: the sample's input.
  ///   - target: its target.
  ///   - steps: how many steps of training, each from where the last one ended.
  ///   - name: 32 hexadecimal digits by which the verifier knows steps of one training.
  public func backpropTrace(
    input: [Double], target: [Double], steps: Int, name: String
  ) throws -> String {
    let (savedParameters, savedState) = (parameters, state)
    defer { (parameters, state) = (savedParameters, savedState) }
    var before = try subject(input: input, target: target)
    let trace = try BackpropTrace(before)
    var text = ""
    for number in 0..<steps {
      try step(input: input, target: target)
      let after = try subject(input: input, target: target)
      text += trace.receipt(from: before, to: after, step: number, trace: steps > 1 ? name : nil)
      before = after
    }
    return text
  }

  /// What an explanation tells besides the worksheet.
  ///
  /// - Parameters:
  ///   - input: one or more samples, one after the other; the worksheet is about the first.
  ///   - target: their targets, likewise.
  ///   - steps: how many steps of training are shown.
  ///   - batch: the size of mini-batches; by default about a third of the samples.
  ///   - source: the network's text, to be shown.
  public func material(
    input: [Double], target: [Double], steps: Int = 0, batch: Int? = nil, source: String = ""
  ) throws -> Material {
    var material = Material()
    let network = build.network
    material.source = source
    material.layers = network.layers.map {
      [
        $0.name, $0.kind, "\(text($0.inputShape)) → \(text($0.outputShape))",
        "\($0.parameterCount)",
      ]
    }
    material.drawsNoise = network.drawsNoise
    material.dependsOnBatch = network.dependsOnBatch || network.trainingDependsOnBatch
    if let training = network.training {
      let keys = training.rule.keys.map { key in
        let value = training.values[key.name] ?? key.standard
        return "\(key.name) \(key.domain == .truth ? (value == 0 ? "no" : "yes") : shortest(value))"
      }
      material.rule = "\(training.rule.name) (\(keys.joined(separator: ", ")))"
    }
    let width = max(1, counts.input)
    let count = max(1, input.count / width)
    material.sampleCount = count
    let first = sample(0, input, target)
    if network.loss != nil, network.parameterCount <= 256 {
      material.differences = try checkGradient(input: first.input, target: first.target).map {
        ($0.name, $0.derivative, $0.difference, $0.agrees)
      }
    }
    guard network.training != nil else { return material }
    let (savedParameters, savedState) = (parameters, state)
    defer { (parameters, state) = (savedParameters, savedState) }
    if steps > 0 { material.history = try history(steps, input, target, first.input) }
    if count > 1 {
      let size = min(count, batch ?? max(2, count / 3))
      for (name, batch) in [
        ("whole batch (BGD)", count), ("one sample (SGD)", 1), ("mini-batch", size),
      ] {
        (parameters, state) = (savedParameters, savedState)
        material.regimes.append(try regime(name, batch, count, input, target))
      }
    }
    return material
  }

  private func text(_ shape: [Int]) -> String {
    shape.isEmpty ? "1" : shape.map(String.init).joined(separator: "×")
  }

  /// A sample of several.
  private func sample(
    _ index: Int, _ input: [Double], _ target: [Double], count: Int = 1
  ) -> (input: [Double], target: [Double]) {
    let (a, b) = (counts.input, counts.target)
    let wide = target.isEmpty ? 0 : b
    return (
      Array(input[(index * a)..<min(input.count, (index + count) * a)]),
      Array(target[(index * wide)..<min(target.count, (index + count) * wide)])
    )
  }

  private func history(
    _ steps: Int, _ input: [Double], _ target: [Double], _ first: [Double]
  ) throws -> [Material.Moment] {
    var moments: [Material.Moment] = []
    // All of a few steps; of many 1, 2, 5, 10, 20, 50 … and the last.
    func isShown(_ step: Int) -> Bool {
      if steps <= 20 || step == 0 || step == steps { return true }
      var power = 1
      while power <= step {
        if step == power || step == 2 * power || step == 5 * power { return true }
        power *= 10
      }
      return false
    }
    for step in 0...steps {
      if isShown(step) {
        moments.append(
          .init(
            step: step, loss: try loss(input: input, target: target), output: try predict(first),
            parameters: parameters))
      }
      if step < steps { try self.step(input: input, target: target) }
    }
    return moments
  }

  private func regime(
    _ name: String, _ batch: Int, _ count: Int, _ input: [Double], _ target: [Double]
  ) throws -> Material.Regime {
    var updates: [Material.Update] = []
    for start in stride(from: 0, to: count, by: batch) {
      let size = min(batch, count - start)
      let part = sample(start, input, target, count: size)
      let before = try step(input: part.input, target: part.target)
      // The loss over all samples costs as much as an epoch, so it is told for as many as are shown.
      let isShown = updates.count < Material.mostUpdates
      updates.append(
        .init(
          samples: start..<(start + size), before: before,
          after: isShown ? try loss(input: input, target: target) : nil))
    }
    let loss = try loss(input: input, target: target)
    return .init(name: name, batch: batch, updates: updates, loss: loss)
  }
}
