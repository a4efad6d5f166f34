import NNCDiagnostics
import NNCProgram

/// An option of the compiled code by the name that it has on the command line and in `nnc.json`: a row of the table that
/// both are read by.
public struct CompilerOption: Sendable {
  /// Its name.
  public let name: String
  /// Whether it takes no value.
  public let isFlag: Bool
  private let apply: @Sendable (inout CompilerOptions, String) throws(CompilerOptionError) -> Void

  /// Sets it; throws where its value is none that it takes.
  ///
  /// - Parameters:
  ///   - value: the value as a text; of a flag it is not looked at.
  ///   - options: what it is set in.
  public func set(_ value: String, in options: inout CompilerOptions) throws(CompilerOptionError) {
    try apply(&options, value)
  }

  private init(
    _ name: String, isFlag: Bool = false,
    _ apply: @escaping @Sendable (inout CompilerOptions, String) throws(CompilerOptionError) -> Void
  ) {
    self.name = name
    self.isFlag = isFlag
    self.apply = apply
  }

  /// Every option, in the order in which they are set: a target before what depends on it.
  public static let all: [CompilerOption] = [
    .init("target") { options, name throws(CompilerOptionError) in
      let target = name == "native" ? Target.native : Target(named: name)
      guard let target else {
        throw CompilerOptionError(
          "there is no target `\(name)`",
          hint: suggested(name, Target.all.map(\.name) + ["native"])
            ?? "`nnc help targets` lists the targets")
      }
      options.target = target
    },
    .init("real") { options, name throws(CompilerOptionError) in
      options.precision = try choice("real", name, ["f32": .f32, "f64": .f64])
    },
    .init("unroll") { options, text throws(CompilerOptionError) in
      options.unrollLimit = try number("unroll", text, 0...1_000_000)
    },
    .init("max-samples") { options, text throws(CompilerOptionError) in
      options.maximumSamples = try number("max-samples", text, 1...1_000_000)
    },
    .init("threads") { options, text throws(CompilerOptionError) in
      options.threads = try number("threads", text, 1...256)
    },
    .init("self-check", isFlag: true) { options, _ throws(CompilerOptionError) in
      options.selfCheck = true
    },
    .init("std") { options, name throws(CompilerOptionError) in
      options.plainC = try choice("std", name, ["gnu": false, "c99": true])
    },
    .init("weights-in") { options, name throws(CompilerOptionError) in
      let places = WeightsPlace.allCases.map { ($0.rawValue, $0) }
      options.weightsPlace = try choice(
        "weights-in", name, Dictionary(uniqueKeysWithValues: places))
    },
    .init("functions") { options, names throws(CompilerOptionError) in
      options.functions = try functions(names)
    },
    .init("prefix") { options, name throws(CompilerOptionError) in
      let isName =
        !name.isEmpty && !name.first!.isNumber
        && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      if !isName {
        throw CompilerOptionError("`prefix` takes a name of letters, digits and `_`, not `\(name)`")
      }
      options.prefix = name
    },
  ]
}

/// Why an option does not take a value.
public struct CompilerOptionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public let description: String
  /// What to try instead.
  public let hint: String?

  init(_ description: String, hint: String? = nil) {
    self.description = description
    self.hint = hint
  }
}

private func suggested(_ name: String, _ names: [String]) -> String? {
  suggestion(for: name, among: names).map { "did you mean `\($0)`?" }
}

private func choice<Value>(
  _ option: String, _ name: String, _ values: [String: Value]
) throws(CompilerOptionError) -> Value {
  if let value = values[name] { return value }
  let names = values.keys.sorted()
  throw CompilerOptionError(
    "`\(option)` takes \(names.map { "`\($0)`" }.joined(separator: ", ")), not `\(name)`",
    hint: suggested(name, names))
}

private func number(
  _ option: String, _ text: String, _ range: ClosedRange<Int>
) throws(CompilerOptionError) -> Int {
  if let number = Int(text), range.contains(number) { return number }
  throw CompilerOptionError(
    "`\(option)` takes a whole number, \(range.lowerBound) to \(range.upperBound), not `\(text)`")
}

/// The functions that a list names.
private func functions(_ names: String) throws(CompilerOptionError) -> Set<Build.Function> {
  let all = Build.Function.all
  var result: Set<Build.Function> = []
  for name in names.split(separator: ",", omittingEmptySubsequences: false) {
    guard let function = all.first(where: { $0.name == name }) else {
      let listed = all.map { "`\($0.name)`" }.joined(separator: ", ")
      throw CompilerOptionError(
        "`functions` takes \(listed), divided by commas, not `\(name)`",
        hint: suggested(String(name), all.map(\.name)))
    }
    result.insert(function)
  }
  return result
}
