import Foundation
import NNCTestSupport
import Testing
import NNCVerification

/// Random networks: every form gives the same bits, and gradients agree with differences of the loss in 106 bits.
///
/// 100 by default, 300 with NNC_LEVELS=all, from a fixed seed; NNC_NETWORKS and NNC_SEED in the environment ask for others.
@Suite struct RandomNetworkTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let count =
    environment["NNC_NETWORKS"].flatMap { Int($0) } ?? (isThorough ? 300 : 100)
  private static let seed = environment["NNC_SEED"].flatMap { UInt64($0) } ?? 20_261_123

  @Test func everyFormGivesTheSameBits() throws {
    var run = RandomVerification(seed: Self.seed)
    var batches = 0
    let failure = try run.run(Self.count) { _ in batches += 1 }
    #expect(failure == nil, "\(failure.map { "\($0)" } ?? "")")
    #expect(run.tally.networks == Self.count && batches == (Self.count + 255) / 256)
    #expect(run.tally.byForm.count >= 2)
    #expect(run.tally.derivatives > Self.count / 4)
    print("random networks of seed \(Self.seed): \(run.tally)")
  }

  @Test func equalSeedsDrawEqualNetworks() {
    let texts = (0..<50).map { RandomNetwork(seed: $0, name: "net").text }
    #expect(texts == (0..<50).map { RandomNetwork(seed: $0, name: "net").text })
    #expect(Set(texts).count == 50)
  }
}
