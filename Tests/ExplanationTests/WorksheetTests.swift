import NNCDiagnostics
import Foundation
import NNCGraph
import NNCLayers
import NNC
import NNCSyntax
import Testing

@testable import NNCExplanation

/// Worksheets of every sample.
@Suite struct WorksheetTests {
  /// Every formula that is told is read by the language's parser as the very node it was printed from.
  @Test(arguments: sampleNames)
  func formulasAreReadBack(_ name: String) throws {
    let sheet = try worksheet(name)
    var graph = sheet.graph
    var scope = Scope()
    for id in graph.nodes.indices.map({ NodeID($0) }) {
      guard let symbol = graph.symbol(id), symbol.role == .free else { continue }
      scope.setShape(symbol.shape, of: symbol.name)
    }
    let definitions = sheet.forward + sheet.backward + sheet.gradients + sheet.updates
    #expect(!definitions.isEmpty)
    for definition in definitions {
      for node in [definition.node, definition.closed].compactMap({ $0 }) {
        var printer = GraphPrinter(graph)
        printer.limit = .max
        let text = printer.formula(of: node).formula
        let parsed = parseExpression(SourceFile(name: "formula", text: text))
        #expect(parsed.diagnostics.map(\.message) == [], "\(text)")
        let read = scope.elaborate(parsed.root, in: parsed.tree, graph: &graph)
        #expect(read.diagnostics.map(\.message) == [], "\(text)")
        // A weight's product is written like any other.
        let plain = graph.rebuilding([node]) { graph, id, operands in
          let node = graph[id]
          if case .map(let operation) = node.kind, operation.name == "weigh" {
            return graph.map(.mul, Array(operands))
          }
          return node.operands.isEmpty ? id : graph.demand(node.kind, operands, shape: node.shape)
        }[0]
        guard read.value == .node(node) || read.value == .node(plain) else {
          Issue.record("\(definition.name) = \(text) is read as another expression")
          return
        }
      }
    }
  }

  /// The forward pass is the compiled network's, and so is the step of the update rule.
  @Test(arguments: sampleNames)
  func numbersAreTheCompiledNetworks(_ name: String) throws {
    let model = try model(name)
    let (input, target) = model.sampleData()
    let sheet = try model.worksheet(input: input, target: target)
    let loss = try #require(sheet.forward.last { $0.name == "loss" })
    let expected = try model.loss(input: input, target: target)
    let value = sheet.values[loss.leaf]![0]
    #expect((value - expected).magnitude <= 1e-12 * expected.magnitude, "\(value), \(expected)")
    try model.step(input: input, target: target)
    let parameters = sheet.given.filter { if case .parameter = $0.role { true } else { false } }
    let after = parameters.flatMap { given in
      let update = sheet.updates.first { $0.name == given.name + "'" }
      return sheet.values[update?.leaf ?? given.leaf]!
    }
    #expect(after.count == model.parameters.count)
    for (a, b) in zip(after, model.parameters) {
      #expect((a - b).magnitude <= 1e-9 * max(b.magnitude, 1e-3), "\(a), \(b)")
    }
  }

  /// The bounds of the cross-entropy's logarithms are left out where the numbers do not reach them, and only there.
  @Test func boundsThatAreNotReached() throws {
    let model = try model("xor")
    let usual = try model.worksheet(input: [0, 1], target: [1])
    #expect(usual.leavesOutBounds)
    #expect(!usual.explanation(as: .text).contains("where("))
    model.parameters[model.parameters.count - 1] = -200
    let extreme = try model.worksheet(input: [0, 1], target: [1])
    #expect(!extreme.leavesOutBounds)
    #expect(extreme.explanation(as: .text).contains("where("))
    #expect(try !worksheet("backprop").leavesOutBounds)
  }

  /// An activation's own derivative and that of what goes into it have names of their own.
  @Test func adjointsOfActivations() throws {
    let names = try worksheet("skip").backward.map(\.name)
    #expect(names.contains("delta_h2_1") && names.contains("d_h2_1"))
    #expect(names.allSatisfy { !$0.hasSuffix("_") })
  }

  /// What a receipt states can be worked out again from it alone: each formula, with the values that it gives.
  @Test(arguments: ["backprop", "xor", "logistic"])
  func receiptsCanBeChecked(_ name: String) throws {
    let sheet = try worksheet(name)
    let data = Data(sheet.receipt().utf8)
    let receipt = try #require(
      try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(receipt["schema"] as? String == "nnc-receipt-1")
    var bench = Workbench()
    func set(_ entry: [String: Any]) throws {
      let name = entry["name"] as! String
      let numbers = (entry["value"] as? [Double]) ?? [entry["value"] as! Double]
      let shape = (entry["shape"] as? [Int]) ?? []
      if !name.hasSuffix("'") {
        _ = try bench.enter("\(name) = \(Tensor(shape: shape, values: numbers).text())")
      }
    }
    for entry in receipt["given"] as! [[String: Any]] { try set(entry) }
    let steps = receipt["steps"] as! [[String: Any]]
    #expect(steps.count > 10)
    for step in steps {
      let formula = step["formula"] as! String
      guard case .values(let values)? = try bench.enter(formula).first else {
        Issue.record("\(formula) has no value")
        continue
      }
      let expected = (step["value"] as? [Double]) ?? [step["value"] as! Double]
      let computed = try #require(values[0].value?.values, "\(formula)")
      let scale = expected.reduce(0) { max($0, $1.magnitude) }
      for (a, b) in zip(computed, expected) {
        #expect((a - b).magnitude <= 1e-11 * max(scale, 1e-3), "\(formula): \(a), \(b)")
      }
      try set(step)
    }
  }

  @Test func namesAreNeverGivenTwice() throws {
    for name in sampleNames {
      let sheet = try worksheet(name)
      let names =
        sheet.given.map(\.name)
        + (sheet.forward + sheet.backward + sheet.gradients + sheet.updates).map(\.name)
      #expect(Set(names).count == names.count, "\(name)")
    }
  }
}
