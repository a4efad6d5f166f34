import Algebra
import Diagnostics
import Foundation
import Program
import Testing

@testable import NNC

/// Every sample network: interpreter, gcc, clang and swiftc give equal bits.
///
/// By default one level of each compiler, Swift's for the shorter Programs; with NNC_LEVELS=all in the environment, all
/// levels for all Programs.
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
    let short = programs.filter { $0.kernels.reduce(0) { $0 + $1.body.count } < 3000 }
    #expect(short.count >= 6)
    for language in [NativeForm.Language.c, .swift] {
      let forms = (all ? NativeForm.all : NativeForm.few).filter { $0.language == language }
      let differences = try NativeComparison.differences(
        all || language == .c ? programs : short, forms: forms, samples: [1, 3])
      #expect(differences == [])
    }
  }
}
