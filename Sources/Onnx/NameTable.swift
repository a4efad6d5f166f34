import NNCLayers
import NNCSyntax

/// The names of statements and parameters in a text: the model's, where they can be names there.
final class NameTable {
  private let text: NetworkText
  /// The statements whose names something asks for.
  private(set) var asked: Set<Int> = []
  private var names: [Int: String] = [:]
  private var parameterNames: [Int: String] = [:]
  private var taken: Set<String>

  init(_ text: NetworkText) {
    self.text = text
    taken = Self.reserved
    for index in text.inputs {
      names[index] = free(Self.legal(text.statements[index].value) ?? "input1")
    }
    for place in text.ownParameters {
      let name = text.parameters[place].names.lazy.compactMap(Self.legal).first
      parameterNames[place] = free(name ?? "constant1")
    }
    for item in text.items {
      for index in item.statements where !text.statements[index].parameters.isEmpty {
        if let name = text.statements[index].names.lazy.compactMap(Self.owner).first {
          names[index] = taken.contains(name) ? nil : free(name)
        }
      }
    }
  }

  /// Names that mean something else.
  private static let reserved = Set(
    functionNames + layers.map(\.name) + Keyword.allCases.map(\.rawValue)
      + ["x", "y", "t", "n", "e", "pi", "inf", "nan", "yes", "no", "residual1"])

  /// The name of a parameter of the text's own.
  func parameter(_ place: Int) -> String { parameterNames[place] ?? "constant" }

  /// A statement's name, which is needed.
  func demanded(_ index: Int) -> String {
    asked.insert(index)
    if let name = names[index] { return name }
    let statement = text.statements[index]
    let output = text.outputs.first { $0.statement == index }?.name
    let name =
      output.flatMap(Self.legal) ?? Self.legal(statement.value).flatMap {
        $0.count <= 12 ? $0 : nil
      }
      ?? "branch1"
    names[index] = free(name)
    return names[index]!
  }

  /// A statement's name where it is needed; nil elsewhere.
  func demandedName(_ index: Int) -> String? { asked.contains(index) ? demanded(index) : nil }

  /// A statement's name, where the model has one or something asks for it.
  func given(_ index: Int) -> String? {
    if asked.contains(index) { return demanded(index) }
    if text.statements[index].kind == "input" { return nil }
    return names[index]
  }

  /// The name itself, or with a number behind it.
  private func free(_ name: String) -> String {
    var result = name
    var base = name
    while let last = base.last, last.isASCII, last.isNumber { base.removeLast() }
    if base == name { base += "_" }
    var number = 1
    while !taken.insert(result).inserted {
      number += 1
      result = "\(base)\(number)"
    }
    return result
  }

  /// The layer that a name of a weight, or of a node and then `/`, belongs to.
  private static func owner(_ name: String) -> String? {
    if name.hasSuffix("/") {
      // Paths of modules, each of which may begin with the one before: /layer1/layer1.0/conv1/Conv.
      var parts = name.split(separator: "/").map(String.init)
      guard parts.count > 1 else { return nil }
      parts.removeLast()
      parts = parts.indices.filter { place in
        place + 1 == parts.count || !parts[place + 1].hasPrefix(parts[place] + ".")
      }.map { parts[$0] }
      return legal(parts.joined(separator: "_"))
    }
    let parts = name.split(separator: ".")
    if parts.count < 2 { return legal(String(name)).flatMap { _ in nil } }
    return legal(parts.dropLast().joined(separator: "_"))
  }

  /// A name as the language has it; nil where nothing of it can be one.
  private static func legal(_ name: String) -> String? {
    if name.contains(":") || name.hasPrefix("node_") || name.hasPrefix("val_") { return nil }
    var result = ""
    for character in name.unicodeScalars {
      let isPart =
        ("a"..."z").contains(character) || ("A"..."Z").contains(character)
        || ("0"..."9").contains(character) || character == "_"
      result.unicodeScalars.append(isPart ? character : "_")
    }
    while result.hasPrefix("_") { result.removeFirst() }
    guard let first = result.first, !first.isNumber, result.count <= longest else { return nil }
    return result
  }

  /// The letters of the longest name that is taken over.
  private static let longest = 48
}
