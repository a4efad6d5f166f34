import NNC
import NNCVerification

/// `nnc verify FILE --reference FILE`.
func verifyAgainstReference(
  _ compilation: Compilation, _ options: CompilerOptions, _ call: Call, _ console: Console
) throws -> ExitStatus {
  for option in ["data", "compiler", "only", "seed"] where call.has(option) {
    throw Failure.call("`--reference` and `--\(option)` exclude each other")
  }
  let path = call.value("reference") ?? ""
  let limit = Double(call.number("ulp") ?? 0)
  let comparison = try ReferenceComparison(path, compilation, options)
  let off = comparison.rows.count { $0.worst > limit }
  if call.has("json") {
    let rows = comparison.rows.map { row in
      jsonObject([
        ("name", jsonString(row.name)), ("numbers", "\(row.count)"),
        ("ulp", jsonNumber(row.worst)), ("place", "\(row.place)"),
        ("given", jsonNumber(row.given)), ("reference", jsonNumber(row.expected)),
      ]).dropLast()
    }
    try console.write(
      jsonObject([
        ("reference", jsonString(path)), ("samples", "\(comparison.samples)"),
        ("ulp", "\(Int(limit))"), ("arrays", "[\(rows.joined(separator: ", "))]"),
        ("equal", "\(off == 0)"),
      ]))
    return off == 0 ? .success : .wrongInput
  }
  try console.write(
    "\(counted(comparison.samples, "sample")) of `\(path)`, \(options.precision), "
      + "\(Int(limit)) ulp allowed\n\n")
  var table = [["array", "numbers", "ulp", "at", "network", "reference", ""]]
  for row in comparison.rows {
    table.append([
      row.name, "\(row.count)", Digits.significant(3).text(row.worst), "\(row.place)",
      shortest(row.given), shortest(row.expected), row.worst > limit ? "OFF" : "ok",
    ])
  }
  try console.write(alignedTable(table))
  if off == 0 { return .success }
  throw Failure.input("\(off) of \(counted(comparison.rows.count, "array")) differ by more")
}
