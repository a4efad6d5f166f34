import NNCDiagnostics
import NNCFormats

/// A choice of columns by name or place: `sepal_length,petal_length`, `1..4`, `sepal_length..petal_width`, `5`.
///
/// Places count from 1. A name that is a column's own goes before a place; of a range both ends belong to it.
public struct ColumnChoice: Hashable, Sendable {
  /// The text.
  public let text: String

  /// The choice that a text describes.
  public init(_ text: String) { self.text = text }

  /// The columns, counted from 0, in the order in which they are chosen.
  ///
  /// - Parameters:
  ///   - names: the columns there are.
  ///   - source: the file's name, for messages.
  func columns(of names: [String], in source: String) throws(FileFailure) -> [Int] {
    if let whole = names.firstIndex(of: text) { return [whole] }
    var result: [Int] = []
    for (part, isQuoted) in parts {
      let word = trimmed(part)
      if isQuoted {
        result.append(try column(word, names, source))
      } else if let column = names.firstIndex(of: word) {
        result.append(column)
      } else if let range = word.firstRange(of: "..") {
        let low = try column(trimmed(word[..<range.lowerBound]), names, source)
        let high = try column(trimmed(word[range.upperBound...]), names, source)
        if low > high { throw .wrong("the range of columns \(quoted(word)) runs backwards") }
        result += low...high
      } else if word.allSatisfy({ $0.isNumber || $0 == "-" }), word.split(separator: "-").count == 2
      {
        // `1-4`, as many tools write it; names with a dash in them went before.
        let ends = word.split(separator: "-").map(String.init)
        let (low, high) = (try column(ends[0], names, source), try column(ends[1], names, source))
        if low > high { throw .wrong("the range of columns \(quoted(word)) runs backwards") }
        result += low...high
      } else {
        result.append(try column(word, names, source))
      }
    }
    var seen: Set<Int> = []
    for column in result where !seen.insert(column).inserted {
      throw .wrong("the column `\(names[column])` is chosen twice in \(quoted(text))")
    }
    return result
  }

  /// The text taken apart at commas; what stands in double quotes is one part, a quote inside being doubled.
  private var parts: [(text: Substring, isQuoted: Bool)] {
    var parts: [(Substring, Bool)] = []
    var part = ""
    var (isInside, isQuoted) = (false, false)
    for character in text {
      if character == "\"" {
        // Of two quotes inside one counts.
        if !isInside, isQuoted, !part.isEmpty { part.append("\"") }
        if part.isEmpty || isQuoted {
          isInside.toggle()
          isQuoted = true
          continue
        }
      }
      if character == ",", !isInside {
        parts.append((part[...], isQuoted))
        (part, isQuoted) = ("", false)
      } else if isInside || !part.isEmpty || character != " " {
        part.append(character)
      }
    }
    return parts + [(part[...], isQuoted)]
  }

  private func column(
    _ word: String, _ names: [String], _ source: String
  ) throws(FileFailure) -> Int {
    if let column = names.firstIndex(of: word) { return column }
    if let place = Int(word), names.indices.contains(place - 1) { return place - 1 }
    throw .wrong(
      "`\(source)` has no column \(quoted(word)); \(listed(names))", hint: near(word, names))
  }

  private func trimmed(_ text: Substring) -> String {
    let body = text.drop { $0 == " " }
    return String(body.prefix(body.count - body.reversed().prefix { $0 == " " }.count))
  }
}

/// What columns there are, for messages.
func listed(_ names: [String]) -> String {
  let isNumbered = names == names.indices.map { "\($0 + 1)" }
  if isNumbered { return names.count == 1 ? "it has one column" : "it has \(names.count) columns" }
  let shown = names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
  return "its columns are \(shown)" + (names.count > 12 ? ", … (\(names.count) columns)" : "")
}

/// What a misspelt name most likely means, for messages.
func near(_ word: String, _ names: [String]) -> String? {
  suggestion(for: word, among: names).map { "did you mean `\($0)`?" }
}
