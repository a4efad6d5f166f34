import NNCEmission
import NNCProgram

extension NativeForm {
  /// A `main` in C that calls every function of the Programs once, over heap arrays of exactly the sizes that they may
  /// touch.
  static func main(_ programs: [Program]) -> String {
    var text = "#include <stdlib.h>\n#include <string.h>\nint main(void) {\n"
    for program in programs {
      let prefix = CEmitter(program).prefix
      for entry in program.entries {
        let samples = entry.many ? program.maximumSamples : 1
        let counts =
          CEmitter.callOrder.map { program.count(of: $0, samples: samples) }
          + [program.workspaceCount]
        let size = counts.count
        text += "  {\n    void *a[\(size)];\n    const size_t sizes[\(size)] = {"
        text += counts.map { "\($0 * program.precision.bytes)" }.joined(separator: ", ") + "};\n"
        text +=
          "    for (int i = 0; i < \(size); ++i) { a[i] = malloc(sizes[i]); memset(a[i], 0, sizes[i]); }\n"
        for name in [CEmitter.initialCall, entry.name] {
          text += "    \(CEmitter.callName(name, prefix: prefix))(a, \(samples));\n"
        }
        text += "    for (int i = 0; i < \(size); ++i) { free(a[i]); }\n  }\n"
      }
    }
    return text + "  return 0;\n}\n"
  }
}
