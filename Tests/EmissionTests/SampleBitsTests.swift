import Algebra
import Diagnostics
import Foundation
import Program
import Testing

@testable import NNC

/// Every sample network: interpreter, gcc, clang and swiftc give equal bits.
///
/// By default one level of each compiler; with NNC_LEVELS=all in the environment, all of them.
@Suite struct SampleBitsTests {
  private static let samples = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Samples")

  @Test(arguments: Precision.allCases) func sameBits(_ precision: Precision) throws {
    let all = ProcessInfo.processInfo.environment["NNC_LEVELS"] == "all"
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.samples.path).sorted()
    let programs = try names.filter { $0.hasSuffix(".nn") }.map { name in
      let text = try String(contentsOf: Self.samples.appendingPathComponent(name), encoding: .utf8)
      var options = CompilerOptions()
      options.precision = precision
      return try Compilation(SourceFile(name: name, text: text)).build(options).program
    }
    #expect(programs.count >= 10)
    for program in programs { #expect(program.problems() == []) }
    let differences = try NativeComparison.differences(
      programs, forms: all ? NativeForm.all : NativeForm.few, samples: [1, 3])
    #expect(differences == [])
  }
}
