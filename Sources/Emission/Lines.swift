/// Numbers with commas, several on a line.
func wrapped(_ items: [String], indent: String = "  ") -> [String] {
  var lines: [String] = []
  var line = ""
  for (index, item) in items.enumerated() {
    let text = item + (index + 1 < items.count ? "," : "")
    if line.isEmpty {
      line = indent + text
    } else if line.count + text.count < 99 {
      line += " " + text
    } else {
      lines.append(line)
      line = indent + text
    }
  }
  return line.isEmpty ? lines : lines + [line]
}

/// A line with a list in parentheses, as several lines where it is long.
func folded(_ line: String) -> [String] {
  // Bytes are never fewer than characters, and quickly counted.
  guard line.utf8.count > 100, line.count > 100, let open = line.firstIndex(of: "("),
    let close = line.lastIndex(of: ")")
  else { return [line] }
  let indent = String(line.prefix { $0 == " " })
  let items = line[line.index(after: open)..<close].split(separator: ",")
  let rows = wrapped(
    items.map { String($0.drop { $0 == " " }) }, indent: indent + "    ")
  return [String(line[...open])] + rows.dropLast() + [(rows.last ?? "") + line[close...]]
}
