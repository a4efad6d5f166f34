import NNCAlgebra
import NNCDrawing
import NNCGraph

extension Worksheet {
  /// Which passes a drawing shows.
  public enum Pass: String, Sendable, CaseIterable {
    /// From the input to the loss.
    case forward
    /// From the loss to the parameters' derivatives.
    case backward
    /// Both.
    case both
  }

  /// The most boxes of one drawing; larger ones are folded by layer.
  public static let mostBoxes = 500
  /// More arrows than this go without labels.
  private static let mostLabels = 48

  /// The network as boxes and arrows: what is given, the values with their numbers and derivatives, the loss.
  public func diagram(_ pass: Pass, most: Int = mostBoxes) -> Diagram {
    var drawing = DiagramBuilder(self)
    if pass != .backward { drawing.drawForward(withDerivatives: pass == .forward) }
    if pass != .forward { drawing.drawBackward(alone: pass == .backward) }
    drawing.dropLabels(above: Self.mostLabels)
    let all = drawing.diagram.boxes.count
    drawing.diagram = drawing.diagram.folded(to: most)
    let shown = drawing.diagram.boxes.count
    drawing.diagram.summary =
      "\(shown) boxes and \(drawing.diagram.arrows.count) arrows"
      + (shown < all ? ", folded by layer from \(all) boxes: " : ": ")
      + (pass == .backward
        ? "the derivatives, from the loss back to the parameters."
        : "values from the input to the loss\(pass == .both ? ", and derivatives back." : ".")")
    return drawing.diagram
  }
}

/// A worksheet's drawing on its way.
private struct DiagramBuilder {
  let sheet: Worksheet
  let printer: SidePrinter
  var diagram: Diagram
  /// The box of each leaf.
  var places: [NodeID: Int] = [:]
  private let definitions: [NodeID: Worksheet.Definition]
  private let parameters: Set<NodeID>
  /// The adjoint of each definition, by its name.
  private var adjoints: [String: NodeID] = [:]

  init(_ sheet: Worksheet) {
    self.sheet = sheet
    printer = SidePrinter(sheet, .unicode)
    diagram = Diagram(title: "\(sheet.name), forward and backward", summary: "")
    definitions = Dictionary(uniqueKeysWithValues: sheet.forward.map { ($0.leaf, $0) })
    parameters = Set(
      sheet.given.filter {
        if case .parameter = $0.role { true } else { false }
      }.map(\.leaf))
    for (leaf, ratio) in sheet.ratios where ratio.of == "loss" { adjoints[ratio.by] = leaf }
    for adjoint in sheet.backward { if let by = adjoint.by { adjoints[by] = adjoint.leaf } }
  }

  func value(_ leaf: NodeID) -> String {
    let values = sheet.values[leaf] ?? []
    if values.count == 1 { return printer.text(.value(values, [])) }
    return sheet.graph.shape(leaf).map(String.init).joined(separator: "×")
  }

  func name(_ leaf: NodeID) -> String { printer.text(.formula(leaf)) }

  /// A name and its number, or how many numbers it has.
  func line(_ leaf: NodeID) -> String {
    let isNumber = sheet.values[leaf]?.count == 1
    return isNumber ? "\(name(leaf)) = \(value(leaf))" : "\(name(leaf)): \(value(leaf))"
  }

  mutating func box(_ leaf: NodeID, lines: [String], _ kind: Diagram.Kind) {
    places[leaf] = diagram.boxes.count
    diagram.boxes.append(.init(name(leaf), lines: lines, kind: kind))
  }

  mutating func drawForward(withDerivatives: Bool) {
    var uses: [NodeID: [NodeID]] = [:]
    for definition in sheet.forward {
      for leaf in sheet.graph.leaves(of: definition.node) {
        uses[leaf, default: []].append(definition.leaf)
      }
    }
    for given in sheet.given where given.role == .input || given.role == .target {
      if uses[given.leaf] != nil { box(given.leaf, lines: [value(given.leaf)], .given) }
    }
    // A value that goes into nothing but a function of it shares the function's box.
    var merged: [NodeID: Worksheet.Definition] = [:]
    for definition in sheet.forward {
      let leaves = sheet.graph.leaves(of: definition.node)
      guard leaves.count == 1, let inner = definitions[leaves[0]],
        uses[inner.leaf]?.count == 1, merged[inner.leaf] == nil,
        case .map = sheet.graph[definition.node].kind
      else { continue }
      merged[definition.leaf] = inner
    }
    let hidden = Set(merged.values.map(\.leaf))
    for definition in sheet.forward where !hidden.contains(definition.leaf) {
      let inner = merged[definition.leaf]
      var lines: [String] = []
      if let inner { lines.append(line(inner.leaf)) }
      lines.append(line(definition.leaf))
      if withDerivatives || sheet.isScalar {
        for one in [inner, definition].compactMap({ $0 }) {
          guard let adjoint = adjoints[one.name] else { continue }
          lines.append(line(adjoint))
        }
      }
      box(definition.leaf, lines: lines, definition.name == "loss" ? .loss : .forward)
      if let inner { places[inner.leaf] = places[definition.leaf] }
      connect(inner ?? definition, to: places[definition.leaf]!)
    }
  }

  private mutating func connect(_ definition: Worksheet.Definition, to place: Int) {
    let labels = factors(definition.node)
    var alone: [String] = []
    for leaf in sheet.graph.leaves(of: definition.node) {
      if parameters.contains(leaf) {
        if !labels.values.contains(where: { $0.contains(leaf) }) {
          alone.append(line(leaf))
        }
        continue
      }
      guard let from = places[leaf] else { continue }
      let label = (labels[leaf] ?? []).map { factor in
        let numbers = sheet.values[factor] ?? []
        return numbers.count == 1 ? "\(name(factor)) = \(value(factor))" : name(factor)
      }.joined(separator: ", ")
      let isBack = definition.name == "loss"
      diagram.arrows.append(
        .init(from: from, to: place, label: label, kind: isBack ? .loss : .forward))
    }
    if alone.count <= 3 { diagram.boxes[place].lines += alone }
  }

  /// The parameters that a value is multiplied by in a formula, by the value's leaf.
  private func factors(_ root: NodeID) -> [NodeID: [NodeID]] {
    var result: [NodeID: [NodeID]] = [:]
    for id in sheet.graph.subgraph(of: root) {
      let node = sheet.graph[id]
      guard node.operands.count == 2 else { continue }
      switch node.kind {
      case .map(.mul), .contract: break
      default: continue
      }
      let (a, b) = (node.operands[0], node.operands[1])
      if parameters.contains(a), sheet.graph.symbol(b) != nil { result[b, default: []].append(a) }
      if parameters.contains(b), sheet.graph.symbol(a) != nil { result[a, default: []].append(b) }
    }
    return result
  }

  mutating func drawBackward(alone: Bool) {
    let start = sheet.forward.last { $0.name == "loss" }
    if alone, let start { box(start.leaf, lines: ["E = \(value(start.leaf))"], .loss) }
    let showsParameters = sheet.gradients.count <= 64
    for definition in sheet.backward + (showsParameters ? sheet.gradients : []) {
      let shape = sheet.graph.shape(definition.leaf)
      box(
        definition.leaf, lines: shape.isEmpty ? [value(definition.leaf)] : [value(definition.leaf)],
        .backward)
      let place = places[definition.leaf]!
      let leaves = sheet.graph.leaves(of: definition.node)
      let sources = sheet.backward.filter { leaves.contains($0.leaf) }
      for source in sources {
        diagram.arrows.append(.init(from: places[source.leaf]!, to: place, kind: .backward))
      }
      if sources.isEmpty, let start, let from = places[start.leaf] {
        diagram.arrows.append(.init(from: from, to: place, kind: .backward))
      }
    }
  }

  mutating func dropLabels(above most: Int) {
    guard diagram.arrows.count(where: { !$0.label.isEmpty }) > most else { return }
    for index in diagram.arrows.indices { diagram.arrows[index].label = "" }
  }
}
