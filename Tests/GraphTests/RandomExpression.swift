import NNCAlgebra
import NNCGraph
import NNCTestSupport

/// Random expressions of every operation of the table and of the products of lists and matrices.
struct RandomExpression {
  private var random: SplitMix
  private var pool: [NodeID]

  /// The variables that they are made of.
  static let variables: [(name: String, shape: Shape)] = [
    ("a", []), ("b", []), ("w5", []), ("delta_h1", []), ("u", [3]), ("v", [3]), ("W", [3, 3]),
    ("V", [3, 3]),
  ]

  /// Operations that only machines use, or that people write otherwise.
  private static let operations = Operation.all.filter {
    ![
      "neg", "square", "sigmoid_tail", "gap", "length", "first_max", "weigh", "shift",
      "tanh_slope", "tanh_rest", "tanh_from_rest",
    ]
    .contains($0.name)
  }

  init(seed: UInt64, in graph: inout Graph) {
    random = SplitMix(state: seed)
    pool = Self.variables.map {
      graph.symbol(Symbol(name: $0.name, shape: $0.shape, role: .free))
    }
    for value in [0, 1, -1, 2, 0.5, -2.5, 1e-5, 3e300, 0.30000000000000004] {
      pool.append(graph.constant(value))
    }
  }

  /// An expression of about `size` operations.
  mutating func next(size: Int, in graph: inout Graph) -> NodeID {
    let mark = pool.count
    defer { pool.removeSubrange(mark...) }
    for _ in 0..<size { grow(&graph) }
    return pool.last!
  }

  private mutating func grow(_ graph: inout Graph) {
    let (a, b) = (operand(), operand())
    let (first, second) = (graph.shape(a), graph.shape(b))
    switch Int.random(in: 0..<12, using: &random) {
    case 0 where graph.constantValue(a) == nil: pool.append(graph.map(.neg, a))
    case 1: pool.append(graph.map(Operation("square")!, a))
    case 2 where first.count == 2: pool.append(graph.permute(a, [1, 0]))
    case 3 where !first.isEmpty: pool.append(graph.sum(a))
    case 4 where !first.isEmpty:
      pool.append(graph.maximum(a, axes: Array(first.indices)))
    case 5 where first.count == 1 && second.count == 1:
      pool.append(graph.contract(Contraction("i,j->ij"), [a, b]))
    case 6 where !first.isEmpty && first == second:
      let labels = first.indices.map { UInt8($0) }
      pool.append(graph.contract(Contraction(inputs: [labels, labels], output: []), [a, b]))
    case 7 where first.count == 2 && second.count == 1:
      let text: [Contraction] = [Contraction("ij,j->i"), Contraction("ij,i->j")]
      pool.append(graph.contract(text.randomElement(using: &random)!, [a, b]))
    case 8 where first.count == 2 && second.count == 2:
      let products: [Contraction] = [
        Contraction("ij,jk->ik"), Contraction("ij,kj->ik"), Contraction("ji,jk->ik"),
        Contraction("ji,kj->ik"),
      ]
      pool.append(graph.contract(products.randomElement(using: &random)!, [a, b]))
    case 9 where !first.isEmpty:
      let place = first.map { Int.random(in: 0..<$0, using: &random) }
      pool.append(graph.element(a, at: place))
    default:
      let operation = Self.operations.randomElement(using: &random)!
      let operands = operation.row.arguments.map { _ in operand() }
      let shapes = Set(operands.map { graph.shape($0) }).subtracting([[]])
      if shapes.count <= 1 { pool.append(graph.map(operation, operands)) }
    }
  }

  /// Half of the operands are young, so that expressions become deep.
  private mutating func operand() -> NodeID {
    let isYoung = Bool.random(using: &random)
    return (isYoung ? pool.suffix(4) : pool[...]).randomElement(using: &random)!
  }
}
