#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where compiled networks are kept: `nnc` in the user's cache folder, one shared object for each combination of source,
/// compiler, flags and machine.
struct NativeCache {
  /// The most shared objects that are kept; the least recently used go.
  static let limit = 64

  private let folder: String

  /// The cache of this user; nil where there is no folder that only the user can write.
  init?(in environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }) {
    var base = environment("XDG_CACHE_HOME") ?? ""
    if !base.hasPrefix("/") {
      guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
      base = home + "/.cache"
      mkdir(base, 0o700)
    }
    folder = base + "/nnc"
    if mkdir(folder, 0o700) != 0, errno != EEXIST { return nil }
    var facts = stat()
    guard stat(folder, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR,
      facts.st_uid == geteuid(), facts.st_mode & 0o022 == 0, access(folder, W_OK | X_OK) == 0
    else { return nil }
  }

  /// Whether there is a shared object for the key.
  func has(_ key: Fingerprint) -> Bool { access(path(key), R_OK) == 0 }

  /// The shared object of a key, opened; nil where there is none or it cannot be opened.
  func opened(_ key: Fingerprint) -> SharedObject? {
    guard let object = SharedObject(path(key)) else { return nil }
    utimes(path(key), nil)
    return object
  }

  /// Compiles a source, keeps the shared object, and opens it.
  func add(
    _ key: Fingerprint, _ source: String, _ compiler: SystemCompiler
  ) throws(NativeError) -> SharedObject {
    let made = try SharedObject.compile(source, compiler, stem: "\(folder)/\(key.text).\(getpid())")
    guard rename(made, path(key)) == 0 else {
      unlink(made)
      throw NativeError("cannot write `\(path(key))`: \(String(cString: strerror(errno)))")
    }
    removeOldest()
    guard let object = SharedObject(path(key)) else {
      throw NativeError("cannot open `\(path(key))`: \(SharedObject.problem)")
    }
    return object
  }

  private func path(_ key: Fingerprint) -> String { "\(folder)/\(key.text).so" }

  /// Removes the shared objects that were not used for the longest time, down to the limit.
  private func removeOldest() {
    var files: [(path: String, used: Int)] = []
    for name in namesInFolder(folder) {
      var facts = stat()
      guard name.hasSuffix(".so"), stat("\(folder)/\(name)", &facts) == 0 else { continue }
      #if canImport(Glibc)
        let used = facts.st_mtim.tv_sec
      #else
        let used = facts.st_mtimespec.tv_sec
      #endif
      files.append(("\(folder)/\(name)", used))
    }
    for file in files.sorted(by: { $0.used > $1.used }).dropFirst(Self.limit) { unlink(file.path) }
  }
}
