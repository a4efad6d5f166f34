#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif
import NNCProgram

extension Target {
  /// The target that fits the machine this runs on: the widest whose instructions it has.
  public static var native: Target {
    #if arch(arm64)
      return Target(named: "arm64") ?? .generic
    #elseif arch(x86_64)
      let features = processorFeatures
      for (name, needed) in [
        ("x86-64-v4", ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]),
        ("x86-64-v3", ["avx2", "bmi1", "bmi2", "f16c", "fma", "movbe"]),
      ] where features.isSuperset(of: needed) {
        return Target(named: name) ?? .generic
      }
      return .generic
    #else
      return .generic
    #endif
  }

  /// What the kernel says of the first processor; nothing where there is no such file.
  private static var processorFeatures: Set<String> {
    guard let file = fopen("/proc/cpuinfo", "r") else { return [] }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var room = 0
    defer { free(line) }
    while getline(&line, &room, file) > 0, let line {
      let words = String(cString: line).split(whereSeparator: \.isWhitespace).map(String.init)
      if words.first == "flags" { return Set(words) }
    }
    return []
  }
}
