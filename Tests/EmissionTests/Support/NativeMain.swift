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
        text += "  {\n    void *a[8];\n    const size_t sizes[8] = {"
        text += counts.map { "\($0 * program.precision.bytes)" }.joined(separator: ", ") + "};\n"
        text +=
          "    for (int i = 0; i < 8; ++i) { a[i] = malloc(sizes[i]); memset(a[i], 0, sizes[i]); }\n"
        for name in [CEmitter.initialCall, entry.name] {
          text += "    \(CEmitter.callName(name, prefix: prefix))(a, \(samples));\n"
        }
        text += "    for (int i = 0; i < 8; ++i) { free(a[i]); }\n  }\n"
      }
    }
    return text + "  return 0;\n}\n"
  }
}
