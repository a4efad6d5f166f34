import NNCDiagnostics
import NNCGraph
import NNCSyntax

/// The most layers that a network may have.
let maximumLayers = Limits.layers

extension NetworkReader {
  /// Reads what may stand anywhere before the layers are gone through: the `let`s, which do not
  /// depend on their order, the labels, and how often blocks are run.
  func collect() {
    collectFaulty()
    for statement in tree.statements {
      switch statement.kind {
      case .function(let function):
        define(function.name, function.parameters, function.body)
      case .constant(let name, let value): define(name, nil, value)
      default: break
      }
    }
    elaborator.reportCycles()
    collectDefines()
    collectRules()
    collectInputs()
    collectLabels()
    countRounds()
  }

  private func define(_ name: Identifier, _ parameters: [Identifier]?, _ body: ExpressionID) {
    let definition = Definition(
      name: name, parameters: parameters, tree: tree, body: body, generation: scope.generation)
    elaborator.define(definition, layerKinds: layerKinds)
  }

  /// Words of statements that could not be read: what they would have defined is not known.
  private func collectFaulty() {
    for statement in tree.statements {
      guard case .invalid = statement.kind else { continue }
      let text = tree.source.text(of: statement.span).prefix(10_000)
      for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" }) {
        scope.faulty.insert(String(word))
      }
      scope.isIncomplete = true
    }
  }

  /// Makes the inputs where there are several: then each has a name.
  private func collectInputs() {
    var found: [(index: Int, name: Identifier?, shape: ExpressionID, below: ExpressionID?)] = []
    for (index, statement) in tree.statements.enumerated() {
      guard case .input(let name, let shape, let below) = statement.kind else { continue }
      found.append((index, name, shape, below))
      guard let name else { continue }
      if Elaborator.reserved.contains(name.text) {
        report(.reservedLabel(name))
      } else if let definition = scope.definitions[name.text] {
        report(.labelTaken(name, by: "a `let`", first: definition.name.span))
      } else if let first = labels[name.text] {
        report(.labelTaken(name, by: "another input", first: first))
      } else {
        labels[name.text] = name.span
        builder.taken.insert(name.text)
        continue
      }
      scope.faulty.insert(name.text)
    }
    guard found.count > 1, found.allSatisfy({ $0.name != nil }) else { return }
    var wanted: [(name: String?, shape: Given<[Int]>, below: Int?)] = []
    for (index, name, shape, bound) in found {
      inputs[index] = name!
      let below = bound.flatMap { size($0, .bound) }
      guard let extents = self.shape(shape, .input), bound == nil || below != nil else {
        scope.faulty.insert(name!.text)
        continue
      }
      wanted.append((name!.text, Given(extents, tree[shape].span), below))
    }
    if wanted.count == found.count, !builder.draft.hasErrors { builder.inputs(wanted) }
  }

  /// The names of layers and of `param` statements, each of which is nobody else's.
  private func collectLabels() {
    var parameters: Set<String> = []
    for statement in tree.statements {
      guard let label = statement.kind.label ?? statement.kind.parameter else { continue }
      if Elaborator.reserved.contains(label.text) {
        report(.reservedLabel(label))
      } else if let definition = scope.definitions[label.text] {
        report(.labelTaken(label, by: "a `let`", first: definition.name.span))
      } else if let span = labels[label.text] {
        let isInput = inputs.values.contains { $0.text == label.text }
        let owner =
          isInput ? "an input" : parameters.contains(label.text) ? "a parameter" : "another layer"
        report(.labelTaken(label, by: owner, first: span))
      } else {
        labels[label.text] = label.span
        if statement.kind.parameter != nil { parameters.insert(label.text) }
      }
      builder.taken.insert(label.text)
    }
  }

  /// Reads the counts of `repeat`, and sees to it that the network stays of a sane size.
  private func countRounds() {
    var open: [(end: Int, factor: Int, index: Int)] = []
    var visits = 0
    var isTooLarge = false
    var definedEnd = 0
    for (index, statement) in tree.statements.enumerated() {
      while let last = open.last, last.end <= index { open.removeLast() }
      if let body = statement.kind.setApart {
        definedEnd = max(definedEnd, body.upperBound)
      }
      // What a block that is defined has in it counts where it is used.
      if index < definedEnd { continue }
      let factor = open.last?.factor ?? 1
      visits = Swift.min(visits &+ factor, maximumLayers + 1)
      if visits > maximumLayers, !isTooLarge, let block = open.last {
        isTooLarge = true
        report(.tooManyLayers(at: tree.statements[block.index].span))
      }
      guard case .repeat(let count, let body) = statement.kind else { continue }
      let number = size(count, .repeat) ?? 1
      rounds[index] = number
      let product = factor.multipliedReportingOverflow(by: number)
      let inner = product.overflow ? .max : Swift.min(product.partialValue, maximumLayers + 1)
      open.append((body.upperBound, Swift.min(inner, maximumLayers + 1), index))
    }
    if isTooLarge { rounds = rounds.mapValues { _ in 1 } }
  }
}
