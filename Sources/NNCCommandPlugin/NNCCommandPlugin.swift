import Foundation
import PackagePlugin

/// `swift package nnc COMMAND …`: the tool, run on the networks of a package.
///
/// It asks for no permission, since what it is for only reads: `check`, `explain`, `graph`, `help`. A call that names no
/// network, as `swift package nnc check`, is made for every network of the package's targets, or of those that
/// `--target NAME` names.
@main
struct NNCCommandPlugin: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) throws {
    let tool = try context.tool(named: "nnctool").url
    let folder = context.package.directoryURL
    var extractor = ArgumentExtractor(arguments)
    let names = extractor.extractOption(named: "target")
    let words = extractor.remainingArguments
    let onNetworks = ["check", "explain", "graph", "compile"].contains(words.first)
    let isWhole =
      !onNetworks || words.contains { $0.hasSuffix(".nn") || $0 == "--help" || $0 == "-h" }
    if isWhole, names.isEmpty {
      try run(tool, words, in: folder)
      return
    }
    let targets =
      names.isEmpty ? context.package.targets : try context.package.targets(named: names)
    let networks = targets.compactMap { $0 as? any SourceModuleTarget }
      .flatMap { $0.sourceFiles(withSuffix: ".nn").map(\.url) }
    if networks.isEmpty { Diagnostics.error("there is no network, *.nn, in these targets") }
    for network in networks {
      try run(tool, words + [network.path(percentEncoded: false)], in: folder)
    }
  }

  /// Runs the tool to its end; what it prints goes where this process prints.
  private func run(_ tool: URL, _ words: [String], in folder: URL) throws {
    let process = Process()
    process.executableURL = tool
    process.arguments = words
    process.currentDirectoryURL = folder
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus != 0 {
      Diagnostics.error("nnc \(words.joined(separator: " ")): status \(process.terminationStatus)")
    }
  }
}
