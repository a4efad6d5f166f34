import Program

@testable import Emission

extension NativeShims {
  /// The emitted Swift with a C function for every entry, which goes through the functions that a user calls.
  static func swift(_ program: Program) -> String {
    let emitter = SwiftEmitter(program)
    let prefix = CEmitter(program).prefix
    let real = program.precision == .f64 ? "Double" : "Float"
    var text = emitter.source
    let head = """
      (
        _ p: UnsafeMutableRawPointer?, _ s: UnsafeMutableRawPointer?, _ n: Int, _ x: UnsafeMutableRawPointer?,
        _ t: UnsafeMutableRawPointer?, _ y: UnsafeMutableRawPointer?, _ g: UnsafeMutableRawPointer?,
        _ l: UnsafeMutableRawPointer?, _ w: UnsafeMutableRawPointer?
      ) {

      """
    func memory(_ name: String, _ type: String) -> String {
      "\(name)!.assumingMemoryBound(to: \(type).self)"
    }
    func inline(_ count: Int) -> String { "InlineArray<\(count), \(real)>" }
    func buffer(_ name: String, _ count: String) -> String {
      "UnsafeMutableBufferPointer(start: \(memory(name, real)), count: \(count))"
    }

    for entry in program.entries {
      let shim = "\(prefix)_shim_\(entry.name)"
      text += "@_cdecl(\"\(shim)\")\npublic func \(shim)\(head)"
      var list: [String] = []
      for argument in arguments(entry, program) {
        let name = short(argument)
        let count = program.count(of: argument, samples: 1)
        let isBlock = [.parameters, .state, .gradient].contains(argument)
        let label =
          switch argument {
          case .parameters: ""
          case .gradient: "gradient: "
          default: "\(argument.rawValue): "
          }
        let isWritten = entry.writes(argument)
        if emitter.isInline(argument, entry) {
          if argument == .output { continue }
          let type =
            isBlock
            ? "\(emitter.namespace).\(argument == .state ? "State" : "Parameters")" : inline(count)
          list.append("\(label)\(isWritten ? "&" : "")\(memory(name, type)).pointee")
        } else {
          let size = entry.many && !isBlock ? "n * \(count)" : "\(count)"
          text += "  let \(name) = \(buffer(name, size))\n"
          if isWritten { text += "  var \(name)Span = \(name).mutableSpan\n" }
          list.append(label + (isWritten ? "&\(name)Span" : "\(name).span"))
        }
      }
      if entry.workspaceCount > 0 {
        text += "  let w = \(buffer("w", "\(entry.workspaceCount)"))\n  var wSpan = w.mutableSpan\n"
        list.append("workspace: &wSpan")
      }
      let call = "\(emitter.namespace).\(SwiftEmitter.name(entry))(\(list.joined(separator: ", ")))"
      if entry.kind != .predict {
        text += "  \(memory("l", real)).pointee = \(call)\n}\n"
      } else if emitter.isInline(.output, entry) {
        text += "  \(memory("y", inline(program.outputCount))).pointee = \(call)\n}\n"
      } else {
        text += "  \(call)\n}\n"
      }
    }

    let shim = "\(prefix)_shim_initialize"
    text += "@_cdecl(\"\(shim)\")\npublic func \(shim)\(head)"
    if emitter.usesStructs {
      for (name, type, fields) in [
        ("p", "Parameters", program.parameters), ("s", "State", program.state),
      ]
      where !fields.isEmpty {
        let whole = "\(emitter.namespace).\(type)"
        text += "  \(memory(name, whole)).pointee = \(whole)()\n"
      }
    } else {
      var list: [String] = []
      for (name, label, count) in [
        ("p", "", program.parameterCount), ("s", "state: ", program.stateCount),
      ] where count > 0 {
        text +=
          "  let \(name) = \(buffer(name, "\(count)"))\n  var \(name)Span = \(name).mutableSpan\n"
        list.append("\(label)&\(name)Span")
      }
      if !list.isEmpty {
        text += "  \(emitter.namespace).initialize(\(list.joined(separator: ", ")))\n"
      }
    }
    return text + "}\n"
  }
}
