import NNCDrawing
import NNCGraph

// What stands before the passes: what is told, the network's text and picture, what is given.
extension Lesson {
  mutating func introduce() {
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
      if sheet.forward.contains(where: { sheet.graph.shape($0.leaf).count > 2 }) {
        say(
          .text(
            "Sums of products of larger tensors are written with letters for the axes: contract_ijk_ljk_il(A, B) sums the "
              + "products of A at i, j, k and B at l, j, k over the letters that the last group lacks. A window is written as "
              + "what its elements are: a[i+k, j+l] has that element of a at its place i, j, k, l. Around it pad puts zeros."
          ))
      }
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
  mutating func drawPicture() {
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

  mutating func tellGiven() {
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
}
