import Foundation
import PackagePlugin

/// Compiles every network of a Swift target, `*.nn`, to Swift while the target is built.
///
/// The work is the tool's: a command a network, which SwiftPM runs again where one of its files has changed. Options
/// stand in an `nnc.json` beside the network.
@main
struct NNCBuildPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let target = target as? SwiftSourceModuleTarget else {
      Diagnostics.error(
        "NNCBuildPlugin makes Swift, and the target \(target.name) is none of Swift: "
          + "write its code with `nnc compile --emit c`")
      return []
    }
    let tool = try context.tool(named: "nnctool").url
    // A network may begin with weights from any of these.
    let weights = [".safetensors", ".npz"].flatMap { target.sourceFiles(withSuffix: $0).map(\.url) }
    return target.sourceFiles(withSuffix: ".nn").map { file in
      let place = relative(file.url, to: target.directoryURL)
      let code = context.pluginWorkDirectoryURL.appending(
        path: place.replacing("/", with: "-") + ".swift")
      let options = file.url.deletingLastPathComponent().appending(path: "nnc.json")
      let hasOptions = FileManager.default.fileExists(atPath: options.path(percentEncoded: false))
      return .buildCommand(
        displayName: "Compiling network \(place)",
        executable: tool,
        arguments: [
          "compile", file.url.path(percentEncoded: false), "--emit", "swift",
          "--diagnostics", "gcc", "--output", code.path(percentEncoded: false),
        ] + (hasOptions ? ["--options", options.path(percentEncoded: false)] : []),
        inputFiles: [file.url] + (hasOptions ? [options] : []) + weights,
        outputFiles: [code])
    }
  }

  /// A file's path as it is seen from a folder that it lies in.
  private func relative(_ file: URL, to folder: URL) -> String {
    let parts = file.standardizedFileURL.pathComponents
    return parts.dropFirst(folder.standardizedFileURL.pathComponents.count).joined(separator: "/")
  }
}
