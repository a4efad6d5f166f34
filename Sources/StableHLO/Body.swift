import NNCGraph
import NNCText

/// The lines of a function, in which each value is given once.
struct Body {
  /// The functions that the lines call.
  var library: Library
  private var statements: [Statement] = []
  /// The types of the function's arguments.
  private var arguments: [String: String] = [:]
  /// What new lines belong to, as a location: a layer; empty for none.
  var location = ""
  private var names: Set<String> = []
  private var count = 0
  /// What stands before the numbers of values without a name; nothing but in regions.
  private var prefix = ""
  /// By the names of values: what they are beside their lines, where more is known of them than that.
  private(set) var forms: [String: Form] = [:]
  /// Values that are wanted more than once, by what gives them.
  private var known: [String: Value] = [:]

  /// Whether factors that are numbers are multiplied here and not by the engine.
  let joinsFactors: Bool

  init(library: Library, joinsFactors: Bool = true) {
    (self.library, self.joinsFactors) = (library, joinsFactors)
  }

  /// A name of its own for a value: the one that is wanted where MLIR takes it and it is free, else a number.
  mutating func claim(_ wanted: String?) -> String {
    if let wanted {
      var name = identifier(wanted)
      if names.contains(name) {
        var number = 2
        while names.contains("\(name)_\(number)") { number += 1 }
        name += "_\(number)"
      }
      names.insert(name)
      return "%" + name
    }
    count += 1
    return "%\(prefix)\(count - 1)"
  }

  /// An argument of the function.
  mutating func argument(_ name: String, _ shape: Shape, _ element: Element) -> Value {
    let value = Value(name: claim(name), element: element, shape: shape)
    arguments[value.name] = value.type
    return value
  }

  private mutating func write(_ text: String, _ name: String, _ types: [String]) {
    statements.append(Statement(name: name, text: text, location: location, types: types))
  }

  /// Writes what gives a value: an operation, and its type.
  ///
  /// - Parameter name: what people call the value.
  mutating func add(
    _ text: String, _ type: String, _ shape: Shape, _ element: Element, called name: String? = nil
  ) -> Value {
    let key = text + type
    if let value = known[key] { return value }
    let value = Value(name: claim(name), element: element, shape: shape)
    write("stablehlo.\(text) : \(type)", value.name, [value.type])
    known[key] = value
    return value
  }

  /// Writes what gives a value, called as it is: a call, or an operation in MLIR's own form.
  mutating func addWhole(
    _ text: String, _ shape: Shape, _ element: Element, called name: String? = nil
  ) -> Value {
    if let value = known[text] { return value }
    let value = Value(name: claim(name), element: element, shape: shape)
    write(text, value.name, [value.type])
    known[text] = value
    return value
  }

  /// A number everywhere.
  mutating func constant(_ value: Double, _ shape: Shape, _ element: Element) -> Value {
    let result = add(
      "constant dense<\(literal(value, element))>", tensorType(shape, element), shape, element)
    note(result, .number(value))
    return result
  }

  /// A word everywhere.
  mutating func word(_ bits: UInt64, _ shape: Shape, _ element: Element) -> Value {
    let number =
      element == .i64 ? "\(Int64(bitPattern: bits))" : "\(Int32(truncatingIfNeeded: bits))"
    return add("constant dense<\(number)>", tensorType(shape, element), shape, element)
  }

  /// A body for a region inside of this one, which sees its values.
  ///
  /// - Parameter prefix: what stands before the numbers of its values.
  func region(prefix: String) -> Body {
    var result = self
    result.statements = []
    result.prefix = prefix
    result.count = 0
    return result
  }

  /// Goes on where a region ended: its names are taken.
  mutating func close(_ region: Body) {
    names = region.names
    library = region.library
  }

  /// Writes what gives several values, called as it is.
  mutating func addWhole(_ text: String, _ types: [(Shape, Element)], called name: String)
    -> [Value]
  {
    let name = claim(name)
    write(text, name, types.map { tensorType($0.0, $0.1) })
    return types.indices.map { place in
      Value(
        name: types.count > 1 ? "\(name)#\(place)" : name, element: types[place].1,
        shape: types[place].0)
    }
  }

  /// Notes what a value is.
  mutating func note(_ value: Value, _ form: Form) { forms[value.name] = form }

  /// What is known of a value.
  func form(of value: Value) -> Form? { forms[value.name] }

  /// The statements that one of these results asks for.
  private func needed(for results: [Value]) -> [Statement] {
    var used = Set(results.map { $0.name.prefix { $0 != "#" } }.map(String.init))
    var kept: [Statement] = []
    for statement in statements.reversed() where used.contains(statement.name) {
      kept.append(statement)
      for name in valueNames(in: statement.text) { used.insert(String(name)) }
    }
    return kept.reversed()
  }

  /// Makes private functions of what is there more than once.
  ///
  /// - Parameters:
  ///   - assigned: those of the results that take the place of arguments.
  /// - Returns: the results as they are called now.
  mutating func outline(for results: [Value], assigned: Set<String>) -> [Value] {
    var outline = Outline(
      needed(for: results), arguments, results: Set(results.map(\.name)), assigned: assigned)
    let names = outline.run(&library, firstNumber: count)
    statements = outline.result
    return results.map { value in
      Value(
        name: names[value.name[...]] ?? value.name, element: value.element, shape: value.shape)
    }
  }

  /// The lines of the function that gives these results: those that one of them asks for, their values without a name of
  /// their own numbered.
  ///
  /// - Parameter end: what leads back from the function, or from a region.
  func lines(for results: [Value], end: String = "return") -> [String] {
    var numbers: [Substring: String] = [:]
    var lines = needed(for: results).map { statement -> String in
      let text = renamed(statement.text, numbers)
      guard prefix.isEmpty, statement.name.dropFirst().first?.isNumber ?? false else {
        return statement.line(statement.name, text)
      }
      let name = "%\(numbers.count)"
      numbers[statement.name[...]] = name
      return statement.line(name, text)
    }
    let names = results.map { renamed($0.name, numbers) }.joined(separator: ", ")
    let types = results.map(\.type).joined(separator: ", ")
    lines.append("\(end) \(names) : \(types)")
    return lines.flatMap { $0.split(separator: "\n").map(String.init) }
  }
}

/// A name with what MLIR does not take in names, anything but ASCII letters, digits, `_`, `.` and `$`, replaced by `_`.
func identifier(_ name: String) -> String {
  var result = ""
  for byte in name.utf8 {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "_"):
      result.unicodeScalars.append(Unicode.Scalar(byte))
    case UInt8(ascii: "'"): result += ".next"
    default: result += "_"
    }
  }
  // Numbers alone are names of values that have none.
  return result.first.map { $0.isNumber } ?? true ? "_" + result : result
}
