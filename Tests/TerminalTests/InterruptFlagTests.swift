import Foundation
import Testing

@testable import NNCTerminal

extension ProcessWideTests {
  /// The signal may be ignored by who runs the tests, as shells do for what runs in the background, and then stays so.
  @Suite(.serialized) struct InterruptFlagTests {
    @Test func isRaisedBySIGINTWhileCatching() {
      let kept = signal(SIGINT, SIG_DFL)
      defer { signal(SIGINT, kept) }
      let flag = InterruptFlag()
      var rounds = 0
      flag.whileCatching {
        #expect(!flag.isRaised)
        while !flag.isRaised {
          rounds += 1
          if rounds == 1000 { kill(getpid(), SIGINT) }
          if rounds > 1000 { usleep(100) }
          if rounds > 100_000 { break }
        }
      }
      #expect(flag.isRaised)
      #expect(rounds >= 1000 && rounds < 100_000)
      flag.clear()
      #expect(!flag.isRaised)
    }

    @Test func nestsAndGivesTheHandlerBack() {
      let kept = signal(SIGINT, SIG_DFL)
      defer { signal(SIGINT, kept) }
      let before = handlerOfSIGINT()
      let outer = InterruptFlag()
      outer.whileCatching {
        let inner = InterruptFlag()
        inner.whileCatching { interrupt(inner) }
        #expect(inner.isRaised && outer.isRaised)
        outer.clear()
        #expect(inner.isRaised && !outer.isRaised)
        interrupt(outer)
        #expect(outer.isRaised)
      }
      #expect(handlerOfSIGINT() == before)
    }

    /// Sends SIGINT to the process and waits until it came, on whichever thread.
    private func interrupt(_ flag: InterruptFlag) {
      kill(getpid(), SIGINT)
      for _ in 0..<50_000 where !flag.isRaised { usleep(100) }
    }

    private func handlerOfSIGINT() -> [UInt8] {
      var action = sigaction()
      sigaction(SIGINT, nil, &action)
      return withUnsafeBytes(of: &action) { Array($0.prefix(MemoryLayout<Int>.size)) }
    }
  }
}
