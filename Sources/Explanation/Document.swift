import NNCGraph

/// What is told about a worksheet, before it is known in which form: a list of blocks that each writer spells.
struct Document {
  var title: String
  var blocks: [Block] = []

  /// A part of the document.
  indirect enum Block {
    /// A heading; 1 is the first below the title.
    case heading(Int, String)
    /// Running text.
    case paragraph([Inline])
    /// Equations, one below the other.
    case equations([Equation])
    /// Rows of cells below a head; the caption says what it shows.
    case table(caption: String, head: [String], rows: [[[Inline]]])
    /// A picture: SVG where it can be shown, and words where it cannot.
    case figure(svg: String, caption: String)
    /// Code, as it is.
    case code(language: String, text: String)
    /// What stands folded below a summary until it is asked for.
    case folded(summary: [Inline], [Block])
  }

  /// A piece of running text.
  enum Inline {
    case text(String)
    case code(String)
    case math([Side])
    /// A number, written with a hyphen where its minus sign belongs.
    case number(String)
  }

  /// Sides that are equal; the last may be rounded.
  struct Equation {
    var sides: [Side]
    var note: String?
    /// How far it stands in: the proof of a part of the equation before it.
    var level = 0
  }

  /// One side of an equation.
  enum Side {
    /// A formula.
    case formula(NodeID)
    /// A formula with the numbers put in.
    case numbers(NodeID)
    /// Numbers, rounded.
    case value([Double], Shape)
  }
}

/// Prints sides of equations in one style.
struct SidePrinter {
  let sheet: Worksheet
  let style: FormulaStyle
  private let symbols: GraphPrinter
  private let numerals: GraphPrinter

  init(_ sheet: Worksheet, _ style: FormulaStyle) {
    self.sheet = sheet
    self.style = style
    var printer = GraphPrinter(sheet.graph, style: style)
    printer.limit = .max
    printer.derivatives = sheet.ratios.mapValues { ($0.of, $0.by) }
    printer.symbols = style == .text ? [:] : ["loss": "E"]
    symbols = printer
    for (leaf, values) in sheet.values where values.count == 1 && sheet.graph.shape(leaf).isEmpty {
      printer.numbers[leaf] = Decimal.significant(values[0], 4)
    }
    numerals = printer
  }

  func text(_ side: Document.Side) -> String {
    switch side {
    case .formula(let id): symbols.formula(of: id).formula
    case .numbers(let id): numerals.formula(of: id).formula
    case .value(let values, let shape): value(values, shape)
    }
  }

  /// The relation before a side: what is rounded is about equal.
  func relation(_ side: Document.Side) -> String {
    var isRounded = false
    switch side {
    case .formula: break
    case .numbers(let id):
      isRounded = sheet.graph.leaves(of: id).contains { leaf in
        guard let value = sheet.values[leaf]?.first else { return true }
        return !isExact(value)
      }
    case .value(let values, _):
      isRounded = values.contains { !isExact($0) }
    }
    switch style {
    case .text, .unicode: return isRounded ? "≈" : "="
    case .latex: return isRounded ? "\\approx" : "="
    case .mathml: return isRounded ? "<mo>≈</mo>" : "<mo>=</mo>"
    }
  }

  /// Whether four digits tell all of a value, but for what binary arithmetic has rounded on the way to it.
  private func isExact(_ value: Double) -> Bool {
    guard let told = Double(Decimal.significant(value, 4)), value.isFinite else { return true }
    return (told - value).magnitude <= 16 * value.ulp
  }

  /// A number in running text, which has no markup of its own.
  func plain(_ number: String) -> String {
    style == .text ? number : number.replacing("-", with: "−")
  }

  private func value(_ values: [Double], _ shape: Shape) -> String {
    func number(_ value: Double) -> String { symbols.numeral(Decimal.significant(value, 4)) }
    // Behind words a sign is no operation between two.
    func told(_ value: Double) -> String {
      style == .latex ? "{\(number(value))}" : number(value)
    }
    if shape.isEmpty, values.count == 1 { return number(values[0]) }
    if values.count > (shape.count == 2 ? 12 : 6) || shape.count > 2 {
      let (low, high) = (values.min() ?? 0, values.max() ?? 0)
      let count = shape.map(String.init).joined(separator: "×")
      if low == high { return symbols.words("\(count) times ") + told(low) }
      return symbols.words("\(count) numbers from ") + told(low) + symbols.words(" to ")
        + told(high)
    }
    let width = shape.count == 2 ? shape[1] : values.count
    let rows = stride(from: 0, to: values.count, by: max(1, width)).map {
      values[$0..<min(values.count, $0 + width)].map(number)
    }
    switch style {
    case .text, .unicode:
      let lines = rows.map { "[\($0.joined(separator: ", "))]" }
      return shape.count == 2 ? "[\(lines.joined(separator: ", "))]" : lines.first ?? "[]"
    case .latex:
      let lines = shape.count == 2 ? rows.map { $0.joined(separator: " & ") } : rows[0]
      return "\\begin{pmatrix} \(lines.joined(separator: " \\\\ ")) \\end{pmatrix}"
    case .mathml:
      let lines = shape.count == 2 ? rows : rows[0].map { [$0] }
      let cells = lines.map { "<mtr>\($0.map { "<mtd>\($0)</mtd>" }.joined())</mtr>" }.joined()
      return "<mrow><mo>(</mo><mtable>\(cells)</mtable><mo>)</mo></mrow>"
    }
  }
}
