import NNCDrawing
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

  private mutating func introduce() {
    let parameters = sheet.given.reduce(0) { total, given in
      guard case .parameter = given.role else { return total }
      return total + (sheet.values[given.leaf]?.count ?? 0)
    }
    say(
      .text(
        "A network computes an output from an input, layer by layer: the forward pass. Its loss E "
          + "measures how far the output is from the target. The backward pass goes from the loss "
          + "back and takes the partial derivative of E by every parameter with the chain rule. The "
          + "update then moves every parameter a little against its derivative, so that E becomes "
          + "smaller. This page works one such step of a network of \(parameters) parameters out."))
    if !sheet.isScalar {
      say(
        .text(
          "The network is too large to be written number by number, so a name stands for a whole "
            + "list or matrix: ⊙ multiplies element by element, ⊗ makes a matrix of all products, "
            + "and ᵀ exchanges rows and columns."))
    }
    if !material.origin.isEmpty { say(.text(material.origin)) }
    if sheet.leavesOutBounds {
      say(
        .text(
          "The loss bounds its logarithms from below, so that they stay finite. These numbers reach no "
            + "bound, so the bounds are left out of the formulas."))
    }
    if material.drawsNoise {
      say(.text("Dropout is left out here: it is the identity outside training."))
    }
    if material.dependsOnBatch {
      say(
        .text(
          "Training depends on its batch as a whole. This is about a batch of one sample, as it is outside "
            + "training."))
    }
    if !material.source.isEmpty { add(.code(language: "", text: material.source)) }
    if !material.layers.isEmpty {
      let rows = material.layers.map { row in row.map { [Document.Inline.text($0)] } }
      add(
        .table(
          caption: "The layers", head: ["layer", "kind", "shape", "parameters"], rows: cut(rows)))
    }
  }

  /// A list, or its first part with a row that says how much is left out.
  func cut(_ rows: [[[Document.Inline]]]) -> [[[Document.Inline]]] {
    if rows.count <= Self.longest { return rows }
    let left = rows.count - Self.longest
    var last: [[Document.Inline]] = rows[0].map { _ in [] }
    last[0] = [.text("… \(left) more")]
    return rows.prefix(Self.longest) + [last]
  }

  /// The picture of the whole network, where it has a size that can be looked at.
  private mutating func drawPicture() {
    let diagram = sheet.diagram(.forward, most: 160)
    if diagram.boxes.isEmpty { return }
    var writer = SvgWriter(diagram)
    writer.prefix = "picture"
    add(
      .figure(
        svg: writer.text(standalone: false),
        caption: "The network: in each box a value"
          + (sheet.backward.isEmpty ? "" : " and the derivative of E by it")
          + (diagram.arrows.contains { !$0.label.isEmpty }
            ? "; on the arrows the parameters." : ".")
      ))
  }

  private mutating func tellGiven() {
    add(.heading(1, "What is given"))
    var rows: [[[Document.Inline]]] = []
    for given in sheet.given where given.role == .input || given.role == .target {
      let what = given.role == .input ? "input" : "target"
      rows.append([[.math([.formula(given.leaf)])], [.text(what)], [value(given.leaf)]])
    }
    add(.table(caption: "The sample", head: ["name", "what", "value"], rows: cut(rows)))
    rows = []
    for given in sheet.given {
      guard case .parameter(let isTrained) = given.role else { continue }
      rows.append([
        [.math([.formula(given.leaf)])], [.code(given.fullName + (isTrained ? "" : ", frozen"))],
        [value(given.leaf)],
      ])
    }
    if !rows.isEmpty {
      add(
        .table(
          caption: "The parameters before the step", head: ["name", "in full", "value"],
          rows: cut(rows)))
    }
  }

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
