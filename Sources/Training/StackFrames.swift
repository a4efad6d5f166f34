/// The bytes of stack that compiled functions take, by their names: what gcc and clang write for `-fstack-usage`.
///
/// A line is `net.c:12:6:net_predict`, a tabulator, the bytes, and how they were found; clang leaves out the column. The
/// parts into which gcc splits a function carry its name and a point, `net_sum.part.0`, and are added to it.
struct StackFrames {
  let bytes: [String: Int]

  init(parsing text: String) {
    var bytes: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      let cells = line.split(separator: "\t")
      guard cells.count > 1, let count = Int(cells[1]),
        let name = cells[0].split(separator: ":").last?.split(separator: ".").first
      else { continue }
      bytes[String(name), default: 0] += count
    }
    self.bytes = bytes
  }
}

extension SystemCompiler {
  /// The compiler of a command with flags, divided by spaces, that compiles for small machines: at -Os, if no flag says
  /// otherwise. Nil where there is no such command.
  package init?(forSize command: String, flags: [String] = []) {
    let words = command.split(separator: " ").map(String.init)
    guard let program = words.first, var compiler = SystemCompiler(program) else { return nil }
    let own = Array(words.dropFirst())
    let level = own.contains { $0.hasPrefix("-O") } ? [] : ["-Os"]
    compiler.flags = ["-std=c99"] + level + ["-fno-math-errno"] + flags + own
    self = compiler
  }

  /// Its command and flags in a line.
  package var call: String { ([command] + flags).joined(separator: " ") }

  /// The bytes of stack of each function of a C source, as this compiler lays them out.
  package func stackFrames(of source: String) throws(NativeError) -> [String: Int] {
    var compiler = self
    compiler.flags += ["-w", "-c", "-fstack-usage"]
    return try withTemporaryFolder { folder throws(NativeError) in
      let stem = folder + "/network"
      let object = try SharedObject.compile(source, compiler, stem: stem)
      defer { for file in [object, stem + ".su"] { removeFile(file) } }
      guard let told = try? readFile(stem + ".su") else {
        throw NativeError("`\(command)` tells nothing of the stack: it knows no -fstack-usage")
      }
      return StackFrames(parsing: String(decoding: told, as: UTF8.self)).bytes
    }
  }
}
