import Program

extension CEmitter {
  /// The order of the arrays that ``calls`` takes; the workspace stands after them.
  public static let callOrder: [Entry.Argument] = [
    .parameters, .state, .input, .target, .output, .gradient, .loss,
  ]

  /// The name of the function in ``calls`` that calls an entry.
  public func callName(_ entry: Entry) -> String { "\(prefix)_call_\(entry.name)" }

  /// C functions of one type, one for each entry, for a host that looks them up by name: `a` points to the arrays in
  /// the order of ``callOrder`` and to the workspace, `n` counts the samples. The source must stand before them.
  public var calls: String {
    var lines = ["#include <stddef.h>"]
    for entry in program.entries {
      let arguments = entry.emittedArguments(of: program)
      var list = arguments.map { "a[\(Self.callOrder.firstIndex(of: $0)!)]" }
      let blocks = arguments.prefix { $0 == .parameters || $0 == .state }.count
      if entry.many { list.insert("n", at: blocks) }
      if entry.workspaceCount > 0 { list.append("a[\(Self.callOrder.count)]") }
      let loss = "*(\(real) *)a[\(Self.callOrder.firstIndex(of: .loss)!)] = "
      let head = "void \(callName(entry))(void *const *a, size_t n)"
      let call = "\(prefix)_\(entry.name)(\(list.joined(separator: ", ")));"
      lines += [
        "", "\(head);", "\(head)", "{", "  (void)n;",
        "  \(entry.kind == .predict ? "" : loss)\(call)", "}",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
