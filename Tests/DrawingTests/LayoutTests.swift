import NNCDrawing
import Foundation
import NNCTestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A diagram of `layers` layers of `width` boxes, each with arrows to random boxes of later layers.
private func random(_ layers: Int, _ width: Int, seed: UInt64) -> Diagram {
  var random = SplitMix(state: seed)
  var diagram = Diagram(title: "random & <odd>", summary: "a test")
  for index in 0..<(layers * width) {
    diagram.boxes.append(.init("box \(index)", lines: ["a < \(index)"], kind: .forward))
  }
  for index in 0..<((layers - 1) * width) {
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let first = (index / width + 1) * width
      let reach = Int.random(in: 0..<4, using: &random) == 0 ? layers * width : first + width
      let to = Int.random(in: first..<reach, using: &random)
      let label = Int.random(in: 0..<3, using: &random) == 0 ? "w\(index) = 0.25" : ""
      diagram.arrows.append(.init(from: index, to: to, label: label, kind: .forward))
    }
  }
  return diagram
}

@Suite struct LayoutTests {
  /// Boxes stand apart from each other, labels from labels and from boxes; everything is inside.
  @Test(arguments: [(2, 1), (3, 4), (5, 8), (12, 5), (30, 3), (25, 20)])
  func nothingOverlaps(_ layers: Int, _ width: Int) {
    for seed in 0..<4 {
      let diagram = random(layers, width, seed: UInt64(seed))
      let layout = LayeredLayout(diagram)
      #expect(layout.boxes.count == diagram.boxes.count)
      let labels = layout.labels.compactMap { $0 }
      #expect(labels.count == diagram.arrows.count { !$0.label.isEmpty })
      let all = layout.boxes + labels
      for (index, frame) in all.enumerated() {
        #expect(frame.x >= 0 && frame.y >= 0)
        #expect(frame.x + frame.width <= layout.width && frame.y + frame.height <= layout.height)
        for other in all[(index + 1)...] where frame.overlaps(other) {
          Issue.record("\(frame) overlaps \(other)")
        }
      }
      for (arrow, route) in zip(diagram.arrows, layout.routes) {
        #expect(route.first!.x == layout.boxes[arrow.from].x + layout.boxes[arrow.from].width)
        #expect(route.last!.x == layout.boxes[arrow.to].x)
        #expect(zip(route, route.dropFirst()).allSatisfy { $0.x <= $1.x })
      }
    }
  }

  /// Two boxes whose arrows would cross are exchanged.
  @Test func crossingsAreTakenAway() {
    var diagram = Diagram(title: "cross", summary: "")
    for name in ["a", "b", "c", "d"] { diagram.boxes.append(.init(name, kind: .forward)) }
    diagram.arrows = [.init(from: 0, to: 3, kind: .forward), .init(from: 1, to: 2, kind: .forward)]
    let layout = LayeredLayout(diagram)
    let isAbove = layout.boxes[0].y < layout.boxes[1].y
    #expect((layout.boxes[3].y < layout.boxes[2].y) == isAbove)
  }

  /// Arrows in a circle do not hang it, and the empty diagram is one.
  @Test func oddDiagrams() {
    var diagram = Diagram(title: "circle", summary: "")
    for name in ["a", "b", "c"] { diagram.boxes.append(.init(name, kind: .forward)) }
    for index in 0..<3 {
      diagram.arrows.append(.init(from: index, to: (index + 1) % 3, label: "x", kind: .backward))
    }
    #expect(LayeredLayout(diagram).routes.count == 3)
    #expect(LayeredLayout(Diagram(title: "", summary: "")).boxes.isEmpty)
    #expect(XMLParser(data: Data(SvgWriter(diagram).text(standalone: true).utf8)).parse())
  }

  /// Layers of a long chain are laid out without recursion and in a sane time.
  @Test func longChains() {
    var diagram = Diagram(title: "chain", summary: "")
    for index in 0..<5000 {
      diagram.boxes.append(.init("\(index)", kind: .forward))
      if index > 0 { diagram.arrows.append(.init(from: index - 1, to: index, kind: .forward)) }
    }
    let layout = LayeredLayout(diagram)
    #expect(Set(layout.boxes.map(\.y)).count == 1)
  }

  /// A large diagram is folded by layer: units of one kind in one layer become one box.
  @Test func largeDiagramsAreFoldedByLayer() {
    var diagram = Diagram(title: "wide", summary: "")
    for layer in 0..<3 {
      for unit in 0..<200 { diagram.boxes.append(.init("h\(layer)_\(unit)", kind: .forward)) }
    }
    diagram.boxes.append(.init("E", kind: .loss))
    for unit in 0..<200 {
      for layer in 0..<2 {
        diagram.arrows.append(
          .init(from: layer * 200 + unit, to: (layer + 1) * 200 + unit, kind: .forward))
      }
      diagram.arrows.append(.init(from: 400 + unit, to: 600, kind: .loss))
    }
    #expect(diagram.folded(to: 601).boxes.count == 601)
    let folded = diagram.folded(to: 500)
    #expect(folded.boxes.map(\.name) == ["h0_0 … h0_199", "h1_0 … h1_199", "h2_0 … h2_199", "E"])
    #expect(folded.boxes[0].lines == ["200 values"])
    #expect(folded.arrows.map { [$0.from, $0.to] } == [[0, 1], [1, 2], [2, 3]])
    #expect(folded.arrows[0].label == "200 arrows")
  }

  /// Of a chain that is too long, layers that follow each other are folded, all along it.
  @Test func longChainsAreFolded() {
    var diagram = Diagram(title: "chain", summary: "")
    for index in 0..<2000 {
      diagram.boxes.append(.init("h\(index + 1)", kind: .forward))
      if index > 0 { diagram.arrows.append(.init(from: index - 1, to: index, kind: .forward)) }
    }
    let folded = diagram.folded(to: 500)
    #expect(folded.boxes.count == 500)
    #expect(folded.boxes[1].name == "h5 … h8")
    #expect(folded.arrows.count == 499)
  }

  @Test func theOtherLanguagesEscape() {
    var diagram = Diagram(title: "a \"b\"", summary: "")
    diagram.boxes = [
      .init("x\"<", lines: ["1 \\ 2"], kind: .given), .init("y", kind: .backward),
    ]
    diagram.arrows = [.init(from: 0, to: 1, label: "w|1", kind: .backward)]
    #expect(diagram.dot.contains(#"n0 [label="x\"<\n1 \\ 2"];"#))
    #expect(diagram.dot.contains("n0 -> n1 [label=\"w|1\", style=dashed];"))
    #expect(diagram.mermaid.contains("n0[\"x#quot;#lt;<br>1 #92; 2\"]"))
    #expect(diagram.mermaid.contains("n0 -.->|\"w|1\"| n1"))
    #expect(diagram.plainText.contains("    -> y (w|1)\n"))
  }
}
