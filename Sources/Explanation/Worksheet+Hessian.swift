import NNCCalculus
import NNCGraph
import NNCRewriting

extension Worksheet {
  /// The most parameters whose second derivatives are shown.
  public static let hessianLimit = 40

  /// The second derivatives by all pairs of trained parameters; nil without a loss and for larger networks.
  ///
  /// The gradient's formulas are differentiated again, through the whole forward pass; adjoints are written out, and
  /// values of the forward pass keep their names. Eigenvalues by Jacobi's rotations (G. H. Golub and C. F. Van Loan,
  /// Matrix Computations, 4th ed., 8.5).
  public mutating func hessian() -> HessianSheet? {
    let parameters = gradients.compactMap { gradient in given.first { $0.name == gradient.by } }
    guard isScalar, !parameters.isEmpty, parameters.count <= Self.hessianLimit else { return nil }
    // Every name by its formula, down to what is given; names of the forward pass stay readable.
    var whole = Graph()
    var known: [NodeID: NodeID] = [:]
    var back: [NodeID: NodeID] = [:]
    for definition in forward + backward {
      let node = whole.copy(definition.node, of: graph, &known)
      known[definition.leaf] = node
      back[node] = back[node] ?? definition.leaf
    }
    let firsts = gradients.map { whole.copy($0.node, of: graph, &known) }
    let variables = parameters.map { whole.copy($0.leaf, of: graph, &known) }
    for parameter in given {
      if let node = known[parameter.leaf] { back[node] = parameter.leaf }
    }
    let isAdjoint = Set(backward.map(\.leaf))
    var simplifier = Simplifier(phase: .simplify)
    var evaluator = GraphValues<Double>()
    var formulas: [[NodeID?]] = []
    var numbers = [[Double]](
      repeating: [Double](repeating: 0, count: parameters.count), count: parameters.count)
    for (row, first) in firsts.enumerated() {
      let seconds = whole.gradient(of: first, by: variables)
      // What a formula goes through keeps its name, adjoints do not.
      var names = back.filter { !isAdjoint.contains($0.value) }
      let simple = simplifier.run(&whole, Array(seconds[row...]))
      var entries: [NodeID?] = []
      for (offset, node) in simple.enumerated() {
        if whole.constantValue(node) == 0 {
          entries.append(nil)
          continue
        }
        let formula = graph.copy(node, of: whole, &names)
        entries.append(formula)
        let values = values
        let value = evaluator.value(of: formula, in: graph) { values[$0] }[0]
        numbers[row][row + offset] = value
        numbers[row + offset][row] = value
      }
      formulas.append(entries)
    }
    return HessianSheet(
      names: parameters.map(\.name), formulas: formulas, values: numbers,
      eigenvalues: eigenvalues(of: numbers))
  }
}

/// The eigenvalues of a symmetric matrix in ascending order, by cyclic Jacobi rotations.
func eigenvalues(of matrix: [[Double]]) -> [Double] {
  var a = matrix
  let count = a.count
  for _ in 0..<64 {
    var rest = 0.0
    for p in 0..<count {
      for q in (p + 1)..<max(p + 1, count) {
        let apq = a[p][q]
        rest += apq * apq
        if apq == 0 { continue }
        // tan of the angle that makes a[p][q] zero.
        let theta = (a[q][q] - a[p][p]) / (2 * apq)
        let t = (theta < 0 ? -1 : 1) / (theta.magnitude + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        for k in 0..<count {
          let (akp, akq) = (a[k][p], a[k][q])
          a[k][p] = c * akp - s * akq
          a[k][q] = s * akp + c * akq
        }
        for k in 0..<count {
          let (apk, aqk) = (a[p][k], a[q][k])
          a[p][k] = c * apk - s * aqk
          a[q][k] = s * apk + c * aqk
        }
      }
    }
    if rest == 0 { break }
  }
  return (0..<count).map { a[$0][$0] }.sorted()
}
