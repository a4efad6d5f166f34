import NNCText

extension Figure.Box {
  /// A table of counts as a heat map: each cell as strong as its share of its row, with its number where there is room.
  static func drawing(
    _ names: [String], _ counts: [[Int]], in square: Figure.Square
  ) -> [String] {
    let step = square.side / Double(max(1, names.count))
    var lines: [String] = []
    for (row, numbers) in counts.enumerated() {
      let total = numbers.reduce(0, +)
      let top = square.top + Double(row) * step
      for (column, number) in numbers.enumerated() {
        let left = square.left + Double(column) * step
        // At most 0.75, so that the numbers are read on every cell, light and dark.
        let strength = total > 0 ? 0.75 * Double(number) / Double(total) : 0
        if number > 0 {
          let hint =
            "\(names[row]) taken for \(names[column]): \(number) of \(total)"
            .escaped(for: .markup)
          lines.append(
            #"<rect x="\#(short(left))" y="\#(short(top))" width="\#(short(step))" height="\#(short(step))" fill="\#(Chart.shades[0].line)" fill-opacity="\#(fixed(strength, 3))"><title>\#(hint)</title></rect>"#
          )
        }
        let digits = "\(number)"
        let size = min(13, (step - 4) / (Double(max(2, digits.count)) * 0.6))
        // Of many classes most were taken for each other never: there a number is worth seeing that is not 0.
        if size >= 8, number > 0 || names.count <= 12 {
          lines.append(
            text(
              digits, left + step / 2, top + step / 2 + size * 0.36,
              #"text-anchor="middle" font-size="\#(short(size))""#))
        }
      }
    }
    for place in 0...names.count {
      let along = Double(place) * step
      lines.append(
        line(square.left, square.top + along, square.right, square.top + along, .major))
      lines.append(
        line(square.left + along, square.top, square.left + along, square.bottom, .major))
    }
    let isUpright = stand(names, square.side)
    for (place, name) in names.enumerated() {
      let name = shortened(name)
      let middle = (Double(place) + 0.5) * step
      lines.append(
        text(name, square.left - 8, square.top + middle + 4.5, #"text-anchor="end""#))
      let (x, y) = (square.left + middle, square.bottom + (isUpright ? 8 : 17))
      let facts =
        isUpright
        ? #"text-anchor="end" transform="rotate(-90 \#(short(x)) \#(short(y)))" dy="4.5""#
        : #"text-anchor="middle""#
      lines.append(text(name, x, y, facts))
    }
    return lines
  }
}
