import NNCGraph

/// The story of one training step: what is told, in which order.
struct Lesson {
  let sheet: Worksheet
  let material: Material
  var document: Document

  /// Lists longer than this are cut, and say so.
  static let longest = 60

  init(_ sheet: Worksheet, _ material: Material) {
    self.sheet = sheet
    self.material = material
    document = Document(title: "\(sheet.name): one training step, number by number")
  }

  /// Everything about the network.
  static func whole(_ sheet: Worksheet, _ material: Material, hessian: HessianSheet?) -> Document {
    var lesson = Lesson(sheet, material)
    lesson.introduce()
    lesson.drawPicture()
    lesson.tellGiven()
    lesson.tellForward()
    if !sheet.gradients.isEmpty {
      lesson.tellBackward()
      lesson.tellGradients()
      lesson.tellUpdate()
      lesson.tellParameters()
      lesson.tellDifferences()
    }
    if let hessian { lesson.tell(hessian) }
    lesson.tellHistory()
    lesson.tellRegimes()
    if !sheet.gradients.isEmpty { lesson.exercise() }
    lesson.tellScript()
    return lesson.document
  }

  /// One name and what it rests on.
  static func about(_ names: [String], _ sheet: Worksheet, _ material: Material) -> Document {
    var lesson = Lesson(sheet, material)
    lesson.document.title = "\(sheet.name): \(names.joined(separator: ", "))"
    if !material.origin.isEmpty { lesson.say(.text(material.origin)) }
    for name in names { lesson.tell(name) }
    return lesson.document
  }

  mutating func add(_ block: Document.Block) { document.blocks.append(block) }
  mutating func say(_ inlines: Document.Inline...) { add(.paragraph(inlines)) }

  func value(_ leaf: NodeID) -> Document.Inline {
    .math([.value(sheet.values[leaf] ?? [], sheet.graph.shape(leaf))])
  }

  /// name = formula = numbers ≈ result.
  func equation(_ definition: Worksheet.Definition, isClosed: Bool = false) -> Document.Equation {
    var sides: [Document.Side] = [.formula(definition.leaf), .formula(definition.node)]
    if isClosed, let closed = definition.closed { sides.append(.formula(closed)) }
    let value = Document.Side.value(
      sheet.values[definition.leaf] ?? [], sheet.graph.shape(definition.leaf))
    sides += sheet.isScalar ? numbers(definition.node, value) : [value]
    return .init(sides: sides)
  }

  /// A formula with its numbers put in and the result, or the result alone where that is the same.
  private func numbers(_ node: NodeID, _ value: Document.Side) -> [Document.Side] {
    if sheet.graph[node].operands.isEmpty { return [value] }
    let numbers = Document.Side.numbers(node)
    let printer = SidePrinter(sheet, .unicode)
    return printer.text(numbers) == printer.text(value) ? [value] : [numbers, value]
  }

  mutating func tell(_ definitions: [Worksheet.Definition], isClosed: Bool = false) {
    let shown = definitions.prefix(Self.longest * 2)
    add(.equations(shown.map { equation($0, isClosed: isClosed) }))
    if definitions.count > shown.count {
      say(.text("… and \(definitions.count - shown.count) more, of the same kind."))
    }
  }

  private mutating func tellForward() {
    add(.heading(1, "Forward pass"))
    let loss = sheet.forward.last { $0.name == "loss" }
    say(.text("From the input to the output, each value from those before it."))
    tell(sheet.forward.filter { $0.name != "loss" })
    guard let loss else { return }
    add(.heading(1, "Loss"))
    say(.text("How far the output is from the target, in one number."))
    tell([loss])
  }

  private mutating func tellBackward() {
    if sheet.backward.isEmpty { return }
    add(.heading(1, "Backward pass"))
    say(
      .text(
        "From the loss back to the input. The derivative of E by a value is called δ where it is "
          + "needed more than once; it is the sum, over all values that are made from it, of their "
          + "derivatives times the local derivative."))
    for definition in sheet.backward.prefix(Self.longest) {
      add(.equations([equation(definition)]))
      if let how = derivation(definition.leaf) { add(how) }
    }
    if sheet.backward.count > Self.longest {
      say(.text("… and \(sheet.backward.count - Self.longest) more, of the same kind."))
    }
  }

  /// How an adjoint or a gradient follows, folded.
  func derivation(_ leaf: NodeID) -> Document.Block? {
    guard let steps = sheet.derivations[leaf], steps.count > 1 else { return nil }
    return .folded(
      summary: [.text("How "), .math([.formula(leaf)]), .text(" follows")],
      [.equations(steps.map(equation))])
  }

  private func equation(_ step: Worksheet.Step) -> Document.Equation {
    var sides: [Document.Side] = [.formula(step.left), .formula(step.right)]
    if step.level < 2, sheet.isScalar {
      if let known = sheet.values[step.left], sheet.graph.constantValue(step.right) == nil {
        sides += numbers(step.right, .value(known, sheet.graph.shape(step.left)))
      } else if !sheet.graph[step.right].operands.isEmpty {
        sides.append(.numbers(step.right))
      }
    }
    return .init(sides: sides, note: "\(step.rule): \(step.ground)", level: step.level)
  }

  private mutating func tellGradients() {
    add(.heading(1, "Derivatives by the parameters"))
    say(
      .text(
        "The derivative of E by each parameter: how fast the loss grows as the parameter grows"
          + (sheet.isScalar
            ? "; first with δ, then with nothing but values of the forward pass." : ".")))
    for definition in sheet.gradients.prefix(Self.longest) {
      add(.equations([equation(definition, isClosed: true)]))
      if let how = derivation(definition.leaf) { add(how) }
    }
    if sheet.gradients.count > Self.longest {
      say(.text("… and \(sheet.gradients.count - Self.longest) more, of the same kind."))
    }
  }

  private mutating func tellUpdate() {
    if sheet.updates.isEmpty { return }
    add(.heading(1, "Update"))
    say(
      .text(
        "The rule is \(material.rule). A parameter with a prime is its value after the step."))
    tell(sheet.updates)
  }

  private mutating func tellParameters() {
    guard sheet.isScalar else { return }
    var rows: [[[Document.Inline]]] = []
    for gradient in sheet.gradients {
      guard let given = sheet.given.first(where: { $0.name == gradient.by }) else { continue }
      let after = sheet.updates.first { $0.name == given.name + "'" }
      func cells(_ leaf: NodeID?) -> [Document.Inline] {
        [.number(leaf.flatMap { sheet.values[$0]?.first }.map { Decimal.fixed($0, 4) } ?? "")]
      }
      rows.append([
        [.math([.formula(given.leaf)])], cells(given.leaf), cells(gradient.leaf),
        [.number(Decimal.significant(sheet.values[gradient.leaf]?.first ?? .nan, 9))],
        cells(after?.leaf),
      ])
    }
    add(
      .table(
        caption: "Every parameter, to four decimals",
        head: ["parameter", "before", "derivative", "in full", "after"],
        rows: cut(rows)))
  }

  private mutating func tellDifferences() {
    if material.differences.isEmpty { return }
    add(.heading(1, "Check by finite differences"))
    say(
      .text(
        "A derivative is a limit of quotients, so the derivatives can be checked without any "
          + "calculus: each parameter is moved a little up and down, and the change of E divided by "
          + "the distance."))
    let rows = material.differences.map { row -> [[Document.Inline]] in
      [
        [.text(row.name)], [.number(Decimal.significant(row.derivative, 9))],
        [.number(Decimal.significant(row.difference, 9))], [.text(row.agrees ? "agree" : "differ")],
      ]
    }
    add(
      .table(
        caption: "Derivatives and quotients", head: ["parameter", "derivative", "quotient", ""],
        rows: cut(rows)))
  }
}
