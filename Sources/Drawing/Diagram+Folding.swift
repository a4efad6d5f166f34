// Large diagrams, folded by layer.
extension Diagram {
  /// A diagram of at most `most` boxes (more only where there are more than that of one kind each): boxes of one layer
  /// that are alike become one, and where that is not enough, boxes of layers that follow each other.
  ///
  /// Boxes are alike where they are of one kind and called alike but for the number at the end. The box in their place
  /// is called by the first and the last of them, and says how many there are.
  public func folded(to most: Int) -> Diagram {
    if boxes.count <= most { return self }
    var work = LayeredWork(self)
    work.assignLayers()
    let layers = boxes.indices.map { work.nodes[$0].layer }
    let count = (layers.max() ?? 0) + 1
    var width = 1
    while true {
      let result = folded { box in
        Group(layer: layers[box] / width, stem: stem(boxes[box].name), kind: boxes[box].kind)
      }
      if result.boxes.count <= most { return result }
      if width >= count { break }
      width *= 2
    }
    return folded { Group(layer: 0, stem: "", kind: boxes[$0].kind) }
  }

  private struct Group: Hashable {
    let layer: Int
    let stem: String
    let kind: Kind
  }

  private func stem(_ name: String) -> String {
    var name = name[...]
    while let last = name.last, last.isNumber { name.removeLast() }
    return String(name)
  }

  private func folded(by group: (Int) -> Group) -> Diagram {
    var members: [[Int]] = []
    var places: [Group: Int] = [:]
    let place = boxes.indices.map { box -> Int in
      let group = group(box)
      if let known = places[group] {
        members[known].append(box)
        return known
      }
      places[group] = members.count
      members.append([box])
      return members.count - 1
    }
    var result = Diagram(title: title, summary: summary)
    result.boxes = members.map { members in
      if members.count == 1 { return boxes[members[0]] }
      let (first, last) = (boxes[members[0]], boxes[members.last!])
      return Box(
        "\(first.name) … \(last.name)", lines: ["\(members.count) values"], kind: first.kind)
    }
    var counts: [[Int]: Int] = [:]
    for arrow in arrows { counts[[place[arrow.from], place[arrow.to]], default: 0] += 1 }
    for arrow in arrows {
      let ends = [place[arrow.from], place[arrow.to]]
      guard ends[0] != ends[1], let count = counts.removeValue(forKey: ends) else { continue }
      result.arrows.append(
        .init(
          from: ends[0], to: ends[1], label: count == 1 ? arrow.label : "\(count) arrows",
          kind: arrow.kind))
    }
    return result
  }
}
