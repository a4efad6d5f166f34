import NNCAlgebra
import NNCProgram
import NNCText

extension SwiftEmitter {
  func pointerType(_ isWritten: Bool, isWhole: Bool = false) -> String {
    let type = isWhole ? dialect.whole : real
    return isWritten ? "UnsafeMutablePointer<\(type)>" : "UnsafePointer<\(type)>"
  }

  /// The type of an argument's elements.
  func type(_ argument: Entry.Argument) -> String {
    program.isWhole(argument) ? dialect.whole : real
  }

  private func pointerType(_ base: Entry.ArrayReference.Base, _ isWritten: Bool) -> String {
    pointerType(isWritten, isWhole: program.isWhole(.init(base: base, offset: 0)))
  }

  /// A kernel over pointers, for calls with different arrays.
  func sharedKernel(_ index: Int) -> [String] {
    let kernel = program.kernels[index]
    var names = Names(
      reserved: dialect.keywords.union(functionNames).union(["n"]).union(partNames(kernel)))
    var list: [String] = []
    var views: [ArrayView] = []
    for parameter in kernel.parameters {
      let name = names.claim(parameter.name)
      let type = pointerType(parameter.isWritten, isWhole: parameter.isWhole)
      list.append("_ \(name): \(type)")
      views.append(ArrayView(form: .flat(base: name), isWhole: parameter.isWhole))
    }
    return kernelText(index, list, views, names)
  }

  /// A kernel with loops that one call uses: it takes the entry's own arrays, and names fields where they begin.
  func onceKernel(_ call: Entry.Call, _ entry: Entry) -> [String] {
    let memory = program.memory(of: call)
    let list = memory.map { base, isWritten in
      "_ \(name(base)): \(pointerType(base, isWritten))"
    }
    let taken = partNames(program.kernels[call.kernel]) + functionNames
    var names = Names(reserved: dialect.keywords.union(taken).union(Self.entryNames))
    if memory.contains(where: { $0.0 == .argument(.loss) }) { _ = names.claim("loss") }
    let views = call.arrays.map { view($0, loss: .flat(base: "loss")) }
    return kernelText(call.kernel, list, views, names)
  }

  private func kernelText(
    _ index: Int, _ list: [String], _ views: [ArrayView], _ names: Names
  ) -> [String] {
    let kernel = program.kernels[index]
    var writer = BodyWriter(
      kernel: kernel, program: program, dialect: dialect, views: views,
      functions: functionNames, samples: kernel.usesSamples ? "n" : "1", names: names, indent: "  ")
    writer.write(kernel.body)
    let all =
      list + (kernel.usesSamples ? ["_ n: Int"] : []) + partNames(kernel).map { "_ \($0): Int" }
    let text = kernelComments[index]
    let comment = text.isEmpty ? [] : ["/// \(text.escaped(for: .swiftComment))"]
    return comment
      + folded("private static func \(kernelNames[index])(\(all.joined(separator: ", "))) {")
      + writer.lines + ["}", ""]
  }

  func name(_ base: Entry.ArrayReference.Base) -> String {
    switch base {
    case .argument(let argument): argument.shortName
    case .workspace: "w"
    case .table(let index): tableNames[index]
    }
  }

  /// How an array that lies there is spelled inside a function over pointers with the entry's names.
  func view(_ reference: Entry.ArrayReference, loss: ArrayView.Form) -> ArrayView {
    let form: ArrayView.Form =
      switch reference.base {
      case .argument(.parameters), .argument(.gradient):
        .offsets(base: name(reference.base), layout: "Layout.", parameters.rows)
      case .argument(.state): .offsets(base: "s", layout: "StateLayout.", state.rows)
      case .argument(.stream): .offsets(base: "m", layout: "StreamLayout.", stream.rows)
      case .argument(.loss): loss
      default: .flat(base: name(reference.base))
      }
    return ArrayView(form: form, offset: reference.offset, isWhole: program.isWhole(reference))
  }

  /// How an array that lies there is spelled over structs and inline arrays.
  func structView(_ reference: Entry.ArrayReference) -> ArrayView {
    let form: ArrayView.Form =
      switch reference.base {
      case .argument(.parameters): .fields(base: "p.", flat: "p", parameters.rows)
      case .argument(.gradient): .fields(base: "gradient.", flat: "gradient", parameters.rows)
      case .argument(.state): .fields(base: "s.", flat: "s", state.rows)
      case .argument(.stream): .fields(base: "m.", flat: "m", stream.rows)
      case .argument(.loss): .scalar("loss")
      default: .flat(base: name(reference.base))
      }
    return ArrayView(form: form, offset: reference.offset, isWhole: program.isWhole(reference))
  }

  /// The place in a block where an array begins: `p + Layout.linear1Weight`.
  func pointer(_ reference: Entry.ArrayReference) -> String {
    let offset = reference.offset
    let base = name(reference.base)
    if case .argument(.loss) = reference.base { return "&loss" }
    if offset == 0 { return base }
    var rows: [Block.Row] = []
    var layout = "Layout."
    switch reference.base {
    case .argument(.parameters), .argument(.gradient): rows = parameters.rows
    case .argument(.state): (rows, layout) = (state.rows, "StateLayout.")
    case .argument(.stream): (rows, layout) = (stream.rows, "StreamLayout.")
    default: break
    }
    if let row = Block.row(at: offset, in: rows) {
      let rest = offset - row.offset
      return "\(base) + \(layout)\(row.name)" + (rest == 0 ? "" : " + \(rest)")
    }
    return "\(base) + \(offset)"
  }
}
