import Emission
import Program

/// A language with a compiler and its flags: one way in which a Program is compiled.
struct NativeForm: Sendable, CustomStringConvertible {
  enum Language: Sendable { case c, swift }

  var language: Language
  var command: [String]

  var description: String { command.joined(separator: " ") }

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

  /// One text that holds all the Programs, whose names must differ, each entry with a plain function to call it by.
  func text(_ programs: [Program]) -> String {
    switch language {
    case .c:
      "#include <stddef.h>\n" + programs.map { NativeShims.c($0) }.joined(separator: "\n")
    case .swift: programs.map { NativeShims.swift($0) }.joined(separator: "\n")
    }
  }

  /// Compiles the Programs into one library.
  func compile(_ programs: [Program]) throws -> NativeLibrary {
    try NativeLibrary(
      text(programs), extension: language == .c ? "c" : "swift",
      command: command)
  }
}
