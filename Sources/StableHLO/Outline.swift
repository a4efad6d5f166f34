/// Private functions for what a function does more than once: equal operations on values of equal types, put together in
/// the same way, such as the update rule of all parameters of one shape, or equal layers.
///
/// Statements are grouped by what they and their operands look like down to some depth. The members of a group grow
/// together, from their last statements to the operands, as long as all find the same (``Regions``). What spares most lines
/// becomes a function first. There is a fixed number of depths, and each statement is visited by few groups of each.
///
/// Each member's statements move down to where its last one stands, and become a call there. A statement moves only past
/// what does not use it, so that values stay given before they are asked for.
struct Outline {
  /// What a statement is made from.
  enum Operand {
    /// The value of a statement.
    case statement(Int)
    /// Something else: an argument, or one of several values of a statement.
    case outside
    /// What is made from nothing, such as a number, which a function makes anew.
    case immediate(Int)
  }

  let statements: [Statement]
  /// The types of all values.
  private(set) var types: [String: String]
  /// The names of the values that the function gives.
  let results: Set<String>
  /// Those that take the place of arguments.
  let assigned: Set<String>

  /// By statement: the names in its text, and what each is.
  private(set) var names: [[Substring]] = []
  private(set) var operands: [[Operand]] = []
  /// What it looks like without the names in it; -1 for what is never part of a function.
  private(set) var looks: [Int] = []
  /// The statements that use it.
  private(set) var users: [[Int]] = []
  /// Where it stands: the place of its call where it is part of one.
  var places: [Int]
  var isTaken: [Bool]
  /// By place: the call that stands there.
  var calls: [Int: Statement] = [:]
  /// The number that the next call of several values has as its name.
  var number = 0
  /// What values of functions are called where they are called.
  var newNames: [Substring: String] = [:]

  /// No part of more statements is looked for.
  static let longest = 400
  /// Down to where statements are compared at first.
  static let depths = [64, 32, 16, 8, 4, 2, 1]

  init(
    _ statements: [Statement], _ arguments: [String: String], results: Set<String>,
    assigned: Set<String>
  ) {
    (self.statements, self.results, self.assigned) = (statements, results, assigned)
    types = arguments
    places = Array(statements.indices)
    isTaken = statements.map { _ in false }
    var known: [Substring: Int] = [:]
    var kinds: [String: Int] = [:]
    users = statements.map { _ in [] }
    for (index, statement) in statements.enumerated() {
      let own = valueNames(in: statement.text)
      names.append(own)
      var pieces = ""
      var end = statement.text.startIndex
      let isPlain = statement.types.count == 1 && !statement.text.contains("\n")
      operands.append(
        own.map { name in
          pieces += statement.text[end..<name.startIndex] + "%"
          end = name.endIndex
          guard let other = known[name] else { return .outside }
          if users[other].last != index { users[other].append(index) }
          if operands[other].isEmpty, statements[other].types.count == 1 {
            pieces += statements[other].text
            return .immediate(other)
          }
          return statements[other].types.count == 1 ? .statement(other) : .outside
        })
      pieces += statement.text[end...]
      // What belongs to a layer does not mix with what does not.
      if !statement.location.isEmpty { pieces += "@" }
      looks.append(
        isPlain && !own.isEmpty
          ? kinds[pieces, default: kinds.count] : -1)
      if isPlain { kinds[pieces] = kinds[pieces] ?? kinds.count }
      known[statement.name[...]] = index
      for (place, type) in statement.types.enumerated() {
        types[statement.types.count > 1 ? "\(statement.name)#\(place)" : statement.name] = type
      }
    }
  }

  /// The statements that are left, and the calls, in their order.
  var result: [Statement] {
    statements.indices.compactMap { index -> Statement? in
      if let call = calls[index] { return call }
      if isTaken[index] { return nil }
      return statements[index]
    }.map { statement in
      var statement = statement
      statement.text = renamed(statement.text, newNames)
      return statement
    }
  }

  /// Makes the functions.
  ///
  /// - Parameter firstNumber: a number that no value has as its name, and none above it.
  /// - Returns: what values are called now.
  mutating func run(_ library: inout Library, firstNumber: Int) -> [Substring: String] {
    number = firstNumber
    for _ in 0..<4 {
      var isDone = true
      let best = candidates.sorted { ($0.spared, $0.anchors[0]) > ($1.spared, $1.anchors[0]) }
      for candidate in best {
        guard let found = regions(candidate.anchors.filter { !isTaken[$0] }),
          found.spared >= Regions.worth
        else { continue }
        take(found, &library)
        isDone = false
      }
      if isDone { break }
    }
    return newNames
  }

  /// What would spare lines, by the last statements of its members.
  private var candidates: [(spared: Int, anchors: [Int])] {
    var result: [(spared: Int, anchors: [Int])] = []
    var hashes = looks
    var depth = 0
    var levels: [[Int]] = []
    for wanted in Self.depths.reversed() {
      while depth < wanted {
        hashes = deeper(hashes)
        depth += 1
      }
      levels.append(hashes)
    }
    for hashes in levels.reversed() {
      var groups: [Int: [Int]] = [:]
      for index in hashes.indices where looks[index] >= 0 && !isTaken[index] {
        groups[hashes[index], default: []].append(index)
      }
      // What is part of as many members already is not begun again.
      var covered = hashes.map { _ in 0 }
      for index in hashes.indices.reversed() where looks[index] >= 0 && !isTaken[index] {
        guard let group = groups.removeValue(forKey: hashes[index]), group.count > 1,
          group.contains(where: { covered[$0] < group.count }),
          let found = regions(group)
        else { continue }
        for member in found.members {
          for statement in member { covered[statement] = max(covered[statement], group.count) }
        }
        if found.spared >= Regions.worth { result.append((found.spared, group)) }
      }
    }
    return result
  }

  /// What statements and their operands look like, of what these looked like.
  private func deeper(_ hashes: [Int]) -> [Int] {
    hashes.indices.map { index in
      var hasher = Hasher()
      hasher.combine(looks[index])
      for operand in operands[index] {
        if case .statement(let other) = operand {
          hasher.combine(hashes[other])
        } else {
          hasher.combine(-2)
        }
      }
      return hasher.finalize()
    }
  }
}
