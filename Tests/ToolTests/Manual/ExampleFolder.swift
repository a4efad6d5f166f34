import Foundation

/// A folder in which a page's blocks of code are run, one after the other, as a reader would who follows the page.
struct ExampleFolder {
  /// A block or a command of one that does not do what the page says.
  struct Fault: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
  }

  let path: String
  /// Where the built tool and the built modules lie.
  private static let products = URL(filePath: RunningTool.path).deletingLastPathComponent().path
  /// Where the compilers of the toolchain lie.
  private static let search =
    ["/usr/local/bin", "/usr/bin", "/bin"]
    + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)

  /// A new folder with the samples in it.
  init(_ path: String) throws {
    self.path = path
    for name in ["Samples"] {
      try FileManager.default.createSymbolicLink(
        atPath: path + "/" + name, withDestinationPath: root.path + "/" + name)
    }
  }

  /// Whether a command line can be tried: it begins with no program that may be missing, or that is there.
  func canTry(_ command: String) -> Bool {
    let program = String(command.prefix { $0 != " " })
    guard Self.optional.contains(program), ToolTests.path(of: program) == nil else { return true }
    print("\(program) is not installed: `\(command)` is not tried")
    return false
  }

  /// Programs that a page shows and that need not be there.
  private static let optional: Set = ["cmake", "make", "arm-none-eabi-gcc"]

  /// What a command line prints, both streams.
  func output(of command: String) throws -> [String] {
    let text = try run(
      "/bin/bash", ["-c", command],
      ["PATH": ([Self.products] + Self.search).joined(separator: ":")], in: path)
    var lines = text.components(separatedBy: "\n")
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// Demands of a block of code what its language allows to demand; transcripts are not its business.
  func check(_ block: MarkdownPage.Block) throws {
    let name = block.fileName
    if let name { try Data(block.text.utf8).write(to: URL(filePath: path + "/" + name)) }
    switch block.language {
    case "nn": try expectNothing("nnc check \(try written(block, "block.nn")) >/dev/null")
    case "c":
      try expectNothing(
        "gcc -std=c99 -Wall -Wextra -Wpedantic -fsyntax-only \(try written(block, "block.c"))")
    case "swift" where name == "Package.swift":
      try expectNothing("swift package dump-package >/dev/null")
    case "swift":
      // Together with the Swift that stands in the folder: what nnc wrote, or an earlier block.
      let file = try written(block, "main.swift")
      try expectNothing(
        "swiftc -swift-version 6 -typecheck -I \(Self.products)/Modules "
          + "$(ls *.swift | grep -vxe Package.swift -e \(file)) \(file)")
    case "python": try expectNothing("python3 -m py_compile \(try written(block, "block.py"))")
    case "json":
      try expectNothing("python3 -m json.tool \(try written(block, "block.json")) >/dev/null")
    case "sh": try expectNothing("bash -n \(try written(block, "block.sh"))")
    case "ebnf":
      let grammar = try String(contentsOfFile: root.path + "/Grammar/nn.ebnf", encoding: .utf8)
      guard grammar.contains(block.text) else {
        throw Fault("Grammar/nn.ebnf says otherwise than\n\(block.text)")
      }
    case "text", "cmake", "make", "console": break
    default: throw Fault("no way to check a block of `\(block.language)`:\n\(block.text)")
    }
  }

  /// The name of the file that holds a block.
  private func written(_ block: MarkdownPage.Block, _ standard: String) throws -> String {
    if let name = block.fileName { return name }
    try Data(block.text.utf8).write(to: URL(filePath: path + "/" + standard))
    return standard
  }

  private func expectNothing(_ command: String) throws {
    let lines = try output(of: command)
    if !lines.isEmpty { throw Fault("\(command)\n\(lines.joined(separator: "\n"))") }
  }
}
