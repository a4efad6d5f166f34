#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import NNC

/// Writes to `path` what took long to come by. Where that fails, as on a full disk, it is written to a folder of its own
/// on another, and the failure says where.
///
/// - Parameter write: writes to the path that it is given, whole or not at all.
func writeOrRescue(to path: String, _ write: (String) throws -> Void) throws(Failure) {
  do { try write(path) } catch {
    let failure = Failure(any: error)
    let name = path.split(separator: "/").last.map(String.init) ?? "rescued"
    for place in rescueFolders {
      guard let folder = newFolder(in: place) else { continue }
      let rescued = "\(folder)/\(name)"
      if (try? write(rescued)) != nil {
        throw Failure(
          failure.status, failure.message, hint: "nothing is lost: it is saved in `\(rescued)`")
      }
      // A folder that was to be written is empty.
      rmdir(rescued)
      rmdir(folder)
    }
    throw failure
  }
}

/// Folders that may lie on different disks, in the order in which they are tried.
private var rescueFolders: [String] {
  func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
  return [variable("TMPDIR"), "/tmp", "/var/tmp", variable("HOME"), "/dev/shm"].compactMap { $0 }
}

/// A new folder for this user alone.
private func newFolder(in place: String) -> String? {
  var pattern = Array("\(place)/nnc-XXXXXX".utf8CString)
  return pattern.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) }
    .map { String(cString: $0) }
}
