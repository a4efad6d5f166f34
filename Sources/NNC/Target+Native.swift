import Foundation
import Program

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
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("flags") })
    else { return [] }
    return Set(line.split(separator: " ").map(String.init))
  }
}
