import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension Elaborator {
  /// What a name means.
  func lookUp(_ name: String, _ span: SourceSpan) -> Step {
    if let bound = frames.last?.bindings[name] { return .value(.node(bound)) }
    if isFaulty(name) { return .value(.invalid) }
    if let definition = scope.definitions[name] {
      if definition.parameters == nil { return .expand(definition, []) }
      report(.functionWithoutArguments(name, parameters: definition.parameters, at: span))
      return .value(.invalid)
    }
    if let node = network(name) { return .value(.node(node)) }
    if Self.reserved.contains(name), !scope.isOpen {
      report(.notYetKnown(name, at: span))
      return .value(.invalid)
    }
    if let loss = Loss(name), !scope.isOpen {
      if scope.faulty.contains("y") { return .value(.invalid) }
      return .value(bare(loss, span))
    }
    if functionNames.contains(name) || Loss(name) != nil {
      report(.functionWithoutArguments(name, parameters: nil, at: span))
      return .value(.invalid)
    }
    if let element = namedElement(name, span) { return .value(element) }
    if let number = Self.numbers[name], scope.shapes[name] == nil {
      return .value(.node(graph.constant(number)))
    }
    if scope.isOpen, !name.contains(".") {
      let shape = scope.shapes[name] ?? []
      return .value(.node(graph.symbol(Symbol(name: name, shape: shape, role: .free))))
    }
    report(.unknownName(name, like: like(name) { candidates }, at: span))
    return .value(.invalid)
  }

  /// Truth values, as comparisons give them, and numbers that no digits spell.
  private static let numbers: [String: Double] = [
    "yes": 1, "no": 0, "pi": .pi, "e": 2.718281828459045, "inf": .infinity, "nan": .nan,
  ]

  /// The names that only the network itself may give.
  static let reserved = ["x", "y", "t", "loss"]

  /// Whether a name, or the layer it belongs to, was wrong and has been reported.
  func isFaulty(_ name: String) -> Bool {
    if scope.faulty.isEmpty { return false }
    let base = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    for prefix in scope.prefixes {
      if scope.faulty.contains(prefix + name) || scope.faulty.contains(prefix + base) {
        return true
      }
    }
    guard scope.isIncomplete, let (kind, _) = Self.split(base) else { return false }
    return scope.faulty.contains(kind)
  }

  /// What the network calls by this name: `x y t loss`, a label, a parameter.
  func network(_ name: String) -> NodeID? {
    switch name {
    case "x": if let input = scope.input { return input }
    case "y": if let output = scope.output { return output[isTraining] }
    case "loss": if let loss = scope.loss { return loss[isTraining] }
    case "t":
      if let output = scope.output {
        return graph.symbol(scope.target(of: graph.shape(output.plain)))
      }
    default: break
    }
    return scope.find(name, in: scope.values)?.value[isTraining]
      ?? scope.find(name, in: scope.parameters)?.value
  }

  /// `w5`, `x1`, `h2`, `h1_2`: an element of a tensor that has a name. Nil if the name has not
  /// this form.
  private func namedElement(_ name: String, _ span: SourceSpan) -> Value? {
    guard !scope.isOpen, let (base, number) = Self.split(name) else { return nil }
    if let kind = ParameterKind(stem: base) {
      guard let (parameter, place) = scope.elements.find(kind, number - 1) else {
        if scope.isIncomplete { return .invalid }
        let count = scope.elements.count(kind)
        report(.noSuchElement(name, count: count, of: kind.word, at: span))
        return .invalid
      }
      return element(of: parameter, at: place, called: name)
    }
    guard !isFaulty(base) else { return .invalid }
    guard let tensor = network(base) else {
      if !Self.reserved.contains(base) { return nil }
      report(.notYetKnown(name, at: span))
      return .invalid
    }
    let count = graph.shape(tensor).elementCount
    guard number >= 1, number <= count else {
      report(.noSuchElement(name, count: count, of: base, at: span))
      return .invalid
    }
    return element(of: tensor, at: number - 1, called: name)
  }

  private func element(of tensor: NodeID, at place: Int, called name: String) -> Value {
    let node = graph.element(tensor, at: graph.shape(tensor).place(of: place))
    if node != tensor { graph.name(node, name) }
    return .node(node)
  }

  /// `h2` as `("h", 2)`, `h1_2` as `("h1", 2)`.
  static func split(_ name: String) -> (base: String, number: Int)? {
    var base = Substring(name)
    while let last = base.last, last.isASCII, last.isNumber { base.removeLast() }
    let digits = name.dropFirst(base.count)
    guard !base.isEmpty, !digits.isEmpty, digits.first != "0" || digits == "0",
      let number = Int(digits)
    else { return nil }
    if base.last == "_", let digit = base.dropLast().last, digit.isASCII, digit.isNumber {
      base.removeLast()
    }
    return (String(base), number)
  }

  /// Of the names that would have had a meaning the one that a misspelt name most likely means;
  /// nil if none is near, and after many mistakes, since each search goes through all names.
  func like(_ name: String, among candidates: () -> [String]) -> String? {
    guard suggestionsLeft > 0 else { return nil }
    suggestionsLeft -= 1
    if let loss = lossesByOtherNames[name] { return loss }
    return suggestion(for: name, among: candidates().sorted())
  }

  /// Every name that would have had a meaning.
  private var candidates: [String] {
    var names = Set(scope.definitions.keys)
    names.formUnion(scope.values.keys)
    names.formUnion(scope.parameters.keys)
    names.formUnion(losses.map(\.name))
    names.formUnion(["x", "y", "t"])
    if scope.loss != nil { names.insert("loss") }
    if let frame = frames.last { names.formUnion(frame.bindings.keys) }
    return Array(names)
  }
}
