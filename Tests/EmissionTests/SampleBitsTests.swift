import NNCAlgebra
import NNCDiagnostics
import Foundation
import NNCProgram
import Testing

@testable import NNC

/// Every sample network: interpreter, gcc, clang and swiftc give equal bits.
///
/// By default one level of each compiler, Swift's for the shorter Programs, and one precision for each kind of vectors;
/// with NNC_LEVELS=all in the environment, all levels, Programs and precisions.
@Suite struct SampleBitsTests {
  private static let samples = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Samples")

  private static let all = ProcessInfo.processInfo.environment["NNC_LEVELS"] == "all"

  @Test(arguments: Precision.allCases) func sameBits(_ precision: Precision) throws {
    let all = Self.all
    let programs = try Self.programs { $0.precision = precision }
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

  /// Programs made for the vectors of this machine, with samples that fill blocks and that do not.
  private static let vectors: [(Target, Precision)] =
    all
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
    let inC = try NativeComparison.differences(
      programs, forms: [.compiler("gcc", ["-O2"] + flags), .compiler("clang", ["-O1"] + flags)],
      samples: [1, 3, 33, 70])
    #expect(inC == [])
    let machine = flags.flatMap { ["-Xcc", $0] }
    let most = Self.all ? 1500 : 1000
    let small = programs.filter { $0.kernels.reduce(0) { $0 + $1.body.count } < most }
    #expect(small.count >= 2)
    let inSwift = try NativeComparison.differences(
      small, forms: [.swift(["-O", "-Xcc", "-fno-math-errno"] + machine)], samples: [1, 33])
    #expect(inSwift == [])
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
