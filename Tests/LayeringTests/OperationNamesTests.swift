import Foundation
import NNCAlgebra
import Testing

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// Where names of operations may stand outside of the table of operations, as files or folders of `Sources`, and why.
private let exceptions: [String: String] = [
  "Algebra": "the table, and the arithmetic of its rows",
  "Rewriting/Rules.swift": "a table of rules, whose sides are formulas",
  "Rewriting/MachineRules.swift": "a table of rules, whose sides are formulas",
  "Rewriting/OperationTree.swift": "what sums and products are made of",
  "Layers/Losses.swift": "a table of losses, which are formulas",
  "Layers/Elaborator+Losses.swift": "what keys of losses leave out",
  "Layers/FormulaFunctions.swift": "a table of functions, which are formulas",
  "Layers/LayerRows+Activations.swift": "a table of layers, whose formulas are of operations",
  "Layers/UpdateRules+Gradient.swift": "a table of update rules, which are formulas",
  "Layers/UpdateRules+Moments.swift": "a table of update rules, which are formulas",
  "Layers/UpdateRules+Matrices.swift": "a table of update rules, which are formulas",
  "Layers/GradientClip.swift": "the formula of a bound on the gradient",
  "Layers/BlockwiseStep.swift": "the formula of a step that is taken or not",
  "Layers/Graph+Softmax.swift": "the formulas of softmax and of normalisation",
  "Layers/Formula+Text.swift": "a choice is written `where`",
  "Layers/Graph+Pooling.swift": "the formula of a greatest element, of equal ones the first",
  "Layers/LayerRows+Sequences.swift": "the formula of waves along a sequence's places",
  "Layers/Graph+RotaryPositions.swift": "the formula by which places turn queries and keys",
  "Layers/LayerRow+Recurrence.swift": "the formulas of recurrent units",
  "Layers/SlidingWindows.swift":
    "the length of a signal, which is no operation, and how its number of windows is rounded",
  "Layers/LayerRows+Pools.swift": "the key for how the number of windows is rounded",
  "Layers/Elaborator+Operators.swift": "the table of the language's signs",
  "Layers/AbsentFunctions.swift": "a table of names by which people know functions",
  "Plotting/Chart+SVG.swift": "how lines are joined in SVG",
  "Layers/Elaborator+Numbers.swift": "the language's functions of sizes, which are no operations",
  "Layers/TensorFunctions+Reductions.swift":
    "a table of functions of tensors, of which some are operations of two numbers too",
  "Layers/TensorFunctions+Normalising.swift":
    "a table of functions, whose formulas are of operations",
  "Layers/TensorFunctions+Shapes.swift": "a parameter of a function is called as an operation is",
  "Layers/Graph+Determinant.swift": "the formulas of determinants",
  "Layers/Graph+Elimination.swift": "the formulas of elimination",
  "NNC/InitialValue+Initial.swift": "the formula of normal numbers",
  "Training/RateSchedule.swift": "the formula of a learning rate that falls like a cosine",
  "Calculus/Adjoints.swift": "how the outermost form of a slope meets the adjoint",
  "Graph/Graph+Formula.swift": "a choice whose condition is a constant is made at once",
  "Graph/GraphPrinter+Forms.swift": "the greatest element over axes is printed as max",
  "Graph/GraphPrinter+Operators.swift":
    "a^2 is the square, fractions have lines, and products of tensors a sign of their own",
  "Explanation/TorchScript.swift": "words that Python keeps for itself",
  "Explanation/TraceOptimizer.swift": "the name of a state",
  "Explanation/TraceTopology.swift": "the two activations that the traced format knows",
  "Explanation/WorksheetBuilder+Bounds.swift": "the bounds that losses put on logarithms",
  "Explanation/LatexWriter.swift": "a part of LaTeX's sections",
  "Emission/CEmitter+VectorHelpers.swift": "names of helpers in emitted C",
  "Emission/CEmitter+Vectors.swift": "names of helpers in emitted C",
  "Emission/MachineInstruction.swift": "names of machine instructions",
  "Lowering/FunctionTable.swift": "rarely needed parts of functions stand in a choice",
  "Lowering/KernelWriter+Operations.swift": "rarely needed parts of functions stand in a choice",
  "StableHLO": "the operations of StableHLO, some of which are called the same",
  "Verification/DoubleDouble+Operations.swift":
    "a second computation of what has no definition, which must not come from the table",
  "Verification/RandomNetwork.swift": "the last layers that suit every loss",
  "Verification/RandomNetwork+Sequences.swift": "the layers that blocks for steps end with",
  "Onnx": "the tables of ONNX's operators, and which layers passes put together",
  "Tool": "options of the command line",
]

/// The lines of a source text that hold a string literal with an operation's name alone.
private func named(in text: String, _ names: Set<String>) -> [Substring] {
  text.split(separator: "\n").filter { line in
    if line.drop(while: { $0 == " " }).hasPrefix("//") { return false }
    return line.matches(of: /"(\w+)"/).contains { names.contains(String($0.1)) }
  }
}

private func sources() throws -> [(path: String, text: String)] {
  let folder = root.appending(path: "Sources")
  let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)!
  return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.map {
    let parts = $0.pathComponents.suffix(2)
    return (parts.joined(separator: "/"), try String(contentsOf: $0, encoding: .utf8))
  }
}

@Test func passesNameNoOperation() throws {
  let names = Set(Operation.all.map(\.name))
  var unused = Set(exceptions.keys)
  for (path, text) in try sources() {
    let folder = String(path.prefix { $0 != "/" })
    let lines = named(in: text, names)
    if lines.isEmpty { continue }
    unused.subtract([path, folder])
    let isAllowed = exceptions[path] != nil || exceptions[folder] != nil
    #expect(isAllowed, "\(path) names operations:\n\(lines.joined(separator: "\n"))")
  }
  #expect(unused.isEmpty, "these name no operation any more: \(unused.sorted())")
}

@Test func aNameInAPassIsFound() {
  #expect(named(in: "case \"sigmoid\": true", ["sigmoid"]).count == 1)
  #expect(named(in: "  // \"sigmoid\"\nlet a = \"the sigmoid\"", ["sigmoid"]).isEmpty)
}

/// Rules are told apart by what their rows say, not by their titles.
@Test func passesKnowNoRuleByItsTitle() throws {
  let folder = root.appending(path: "Sources/Rewriting")
  let tables = ["Rules.swift", "MachineRules.swift"]
  let text = try tables.map {
    try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
  }.joined()
  let titles = text.matches(of: /rule\(\s*"([^"]+)"/).map { String($0.1) }
  #expect(titles.count > 60)
  for (path, text) in try sources() where !tables.contains(where: { path.hasSuffix("/" + $0) }) {
    for title in titles where title.contains(" ") {
      #expect(!text.contains("\"\(title)\""), "\(path) knows the rule \(title)")
    }
  }
}
