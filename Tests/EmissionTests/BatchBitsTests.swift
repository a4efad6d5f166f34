import NNCAlgebra
import NNCDiagnostics
import NNCProgram
import Testing

@testable import NNC

/// Networks whose training depends on the batch as a whole: interpreter, gcc, clang and swiftc give equal bits, buffers
/// included, in straight-line code and in loops, with one thread and with two.
@Suite struct BatchBitsTests {
  private static let sources = [
    "linear 3->4; batchnorm; tanh; linear 4->2; loss mse; train sgd lr=0.1 momentum=0.9",
    "input 3x2x3; batchnorm; relu; flatten; linear 18->5 bias=no; batchnorm affine=no; sigmoid; "
      + "linear 5->2; loss cross_entropy; train adam lr=0.01",
    "linear 5->9; tanh; loss mse + sum(relu(1 - sqrt(batchmean((y - batchmean(y))^2) + 0.01))); "
      + "train sgd lr=0.1",
  ]

  private static func programs(
    _ precision: Precision, _ target: Target, threads: Int = 1
  ) throws -> [Program] {
    try sources.enumerated().flatMap { index, source in
      try (index == 0 ? [0, 5000] : [0]).enumerated().map { form, limit in
        var options = CompilerOptions()
        options.precision = precision
        options.target = target
        options.maximumSamples = 70
        options.unrollLimit = limit
        let name = "batch\(index)\(form)"
        let program = try Compilation(SourceFile(name: "\(name).nn", text: source)).build(options)
          .program
        return threads == 1 ? program : program.shared(by: threads, isEager: true)
      }
    }
  }

  @Test(arguments: Precision.allCases) func sameBits(_ precision: Precision) throws {
    let programs = try Self.programs(precision, .generic)
    for program in programs { #expect(program.problems() == []) }
    let differences = try NativeComparison.differences(
      programs, forms: [.gcc("-O2"), .clang("-O1"), .swift("-Onone")], samples: [1, 2, 33, 70])
    #expect(differences == [])
  }

  @Test(arguments: NativeForm.vectorTargets, Precision.allCases)
  func sameBitsInVectors(_ target: Target, _ precision: Precision) throws {
    let programs = try Self.programs(precision, target)
    for program in programs { #expect(program.problems() == []) }
    let flags = NativeForm.flags(target)
    let machine = flags.flatMap { ["-Xcc", $0] }
    let inC = try NativeComparison.differences(
      programs,
      forms: [.compiler("gcc", ["-O2"] + flags), .compiler("clang", ["-O1"] + flags)],
      samples: [1, 2, 33, 70])
    #expect(inC == [])
    // swiftc takes long for vectors, and longest for straight-line code.
    if target != NativeForm.vectorTargets.last || precision == .f64 { return }
    let inSwift = try NativeComparison.differences(
      Array(programs.prefix(1)), forms: [.swift(["-O", "-Xcc", "-fno-math-errno"] + machine)],
      samples: [1, 33, 70])
    #expect(inSwift == [])
  }

  @Test(arguments: Precision.allCases) func twoThreads(_ precision: Precision) throws {
    for target in [.generic] + NativeForm.vectorTargets.suffix(1) {
      let shared = try Self.programs(precision, target, threads: 2)
      #expect(shared.contains { $0.kernels.contains(where: \.isDivided) })
      for program in shared { #expect(program.problems() == []) }
      let single = try Self.programs(precision, target)
      let inC = try NativeComparison.differences(
        shared, asInterpreted: single,
        forms: [.compiler("gcc", ["-O1", "-fopenmp"] + NativeForm.flags(target))],
        samples: [1, 3, 70])
      #expect(inC == [])
      if target != .generic { continue }
      let inSwift = try NativeComparison.differences(
        Array(shared.prefix(1)), asInterpreted: Array(single.prefix(1)), forms: [.swift("-Onone")],
        samples: [1, 3, 70])
      #expect(inSwift == [])
    }
  }
}
