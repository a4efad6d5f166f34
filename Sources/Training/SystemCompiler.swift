#if canImport(Glibc)
  @preconcurrency import Glibc
#elseif canImport(Darwin)
  @preconcurrency import Darwin
#endif

/// A compiler of this machine, with its flags: the C compiler, if nothing else is said.
public struct SystemCompiler: Sendable {
  /// Its command, found in the environment.
  public let command: String
  /// Where it lies.
  package let path: String
  /// The words that stand before the source, but for ``usesOpenMP``.
  package var flags = Self.optimised
  /// What the names of its sources end in.
  package var suffix = ".c"
  /// Whether it compiles for several threads.
  var usesOpenMP = false

  /// Optimised for this machine; ISO C and no contraction, so that the bits are the Program's.
  static let optimised = [
    "-std=c99", "-O3", "-march=native", "-ffp-contract=off", "-w", "-shared", "-fPIC",
  ]

  private var allFlags: [String] { flags + (usesOpenMP ? ["-fopenmp"] : []) }

  /// Whether what it makes must stay in memory when it is closed.
  var outlivesCalls: Bool { usesOpenMP || suffix == ".swift" }

  /// The same compiler, for several threads or for one.
  func with(openMP: Bool) -> SystemCompiler {
    var result = self
    result.usesOpenMP = openMP
    return result
  }

  /// The compiler that `CC` names, else the first of cc, gcc and clang in `PATH`; nil where there is none.
  public static func found(
    in environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }
  ) -> SystemCompiler? {
    let named = environment("CC").flatMap { $0.isEmpty ? nil : $0 }
    for command in named.map({ [$0] }) ?? ["cc", "gcc", "clang"] {
      if let compiler = SystemCompiler(command, in: environment) { return compiler }
    }
    return nil
  }

  /// The compiler of that name in `PATH`, or at that path; nil where there is none.
  package init?(
    _ command: String,
    in environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }
  ) {
    guard let path = findCommand(command, in: environment) else { return nil }
    self.command = command
    self.path = path
  }

  /// The file that the path leads to, behind all links.
  package var resolvedPath: String {
    let resolved = realpath(path, nil)
    defer { free(resolved) }
    return resolved.map { String(cString: $0) } ?? path
  }

  /// What the code that it makes depends on: which compiler it is, its flags, and the machine that it compiles for.
  var identity: String {
    var facts = stat()
    _ = stat(path, &facts)
    let made = "\(facts.st_size) \(modificationTime(facts))"
    return ([resolvedPath, made] + allFlags + [machine]).joined(separator: "\n")
  }

  private func modificationTime(_ facts: stat) -> Int {
    #if canImport(Glibc)
      facts.st_mtim.tv_sec
    #else
      facts.st_mtimespec.tv_sec
    #endif
  }

  /// The processor's name and abilities, as the system tells them.
  private var machine: String {
    var names = utsname()
    uname(&names)
    let kind = withUnsafeBytes(of: names.machine) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    guard let bytes = try? readFile("/proc/cpuinfo") else { return kind }
    let told = ["model name", "flags", "Features", "CPU part", "isa"]
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let facts = told.compactMap { name in lines.first { $0.hasPrefix(name) } }
    return kind + "\n" + facts.joined(separator: "\n")
  }

  /// Compiles the source to a shared object.
  func compile(_ source: String, to library: String) throws(NativeError) {
    let words = [path] + allFlags + [source, "-o", library]
    let (status, output) = try runCommand(words, messages: library + ".log")
    if status != 0 {
      let lines = output.split(separator: "\n").prefix(10).joined(separator: "\n")
      let how = usesOpenMP ? " for several threads, by -fopenmp" : ""
      throw NativeError(
        "`\(command)` cannot compile the network's code\(how) (status \(status))\n\(lines)")
    }
  }
}

/// Why a network cannot be run as native code.
public struct NativeError: Error, CustomStringConvertible {
  /// What happened.
  public let description: String
  init(_ description: String) { self.description = description }
}
