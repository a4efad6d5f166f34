import Foundation
import Testing

/// The imports that a module's sources may have besides its row in the table of `Package.swift`. Foundation is not
/// among them: it would make the tool half as large again.
private let platform: Set = ["Glibc", "Darwin", "Musl", "Synchronization", "Dispatch"]

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// The table of modules as `Package.swift` states it: each name with the names it may import.
private func table() throws -> [String: Set<String>] {
  let manifest = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
  let text = manifest.prefix(upTo: manifest.range(of: "\n]\n")!.lowerBound)
  var result: [String: Set<String>] = [:]
  let names = text.matches(of: /"(\w+)"/).map { String($0.1) }
  // Each row is a name followed by its imports in brackets.
  for row in text.matches(of: /"(\w+)",\s*\[([^\]]*)\]/) {
    result[String(row.1)] = Set(row.2.matches(of: /"(\w+)"/).map { String($0.1) })
  }
  #expect(Set(names) == Set(result.keys), "every name of the table is a module of it")
  return result
}

/// The folder of the module `NNCGraph` is `Graph`.
private func folder(_ module: String) -> String {
  module == "NNC" ? module : String(module.dropFirst(3))
}

private func imports(of module: String) throws -> [(file: String, name: String)] {
  let folder = root.appending(path: "Sources/\(folder(module))")
  let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)!
  var result: [(String, String)] = []
  for case let file as URL in files where file.pathExtension == "swift" {
    // What stands in texts of Python is Python's.
    if ["PythonText", "JaxText"].contains(where: { file.lastPathComponent.hasPrefix($0) }) {
      continue
    }
    let text = try String(contentsOf: file, encoding: .utf8)
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").drop { $0.hasPrefix("@") || $0 == "public" }
      guard words.first == "import", words.count > 1 else { continue }
      let path = words.dropFirst().first {
        !["struct", "class", "func", "enum", "var"].contains($0)
      }!
      result.append((file.lastPathComponent, String(path.prefix { $0 != "." })))
    }
  }
  return result
}

@Test func everyModuleImportsOnlyItsRow() throws {
  let table = try table()
  #expect(table.count >= 13)
  for (module, allowed) in table {
    for (file, name) in try imports(of: module) where !platform.contains(name) {
      #expect(allowed.contains(name), "\(module)/\(file) imports \(name)")
    }
  }
}

@Test func theCommandLineImportsTheLibraryAlone() throws {
  for (file, name) in try imports(of: "NNCTool") where !platform.contains(name) {
    #expect(
      ["NNCText", "NNC", "NNCTraining", "NNCVerification", "NNCPlotting", "NNCTerminal"]
        .contains(name),
      "Tool/\(file) imports \(name)")
  }
}

@Test func theTableHasNoCycle() throws {
  var rest = try table()
  while let free = rest.first(where: { $0.value.isDisjoint(with: rest.keys) }) {
    rest[free.key] = nil
  }
  #expect(rest.isEmpty, "these import one another: \(rest.keys.sorted())")
}
