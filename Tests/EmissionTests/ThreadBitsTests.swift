import NNCAlgebra
import NNCDiagnostics
import Foundation
import NNCLowering
import NNCProgram
import Testing
import NNCVerification

@testable import NNC

/// Any number of threads gives the bits of one: samples and random networks, with all shared that can be.
@Suite struct ThreadBitsTests {
  /// Programs for one thread and the same ones for several; the interpreter runs the first.
  private func expectSameBits(
    _ programs: [Program], threads: Int, _ forms: [NativeForm], samples: [Int]
  ) throws {
    let shared = programs.map { $0.shared(by: threads, isEager: true) }
    #expect(shared.contains { $0.kernels.contains(where: \.isDivided) })
    for program in shared {
      let problems = program.problems()
      #expect(problems.isEmpty, "\(program.name): \(problems)")
    }
    let differences = try NativeComparison.differences(
      shared, asInterpreted: programs, forms: forms, samples: samples)
    #expect(differences.isEmpty, "\(threads) threads: \(differences.prefix(3))")
  }

  /// Scalar code, and code for the widest vectors of this machine.
  @Test(arguments: [(2, Precision.f32, true), (3, .f64, false), (5, .f64, true)])
  func samplesInC(_ threads: Int, _ precision: Precision, _ hasVectors: Bool) throws {
    let target = hasVectors ? NativeForm.vectorTargets.last ?? .generic : .generic
    let programs = try SampleBitsTests.programs { options in
      options.precision = precision
      options.target = target
      options.maximumSamples = 70
    }
    let flags = ["-O1"] + NativeForm.flags(target)
    var forms: [NativeForm] = [.compiler("gcc", ["-fopenmp"] + flags)]
    // Where there is no OpenMP one thread does all.
    if threads == 3 { forms.append(.compiler("clang", flags)) }
    if threads == 5 { forms.append(NativeForm.compiler("gcc", ["-fopenmp"] + flags).plain) }
    try expectSameBits(programs, threads: threads, forms, samples: [3, 70])
  }

  @Test func randomNetworksInC() throws {
    let programs = try (0..<40).map { index -> Program in
      var options = CompilerOptions()
      options.maximumSamples = 9
      options.unrollLimit = 0
      let network = RandomNetwork(seed: UInt64(index) &* 7_000_003, name: "net\(index)")
      return try Compilation(SourceFile(name: "net\(index).nn", text: network.text))
        .build(options).program
    }
    try expectSameBits(
      programs, threads: 3, [.gcc("-O1", "-fopenmp")], samples: [1, 2, 9])
  }

  @Test func samplesInSwift() throws {
    let target = NativeForm.vectorTargets.last ?? .generic
    let programs = try SampleBitsTests.programs { options in
      options.precision = .f32
      options.target = target
      options.unrollLimit = 0
      options.maximumSamples = 70
    }
    let small = programs.filter { $0.kernels.reduce(0) { $0 + $1.body.count } < 1000 }
    #expect(small.count >= 2)
    let machine = NativeForm.flags(target).flatMap { ["-Xcc", $0] }
    let form = NativeForm.swift(["-O", "-Xcc", "-fno-math-errno"] + machine)
    try expectSameBits(small, threads: 2, [form], samples: [3, 70])
  }
}
