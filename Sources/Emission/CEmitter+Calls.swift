import NNCProgram

/// Functions by which a host calls emitted code without knowing its types.
extension CEmitter {
  /// The order of the arrays that ``calls`` takes; the workspace stands after them.
  public static let callOrder: [Entry.Argument] = [
    .parameters, .state, .input, .target, .output, .gradient, .loss, .stream, .frame, .answer,
  ]

  /// The name of the function in ``calls`` that calls an entry, in C and in Swift.
  public static func callName(_ entry: String, prefix: String) -> String {
    "\(prefix)_call_\(entry)"
  }

  /// The name in ``calls`` of the function that sets the initial parameters and state.
  public static let initialCall = "initialize"

  /// The name in ``calls`` of the function that begins a stream.
  public static let startCall = "start"

  /// C functions of one type, one for each entry and one for the initial values, for a host that looks them up by name:
  /// `a` points to the arrays in the order of ``callOrder`` and to the workspace, `n` counts the samples. The source must
  /// stand before them.
  public var calls: String {
    var lines = ["#include <stddef.h>"]
    func add(_ name: String, _ statement: String) {
      let head = "void \(Self.callName(name, prefix: prefix))(void *const *a, size_t n)"
      lines += ["", "\(head);", "\(head)", "{", "  (void)a;", "  (void)n;", statement, "}"]
    }
    for entry in program.entries {
      let arguments = entry.emittedArguments(of: program)
      var list = arguments.map { Self.element($0) }
      let blocks = arguments.prefix(while: \.isBlock).count
      if entry.many { list.insert("n", at: blocks) }
      if entry.workspaceCount > 0 { list.append("a[\(Self.callOrder.count)]") }
      let loss = entry.returnsLoss ? "*(\(real) *)\(Self.element(.loss)) = " : ""
      add(entry.name, "  \(loss)\(prefix)_\(entry.name)(\(list.joined(separator: ", ")));")
    }
    let filled: [(Entry.Argument, Int)] = [(.parameters, parameters.count), (.state, state.count)]
    let list = filled.filter { $0.1 > 0 }.map { Self.element($0.0) }
    add(
      Self.initialCall,
      list.isEmpty ? "" : "  \(prefix)_initialize(\(list.joined(separator: ", ")));")
    if stream.count > 0 {
      add(Self.startCall, "  \(prefix)_start(\(Self.element(.stream)));")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func element(_ argument: Entry.Argument) -> String {
    "a[\(callOrder.firstIndex(of: argument)!)]"
  }

  /// The header, the source and ``calls`` in one text.
  public var callable: String {
    wholeSource + calls
  }
}
