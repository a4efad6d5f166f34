import NNC

/// The target of that name; `native` is this machine's.
func target(_ name: String) throws(Failure) -> Target {
  if let target = knownTarget(name) { return target }
  throw .call(
    "there is no target `\(name)`",
    hint: didYouMean(name, targetNames) ?? "`nnc help targets` lists the targets")
}

/// The machine that a call with data names by `--machine`, else this one; there `--target` is a column of the data.
func machine(_ call: Call) throws(Failure) -> Target {
  let name = call.value("machine") ?? "native"
  if let target = knownTarget(name) { return target }
  throw .call(
    "there is no machine `\(name)`",
    hint: didYouMean(name, targetNames)
      ?? "`nnc help targets` lists the machines; a column of the data is named by `--target`")
}

/// Opens the data of a call; who named a machine by `--target`, which the data has no column for, is told of `--machine`.
func tellingColumnsFromMachines<Data>(_ call: Call, _ open: () throws -> Data) throws -> Data {
  do {
    return try open()
  } catch let failure as FileFailure {
    guard let name = call.value("target"), knownTarget(name) != nil, failure.hint == nil,
      failure.message.contains("no column `\(name)`")
    else { throw failure }
    let hint = "the machine is chosen by `--machine \(name)`; `--target` names a column"
    throw FileFailure(failure.kind, failure.message, hint: hint)
  }
}

private let targetNames = Target.all.map(\.name) + ["native"]

private func knownTarget(_ name: String) -> Target? {
  name == "native" ? .native : Target(named: name)
}

/// The targets, one a line, as `nnc help targets` lists them.
func targetList() -> String {
  let rows = Target.all.map { ($0.name, $0.summary, $0.flags) }
  let native = ("native", "this machine: \(Target.native.name)", "")
  let width = rows.map(\.0.count).max() ?? 0
  return (rows + [native]).map { name, summary, flags in
    let name = name.padding(to: width)
    return "\(name)  \(summary)" + (flags.isEmpty ? "" : " (\(flags))") + "\n"
  }.joined()
}

extension String {
  /// The text with blanks behind it up to a width.
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
