import Foundation
import NNC
import Testing

@testable import NNCTool

/// No option is read and then forgotten: the source asks for each one by its name.
@Suite struct OptionUseTests {
  @Test func everyOptionIsUsed() throws {
    let folder = root.appendingPathComponent("Sources/Tool")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    let source = try files.map { try String(contentsOf: $0, encoding: .utf8) }.joined()
    let inLoops = #"for name in ["x", "t"]"#
    for option in commands.flatMap(\.options) {
      let asked = ["has", "value", "values", "number"].contains {
        source.contains("call.\($0)(\"\(option.name)\")")
      }
      let passed = source.contains("sample(call, \"\(option.name)\"")
      let looped = ["x", "t"].contains(option.name) && source.contains(inLoops)
      // Those of the compiled code are rows that are gone through.
      let isRow = CompilerOption.all.contains { $0.name == option.name }
      #expect(asked || passed || looped || isRow, "--\(option.name)")
    }
  }
}
