import NNCEmission
import Foundation
import NNCProgram

/// A language with a compiler and its flags: one way in which a Program is compiled.
struct NativeForm: Sendable, CustomStringConvertible {
  enum Language: Sendable { case c, swift }

  var language: Language
  var command: [String]
  /// Whether C keeps to C99.
  var isPlain = false

  var description: String { (isPlain ? "plain " : "") + command.joined(separator: " ") }

  /// The same, for C without vectors.
  var plain: NativeForm {
    var result = self
    result.isPlain = true
    return result
  }

  /// The warnings that emitted C must be free of.
  static let warnings = [
    "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wdouble-promotion", "-Wshadow",
    "-Werror",
  ]

  static func gcc(_ flags: String...) -> NativeForm {
    NativeForm(language: .c, command: ["gcc"] + warnings + flags + ["-shared", "-fPIC"])
  }

  static func clang(_ flags: String...) -> NativeForm {
    NativeForm(language: .c, command: ["clang"] + warnings + flags + ["-shared", "-fPIC"])
  }

  static func swift(_ flags: String...) -> NativeForm {
    NativeForm(
      language: .swift,
      command: [
        "swiftc", "-swift-version", "6", "-warnings-as-errors", "-parse-as-library",
        "-emit-library", "-module-name", "Emitted",
      ] + flags)
  }

  /// Every compiler at several levels.
  static let all: [NativeForm] = [
    .gcc("-O0"), .gcc("-O2"), .gcc("-O3", "-march=native"), .clang("-O0"), .clang("-O2"),
    .clang("-O3", "-march=native"), .swift("-Onone"), .swift("-O"),
  ]

  /// One level of each compiler, for many networks.
  static let few: [NativeForm] = [.gcc("-O1"), .clang("-O1"), .swift("-Onone")]

  /// One text that holds all the Programs, whose names must differ, with the functions that a host calls.
  func text(_ programs: [Program]) -> String {
    switch language {
    case .c:
      programs.map { CEmitter($0, options: .init(plain: isPlain)).callable }
        .joined(separator: "\n")
    case .swift: programs.map { SwiftEmitter($0).callable }.joined(separator: "\n")
    }
  }

  /// Compiles the Programs into one library.
  func compile(_ programs: [Program]) throws -> NativeLibrary {
    try NativeLibrary(
      text(programs), extension: language == .c ? "c" : "swift",
      command: command)
  }
}

extension NativeForm {
  static func compiler(_ name: String, _ flags: [String]) -> NativeForm {
    NativeForm(language: .c, command: [name] + warnings + flags + ["-shared", "-fPIC"])
  }

  static func swift(_ flags: [String]) -> NativeForm {
    var result = swift()
    result.command += flags
    return result
  }

  /// What tells gcc and clang to compile for a target.
  static func flags(_ target: Target) -> [String] {
    target.flags.split(separator: " ").map(String.init)
  }

  /// The targets with vectors whose instructions this machine has.
  static let vectorTargets = Target.all.filter { target in
    target.vectorBytes > 0 && runsHere(target)
  }

  private static func runsHere(_ target: Target) -> Bool {
    #if arch(x86_64)
      let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
      let flags = Set(info.split(whereSeparator: { $0.isWhitespace }).map(String.init))
      switch target.name {
      case "x86-64-v3": return flags.isSuperset(of: ["avx2", "fma"])
      case "x86-64-v4":
        return flags.isSuperset(of: ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"])
      default: return false
      }
    #else
      return target.name == "arm64"
    #endif
  }
}
