import Foundation
import NNCGraph
import NNCLayers
import Testing

/// Update rules make PyTorch's steps.
struct UpdateRuleTests {
  struct Run: Decodable {
    let losses: [Double]
    let parameters: [[String: Tensor]]
  }
  struct Entry: Decodable {
    let train: String
    let single: Run
    let batch: Run
  }
  struct File: Decodable {
    let source: String
    /// After which steps there are parameters.
    let at: [Int]
    let x: [[Double]]
    let t: [[Double]]
    let start: [String: Tensor]
    let entries: [Entry]
  }

  @Test func goldens() throws {
    let file = try golden("updates", File.self)
    for entry in file.entries {
      for (run, count) in [(entry.single, 1), (entry.batch, 4)] {
        let network = try network(file.source + "train " + entry.train)
        try check(network, run, file, count: count, entry.train)
      }
    }
  }

  /// Every rule and every key of each stands in a golden run and in random networks' choices.
  @Test func everyKeyIsCompared() throws {
    let texts = try golden("updates", File.self).entries.map(\.train)
    for rule in updateRules {
      let own = texts.filter { $0.prefix { $0 != " " } == rule.name }
      #expect(own.contains(rule.name) && !rule.drawn.isEmpty)
      for key in rule.keys {
        let names = [key.name] + rule.groups.filter { $0.keys.contains(key.name) }.map(\.name)
        #expect(
          own.contains { text in names.contains { text.contains(" \($0)=") } },
          "\(rule.name) \(key.name)")
      }
    }
    for key in commonKeys { #expect(texts.contains { $0.contains(" \(key.name)=") }) }
  }

  private func check(
    _ network: Network, _ run: Run, _ file: File, count: Int, _ text: String
  ) throws {
    let rule = try #require(network.training)
    let (graph, assignments) = try network.madeUpStep()
    var leaves = file.start.mapValues(\.values)
    for field in rule.state(for: network.parameters) {
      leaves[field.name] = Array(repeating: field.initial, count: field.shape.elementCount)
    }
    let names = Set(rule.state(for: network.parameters).map(\.name))
    #expect(Set(assignments.map(\.name)) == names.union(network.parameters.map(\.name)))
    var goldens = zip(file.at, run.parameters).makeIterator()
    var next = goldens.next()
    for number in 1...file.at.last! {
      for (name, gradient) in gradient(leaves, file.x.prefix(count), file.t.prefix(count)) {
        leaves["gradient of \(name)"] = gradient
      }
      let evaluator = Evaluator(graph: graph, leaves: leaves)
      for assignment in assignments {
        let count = graph.shape(assignment.node).elementCount
        #expect(leaves[assignment.name]!.count == count, "\(text) \(assignment.name)")
        leaves[assignment.name] = evaluator.value(assignment.node)
      }
      guard let (at, expected) = next, at == number else { continue }
      next = goldens.next()
      for (name, tensor) in expected {
        let scale = tensor.values.map(\.magnitude).max()!
        for (value, golden) in zip(leaves[name]!, tensor.values) {
          #expect(
            abs(value - golden) <= 1e-10 * scale, "\(text) \(name) after step \(number)")
        }
      }
    }
  }

  /// The gradient of the mean of (t − y)²/2, y = V·tanh(W·x + b) + c, by the chain rule.
  private func gradient(
    _ p: [String: [Double]], _ xs: ArraySlice<[Double]>, _ ts: ArraySlice<[Double]>
  ) -> [String: [Double]] {
    let (w, b) = (p["linear1.weight"]!, p["linear1.bias"]!)
    let (v, c) = (p["linear2.weight"]!, p["linear2.bias"]!)
    var (dw, db, dv, dc) = ([Double](repeating: 0, count: 6), [0.0, 0, 0], [0.0, 0, 0], [0.0])
    for (x, t) in zip(xs, ts) {
      let h = (0..<3).map { tanh(w[2 * $0] * x[0] + w[2 * $0 + 1] * x[1] + b[$0]) }
      let y = (0..<3).reduce(c[0]) { $0 + v[$1] * h[$1] }
      let error = (y - t[0]) / Double(xs.count)
      dc[0] += error
      for k in 0..<3 {
        dv[k] += error * h[k]
        let inner = error * v[k] * (1 - h[k] * h[k])
        db[k] += inner
        for i in 0..<2 { dw[2 * k + i] += inner * x[i] }
      }
    }
    return [
      "linear1.weight": dw, "linear1.bias": db, "linear2.weight": dv, "linear2.bias": dc,
    ]
  }
}
