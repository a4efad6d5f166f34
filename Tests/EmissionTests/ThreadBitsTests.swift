import NNCAlgebra
import NNCDiagnostics
import Foundation
import NNCLowering
import NNCProgram
import NNCTestSupport
import Testing
import NNCVerification

@testable import NNC
@testable import NNCEmission

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
    if threads == 3, isThorough { forms.append(.compiler("clang", flags)) }
    if threads == 5 {
      let plain = NativeForm.compiler("gcc", ["-fopenmp"] + flags).plain
      forms = isThorough ? forms + [plain] : [plain]
    }
    try expectSameBits(programs, threads: threads, forms, samples: isThorough ? [3, 70] : [70])
  }

  @Test func randomNetworksInC() throws {
    let programs = try (0..<(isThorough ? 40 : 15)).map { index -> Program in
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

  /// Threads of the user's own may each make a call, with arrays of their own: inside of a parallel region a call has one
  /// thread, whether it would have been shared or not, and waits for no other.
  @Test func callsWithinAParallelRegion() throws {
    let source = "linear 8->16; tanh; linear 16->4; loss mse; train sgd"
    var options = CompilerOptions()
    options.unrollLimit = 0
    options.maximumSamples = 64
    var program = try Compilation(SourceFile(name: "net.nn", text: source)).build(options).program
      .shared(by: 2, isEager: true)
    let emitted = (1...3).map { fewest -> String in
      // Where fewer samples are given than the call is shared from, it has no region of its own.
      for entry in program.entries.indices { program.entries[entry].sharedFrom = fewest * 20 }
      program.name = "net\(fewest)"
      return CEmitter(program).wholeSource
    }
    let main = """
      #include <omp.h>
      #include <stdio.h>
      #define TRY(NET) do { \
        static NET##_parameters p; \
        static NET##_workspace w[3]; \
        static double x[64 * 8], t[64 * 4]; \
        NET##_initialize(&p); \
        for (int i = 0; i < 512; ++i) x[i] = (i * 37 % 64) / 64.0; \
        const double right = NET##_loss_many(&p, 50, x, t, &w[2]); \
        double loss[2] = {0, 0}; \
        for (int turn = 0; turn < 100; ++turn) { \
          _Pragma("omp parallel num_threads(2)") { \
            const int me = omp_get_thread_num(); \
            for (int k = 0; k <= me; ++k) loss[me] = NET##_loss_many(&p, 50, x, t, &w[me]); \
          } \
          if (loss[0] != right || loss[1] != right) { puts("other bits"); return 1; } \
        } \
      } while (0)
      int main(void) {
        TRY(net1);
        TRY(net2);
        TRY(net3);
        puts("equal");
        return 0;
      }
      """
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "nested.c").path
    let tool = folder.appending(path: "nested").path
    try (emitted.joined(separator: "\n") + main).write(
      toFile: file, atomically: true, encoding: .utf8)
    let command = ["gcc", "-std=gnu11", "-O1", "-fopenmp", file, "-o", tool, "-lm"]
    let compiled = try NativeLibrary.run(command)
    #expect(compiled.status == 0, "\(compiled.output)")
    let result = try NativeLibrary.run(["timeout", "60", tool])
    #expect(result.status == 0 && result.output == "equal\n", "\(result)")
  }

  @Test func samplesInSwift() throws {
    let target = NativeForm.vectorTargets.last ?? .generic
    let programs = try SampleBitsTests.programs { options in
      options.precision = .f32
      options.target = target
      options.unrollLimit = 0
      options.maximumSamples = 70
    }
    let small = SampleBitsTests.shortest(isThorough ? 6 : 2, of: programs)
    let machine = NativeForm.flags(target).flatMap { ["-Xcc", $0] }
    let form = NativeForm.swift(["-O", "-Xcc", "-fno-math-errno"] + machine)
    try expectSameBits(small, threads: 2, [form], samples: [3, 70])
  }
}
