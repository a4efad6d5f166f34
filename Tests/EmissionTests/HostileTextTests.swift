import Foundation
import NNCAlgebra
import NNCProgram
import NNCTestSupport
import Testing

@testable import NNCEmission

/// Texts that would become code where they are not escaped.
private let hostile = [
  #"*\ __attribute__((constructor)) static void f(void){} \*"#, #"*/ int evil; /*"#, "??/", "a\\",
  "a\nint evil;\rlet evil = 1", "\" \\(evil) \\", "\u{202E}evil\u{2066}", "\u{2028}evil", "*", "/",
  "@include evil",
]

/// A Program whose every name holds hostile text.
private func program(_ text: String) -> Program {
  var program = SamplePrograms.backprop(.f64)
  program.name = text
  for index in program.parameters.indices { program.parameters[index].name += text }
  for entry in program.entries.indices {
    for call in program.entries[entry].calls.indices {
      program.entries[entry].calls[call].comment = text
    }
  }
  return program
}

@Suite struct HostileTextTests {
  /// What gcc and clang see of a file, comments left out, with trigraphs and without, does not depend on the texts.
  @Test(arguments: hostile) func c(_ text: String) throws {
    for standard in ["-std=c99", "-std=gnu11"] {
      for compiler in isThorough ? ["gcc", "clang"] : [standard == "-std=c99" ? "gcc" : "clang"] {
        func tokens(_ text: String, _ remarks: [String]) throws -> [String] {
          let options = EmissionOptions(
            prefix: "net", selfCheck: true, weightsPlace: .header, remarks: remarks)
          let emitter = CEmitter(program(text), options: options)
          // Names of fields differ: what is left is counted.
          let result = try preprocessed(
            emitter.wholeSource + emitter.weightsHeader, [compiler, standard])
          return result.split(whereSeparator: { " \n\t".contains($0) }).map { token in
            token.contains("linear") ? "<field>" : String(token)
          }
        }
        let plain = try tokens("x", [])
        let found = try tokens(text, [text, text])
        #expect(found == plain, "\(compiler) \(standard)")
      }
    }
  }

  /// Nothing of a hostile text stands at the beginning of a line of Swift, or in code.
  @Test(arguments: hostile) func swift(_ text: String) throws {
    func code(_ text: String, _ remarks: [String]) -> [String] {
      let options = EmissionOptions(prefix: "net", remarks: remarks)
      return SwiftEmitter(program(text), options: options).source.split(whereSeparator: \.isNewline)
        .map { $0.drop { $0 == " " } }.filter { !$0.hasPrefix("//") && !$0.isEmpty }
        .map { $0.contains("linear") ? "<field>" : String($0) }
    }
    #expect(code(text, [text]) == code("x", []))
  }
}

/// The text as a preprocessor leaves it.
private func preprocessed(_ text: String, _ command: [String]) throws -> String {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  // What is included is no matter here.
  let own = text.split(separator: "\n", omittingEmptySubsequences: false)
    .map { $0.hasPrefix("#include") ? "" : String($0) }.joined(separator: "\n")
  let file = folder.appending(path: "net.c")
  try own.write(to: file, atomically: true, encoding: .utf8)
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = command + ["-E", "-P", "-w", "-DDBL_MANT_DIG=53", file.path]
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  #expect(process.terminationStatus == 0)
  return String(decoding: data, as: UTF8.self)
}
