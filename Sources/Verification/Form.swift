import NNCEmission
import NNC
import NNCProgram
import NNCTraining

/// A way in which a network's code comes to run: a language, a compiler and a level of optimisation.
public struct Form: Sendable {
  /// The languages that a Program is emitted in.
  public enum Language: Sendable { case c, swift }

  /// The compiler's name and its level: `gcc -O3 -march=native`.
  public let name: String
  /// The language.
  public let language: Language
  /// Whether C keeps to C99.
  let isPlain: Bool
  let compiler: SystemCompiler
  /// Whether its switches are some that not every compiler knows.
  var isRisky = false

  /// The text that is compiled: the code of all the Programs, whose names must differ.
  func text(_ programs: [Program]) -> String {
    let texts = programs.map { program in
      switch language {
      case .c: CEmitter(program, options: .init(plain: isPlain)).callable
      case .swift: SwiftEmitter(program).callable
      }
    }
    return texts.joined(separator: "\n")
  }

  /// Whether compiling the Program would take many minutes: swiftc takes about a millisecond for a statement, and far
  /// more for one in lanes.
  func isLongWork(_ program: Program) -> Bool {
    let size = program.kernels.reduce(0) { $0 + $1.body.count }
    return language == .swift
      && size > (program.kernels.contains(where: \.hasLanes) ? 1500 : 10_000)
  }

  /// Compiles the Programs into one object.
  func compile(_ programs: [Program]) throws(NativeError) -> SharedObject {
    try SharedObject.temporary(text(programs), compiler)
  }
}

extension Form {
  /// The levels that C is compiled at, each by every compiler.
  private static let levelsOfC = [["-O0"], ["-O2"], ["-O3"], ["-O3", "-march=native"]]
  /// Switches that people set, or compilers by themselves, and that change bits where nothing keeps them from it: the
  /// GNU mode contracts products and sums, and so does what is said to be fast. The code refuses those that it cannot bear.
  private static let riskyLevelsOfC = [
    ["-O2", "-march=native", "-std=gnu11"],
    ["-O3", "-march=native", "-std=gnu11", "-ffp-contract=on"],
    ["-O3", "-march=native", "-std=gnu11", "-ffp-contract=fast"], ["-O3", "-ffast-math"],
    ["-O3", "-fassociative-math", "-fno-signed-zeros", "-fno-trapping-math"],
    ["-O3", "-freciprocal-math"], ["-O3", "-funsafe-math-optimizations"], ["-O2", "-mfpmath=387"],
  ]
  private static let levelsOfSwift = ["-Onone", "-O"]

  /// C by a compiler; nil where there is no such command.
  ///
  /// What matters for the bits is ISO C, in which no compiler contracts what stands in two statements.
  public init?(c command: String, _ level: [String], target: Target = .generic, isPlain: Bool) {
    guard var compiler = SystemCompiler(command) else { return nil }
    let machine = isPlain ? [] : target.flags.split(separator: " ").map(String.init)
    compiler.flags = ["-std=c99", "-w", "-shared", "-fPIC"] + machine + level
    let name = command.split(separator: "/").last.map(String.init) ?? command
    self.init(
      name: ([name] + level).joined(separator: " "), language: .c, isPlain: isPlain,
      compiler: compiler)
  }

  /// Swift; nil where there is no swiftc.
  public init?(swift level: String, target: Target = .generic, isPlain: Bool = false) {
    guard var compiler = SystemCompiler("swiftc") else { return nil }
    let machine = isPlain ? [] : target.flags.split(separator: " ").flatMap { ["-Xcc", "\($0)"] }
    compiler.suffix = ".swift"
    compiler.flags =
      [
        "-swift-version", "6", "-suppress-warnings", "-parse-as-library", "-emit-library",
        "-module-name", "Emitted" + level.dropFirst(), level,
      ] + (machine.isEmpty ? [] : ["-Xcc", "-fno-math-errno"] + machine)
    self.init(
      name: "swiftc \(level)", language: .swift, isPlain: false, compiler: compiler)
  }

  /// The C compilers that are looked for.
  public static let knownCompilers = ["gcc", "clang", "cc", "tcc"]

  /// Whether there is such a command.
  public static func isCompiler(_ command: String) -> Bool { SystemCompiler(command) != nil }

  /// Every form that this machine can make and run.
  ///
  /// - Parameters:
  ///   - compilers: the C compilers; those that are links to one file count once.
  ///   - target: the machine that the Program was made for. What this machine cannot do in vectors is plain C99.
  public static func all(
    compilers: [String] = knownCompilers, target: Target, isPlain: Bool
  ) -> [Form] {
    let isPlain = isPlain || !target.runsHere
    let commands = different(compilers)
    let inC = (levelsOfC + riskyLevelsOfC).enumerated().flatMap { place, level in
      commands.compactMap { command in
        var form = Form(c: command, level, target: target, isPlain: isPlain)
        form?.isRisky = place >= levelsOfC.count
        return form
      }
    }
    return inC + levelsOfSwift.compactMap { Form(swift: $0, target: target, isPlain: isPlain) }
  }

  /// The commands that there are, of those that lead to one file the first.
  static func different(_ commands: [String]) -> [String] {
    var seen: Set<String> = []
    return commands.filter { command in
      SystemCompiler(command).map { seen.insert($0.resolvedPath).inserted } ?? false
    }
  }
}

extension Target {
  /// Whether this machine has the instructions that code for the target is compiled to.
  var runsHere: Bool {
    let native = Target.native
    let isPart = vectorBytes <= native.vectorBytes && native.name.hasPrefix("x86-64")
    return macro.isEmpty || self == native || isPart && name.hasPrefix("x86-64")
  }
}
