import NNCAlgebra
import NNCProgram
import NNCText

extension CEmitter {
  /// A kernel over pointers that never overlap, for calls with different arrays.
  func sharedKernel(_ index: Int) -> [String] {
    let kernel = program.kernels[index]
    var names = Names(reserved: dialect.keywords.union(["n"]).union(partNames(kernel)))
    var list: [String] = []
    var views: [ArrayView] = []
    for parameter in kernel.parameters {
      let name = names.claim(parameter.name)
      let constant = parameter.isWritten ? "" : "const "
      let type = parameter.isWhole ? dialect.whole : real
      list.append("\(constant)\(type) *restrict \(name)")
      views.append(ArrayView(form: .flat(base: name), isWhole: parameter.isWhole))
    }
    if kernel.usesSamples { list.append("size_t n") }
    list += partNames(kernel).map { "size_t \($0)" }
    let unused = unusedNames(kernel, views)
    var writer = BodyWriter(
      kernel: kernel, program: program, dialect: dialect, views: views,
      functions: functionNames, samples: kernel.usesSamples ? "n" : "1", names: names,
      indent: "  ")
    writer.write(kernel.body)
    return comment(index)
      + function("static void \(kernelNames[index])", list, unused + writer.lines)
  }

  /// What a kernel computes.
  private func comment(_ kernel: Int) -> [String] {
    let text = kernelComments[kernel]
    return text.isEmpty ? [] : ["/* \(text.escaped(for: .cComment)) */"]
  }

  private func unusedNames(_ kernel: Kernel, _ views: [ArrayView]) -> [String] {
    var used = [Bool](repeating: false, count: kernel.parameters.count)
    for instruction in kernel.body {
      switch instruction {
      case .load(_, let access), .store(let access, _), .loop(_, .element(let access, _), _):
        used[Int(access.array)] = true
      case .transpose(let matrix):
        used[Int(matrix.source.array)] = true
        used[Int(matrix.target.array)] = true
      default: break
      }
    }
    return used.indices.filter { !used[$0] }.map { index in
      guard case .flat(let base) = views[index].form else { return "" }
      return "  (void)\(base);"
    }
  }

  /// A kernel with loops that one call uses: it takes the entry's own arrays, and spells fields by their names.
  func onceKernel(_ call: Entry.Call, _ entry: Entry) -> [String] {
    let kernel = program.kernels[call.kernel]
    let bases = program.memory(of: call)
    let list =
      bases.map { base, isWritten in declaration(base, isWritten: isWritten) }
      + (kernel.usesSamples ? ["size_t n"] : []) + partNames(kernel).map { "size_t \($0)" }
    let loss: Set<String> = bases.contains { $0.0 == .argument(.loss) } ? ["loss"] : []
    let views = call.arrays.map { view($0, in: entry, scratch: "scratch", loss: "*loss") }
    var writer = BodyWriter(
      kernel: kernel, program: program, dialect: dialect, views: views,
      functions: functionNames, samples: kernel.usesSamples ? "n" : "1",
      names: Names(
        reserved: dialect.keywords.union(Self.entryNames).union(loss).union(partNames(kernel))),
      indent: "  ")
    writer.write(kernel.body)
    return comment(call.kernel)
      + function("static void \(kernelNames[call.kernel])", list, writer.lines)
  }

  /// The names that functions of entries give to what they are given.
  static let entryNames: Set<String> = [
    "p", "s", "m", "x", "t", "y", "w", "n", "gradient", "scratch",
  ]

  private func declaration(_ base: Entry.ArrayReference.Base, isWritten: Bool) -> String {
    let constant = isWritten ? "" : "const "
    switch base {
    case .argument(.parameters): return "\(constant)\(prefix)_parameters *restrict p"
    case .argument(.gradient): return "\(constant)\(prefix)_parameters *restrict gradient"
    case .argument(.state): return "\(constant)\(prefix)_state *restrict s"
    case .argument(.stream): return "\(constant)\(prefix)_stream *restrict m"
    case .argument(let argument):
      return "\(constant)\(type(argument)) *restrict \(argument.shortName)"
    case .workspace: return "\(constant)\(real) *restrict scratch"
    case .table: return ""
    }
  }

  /// How an array that lies there is spelled inside a function that has the entry's names.
  func view(
    _ reference: Entry.ArrayReference, in entry: Entry, scratch: String, loss: String
  ) -> ArrayView {
    let isTraining = entry.kind == .train
    let form: ArrayView.Form =
      switch reference.base {
      case .argument(.parameters):
        .fields(base: "p->", flat: flat("p", isTraining), parameters.rows)
      case .argument(.gradient):
        .fields(base: "gradient->", flat: flat("gradient", true), parameters.rows)
      case .argument(.state): .fields(base: "s->", flat: flat("s", isTraining), state.rows)
      case .argument(.stream): .fields(base: "m->", flat: flat("m", true), stream.rows)
      case .argument(.loss): .scalar(loss)
      case .argument(let argument): .flat(base: argument.shortName)
      case .workspace: .flat(base: scratch)
      case .table(let index): .flat(base: tableNames[index])
      }
    return ArrayView(form: form, offset: reference.offset, isWhole: program.isWhole(reference))
  }

  /// The type of an argument's elements.
  func type(_ argument: Entry.Argument) -> String {
    program.isWhole(argument) ? dialect.whole : real
  }

  /// A block as a plain array, for accesses that cross fields.
  private func flat(_ name: String, _ isWritten: Bool) -> String {
    "((\(isWritten ? "" : "const ")\(real) *)\(name))"
  }

  func function(_ head: String, _ list: [String], _ body: [String]) -> [String] {
    folded("\(head)(\(list.isEmpty ? "void" : list.joined(separator: ", "))) {") + body + ["}", ""]
  }
}
