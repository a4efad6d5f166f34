import NNC

/// The target of that name; `native` is this machine's.
func target(_ name: String) throws(Failure) -> Target {
  if name == "native" { return .native }
  if let target = Target(named: name) { return target }
  let names = Target.all.map(\.name) + ["native"]
  throw .call(
    "there is no target `\(name)`",
    hint: didYouMean(name, names) ?? "`nnc help targets` lists the targets")
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
