/// The tokens of C, comments left out, as its translation phases find them: trigraphs, spliced lines, comments, tokens.
func cTokens(_ text: String, trigraphs: Bool) -> [String] {
  var scalars = Array(text.unicodeScalars)
  if trigraphs { scalars = withoutTrigraphs(scalars) }
  scalars = spliced(scalars)
  var tokens: [String] = []
  var place = 0
  func at(_ index: Int) -> Unicode.Scalar { index < scalars.count ? scalars[index] : "\n" }
  while place < scalars.count {
    let scalar = scalars[place]
    let start = place
    if scalar == "/", at(place + 1) == "*" {
      place += 2
      while place < scalars.count, !(scalars[place] == "*" && at(place + 1) == "/") { place += 1 }
      if place >= scalars.count { tokens.append("<comment without end>") }
      place += 2
      continue
    }
    if scalar == "/", at(place + 1) == "/" {
      while place < scalars.count, scalars[place] != "\n" { place += 1 }
      continue
    }
    if scalar == "\"" {
      place += 1
      while at(place) != "\"", at(place) != "\n" { place += at(place) == "\\" ? 2 : 1 }
      tokens.append(at(place) == "\"" ? "<string>" : "<string without end>")
      place += 1
      continue
    }
    if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_" {
      while at(place).properties.isAlphabetic || ("0"..."9").contains(at(place)) || at(place) == "_"
      {
        place += 1
      }
    } else {
      place += 1
    }
    if !scalar.properties.isWhitespace {
      tokens.append(String(String.UnicodeScalarView(scalars[start..<place])))
    }
  }
  return tokens
}

private func withoutTrigraphs(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
  let signs: [Unicode.Scalar: Unicode.Scalar] = [
    "=": "#", "/": "\\", "'": "^", "(": "[", ")": "]", "!": "|", "<": "{", ">": "}", "-": "~",
  ]
  var result: [Unicode.Scalar] = []
  var place = 0
  while place < scalars.count {
    if place + 2 < scalars.count, scalars[place] == "?", scalars[place + 1] == "?",
      let sign = signs[scalars[place + 2]]
    {
      result.append(sign)
      place += 3
    } else {
      result.append(scalars[place])
      place += 1
    }
  }
  return result
}

/// Lines that end in a backslash are joined with the next; gcc forgives blanks behind it.
private func spliced(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
  var result: [Unicode.Scalar] = []
  for scalar in scalars {
    if scalar == "\n" || scalar == "\r" {
      let kept = result.lastIndex { $0 != " " && $0 != "\t" } ?? -1
      if kept >= 0, result[kept] == "\\" {
        result.removeSubrange(kept...)
        continue
      }
      result.append("\n")
    } else {
      result.append(scalar)
    }
  }
  return result
}

/// What Swift sees besides comments of lines and strings; `<code>` where a string has an interpolation.
func swiftTokens(_ text: String) -> [String] {
  var tokens: [String] = []
  let scalars = Array(text.unicodeScalars)
  var place = 0
  func at(_ index: Int) -> Unicode.Scalar { index < scalars.count ? scalars[index] : "\n" }
  func endsLine(_ index: Int) -> Bool { at(index) == "\n" || at(index) == "\r" }
  while place < scalars.count {
    if scalars[place] == "/", at(place + 1) == "/" {
      while !endsLine(place) { place += 1 }
    } else if scalars[place] == "\"" {
      place += 1
      while at(place) != "\"", !endsLine(place) {
        if at(place) == "\\", at(place + 1) == "(" { tokens.append("<code>") }
        place += at(place) == "\\" ? 2 : 1
      }
      tokens.append(at(place) == "\"" ? "<string>" : "<string without end>")
      place += 1
    } else {
      if !scalars[place].properties.isWhitespace { tokens.append(String(scalars[place])) }
      place += 1
    }
  }
  return tokens
}

/// The tags of markup, with how many attributes each has.
func tags(_ text: String) -> [String] {
  var result: [String] = []
  var rest = Array(text)[...]
  while let open = rest.firstIndex(of: "<") {
    rest = rest[(open + 1)...]
    var isQuoted = false
    var quotes = 0
    var name = ""
    while let next = rest.popFirst(), isQuoted || next != ">" {
      if next == "\"" {
        isQuoted.toggle()
        quotes += 1
      }
      if quotes == 0 { name.append(next) }
    }
    result.append("\(name.prefix { $0 != " " }) \(quotes / 2)")
  }
  return result
}

/// The fields of the lines of a CSV.
func fields(_ text: String) -> [[String]] {
  var lines: [[String]] = [[""]]
  var isQuoted = false
  var last: Character = ","
  for character in text {
    let line = lines.count - 1
    let field = lines[line].count - 1
    if character == "\"" {
      if isQuoted {
        isQuoted = false
      } else {
        if last == "\"" { lines[line][field].append("\"") }
        isQuoted = true
      }
    } else if character == ",", !isQuoted {
      lines[line].append("")
    } else if character.isNewline, !isQuoted {
      lines.append([""])
    } else {
      lines[line][field].append(character)
    }
    last = character
  }
  return lines
}
