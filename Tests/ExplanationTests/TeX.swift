import Foundation

/// Debian's LaTeX, where it is installed.
enum TeX {
  /// Where `pdflatex` is, or nil.
  static let program: URL? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { URL(fileURLWithPath: "\($0)/pdflatex") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  /// The first error of a run over a file of this text, or else the first line that passes the margin; nil where it
  /// gives a document.
  static func complaint(_ program: URL, _ text: String) throws -> String? {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent(UUID().uuidString, isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try text.write(
      to: folder.appendingPathComponent("net.tex"), atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = program
    // A draft goes through everything and makes no pages.
    process.arguments = [
      "-interaction=nonstopmode", "-halt-on-error", "-draftmode", "net.tex",
    ]
    process.currentDirectoryURL = folder
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let log = try String(contentsOf: folder.appendingPathComponent("net.log"), encoding: .isoLatin1)
      .split(separator: "\n").map(String.init)
    if process.terminationStatus == 0 { return log.first { $0.hasPrefix("Overfull \\hbox") } }
    return log.first { $0.hasPrefix("!") } ?? "no document"
  }
}
