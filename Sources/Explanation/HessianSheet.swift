import NNCGraph

/// The second derivatives of the loss by the parameters of a small network.
public struct HessianSheet: Sendable {
  /// The parameters, in order.
  public let names: [String]
  /// ∂²E/∂p∂q for p up to q, row by row: the formula, in the worksheet's graph; nil where it is 0.
  public let formulas: [[NodeID?]]
  /// The numbers, all of them.
  public let values: [[Double]]
  /// The eigenvalues, in ascending order.
  public let eigenvalues: [Double]
}

extension Lesson {
  mutating func tell(_ hessian: HessianSheet) {
    add(.heading(1, "Second derivatives"))
    let count = hessian.names.count
    let zeros = hessian.formulas.enumerated().reduce(0) { total, row in
      total + row.element.count { $0 == nil }
    }
    let all = count * (count + 1) / 2
    say(
      .text(
        "The Hessian holds the derivatives of the derivatives: how the slope by one parameter changes "
          + "with another. It is symmetric. Of its \(all) different entries \(zeros) are 0 whatever the "
          + "numbers."))
    if count <= 16 {
      let rows = hessian.names.indices.map { i -> [[Document.Inline]] in
        [[.text(hessian.names[i])]]
          + hessian.values[i].enumerated().map { j, value in
            [
              .number(
                hessian.formulas[min(i, j)][max(i, j) - min(i, j)] == nil
                  ? "·" : Decimal.fixed(value, 4))
            ]
          }
      }
      add(
        .table(
          caption: "The Hessian; a dot is an entry that is always 0", head: [""] + hessian.names,
          rows: rows))
    }
    // What is smaller than rounding leaves of the largest is 0.
    let noise = (hessian.eigenvalues.map(\.magnitude).max() ?? 0) * 1e-13
    let signs = hessian.eigenvalues.map { $0.magnitude <= noise ? 0 : $0 }
    let eigenvalues = signs.map { Decimal.significant($0, 6) }
    say(
      .text("Its eigenvalues are "), .number(eigenvalues.joined(separator: ", ")),
      .text(
        ". "
          + (signs.contains { $0 < 0 }
            ? "Some are negative: here the loss curves downward along some directions."
            : signs.contains(0)
              ? "None is negative: here the loss curves downward in no direction, and is flat along some."
              : "All are positive: here the loss curves upward in every direction.")))
    var equations: [Document.Equation] = []
    for (i, row) in hessian.formulas.enumerated() {
      for (offset, node) in row.enumerated() {
        guard let node, equations.count < 100 else { continue }
        let value = hessian.values[i][i + offset]
        equations.append(
          .init(
            sides: [.formula(node), .value([value], [])],
            note: "∂²E/∂\(hessian.names[i])∂\(hessian.names[i + offset])"))
      }
    }
    add(.folded(summary: [.text("The formulas")], [.equations(equations)]))
  }
}
