import NNC
import NNCTerminal
import Synchronization

/// News of a file that is being read: one line that is drawn again and again on a terminal; elsewhere, where it takes
/// long, a line now and then.
final class ReadingNews: Sendable {
  /// The seconds before the first news, and those between two: on a terminal, and elsewhere.
  private static let pause = (live: 0.1, plain: (first: 2.0, next: 10.0))

  private let console: Console
  private let columns: Int?
  private let start = ContinuousClock().now
  private let state = Mutex((toldAt: -1.0, isDrawn: false))

  /// - Parameter columns: the width of the terminal that shows messages; nil where none does.
  init(_ console: Console, columns: Int?) {
    self.console = console
    self.columns = columns
  }

  /// News for a call, which may want none.
  convenience init?(_ call: Call, _ console: Console) {
    let isSilent = ["quiet", "json"].contains {
      call.command.option($0) != nil && call.has($0)
    }
    if isSilent { return nil }
    let terminal = Terminal.standardError
    self.init(console, columns: terminal.allowsEditing ? terminal.size.columns : nil)
  }

  /// Tells how far the reading of a file is.
  func tell(_ name: String, _ done: Int, _ count: Int) {
    let seconds = (ContinuousClock().now - start) / .seconds(1)
    state.withLock { state in
      let isDue =
        if columns != nil {
          seconds - max(0, state.toldAt) >= Self.pause.live
        } else if state.toldAt < 0 {
          seconds >= Self.pause.plain.first
        } else {
          seconds - state.toldAt >= Self.pause.plain.next
        }
      guard isDue else { return }
      state.toldAt = seconds
      let line = readingLine(name, done: done, of: count, seconds: seconds)
      if let columns {
        console.report(
          styled: "\r" + printable(String(line.prefix(max(0, columns - 1)))) + "\u{1B}[K")
        state.isDrawn = true
      } else {
        console.report("nnc: \(line)\n")
      }
    }
  }

  /// Takes away what was drawn.
  func end() {
    state.withLock { state in
      if state.isDrawn { console.report(styled: "\r\u{1B}[K") }
      state.isDrawn = false
    }
  }
}

/// How far the reading of a file is: `reading data.csv: 42 % of 76 MB  3.10 s left`.
func readingLine(_ name: String, done: Int, of count: Int, seconds: Double) -> String {
  let share = count > 0 ? min(1, Double(done) / Double(count)) : 1
  let size = count >= 1_000_000 ? "\(count / 1_000_000) MB" : "\(max(1, count / 1000)) kB"
  var text = "reading \(name): \(Int(share * 100)) % of \(size)"
  if share > 0 { text += "  \(duration(seconds * (1 - share) / share)) left" }
  return text
}
