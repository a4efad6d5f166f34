import NNCLayers

/// The text of a network: statements in blocks, as a person would have written them.
struct NetworkText {
  var statements: [ImportStatement]
  var parameters: [ImportParameter]
  /// The statements whose values are the outputs, with the model's names of them.
  let outputs: [(name: String, statement: Int)]
  /// What is written, in order.
  var items: [Item] = []
  /// Who reads each statement's value.
  var readers: [Int: [Int]] = [:]
  /// Sums that are written as such, since something names them.
  let forbidden: Set<Int>
  /// What stands in the first line, as a comment.
  var heading = ""
  /// The file of weights that it names.
  var weights: String?

  /// What is written together.
  indirect enum Item {
    case statement(Int)
    /// What a block gives, plus what flows into it, or what a layer makes of that.
    case residual(via: Int?, [Item], sum: Int)
    case `repeat`(Int, [Item])

    /// The statement whose value flows on.
    var last: Int {
      switch self {
      case .statement(let index): index
      case .residual(_, _, let sum): sum
      case .repeat(_, let body): body.last!.last
      }
    }

    /// All statements in it, in the order in which their parameters are made, those of rounds one after the other.
    var statements: [Int] {
      switch self {
      case .statement(let index): [index]
      case .residual(let via, let body, let sum):
        (via.map { [$0] } ?? []) + body.flatMap(\.statements) + [sum]
      case .repeat(_, let body): body.flatMap(\.statements)
      }
    }
  }

  /// The blocks that are written as such.
  enum Folding: CaseIterable {
    case all
    case residuals
    case none
  }

  init(
    _ importer: Importer, _ outputs: [(name: String, statement: Int)], folding: Folding,
    without forbidden: Set<Int> = []
  ) {
    self.forbidden = forbidden
    statements = importer.statements
    parameters = importer.parameters
    self.outputs = outputs
    let used = Self.reachable(statements, outputs.map(\.statement))
    for index in statements.indices where used.contains(index) {
      for place in statements[index].reads { readers[place, default: []].append(index) }
    }
    for index in statements.indices
    where used.contains(index) && statements[index].kind != "input" {
      items.append(.statement(index))
    }
    nameTables()
    shareParameters()
    if folding != .none { foldResiduals() }
    if folding == .all { foldRepeats() }
  }

  static func reachable(_ statements: [ImportStatement], _ roots: [Int]) -> Set<Int> {
    var used = Set(roots)
    for index in statements.indices.reversed() where used.contains(index) {
      used.formUnion(statements[index].reads)
    }
    return used
  }

  /// The sums that end blocks, in and out of others.
  var sums: Set<Int> { Set(items.flatMap { Self.sums(in: $0) }) }

  private static func sums(in item: Item) -> [Int] {
    switch item {
    case .statement: []
    case .residual(_, let body, let sum): [sum] + body.flatMap { sums(in: $0) }
    case .repeat(_, let body): body.flatMap { sums(in: $0) }
    }
  }

  var inputs: [Int] { statements.indices.filter { statements[$0].kind == "input" } }

  /// The parameters of the text's own that are read, in order.
  var ownParameters: [Int] {
    let read = Set(
      items.flatMap(\.statements).flatMap { statements[$0].expression?.parameters ?? [] })
    return parameters.indices.filter(read.contains)
  }

  /// The numbers of all parameters, in the order in which the network has them.
  func values() throws(ImportProblem) -> [(shape: [Int], numbers: [Double])] {
    var result: [(shape: [Int], numbers: [Double])] = []
    for place in ownParameters {
      result.append((parameters[place].shape, try parameters[place].constant.numbers()))
    }
    for item in items {
      for index in rounds(item) {
        for weight in statements[index].parameters {
          var numbers = try weight.constant.numbers()
          if weight.factor != 1 { numbers = numbers.map { $0 * weight.factor } }
          result.append((weight.shape, numbers))
        }
      }
    }
    return result
  }

  /// The statements of an item with those of all rounds.
  private func rounds(_ item: Item) -> [Int] {
    switch item {
    case .statement(let index): [index]
    case .residual(let via, let body, let sum):
      (via.map { [$0] } ?? []) + body.flatMap(rounds) + [sum]
    case .repeat(let count, let body):
      allRounds[body.first!.statements.first!]
        ?? Array(repeating: body.flatMap(rounds), count: count).flatMap { $0 }
    }
  }

  /// By the first statement of a repeated block: the statements of all its rounds.
  var allRounds: [Int: [Int]] = [:]

  /// A parameter that an earlier layer has is named, not made again.
  private mutating func shareParameters() {
    var owners: [String: (statement: Int, name: String)] = [:]
    for item in items {
      guard case .statement(let index) = item else { continue }
      for (place, weight) in statements[index].parameters.enumerated().reversed() {
        // The language's keys have no dots.
        guard let key = weight.identity, !weight.name.contains(".") else { continue }
        if let owner = owners[key] {
          statements[index].parameters.remove(at: place)
          sharedKeys[index, default: []].append((weight.name, owner.statement, owner.name))
        } else {
          owners[key] = (index, weight.name)
        }
      }
    }
  }

  /// Gives the weight of a layer the name of an embedding's table, where a file holds the same numbers twice.
  private mutating func nameTables() {
    var tables: [[Int]: (Constant, Constant.Origin)] = [:]
    for item in items {
      guard case .statement(let index) = item else { continue }
      for (place, weight) in statements[index].parameters.enumerated()
      where weight.name == "weight" && weight.factor == 1 {
        if statements[index].kind == "embedding", let origin = weight.constant.origin {
          tables[weight.shape] = (weight.constant, origin)
        } else if let (table, origin) = tables[weight.shape], weight.constant.origin != origin,
          statements[index].kind == "linear", let own = try? weight.constant.numbers(),
          let other = try? table.numbers(), own == other
        {
          statements[index].parameters[place].constant.origin = origin
        }
      }
    }
  }

  /// Of each statement the parameters that are another's: its name of it, whose it is, and the name there.
  var sharedKeys: [Int: [(name: String, statement: Int, other: String)]] = [:]
}
