import NNCAlgebra
import NNCDiagnostics
import Foundation
import NNCProgram
import NNCTestSupport
import Testing

@testable import NNC

/// Every sample network: interpreter, gcc, clang and swiftc give equal bits.
///
/// By default one compiler for each precision, Swift's for the shorter Programs, and one precision for each kind of
/// vectors; with NNC_LEVELS=all in the environment, all compilers, levels, Programs and precisions.
@Suite struct SampleBitsTests {
  private static let samples = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Samples")

  @Test(arguments: Precision.allCases) func sameBits(_ precision: Precision) throws {
    let programs = try Self.programs { $0.precision = precision }
    #expect(programs.count >= 10)
    for program in programs { #expect(program.problems() == []) }
    let short = Self.shortest(8, of: programs)
    let few: [NativeForm] =
      precision == .f64 ? [.gcc("-O1"), .swift("-Onone")] : [.clang("-O1")]
    for language in [NativeForm.Language.c, .swift] {
      let forms = (isThorough ? NativeForm.all : few).filter { $0.language == language }
      if forms.isEmpty { continue }
      let differences = try NativeComparison.differences(
        isThorough || language == .c ? programs : short, forms: forms, samples: [1, 3])
      #expect(differences == [])
    }
  }

  /// Programs made for the vectors of this machine, with samples that fill blocks and that do not.
  private static let vectors: [(Target, Precision)] =
    isThorough
    ? NativeForm.vectorTargets.flatMap { target in Precision.allCases.map { (target, $0) } }
    : NativeForm.vectorTargets.enumerated().map { ($1, $0 % 2 == 0 ? .f64 : .f32) }

  @Test(arguments: vectors)
  func sameBitsInVectors(_ target: Target, _ precision: Precision) throws {
    let programs = try Self.programs { options in
      options.precision = precision
      options.target = target
      options.maximumSamples = 70
    }
    for program in programs { #expect(program.problems() == []) }
    let flags = NativeForm.flags(target)
    let compilers: [NativeForm] = [
      .compiler("gcc", ["-O2"] + flags), .compiler("clang", ["-O1"] + flags),
    ]
    let inC = try NativeComparison.differences(
      programs, forms: isThorough ? compilers : [compilers[precision == .f64 ? 0 : 1]],
      samples: isThorough ? [1, 3, 33, 70] : [3, 70])
    #expect(inC == [])
    let machine = flags.flatMap { ["-Xcc", $0] }
    let small = Self.shortest(isThorough ? 6 : 2, of: programs)
    let inSwift = try NativeComparison.differences(
      small, forms: [.swift(["-O", "-Xcc", "-fno-math-errno"] + machine)], samples: [1, 33])
    #expect(inSwift == [])
  }

  /// The Programs with the fewest instructions.
  static func shortest(_ count: Int, of programs: [Program]) -> [Program] {
    let lengths = programs.map { program in program.kernels.reduce(0) { $0 + $1.body.count } }
    let order = programs.indices.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
    return order.prefix(count).map { programs[$0] }
  }

  /// The samples, compiled.
  static func programs(_ change: (inout CompilerOptions) -> Void) throws -> [Program] {
    let names = try FileManager.default.contentsOfDirectory(atPath: samples.path).sorted()
    var options = CompilerOptions()
    change(&options)
    return try names.filter { $0.hasSuffix(".nn") }.map { name in
      let text = try String(contentsOf: samples.appendingPathComponent(name), encoding: .utf8)
      return try Compilation(SourceFile(name: name, text: text)).build(options).program
    }
  }
}
