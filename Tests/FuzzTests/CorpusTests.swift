import Foundation
import NNCFuzzing
import Testing

private let corpus = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "Fuzz/corpus")

/// Every input that the fuzzer kept, and every one that ever failed, is read again.
@Suite struct CorpusTests {
  private static func files(_ target: FuzzTarget) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: corpus.appending(path: target.rawValue), includingPropertiesForKeys: nil)
  }

  @Test(arguments: FuzzTarget.allCases) func everyInputIsRead(_ target: FuzzTarget) throws {
    let files = try Self.files(target)
    #expect(files.count >= 3, "a corpus has inputs")
    for file in files { target.run(Array(try Data(contentsOf: file))) }
  }

  /// Inputs cut short and changed: a fuzzer's first steps, which need no instrumentation.
  @Test(arguments: FuzzTarget.allCases) func changedInputsAreRead(_ target: FuzzTarget) throws {
    var state: UInt64 = 7
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for file in try Self.files(target).sorted(by: { $0.path < $1.path }).prefix(20) {
      let bytes = Array(try Data(contentsOf: file))
      if bytes.isEmpty || bytes.count > 4096 { continue }
      for _ in 0..<8 {
        var changed = bytes
        for _ in 0...random(3) {
          let place = random(changed.count)
          switch random(3) {
          case 0: changed[place] = UInt8(random(256))
          case 1: changed[place] ^= 1 << UInt8(random(8))
          default: changed = Array(changed[..<max(1, place)])
          }
        }
        target.run(changed)
      }
    }
  }
}
