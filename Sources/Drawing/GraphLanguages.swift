import NNCText

// The same diagram for other tools: Graphviz's dot, Mermaid, and plain text.
extension Diagram {
  /// In the language of Graphviz.
  public var dot: String {
    func quoted(_ text: String) -> String {
      "\"\(text.escaped(for: .dot))\""
    }
    var text =
      "digraph \(quoted(title)) {\n  rankdir=LR;\n  node [shape=box, fontname=monospace];\n"
    for (index, box) in boxes.enumerated() {
      let label = ([box.name] + box.lines).map { $0.escaped(for: .dot) }
        .joined(separator: "\\n")
      text += "  n\(index) [label=\"\(label)\"\(box.kind == .backward ? ", style=dashed" : "")];\n"
    }
    for arrow in arrows {
      var facts: [String] = []
      if !arrow.label.isEmpty { facts.append("label=\(quoted(arrow.label))") }
      if arrow.kind == .backward { facts.append("style=dashed") }
      text += "  n\(arrow.from) -> n\(arrow.to)"
      text += facts.isEmpty ? ";\n" : " [\(facts.joined(separator: ", "))];\n"
    }
    return text + "}\n"
  }

  /// In the language of Mermaid.
  public var mermaid: String {
    var text = "flowchart LR\n"
    for (index, box) in boxes.enumerated() {
      let label = ([box.name] + box.lines).map { $0.escaped(for: .mermaid) }
        .joined(separator: "<br>")
      text += "  n\(index)[\"\(label)\"]\n"
    }
    for arrow in arrows {
      let line = arrow.kind == .backward ? "-.->" : "-->"
      let label = arrow.label.isEmpty ? "" : "|\"\(arrow.label.escaped(for: .mermaid))\"|"
      text += "  n\(arrow.from) \(line)\(label) n\(arrow.to)\n"
    }
    return text
  }

  /// As lines of text: each box, what is in it, and where its arrows lead.
  public var plainText: String {
    var leads = [[String]](repeating: [], count: boxes.count)
    for arrow in arrows {
      let label = arrow.label.isEmpty ? "" : " (\(arrow.label))"
      leads[arrow.from].append(boxes[arrow.to].name + label)
    }
    return boxes.enumerated().map { index, box in
      let facts = box.lines.isEmpty ? "" : ": " + box.lines.joined(separator: ", ")
      let next = leads[index].isEmpty ? "" : "\n    -> " + leads[index].joined(separator: ", ")
      return "\(box.name)\(facts)\(next)\n"
    }.joined()
  }
}
