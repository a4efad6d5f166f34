import Diagnostics
import Foundation
import Program
import TestSupport
import Testing

@testable import Emission
@testable import NNC

/// Random networks: every form gives the same bits, and gradients agree with finite differences.
///
/// 1,000 by default, from a fixed seed; NNC_NETWORKS and NNC_SEED in the environment ask for others.
@Suite struct RandomNetworkTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let count = environment["NNC_NETWORKS"].flatMap { Int($0) } ?? 1000
  private static let seed = environment["NNC_SEED"].flatMap { UInt64($0) } ?? 20_261_123
  private static let batch = 50

  private static func compilation(_ index: Int) -> Compilation {
    let network = RandomNetwork(seed: seed &+ UInt64(index) &* 1_000_003, name: "net\(index)")
    return Compilation(SourceFile(name: "net\(index).nn", text: network.text))
  }

  /// One of a network's entries, another from network to network; every fourth network as loops over tensors.
  private static func program(_ index: Int) throws -> Program {
    var options = CompilerOptions()
    options.maximumSamples = 4
    if index % 4 == 0 { options.unrollLimit = 0 }
    if index % 5 == 0 { options.precision = .f32 }
    let kind: Entry.Kind = [.train, .gradient, .train, .predict, .gradient, .loss][index / 2 % 6]
    let network = try compilation(index).checkedNetwork()
    let build = Build(network, options, only: [.init(kind, many: index % 2 == 1)])
    return build.program.withoutUnusedBlocks
  }

  @Test(arguments: stride(from: 0, to: count, by: batch).map { $0 })
  func everyFormGivesTheSameBits(_ start: Int) throws {
    if start == 0 { print("random networks: \(Self.count) from seed \(Self.seed)") }
    let programs = try (start..<min(Self.count, start + Self.batch)).map { try Self.program($0) }
    for precision in [Precision.f64, .f32] {
      let group = programs.filter { $0.precision == precision }
      for program in group {
        let problems = program.problems()
        #expect(problems.isEmpty, "\(program.name): \(problems)")
      }
      let isEven = start / Self.batch % 2 == 0
      let forms: [NativeForm] = [isEven ? .gcc("-O1") : .clang("-O1"), .swift("-Onone")]
      let differences = try NativeComparison.differences(group, forms: forms, samples: [3])
      #expect(differences.isEmpty, "\(differences.prefix(3))")
    }
  }

  @Test func gradientsAgreeWithFiniteDifferences() throws {
    for index in 0..<Self.count {
      let compilation = Self.compilation(index)
      let network = try compilation.checkedNetwork()
      var options = CompilerOptions()
      options.maximumSamples = 1
      let build = Build(
        network, options, only: [.init(.loss, many: false), .init(.gradient, many: false)])
      let model = try Model(build)
      // Away from the initial point, so that biases are not 0 and no kink is met exactly.
      var random = SplitMix(state: UInt64(index))
      func numbers(_ count: Int, _ range: ClosedRange<Double>) -> [Double] {
        (0..<count).map { _ in .random(in: range, using: &random) }
      }
      let input = numbers(model.counts.input, -1...1)
      let target = numbers(model.counts.target, 0.1...0.9)
      model.parameters = model.parameters.map { $0 + .random(in: -0.3...0.3, using: &random) }
      let point = model.parameters
      var direction = numbers(point.count, -1...1)
      for (field, parameter) in zip(model.fields, network.parameters) where parameter.isFrozen {
        for place in field.offset..<field.offset + parameter.count { direction[place] = 0 }
      }
      let (_, gradient) = try model.gradient(input: input, target: target)
      let slope = zip(gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
      func loss(_ step: Double) throws -> Double {
        model.parameters = zip(point, direction).map { $0 + step * $1 }
        return try model.loss(input: input, target: target)
      }
      // A kink within reach of one step is out of reach of a smaller one.
      let isClose = try [1e-5, 1e-6, 1e-4, 1e-7].contains { step in
        let difference = (try loss(step) - loss(-step)) / (2 * step)
        return abs(difference - slope) <= 2e-5 * max(1, abs(slope))
      }
      #expect(
        isClose,
        "\(compilation.source.name): \(RandomNetwork(seed: Self.seed &+ UInt64(index) &* 1_000_003, name: "net").text)"
      )
    }
  }
}
