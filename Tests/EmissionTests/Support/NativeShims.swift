import Emission
import Program

/// Emitted code with a function of one type for every entry: `NAME_shim_ENTRY`, which takes every array as a plain
/// pointer, and `NAME_shim_initialize`.
enum NativeShims {
  /// Parameters, state, n, input, target, output, gradient, loss, workspace.
  typealias Function =
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?,
      UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?,
      UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
    ) -> Void

  static func c(_ program: Program, plain: Bool = false) -> String {
    let emitter = CEmitter(program, options: .init(plain: plain))
    let name = emitter.prefix
    let real = program.precision == .f64 ? "double" : "float"
    var text = emitter.header
    text += emitter.source.replacing("#include \"\(name).h\"\n", with: "")
    let head = "(void *p, void *s, size_t n, void *x, void *t, void *y, void *g, void *l, void *w)"
    let unused = "(void)p; (void)s; (void)n; (void)x; (void)t; (void)y; (void)g; (void)l; (void)w;"
    for entry in program.entries {
      var list = arguments(entry, program).map { $0 == .gradient ? "g" : short($0) }
      if entry.many { list.insert("n", at: list.prefix { $0 == "p" || $0 == "s" }.count) }
      if entry.workspaceCount > 0 { list.append("w") }
      let call = "\(name)_\(entry.name)(\(list.joined(separator: ", ")));"
      let shim = "\(name)_shim_\(entry.name)"
      text += "void \(shim)\(head);\nvoid \(shim)\(head) {\n  \(unused)\n"
      text += entry.kind == .predict ? "  \(call)\n}\n" : "  *(\(real) *)l = \(call)\n}\n"
    }
    let list =
      (program.parameters.isEmpty ? [] : ["p"]) + (program.state.isEmpty ? [] : ["s"])
    let initialize =
      list.isEmpty ? "" : "\(name)_initialize(\(list.joined(separator: ", ")));"
    text += "void \(name)_shim_initialize\(head);\nvoid \(name)_shim_initialize\(head) {\n"
    return text + "  \(unused)\n  \(initialize)\n}\n"
  }

  static func short(_ argument: Entry.Argument) -> String {
    switch argument {
    case .parameters: "p"
    case .state: "s"
    case .input: "x"
    case .target: "t"
    case .output: "y"
    case .gradient: "g"
    case .loss: "l"
    }
  }

  /// The arguments in the order of emitted functions.
  static func arguments(_ entry: Entry, _ program: Program) -> [Entry.Argument] {
    [.parameters, .state, .input, .target, .output, .gradient].filter {
      entry.arguments.contains($0) && program.count(of: $0, samples: 1) > 0
    }
  }

}

extension NativeShims {
  /// A `main` that calls every shim of the Programs once, over heap arrays of exactly the sizes that they may touch.
  static func main(_ programs: [Program]) -> String {
    var text = "#include <stdlib.h>\n#include <string.h>\nint main(void) {\n"
    for program in programs {
      let name = CEmitter(program).prefix
      let bytes = program.precision.bytes
      func size(_ argument: Entry.Argument, _ samples: Int) -> Int {
        program.count(of: argument, samples: samples) * bytes
      }
      for entry in program.entries {
        let samples = entry.many ? program.maximumSamples : 1
        let order: [Entry.Argument] = [
          .parameters, .state, .input, .target, .output, .gradient, .loss,
        ]
        let sizes = order.map { size($0, samples) } + [program.workspaceCount * bytes]
        text += "  {\n    void *a[8];\n    const size_t sizes[8] = {"
        text += sizes.map { "\($0)" }.joined(separator: ", ") + "};\n"
        text +=
          "    for (int i = 0; i < 8; ++i) { a[i] = malloc(sizes[i]); memset(a[i], 0, sizes[i]); }\n"
        let call = "a[0], a[1], \(samples), a[2], a[3], a[4], a[5], a[6], a[7]"
        text += "    \(name)_shim_initialize(\(call));\n"
        text += "    \(name)_shim_\(entry.name)(\(call));\n"
        text += "    for (int i = 0; i < 8; ++i) { free(a[i]); }\n  }\n"
      }
    }
    return text + "  return 0;\n}\n"
  }
}
