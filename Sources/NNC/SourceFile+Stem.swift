import NNCDiagnostics

extension SourceFile {
  /// The file's name without folders and ending, by which a network is called that has no name; `network` for
  /// standard input.
  var stem: String {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    let stem = file.split(separator: ".", omittingEmptySubsequences: false).first ?? ""
    return stem.isEmpty || file == "-" ? "network" : String(stem)
  }
}
