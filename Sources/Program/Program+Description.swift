import NNCAlgebra

extension Program: CustomStringConvertible {
  /// The printed form: the blocks with their fields, the entries with their calls and memory, then all code.
  public var description: String {
    var lines = ["program \(name) \(precision)"]
    lines.append(
      "  input \(inputCount), target \(targetCount), output \(outputCount), "
        + "at most \(maximumSamples) samples")
    for argument in [Entry.Argument.input, .target, .output] {
      guard let parts = parts[argument] else { continue }
      let list = parts.map { "\($0.name) from \($0.offset)" }.joined(separator: ", ")
      lines.append("  \(argument.rawValue): \(list)")
    }
    lines += describe("parameters", parameters)
    lines += describe("state", state)
    for table in tables {
      lines.append("table \(table.name) = [\(list(table.values))]")
    }
    for entry in entries { lines += [""] + describe(entry) }
    for function in functions {
      lines += ["", "function \(function.name)(\(function.arguments.joined(separator: ", ")))"]
      var printer = BodyPrinter(function: function, program: self)
      lines += printer.lines(function.body)
      lines.append("  return \(printer.spell(function.result))")
    }
    for kernel in kernels {
      let arrays = kernel.parameters.map { array in
        array.name + ": " + (array.isWritten ? array.isRead ? "inout" : "out" : "in")
      }
      lines += ["", "kernel \(kernel.name)(\(arrays.joined(separator: ", ")))"]
      var printer = BodyPrinter(kernel: kernel, program: self)
      lines += printer.lines(kernel.body)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func describe(_ title: String, _ fields: [Field]) -> [String] {
    if fields.isEmpty { return [] }
    let count = fields.reduce(0) { $0 + $1.count }
    return ["\(title): \(count) numbers, \(count * precision.bytes) bytes"]
      + fields.map { field in
        let shape = field.shape.map { String($0) }.joined(separator: ", ")
        return "  [\(field.offset)] \(field.name) (\(shape)) = \(describe(field.initial))"
      }
  }

  private func describe(_ initial: InitialValue) -> String {
    switch initial {
    case .literal(let values): "[\(list(values))]"
    case .fill(let value): "\(value)"
    case .uniform(let bound, let seed, let stream):
      "uniform(bound \(bound), seed \(seed), stream \(stream))"
    }
  }

  /// At most 16 numbers in full; of more, the first ones and how many follow.
  private func list(_ values: [Double]) -> String {
    let shown = values.prefix(values.count > 16 ? 8 : 16).map { "\($0)" }.joined(separator: ", ")
    return values.count > 16 ? shown + ", … \(values.count - 8) more" : shown
  }

  private func describe(_ entry: Entry) -> [String] {
    let arguments = entry.arguments.map(\.rawValue).joined(separator: ", ")
    let bytes = entry.workspaceCount * precision.bytes
    var lines = [
      "entry \(entry.name)(\(arguments)) workspace \(entry.workspaceCount) (\(bytes) bytes)"
    ]
    if let fewest = entry.sharedFrom {
      lines.append(
        "  shared by \(threads) threads" + (entry.many ? " from \(fewest) samples on" : ""))
    }
    for call in entry.calls {
      if call.waits { lines.append("  wait") }
      let kernel = kernels[call.kernel]
      let reach = kernel.reach(samples: entry.many ? maximumSamples : 1)
      let arrays = call.arrays.indices.map { index in
        kernel.parameters[index].name + ": " + describe(call.arrays[index], reach[index])
      }
      let comment = call.comment.isEmpty ? "" : "  // \(call.comment)"
      lines.append("  \(kernel.name)(\(arrays.joined(separator: ", ")))" + comment)
    }
    return lines
  }

  private func describe(_ reference: Entry.ArrayReference, _ reach: ClosedRange<Int>?) -> String {
    let base =
      switch reference.base {
      case .argument(let argument): argument.rawValue
      case .workspace: "workspace"
      case .table(let index): tables[index].name
      }
    guard let reach else { return base }
    let low = reference.offset + reach.lowerBound
    return "\(base)[\(low)..<\(reference.offset + reach.upperBound + 1)]"
  }
}
