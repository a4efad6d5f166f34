#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import NNC

/// Reads the source at a path; `-` is standard input.
///
/// What the user named wrongly (no such file, a directory) is wrong input; what the machine refuses is its failure.
func readSource(_ path: String, _ console: Console) throws(Failure) -> SourceFile {
  if path == "-" {
    return try checked(SourceFile(name: "-", bytes: try console.standardInput()))
  }
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw unreadable(path, .last) }
  defer { close(descriptor) }
  let bytes: [UInt8]
  do throws(SystemFailure) {
    bytes = try readAll(descriptor, limit: SourceFile.maximumSize)
  } catch {
    throw unreadable(path, error)
  }
  return try checked(SourceFile(name: path, bytes: bytes))
}

private func checked(_ source: SourceFile) throws(Failure) -> SourceFile {
  let bytes = ByteSource(name: source.name, bytes: Array(source.bytes.prefix(16)))
  if (try? OnnxImport.begins(bytes)) ?? false {
    throw .input(
      "`\(source.name)` is an ONNX file, not a text", hint: "`nnc import` makes a text of it")
  }
  if let kind = FileKind.of(source.bytes) {
    throw .input("`\(source.name)` is \(kind.name), not a text")
  }
  if source.bytes.count > SourceFile.maximumSize {
    throw .input(
      "`\(source.name)` has more than \(SourceFile.maximumSize) bytes, the most for a network's text"
    )
  }
  return source
}

private func unreadable(_ path: String, _ failure: SystemFailure) -> Failure {
  switch failure.code {
  case ENOENT, ENOTDIR: .input("there is no file `\(path)`", hint: similarFile(path))
  case EISDIR: .input("`\(path)` is a directory, not a network")
  default: .machine("cannot read `\(path)`: \(failure.cause)")
  }
}

/// A file beside the missing one whose name is nearly the same.
private func similarFile(_ path: String) -> String? {
  let parts = path.split(separator: "/", omittingEmptySubsequences: false)
  let folder = parts.dropLast().joined(separator: "/")
  let prefix = parts.count > 1 ? folder + "/" : ""
  guard let stream = opendir(prefix.isEmpty ? "." : prefix) else { return nil }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return didYouMean(String(parts.last ?? ""), names.sorted()) { prefix + $0 }
}
