import NNCAlgebra
import NNCGraph

/// The private functions of a module, each written once for a shape: what StableHLO has no operation for.
struct Library {
  private(set) var functions: [[String]] = []
  private var known: [String: Entry] = [:]
  /// The names of functions that are told apart by their lines alone, by these.
  private var outlined: [String: String] = [:]
  private var names: Set<String>

  /// A function that is written: its name, and the type of its value.
  struct Entry {
    let name: String
    let shape: Shape
    let element: Element
  }

  /// - Parameter reserved: the names of the module's public functions.
  init(reserved: [String]) { names = Set(reserved) }

  /// The function that a key stands for, where it is written.
  subscript(key: String) -> Entry? { known[key] }

  /// A name for a new function.
  mutating func claim(_ wanted: String) -> String {
    var name = wanted
    var number = 2
    while !names.insert(name).inserted {
      name = "\(wanted)_\(number)"
      number += 1
    }
    return name
  }

  /// Adds a function's lines.
  mutating func add(
    _ name: String, for key: String, _ arguments: [Value], _ result: Value, _ lines: [String]
  ) -> Entry {
    let entry = Entry(name: name, shape: result.shape, element: result.element)
    known[key] = entry
    let list = arguments.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
    functions.append(
      ["func.func private @\(name)(\(list)) -> \(result.type) {"] + lines.map { "  " + $0 } + ["}"])
    return entry
  }

  /// The name of a function of these lines, which is added where there is none.
  ///
  /// - Parameters:
  ///   - wanted: how it is called where that is free, before the shape of its first value.
  ///   - arguments: their names and types.
  ///   - results: the types of its values.
  mutating func function(
    called wanted: String, _ arguments: [String], _ results: [String],
    _ lines: [String]
  ) -> String {
    let head = "(\(arguments.joined(separator: ", "))) -> \(listed(results)) {"
    let key = ([head] + lines).joined(separator: "\n")
    if let name = outlined[key] { return name }
    let shape = results[0].drop { $0 != "<" }.dropFirst().split(separator: "x").dropLast()
    let name = claim(
      ([identifier(wanted)] + [shape.joined(separator: "x")].filter { !$0.isEmpty })
        .joined(separator: "_"))
    outlined[key] = name
    functions.append(["func.func private @\(name)\(head)"] + lines.map { "  " + $0 } + ["}"])
    return name
  }
}

extension Body {
  /// The value of a function of the library, which is written where it is not there yet.
  ///
  /// - Parameters:
  ///   - wanted: how it is called where that is free.
  ///   - arguments: what it is called with, and how its formulas call that.
  ///   - write: writes its lines, from its arguments to its value.
  mutating func call(
    _ wanted: String, _ arguments: [(name: String, value: Value)],
    called result: String? = nil, _ write: (inout Body, [Value]) -> Value
  ) -> Value {
    let types = arguments.map(\.value.type).joined(separator: ", ")
    let key = "\(wanted) \(types)"
    let entry = library[key] ?? written(wanted, key, arguments, write)
    let list = arguments.map(\.value.name).joined(separator: ", ")
    return addWhole(
      "call @\(entry.name)(\(list)) : (\(types)) -> \(tensorType(entry.shape, entry.element))",
      entry.shape, entry.element, called: result)
  }

  private mutating func written(
    _ wanted: String, _ key: String, _ arguments: [(name: String, value: Value)],
    _ write: (inout Body, [Value]) -> Value
  ) -> Library.Entry {
    let suffix = arguments[0].value.shape.map { "\($0)" }.joined(separator: "x")
    let name = library.claim(suffix.isEmpty ? wanted : "\(wanted)_\(suffix)")
    // Formulas of numbers taken apart depend on the order in which they are put together.
    var inner = Body(library: library, joinsFactors: false)
    let values = arguments.map { inner.argument($0.name, $0.value.shape, $0.value.element) }
    let value = write(&inner, values)
    library = inner.library
    return library.add(name, for: key, values, value, inner.lines(for: [value]))
  }
}
