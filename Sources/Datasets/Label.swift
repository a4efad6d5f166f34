import NNCDiagnostics
import NNCFormats

/// A label that stands in the data: the name of a class.
struct Label: Hashable, Sendable {
  /// What stands for it in the rows of numbers.
  let code: Double
  /// Its name.
  let name: String
  /// Where it stands first.
  let place: String

  /// The most labels that a column may have.
  static let most = Limits.classes

  /// A label as it counts: of numbers the shortest text, so that `1`, `1.0` and `1e0` are one.
  static func canonical(_ text: String) -> String {
    guard case .finite(let value) = DecimalNumber(text) else { return text }
    return name(of: value)
  }

  /// The name of a class that is a number.
  static func name(of value: Double) -> String {
    if let whole = Int(exactly: value) { return "\(whole)" }
    return "\(value)"
  }
}

/// The classes that labels stand for.
struct Classes: Sendable {
  /// Their names, in the order of the network's outputs.
  let names: [String]
  /// The class of each label, by its code.
  private let indices: [Double: Int]
  /// The class of each code that is a small whole number; -1 where there is none.
  private let table: [Int]

  /// The class of a label.
  @inline(__always)
  func index(of code: Double) -> Int? {
    guard code >= 0, code < Double(table.count) else { return indices[code] }
    let index = table[Int(code)]
    return index >= 0 && Double(Int(code)) == code ? index : indices[code]
  }

  /// Gives each label its class.
  ///
  /// Labels that are whole numbers from 0 and below the number of outputs are the classes' indices themselves. Others
  /// are sorted, numbers by value. A network with one output tells two classes apart.
  ///
  /// - Parameters:
  ///   - outputs: how many outputs the network has.
  ///   - known: the classes of a network that has been trained; none otherwise.
  init(
    _ labels: [Label], outputs: Int, known: [String], column: String, source: String
  ) throws(FileFailure) {
    let most = max(2, outputs)
    if !known.isEmpty {
      names = known
      if known.count > most {
        throw .wrong(
          "there are \(known.count) known classes, but the network has \(outputs) outputs")
      }
    } else {
      let numbers = labels.compactMap { Int($0.name) }
      let areNumbers = numbers.count == labels.count
      if areNumbers, numbers.allSatisfy({ (0..<most).contains($0) }) {
        names = (0..<most).map { "\($0)" }
      } else {
        let fractional = labels.first { label in
          if case .finite = DecimalNumber(label.name) { Int(label.name) == nil } else { false }
        }
        if let fractional {
          throw .wrong(
            "\(fractional.place): `\(column)` is \(fractional.name), but a single column for "
              + "\(outputs) outputs holds classes: names or whole numbers")
        }
        names =
          areNumbers
          ? numbers.sorted().map { "\($0)" } : labels.map(\.name).sorted()
      }
    }
    if names.count > most {
      let shown = names.prefix(8).map(quoted).joined(separator: ", ")
      throw .wrong(
        "`\(column)` of `\(source)` has \(names.count) classes (\(shown)"
          + (names.count > 8 ? ", …" : "") + "), but the network "
          + (outputs == 1 ? "has one output, which tells two apart" : "has \(outputs) outputs"))
    }
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    var indices: [Double: Int] = [:]
    for label in labels {
      guard let index = places[label.name] else {
        let shown = names.prefix(8).map(quoted).joined(separator: ", ")
        throw .wrong(
          "\(label.place): `\(column)` is \(quoted(label.name)), which is none of the classes "
            + "\(shown)" + (names.count > 8 ? ", …" : ""))
      }
      indices[label.code] = index
    }
    self.indices = indices
    var table = Array(repeating: -1, count: min(indices.count, 1 << 12))
    for (code, index) in indices {
      if let code = Int(exactly: code), table.indices.contains(code) { table[code] = index }
    }
    self.table = table
  }
}
